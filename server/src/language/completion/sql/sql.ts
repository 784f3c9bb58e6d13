/** In a SQL request: chooses what may stand at the place by the tokens before it. */
import { endsValue, lowerWord, type SqlPart } from '../../analysis/sql/position';
import type { Sql } from '../../syntax/nodes';
import type { SqlClauseName } from '../../syntax/sql/nodes';
import type { SqlToken } from '../../syntax/sql/tokens';
import { sqlFunctionOf } from '../../vocabulary/sql-functions';
import type { SqlWord } from '../../vocabulary/sql-words';
import { type CompletionContext, note } from '../context';
import type { CompletionItem } from '../items';
import { completeReference, referenceSpan } from '../references';
import { aliasItems, columnItems, functionItems, memberItems, qualifierItems, unknownNotes } from './columns';
import { snippetItem, type SqlContext, sqlContext, wordItems } from './context';
import { afterTable, conditionItems, fromItems, startItems, tableItems } from './tables';
import { stringItems, valueItems, variableItems } from './values';

/** What may stand at the offset, in the statement or where it may begin or go on. */
export function completeSql(context: CompletionContext, sql: Sql): CompletionItem[] {
  const at = sqlContext(context, sql);
  const { position } = at;
  const { at: token } = position;
  if (token?.kind === 'comment') return [];
  const reference = referenceSpan(context.model.tree.text, context.offset);
  if (reference !== undefined) return completeReference(context, reference);
  if (token?.kind === 'bad' && token.text === '{') return variableItems(at);
  // In a number or an operator there is nothing to choose.
  if (token !== undefined && token !== position.word && token !== position.string) return [];
  if (position.string !== undefined) return stringItems(at);
  const previous = position.before.at(-1);
  if (previous?.text === '.') return memberItems(at, position.before.at(-2));
  if (position.before.some(({ kind, text }) => kind === 'operator' && text === ';'))
    return [note('One statement only', 'A SQL request has one statement, which ends here.', position.where)];
  return endsValue(previous, position.before.at(-2)) ? afterValue(at) : afterKeyword(at, lowerWord(previous));
}

/** Behind a keyword, an operator, a comma or an opening parenthesis, where something must follow. */
function afterKeyword(at: SqlContext, word: string): CompletionItem[] {
  const { level, position } = at;
  switch (word) {
    case 'with':
    case 'recursive':
      return cteItems(at, word);
    case 'group':
    case 'order':
    case 'partition':
      return [keyword(at, 'by')];
    case 'left':
    case 'right':
    case 'full':
    case 'inner':
    case 'cross':
    case 'natural':
    case 'outer':
      return wordItems(at, ['join'], 0);
    case 'as':
      return afterAs(at);
    case 'union':
      return [keyword(at, 'all'), ...wordItems(at, ['select', 'values'], 1)];
    case 'intersect':
    case 'except':
      return wordItems(at, ['select', 'values'], 0);
    case 'is':
      return [keyword(at, 'null'), keyword(at, 'not null'), ...values(at)];
    case 'over':
      return [snippetItem(at, '(order by …)', 'the rows that it looks at', '(${1:order by })$0', 0)];
    case 'filter':
      return [snippetItem(at, '(where …)', 'the rows that count', '(where ${1})$0', 0)];
    case 'using':
    case 'values':
      return [snippetItem(at, '(…)', word === 'using' ? 'the columns that agree' : 'a row', '(${1})$0', 0)];
    case 'in':
      return [
        snippetItem(at, "('…')", 'these values', "('${1}')$0", 0),
        snippetItem(at, '(select …)', 'the values of a query', '(select ${1} from ${2})$0', 1),
        ...tableItems(at).filter(({ kind }) => kind === 'module'),
      ];
    case 'exists':
      return [
        snippetItem(at, '(select …)', 'whether the query has a row', '(select 1 from ${1} where ${2})$0', 0),
      ];
    case 'limit':
    case 'offset':
      return [
        ...['10', '50', '100'].map((text) => number(at, text)),
        ...valueItems(at).filter(({ insert }) => insert.startsWith('{{')),
      ];
    default:
  }
  if (level.kind === 'names') return columnNames(at);
  switch (level.part) {
    case 'start':
      return startItems(at);
    case 'with':
      return position.before.at(-1)?.text === ',' ? cteItems(at, word) : startItems(at);
    case 'from':
      return position.before.at(-1)?.text === '(' && level.kind === 'group'
        ? [...tableItems(at), ...wordItems(at, ['select'], 1)]
        : tableItems(at);
    case 'window':
      return [note('Write a name for the window', '`window w as (partition by Town)`', position.where)];
    case 'frame':
      return ['preceding', 'following', 'current row', 'unbounded preceding', 'unbounded following'].map(
        (each) => keyword(at, each),
      );
    default:
      return values(at);
  }
}

