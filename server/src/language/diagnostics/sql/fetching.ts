/** `table-changes`, `one-page`, `unused-field`, `many-fields`: what the requests behind the tables of a SQL request fetch. */
import { fetchesPart } from '../../analysis/paging';
import { modelOf, type RequestModel } from '../../analysis/request-model';
import { schemaOf, type SqlSchema } from '../../analysis/sql/schema';
import { sqlKey, tableWords } from '../../analysis/sql/tables';
import { usesIn } from '../../analysis/sql/uses';
import type { FieldItem } from '../../syntax/nodes';
import type { Fix } from '../../syntax/problems';
import { isWritableField } from '../../syntax/writable-names';
import { listed } from '../../text/lists';
import { between, endOf, type Span } from '../../text/span';
import type { Check, CheckContext } from '../check';

export const checkSqlFetching: Check = (context) => {
  const { sql } = context.model.tree;
  if (sql === undefined) return;
  const schema = schemaOf(context.symbols, context.model.platforms);
  const seen = new Set<string>();
  for (const word of tableWords(sql)) {
    const table = schema.table(word.text);
    if (table === undefined || seen.has(table.name)) continue;
    seen.add(table.name);
    const model = modelOf(table.tree, context.model.platforms);
    if (checkChange(context, word, table.name, model) || !fetchesList(model)) continue;
    checkPages(context, word, table.name, model);
    const uses = usesIn(schema);
    const used = uses?.get(table.name);
    if (used === undefined || used.size === 0) continue;
    if (model.clause('$select') === undefined) checkMany(context, word, table.name, model, used);
    else if (isFirst(context, table.name, schema)) checkUnused(context, word, table.name, model, used);
  }
};

/** A table is read again whenever it is old, and a change is never sent for that. True where one is reported. */
function checkChange(
  { report }: CheckContext,
  word: Span,
  name: string,
  { meant, tree }: RequestModel,
): boolean {
  if (tree.request === undefined || meant === undefined || meant === 'GET') return false;
  report(
    'table-changes',
    word,
    `“${name}” is the answer to a ${meant}, which changes records. Read the records with a GET, and use that as the table.`,
  );
  return true;
}

/** Whether no statement before it has the table: what its request fetches is said once. */
const isFirst = ({ symbols, model }: CheckContext, name: string, schema: SqlSchema): boolean =>
  symbols.statements.find(
    ({ sql }) => sql !== undefined && tableWords(sql).some(({ text }) => schema.table(text)?.name === name),
  )?.sql === model.tree.sql;

/** A read of several records. */
const fetchesList = ({ tree, endpoint, method }: RequestModel): boolean =>
  tree.request !== undefined &&
  tree.request.target.id === undefined &&
  tree.request.target.key === undefined &&
  endpoint === 'data' &&
  method === 'GET';

function checkPages({ report }: CheckContext, word: Span, name: string, model: RequestModel): void {
  const { tree } = model;
  if (!fetchesPart(tree)) return;
  const offset = tree.request?.offset ?? 0;
  report(
    'one-page',
    word,
    `“${name}” fetches one page of its records, so the rest is not counted here. Write # @pages all above it to have them all.`,
    {
      fixes: [
        {
          title: `Write # @pages all above “${name}”`,
          edits: [],
          elsewhere: { tree, edits: [{ offset, length: 0, text: '# @pages all\n' }] },
        },
      ],
    },
  );
}

/** A fetch of several pages knows by it whether records came twice, so it is fetched whether it is used or not. */
const isId = (field: string): boolean => sqlKey(field) === sqlKey('ID');

/** Fields of `$select` that nothing uses. */
function checkUnused(
  { report }: CheckContext,
  word: Span,
  name: string,
  model: RequestModel,
  used: ReadonlySet<string>,
): void {
  const { tree } = model;
  const select = model.clause('$select')?.value;
  if (select?.kind !== 'fields' || tree.directives.some(({ expectation }) => expectation !== undefined))
    return;
  if (select.items.some(({ field }) => field === undefined || field.references.length > 0)) return;
  const isUnused = ({ field }: FieldItem) =>
    field !== undefined && !used.has(sqlKey(field.text)) && !isId(field.text);
  const unused = select.items.filter(isUnused);
  if (unused.length === 0 || unused.length === select.items.length) return;
  const fields = unused.flatMap(({ field }) => field?.text ?? []);
  const fix: Fix = {
    title: `Remove ${fields.length === 1 ? (fields[0] ?? '') : `${fields.length} fields`} from $select of “${name}”`,
    edits: [],
    elsewhere: { tree, edits: without(select.items, isUnused) },
  };
  report(
    'unused-field',
    word,
    `“${name}” fetches ${listed(fields)}, which no request of this file uses. Remove ${fields.length === 1 ? 'it' : 'them'} from its $select, to fetch less.`,
    { fixes: [fix] },
  );
}

/** Removes items of a list, each with one of the commas beside it. At least one stays. */
function without(items: readonly FieldItem[], isGone: (item: FieldItem) => boolean) {
  const first = items.findIndex((item) => !isGone(item));
  return items.flatMap((item, index) => {
    if (!isGone(item)) return [];
    const [before, after] = [items[index - 1], items[index + 1]];
    const where =
      index < first && after !== undefined
        ? between(item.offset, after.offset)
        : between(before === undefined ? item.offset : endOf(before), endOf(item));
    return [{ ...where, text: '' }];
  });
}

/** How many times the fields that are used a module must have for it to be worth a word. */
const MANY = 2;

function checkMany(
  { report }: CheckContext,
  word: Span,
  name: string,
  model: RequestModel,
  used: ReadonlySet<string>,
): void {
  const { tree, module } = model;
  const fields = (module?.fields ?? []).filter((field) => used.has(sqlKey(field.name)));
  const all = module?.fields?.length ?? 0;
  const hasExpectations = tree.directives.some(({ expectation }) => expectation !== undefined);
  if (
    tree.request === undefined ||
    hasExpectations ||
    fields.length !== used.size ||
    all < MANY * fields.length
  )
    return;
  if (tree.request.target.query.length > 0 || !fields.every((field) => isWritableField(field.name))) return;
  const id = module?.field('ID')?.name;
  const names = [
    ...(id === undefined || fields.some((field) => isId(field.name)) ? [] : [id]),
    ...fields.map((field) => field.name),
  ].join(', ');
  const end = endOf(tree.request);
  const breaks = /[\r\n]$/.test(tree.text.slice(0, end));
  report(
    'many-fields',
    word,
    `“${name}” fetches all ${all} fields of ${module?.name ?? 'its module'}, of which ${fields.length === 1 ? 'one is' : `${fields.length} are`} used. Write $select = ${names} in it, to fetch less.`,
    {
      fixes: [
        {
          title: `Write $select = ${names} in “${name}”`,
          edits: [],
          elsewhere: {
            tree,
            edits: [
              { offset: end, length: 0, text: breaks ? `$select = ${names}\n` : `\n$select = ${names}` },
            ],
          },
        },
      ],
    },
  );
}
