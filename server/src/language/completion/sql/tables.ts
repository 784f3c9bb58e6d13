/** Tables of a SQL statement: the named requests of the file, CTEs, and how tables are joined. */
import { moduleOfSource, tableDocs, tableSummary } from '../../analysis/sql/documentation';
import { joinConditions } from '../../analysis/sql/joins';
import { isOfEngine, sqlKey, tableWords } from '../../analysis/sql/tables';
import { nameDirective, usedName } from '../../analysis/symbols';
import type { BlockTree } from '../../syntax/nodes';
import type { SqlSource } from '../../syntax/sql/nodes';
import { writtenName } from '../../syntax/sql/written-name';
import { codeSpan } from '../../text/markdown';
import { escapeSnippet } from '../../text/snippets';
import { endOf } from '../../text/span';
import { methodOf } from '../../vocabulary/methods';
import { SQL_FUNCTIONS } from '../../vocabulary/sql-functions';
import type { SqlWord } from '../../vocabulary/sql-words';
import { note } from '../context';
import type { CompletionItem } from '../items';
import { filterHere, nameHere, snippetItem, spaceHere, type SqlContext, wordItems } from './context';

/** The requests that a statement may name as tables: those that read, but for itself and those that need it. */
function tablesInSight({ context: { symbols, model } }: SqlContext): [name: string, tree: BlockTree][] {
  const own = nameDirective(model.tree)?.value.text;
  const found: [string, BlockTree][] = [];
  for (const [name, [first]] of symbols.requests) {
    if (first === undefined || first.tree === model.tree || name === own) continue;
    const { tree } = first;
    const reads =
      tree.sql !== undefined ||
      (methodOf(tree.request?.method?.text ?? 'GET') === 'GET' && tree.request !== undefined);
    const needsOwn = own !== undefined && needs(tree, own, symbols.requests, new Set());
    if (reads && !needsOwn && !isOfEngine(name)) found.push([name, tree]);
  }
  return found;
}

/** Whether a request needs the answer of the request of that name, itself or through others. */
function needs(
  tree: BlockTree,
  name: string,
  requests: SqlContext['context']['symbols']['requests'],
  seen: Set<string>,
): boolean {
  const used = [
    ...tree.references.flatMap((each) => usedName(each) ?? []),
    ...(tree.sql === undefined ? [] : tableWords(tree.sql).map(({ text }) => text)),
  ];
  return used.some((each) => {
    if (sqlKey(each) === sqlKey(name)) return true;
    const next = seen.has(each) ? undefined : requests.get(each)?.[0]?.tree;
    seen.add(each);
    return next !== undefined && needs(next, name, requests, seen);
  });
}

/** Behind `from`, `join`, and a comma between tables. */
export function tableItems(at: SqlContext): CompletionItem[] {
  const tables = tablesInSight(at);
  const where = at.position.where;
  const items = tables.map(([name, tree]): CompletionItem => {
    const filter = filterHere(at, name);
    return {
      label: name,
      kind: 'module',
      detail: tableSummary(tree, at.context.model.platforms),
      documentation: tableDocs(name, tree, at.schema),
      replace: where,
      insert: nameHere(at, name),
      rank: 1,
      ...(filter === undefined ? {} : { filter }),
    };
  });
  const ctes = cteNames(at).map((name): CompletionItem => {
    const filter = filterHere(at, name);
    return {
      label: name,
      kind: 'module',
      detail: 'query of this statement',
      documentation: `The query ${codeSpan(name)} of this statement.`,
      replace: where,
      insert: nameHere(at, name),
      rank: 0,
      ...(filter === undefined ? {} : { filter }),
    };
  });
  if (at.position.word?.kind === 'name') return [...ctes, ...items];
  const missing =
    items.length > 0
      ? []
      : [
          note(
            'No request of this file is a table yet',
            'Give a request that reads records a name, by a line `# @name` above it: its answer is then a table here.',
            where,
          ),
        ];
  const functions = SQL_FUNCTIONS.filter(({ kind }) => kind === 'table').map(
    ({ name, documentation }): CompletionItem => ({
      label: name,
      kind: 'function',
      detail: 'rows of a list',
      documentation,
      replace: where,
      insert: `${name}(\${1})$0`,
      snippet: true,
      rank: 3,
    }),
  );
  const subquery = snippetItem(
    at,
    '(select …)',
    'a query as a table',
    '(select ${1:*} from ${2}) ${3:t}$0',
    2,
  );
  return [...ctes, ...items, ...missing, subquery, ...functions];
}

