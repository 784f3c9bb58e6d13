/** `unexpected-text` for functions in `$select`: the number of records is $count, other figures are those of a SQL request. */
import { fetchesPart } from '../analysis/paging';
import { freeTableName, tableDirectives } from '../analysis/sql/fetched-table';
import { nameDirective } from '../analysis/symbols';
import { lineEndAt, lineStart } from '../syntax/lines';
import type { Clause, FieldItem, Word } from '../syntax/nodes';
import type { Fix } from '../syntax/problems';
import { writtenName } from '../syntax/sql/written-name';
import { nameKey } from '../text/names';
import { between, endOf, type Span } from '../text/span';
import { meansExcept } from '../vocabulary/all-words';
import { figureOf, isRecordCount } from '../vocabulary/figures';
import { type CheckContext, checkField, clauseRemoval, replace } from './check';

type Call = NonNullable<FieldItem['call']>;

/** Reports the functions among the items; one message for all of them, where they are figures. */
export function checkFigures(context: CheckContext, clause: Clause, items: readonly FieldItem[]): void {
  const calls = items.flatMap(({ call, offset, length }) =>
    call === undefined ? [] : [{ call, offset, length }],
  );
  const [first] = calls;
  if (first === undefined) return;
  const { report } = context;
  if (items.length === 1 && isNumberOfRecords(context, first.call)) {
    reportCount(context, clause, first);
    return;
  }
  const figures = calls.filter(({ call }) => figureOf(call.name.text) !== undefined);
  const [figure] = figures;
  if (figure !== undefined) {
    const asked = figures.length < calls.length ? undefined : askedFix(context, clause, items);
    const how =
      asked === undefined
        ? 'Ask it with a SQL request.'
        : `A SQL request below can work it out: ${asked.statement}.`;
    report(
      'unexpected-text',
      figure,
      `The API has no ${figure.call.name.text}(…): it returns the records one by one. ${how}`,
      { fixes: asked === undefined ? [] : [asked.fix] },
    );
    for (const word of figures.flatMap(({ call }) => (call.isNested ? [] : fieldsOf(call))))
      checkField(context, word);
  }
  for (const each of calls) if (!figures.includes(each)) reportFunction(context, each.call, each);
}

/** True for `$select = number of records`, of which this is all that is said. */
export function checkCount(
  context: CheckContext,
  clause: Clause,
  runs: readonly (readonly Word[])[],
): boolean {
  const [run = [], other] = runs;
  const text = run.map((word) => word.text).join(' ');
  if (other !== undefined || !isRecordCount(text)) return false;
  reportCount(context, clause, clause.valueSpan);
  return true;
}

function reportCount(context: CheckContext, clause: Clause, where: Span): void {
  const message = 'The number of records is a clause of its own. Write $count = true.';
  context.report('unexpected-text', where, message, { fixes: countFix(context, clause) });
}

/** `upper(Label)`, `concat(Forenames, Surname)`: a field comes as it is. */
function reportFunction({ model, report }: CheckContext, { name, of, isNested }: Call, where: Span) {
  // The figure in it, and what is left out by it, would be lost.
  const isOther = meansExcept(name.text) || (isNested && of.some(({ text }) => figureOf(text) !== undefined));
  const fields = of.filter(({ text }) => model.module?.field(text) !== undefined).map(({ text }) => text);
  const written = isOther ? '' : fields.join(', ');
  report(
    'unexpected-text',
    where,
    `The API has no ${name.text}(…): it returns fields as they are.${written === '' ? ' Write the names of the fields.' : ` Write ${written}.`}`,
    { fixes: written === '' ? [] : [replace(where, written, `Write ${written}`)] },
  );
}

/** `count(*)`, `count(ID)`, `count(CourseDate)` */
function isNumberOfRecords({ model }: CheckContext, { name, of }: Call): boolean {
  const [only, second] = of;
  if (figureOf(name.text) !== 'count' || second !== undefined) return false;
  if (only === undefined || only.text === '*') return true;
  const key = nameKey(only.text);
  return [nameKey(model.tree.request?.target.module.text ?? ''), 'id', 'records', 'rows'].includes(key);
}