const number = (at: SqlContext, text: string): CompletionItem => ({
  label: text,
  kind: 'value',
  detail: 'rows',
  replace: at.position.where,
  insert: text,
  rank: 0,
});

/** A word without a text of its own. */
const keyword = (at: SqlContext, text: string): CompletionItem => ({
  label: text,
  kind: 'keyword',
  detail: 'keyword',
  replace: at.position.where,
  insert: `${text} `,
  rank: 0,
  retrigger: true,
});

function cteItems(at: SqlContext, word: string): CompletionItem[] {
  return [
    snippetItem(
      at,
      'name as (select …)',
      'a query with a name',
      '${1:name} as (\n  select ${2:*} from ${3}\n)$0',
      0,
    ),
    ...(word === 'with' ? wordItems(at, ['recursive'], 1) : []),
  ];
}

function afterAs(at: SqlContext): CompletionItem[] {
  const { level, position } = at;
  if (level.callee !== undefined && lowerWord(level.callee) === 'cast')
    return wordItems(at, ['text', 'integer', 'real'], 0);
  if (level.part === 'with') return [...snippetOf(at), ...wordItems(at, ['materialized'], 1)];
  if (level.part === 'window')
    return [snippetItem(at, '(…)', 'the rows of the window', '(${1:partition by })$0', 0)];
  return [note('Write a name', 'A name of your own: letters, digits and `_`.', position.where)];
}

const snippetOf = (at: SqlContext): CompletionItem[] => [
  snippetItem(at, '(select …)', 'the query', '(\n  select ${1:*} from ${2}\n)$0', 0),
];

/** The columns that tables have in common, for `using`. */
const columnNames = (at: SqlContext): CompletionItem[] =>
  at.level.part !== 'using'
    ? [note('Write a name', 'A name of your own for the column.', at.position.where)]
    : columnItems(at)
        .filter(({ label, filter }) => label !== filter)
        .flatMap((item) =>
          item.filter === undefined ? [] : { ...item, label: item.filter, insert: item.filter },
        )
        .filter(({ label }, index, all) => all.findIndex((each) => each.label === label) === index);

/** Where a value belongs. */
function values(at: SqlContext): CompletionItem[] {
  const { level, position, sources } = at;
  const previous = position.before.at(-1);
  const word = lowerWord(previous);
  const isSelect = word === 'select';
  const inCall = level.kind === 'call' && previous?.text === '(';
  if (level.kind === 'over' && previous?.text === '(') return wordItems(at, ['partition by', 'order by'], 0);
  if (position.word?.kind === 'name') return [...aliasItems(at), ...columnItems(at), ...unknownNotes(at)];
  const isFree = sources.length === 0 && (level.part === 'select' || level.part === 'case');
  return [
    ...(word === 'on' ? conditionItems(at, '') : []),
    ...(word === 'like' ? [snippetItem(at, "'%…%'", 'a part of the text', "'%${1}%'$0", 0)] : []),
    ...valueItems(at),
    ...(isSelect && isFree && level.kind === 'query' ? fromItems(at) : []),
    ...aliasItems(at),
    ...columnItems(at),
    ...unknownNotes(at),
    ...(sources.length > 1 || sources.some(({ columns }) => columns === undefined) ? qualifierItems(at) : []),
    ...(isSelect || (inCall && lowerWord(level.callee) === 'count') ? [every(at)] : []),
    ...(isSelect || inCall ? wordItems(at, ['distinct'], 2) : []),
    ...(previous?.text === '(' && level.kind === 'group' ? wordItems(at, ['select'], 2) : []),
    ...functionItems(at),
    ...expressions(at),
    ...(isFree && level.part === 'select'
      ? [note('No table yet', 'Write `from` and a table: its columns are then offered here.', position.where)]
      : []),
  ];
}