/** The CTEs that are defined before the place. */
function cteNames({ scopes, position, core }: SqlContext): string[] {
  const { tree } = scopes;
  const start = position.levels.findLast(({ open }) => open !== undefined)?.open?.offset ?? -1;
  const around =
    core?.query ??
    tree.queries.findLast((query) => query.offset > start && query.offset <= position.where.offset);
  const names = new Map<string, string>();
  for (let query = around ?? tree.query; query !== undefined; query = query.around)
    for (const { name } of query.ctes) {
      if (endOf(name) >= position.where.offset || name.offset === position.word?.offset) continue;
      const key = sqlKey(name.text);
      if (!names.has(key)) names.set(key, name.text);
    }
  return [...names.values()];
}

/** The table that was written last before the place. */
const lastSource = ({ core, position }: SqlContext): SqlSource | undefined =>
  core?.sources.findLast(({ offset }) => offset < position.where.offset);

const JOINS: readonly SqlWord[] = [
  'join',
  'left join',
  'cross join',
  'right join',
  'full join',
  'natural join',
];

/** Behind a table: how it is joined, its alias, and the next table. */
export function afterTable(at: SqlContext, next: readonly CompletionItem[]): CompletionItem[] {
  const source = lastSource(at);
  const isJoined =
    source?.join !== undefined &&
    !source.join.isNatural &&
    source.join.on === undefined &&
    source.join.using.length === 0;
  const hasComma = at.position.before.findLast(({ text }) => /^(?:join|,|from)$/i.test(text))?.text === ',';
  const conditions =
    isJoined && !hasComma ? [...conditionItems(at, 'on '), ...wordItems(at, ['on', 'using'], 1)] : [];
  return [...conditions, ...wordItems(at, JOINS, 2), ...next, ...wordItems(at, ['as'], 5)];
}

/** `c.ID = b.CompanyID`, for each way in which the last table belongs to one before it. */
export function conditionItems(at: SqlContext, before: string): CompletionItem[] {
  const source = lastSource(at);
  if (source === undefined || at.position.word?.kind === 'name') return [];
  const index = at.sources.findIndex((each) => each.source === source);
  const own = at.sources[index];
  if (own === undefined) return [];
  const others = at.sources.slice(0, index).filter((each) => each.source.core === source.core);
  const sided = (each: SqlContext['sources'][number]) => ({
    columns: each.columns ?? [],
    names: [each.name, moduleOfSource(each.source, at.schema) ?? '', each.source.name?.text ?? ''],
  });
  return others.flatMap((other) =>
    joinConditions(sided(other), sided(own)).map(([theirs, ours]): CompletionItem => {
      const condition = `${writtenName(own.name)}.${writtenName(ours)} = ${writtenName(other.name)}.${writtenName(theirs)}`;
      return {
        label: before + condition,
        kind: 'snippet',
        detail: 'by their names',
        documentation: `The rows of ${codeSpan(own.name)} and ${codeSpan(other.name)} belong together where these agree.`,
        replace: at.position.where,
        insert: before + condition,
        rank: 0,
      };
    }),
  );
}

/** The beginning of a statement, or of a query in parentheses. */
export function startItems(at: SqlContext): CompletionItem[] {
  const [first] = tablesInSight(at);
  const table = escapeSnippet(first === undefined ? 'name' : writtenName(first[0]));
  const isWhole = at.position.levels.length === 1;
  return [
    snippetItem(at, 'select … from …', 'reads from tables', `select \${2:*}\${3}\nfrom \${1:${table}}$0`, 0),
    ...wordItems(at, ['select'], 1),
    ...(isWhole
      ? [
          snippetItem(
            at,
            'select … group by …',
            'a row for each value, with a sum or a count',
            `select \${2:column}, count(*) as \${3:rows}\nfrom \${1:${table}}\ngroup by \${2:column}\norder by \${3:rows} desc$0`,
            1,
          ),
        ]
      : []),
    snippetItem(
      at,
      'with … as (select …)',
      'names a query first',
      `with \${1:name} as (\n  select \${3:*} from \${2:${table}}\n)\nselect * from \${1:name}$0`,
      2,
    ),
    ...wordItems(at, ['with', 'values'], 3),
  ];
}

/** `* from companies`, where no table is named yet. */
export const fromItems = (at: SqlContext): CompletionItem[] =>
  tablesInSight(at).map(([name, tree]) => ({
    label: `* from ${name}`,
    kind: 'snippet',
    detail: tableSummary(tree, at.context.model.platforms),
    documentation: tableDocs(name, tree, at.schema),
    replace: at.position.where,
    insert: `\${1:*} from ${escapeSnippet(writtenName(name))}${spaceHere(at) === '' ? '' : '$0'}`,
    snippet: true,
    rank: 0,
  }));