function countFix({ model }: CheckContext, clause: Clause): Fix[] {
  const own = model.clause('$count');
  if (own?.value.kind === 'plain') {
    const removed = clauseRemoval(model.tree, clause, 'Leave $select out');
    const { text, references } = own.value.text;
    if (references.length > 0) return [{ ...removed, preferred: false }];
    if (/^true$/i.test(text)) return [removed];
    const edits = [...removed.edits, { ...own.valueSpan, text: 'true' }];
    return [{ title: 'Write $count = true, and leave $select out', preferred: true, edits }];
  }
  const text = clause.origin === 'address' || clause.marker !== undefined ? '$count=true' : '$count = true';
  const where = between(clause.name.offset, endOf(clause.valueSpan));
  return [replace(where, text, `Write ${text}`)];
}

/** The names in the parentheses. */
const fieldsOf = ({ of }: Call): Word[] =>
  of.filter(({ text }, index) => text !== '*' && !(index === 0 && /^distinct$/i.test(text)));

/** A column of the statement. */
interface Column {
  /** Undefined for a field by itself, by which records are grouped. */
  readonly figure: string | undefined;
  readonly isDistinct: boolean;
  /** As the platform writes them. */
  readonly fields: readonly string[];
  readonly alias: string | undefined;
}

/** Undefined where a name is no field, and for what is no figure of one field. */
function columnOf({ field, call }: FieldItem, { model }: CheckContext): Column | undefined {
  const isDistinct = /^distinct$/i.test(call?.of[0]?.text ?? '');
  const own = field === undefined ? [] : [field];
  const names = call === undefined ? own : fieldsOf(call);
  const fields = names.flatMap(({ text }) => model.module?.field(text)?.name ?? []);
  const figure = call === undefined ? undefined : figureOf(call.name.text);
  const isOne = fields.length === 1 || (figure === 'count' && fields.length === 0 && !isDistinct);
  return fields.length === names.length && isOne && call?.isNested !== true
    ? { figure, isDistinct, fields, alias: call?.alias?.text }
    : undefined;
}

/** Names the fields only, and asks their figures with a SQL request below; undefined where the request has no room for it. */
function askedFix(
  context: CheckContext,
  clause: Clause,
  items: readonly FieldItem[],
): { readonly statement: string; readonly fix: Fix } | undefined {
  const { tree, module } = context.model;
  const start = tree.request?.method?.offset ?? tree.request?.target.offset;
  const columns = items.flatMap((item) => columnOf(item, context) ?? []);
  if (start === undefined || module === undefined || columns.length < items.length) return undefined;
  if (clause.origin === 'address' || clause.marker !== undefined) return undefined;
  const first = lineStart(tree.text, start);
  const eol = lineEndAt(tree.text, first);
  const own = nameDirective(tree)?.value.text;
  const name = own ?? freeTableName(module.name, context.symbols);
  const statement = statementOf(columns, name);
  const above = tableDirectives(name).slice(own === undefined ? 0 : 1, fetchesPart(tree) ? 2 : 1);
  const known = [...new Set(columns.flatMap(({ fields }) => fields))];
  const fix: Fix = {
    title: `Ask it of the records with SQL: ${statement}`,
    preferred: true,
    edits: [
      ...(above.length === 0
        ? []
        : [{ offset: first, length: 0, text: above.map((line) => `${line}${eol}`).join('') }]),
      known.length === 0
        ? { offset: clause.offset, length: clause.length, text: '' }
        : { ...clause.valueSpan, text: known.join(', ') },
      {
        offset: tree.text.trimEnd().length,
        length: 0,
        text: ['', '', '###', 'SQL', statement].join(eol),
      },
    ],
  };
  return { statement, fix };
}

function statementOf(columns: readonly Column[], table: string): string {
  const groups = columns.flatMap(({ figure, fields }) =>
    figure === undefined ? fields.map(writtenName) : [],
  );
  const by = groups.length === 0 ? '' : ` group by ${groups.join(', ')}`;
  return `select ${columns.map(columnText).join(', ')} from ${writtenName(table)}${by}`;
}

function columnText({ figure, isDistinct, fields, alias }: Column): string {
  const list = fields.map(writtenName).join(', ');
  if (figure === undefined) return list;
  const of = list === '' ? '*' : `${isDistinct ? 'distinct ' : ''}${list}`;
  return `${figure}(${of})${alias === undefined ? '' : ` as ${writtenName(alias)}`}`;
}