const every = (at: SqlContext): CompletionItem => ({
  label: '*',
  kind: 'operator',
  detail: at.level.kind === 'call' ? 'all rows' : 'all columns',
  replace: at.position.where,
  insert: '*',
  rank: 2,
});

const expressions = (at: SqlContext): CompletionItem[] => [
  snippetItem(at, 'case when … end', 'one value or another', 'case when ${1} then ${2} else ${3} end$0', 5),
  snippetItem(at, 'cast(… as …)', 'a value as another type', 'cast(${1} as ${2|integer,real,text|})$0', 5),
  ...(['where', 'on', 'having', 'case'].includes(at.level.part) ? wordItems(at, ['not', 'exists'], 5) : []),
  ...wordItems(at, ['null'], 6),
];

/** Where a value, a name or a table is complete. */
function afterValue(at: SqlContext): CompletionItem[] {
  const { level, position } = at;
  if (position.word?.kind === 'name') return [note('Write a name', 'A name of your own.', position.where)];
  const more = nextParts(at);
  switch (level.kind) {
    case 'case':
      return caseItems(at);
    case 'over':
      return overItems(at);
    case 'names':
      return [];
    case 'call':
      return [...(lowerWord(level.callee) === 'cast' ? wordItems(at, ['as'], 0) : []), ...operators(at)];
    case 'query':
    case 'group':
  }
  switch (level.part) {
    case 'start':
      return [];
    case 'with':
      return wordItems(at, [endsCte(position.before) ? 'select' : 'as'], 0);
    case 'from':
      return afterTable(at, more);
    case 'select':
      if (position.before.at(-1)?.text === '*') return more;
      return [...overOf(at), ...wordItems(at, ['as'], 1), ...more, ...operators(at)];
    case 'order':
      return [...wordItems(at, ['desc', 'asc', 'nulls last', 'nulls first'], 0), ...more, ...operators(at)];
    case 'limit':
      return [...wordItems(at, ['offset'], 0), ...more];
    case 'on':
      return [...operators(at), ...wordItems(at, ['join', 'left join'], 3), ...more];
    default:
      return [...operators(at), ...more];
  }
}

/** Behind `as (…)`, and not behind the names of columns. */
function endsCte(before: readonly SqlToken[]): boolean {
  if (before.at(-1)?.text !== ')') return false;
  let depth = 0;
  for (let index = before.length - 1; index > 0; index--) {
    const token = before[index];
    if (token?.kind !== 'operator') continue;
    if (token.text === ')') depth++;
    else if (token.text === '(' && --depth === 0)
      return /^(?:as|materialized)$/.test(lowerWord(before[index - 1]));
  }
  return false;
}

const COMPARISONS: readonly SqlWord[] = [
  '=',
  '<>',
  '<',
  '<=',
  '>',
  '>=',
  'like',
  'in',
  'between',
  'is null',
  'is not null',
];

/** Comparisons where conditions stand, else what joins values. */
function operators(at: SqlContext): CompletionItem[] {
  const isCondition = ['where', 'on', 'having', 'case'].includes(at.level.part);
  const isComplete = isCondition && at.level.kind !== 'call' && comparedBefore(at);
  if (isComplete) return [...wordItems(at, ['and', 'or'], 1), ...wordItems(at, ['||', 'collate'], 6)];
  return wordItems(
    at,
    isCondition ? [...COMPARISONS, 'and', 'or', '||'] : ['||', 'collate'],
    isCondition ? 0 : 5,
  );
}

/** True in `a = b |`, where the condition is complete. */
function comparedBefore({ position: { before } }: SqlContext): boolean {
  for (let index = before.length - 1; index >= 0; index--) {
    const token = before[index];
    if (token === undefined) return false;
    if (token.kind === 'operator' && /^[<>=!]/.test(token.text)) return true;
    if (/^(?:and|or|where|on|having|when|\(|,)$/i.test(token.text)) return false;
    if (['like', 'in', 'null', 'isnull', 'notnull'].includes(lowerWord(token))) return true;
  }
  return false;
}

/** `over` and `filter` behind a function that takes them. */
function overOf(at: SqlContext): CompletionItem[] {
  const { position, scopes } = at;
  const close = position.before.at(-1);
  const call =
    close?.text === ')'
      ? scopes.tree.calls.findLast(
          ({ parentheses }) => parentheses.offset + parentheses.length === close.offset + 1,
        )
      : undefined;
  const kind = sqlFunctionOf(call?.name.text ?? '')?.kind;
  if (kind === 'window') return wordItems(at, ['over'], 0);
  return kind === 'aggregate' ? wordItems(at, ['over', 'filter'], 2) : [];
}

function caseItems(at: SqlContext): CompletionItem[] {
  const { level } = at;
  switch (level.word) {
    case 'when':
      return [...wordItems(at, ['then'], 1), ...operators(at)];
    case 'then':
      return [...wordItems(at, ['when', 'else', 'end'], 1), ...wordItems(at, ['||'], 4)];
    case 'else':
      return [...wordItems(at, ['end'], 1), ...wordItems(at, ['||'], 4)];
    default:
      return wordItems(at, ['when'], 1);
  }
}

function overItems(at: SqlContext): CompletionItem[] {
  const { part } = at.level;
  if (part === 'order') return [...wordItems(at, ['desc', 'asc'], 0), ...wordItems(at, ['rows between'], 1)];
  return part === 'partition' ? wordItems(at, ['order by'], 0) : [];
}

/** The parts of a query in their order, each with the word that begins it. */
const ORDER: readonly (readonly [SqlPart & SqlClauseName, SqlWord])[] = [
  ['select', 'select'],
  ['from', 'from'],
  ['where', 'where'],
  ['group', 'group by'],
  ['having', 'having'],
  ['order', 'order by'],
  ['limit', 'limit'],
];

/** The words with which the next part of the query may begin: none that stands behind the place already, or later. */
function nextParts(at: SqlContext): CompletionItem[] {
  const { core, level, position } = at;
  if (level.kind === 'group' && level.open !== undefined && (core?.offset ?? -1) < level.open.offset)
    return [];
  const current = level.part === 'on' || level.part === 'using' ? 'from' : level.part;
  const from = ORDER.findIndex(([part]) => part === current);
  if (from < 0) return [];
  const written = new Set([...(core?.clauses ?? []), ...(core?.query.clauses ?? [])].map(({ name }) => name));
  const rest = ORDER.slice(from + 1);
  const end = rest.findIndex(([part]) => written.has(part));
  const open = end < 0 ? rest : rest.slice(0, end);
  const needsTable = current === 'select' && !written.has('from');
  const hasGroups = written.has('group');
  const words = open
    .filter(
      ([part]) => (part !== 'having' || hasGroups || current === 'group') && (!needsTable || part === 'from'),
    )
    .map(([, word]) => word);
  const isLast = end < 0 && current !== 'order' && current !== 'limit' && position.before.length > 0;
  return [
    ...wordItems(at, words, needsTable ? 0 : 3),
    ...(isLast && !needsTable ? wordItems(at, ['union', 'union all'], 5) : []),
  ];
}
