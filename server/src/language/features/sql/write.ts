/** Writes groups of a request's records, as the results view has them, as a SQL request below it. */
import { pagesIn } from '../../analysis/paging';
import { freeTableName } from '../../analysis/sql/fetched-table';
import { type FileSymbols, nameDirective } from '../../analysis/symbols';
import type { BlockTree } from '../../syntax/nodes';
import { writtenName } from '../../syntax/sql/written-name';
import { isWritableText } from '../../syntax/writable-text';
import type { TextEdit } from '../../text/span';
import type { ColumnKind, Figure, GroupColumn, GroupCondition, SqlGroups } from '../../vocabulary/groups';

export type WrittenSql =
  | {
      readonly ok: true;
      readonly edits: readonly TextEdit[];
      /** The columns of conditions that SQL can't express, and that are left out. */
      readonly left: readonly string[];
    }
  /** `message` says why not. */
  | { readonly ok: false; readonly message: string };

/** Edits relative to the block; `symbols` are those of the file. */
export function writeSql(
  tree: BlockTree,
  groups: SqlGroups,
  symbols: Pick<FileSymbols, 'requests'>,
): WrittenSql {
  const start = tree.request?.method?.offset ?? tree.request?.target.offset ?? tree.sql?.keyword.offset;
  if (start === undefined) return { ok: false, message: 'The request is no longer here.' };
  const texts = [groups.title, ...groups.levels.map(({ column }) => column)];
  for (const { column, values } of groups.conditions) texts.push(column, values.join(' '));
  for (const { of } of groups.measures) texts.push(of?.column ?? '');
  // Otherwise a value of a record could name a variable, or begin another request.
  if (!texts.every(isWritableText))
    return {
      ok: false,
      message: 'A name or a value holds {{ or a line break, which can’t be written in a request.',
    };
  const eol = tree.text.includes('\r\n') ? '\r\n' : '\n';
  const named = nameDirective(tree)?.value.text;
  const name = named ?? freeTableName(tree.request?.target.module.text ?? '', symbols);
  const above = [
    ...(named === undefined ? [`# @name ${name}`] : []),
    ...(groups.part && tree.request !== undefined && pagesIn(tree) === undefined ? ['# @pages all'] : []),
  ];
  const { statement, left } = groupStatement(groups, name);
  const end = tree.text.trimEnd().length;
  const below = ['', '', `### ${groups.title}`, 'SQL', ...statement.split('\n')].join(eol);
  return {
    ok: true,
    edits: [
      ...(above.length === 0
        ? []
        : [
            {
              offset: tree.text.lastIndexOf('\n', start - 1) + 1,
              length: 0,
              text: above.map((line) => `${line}${eol}`).join(''),
            },
          ]),
      { offset: end, length: 0, text: end === tree.text.length ? `${below}${eol}` : below },
    ],
    left,
  };
}

/** The statement that has the figures of the groups; `left`: the columns of conditions that it leaves out. */
export function groupStatement(
  { levels, measures, conditions, sort }: SqlGroups,
  table: string,
): { statement: string; left: readonly string[] } {
  const where: string[] = [];
  const left: string[] = [];
  for (const condition of conditions) {
    const written = conditionText(condition);
    if (written === undefined) left.push(condition.column);
    else where.push(written);
  }
  const columns = [
    ...levels.map((level) => levelText(level)),
    ...measures.map(({ figure, of }) => FIGURES[figure](of ?? { column: '', kind: 'text' })),
  ];
  const places = levels.map((_, at) => at + 1);
  const order = [
    ...(sort === undefined ? [] : [`${levels.length + sort.measure + 1}${sort.descending ? ' desc' : ''}`]),
    ...places.map(String),
  ];
  const lines = [
    `select ${columns.join(',\n  ')}`,
    `from ${writtenName(table)}`,
    ...(where.length > 0 ? [`where ${where.join('\n  and ')}`] : []),
    ...(places.length > 0
      ? [`group by ${places.join(', ')}`, `order by ${order.map((each) => `${each} nulls last`).join(', ')}`]
      : []),
  ];
  return { statement: lines.join('\n'), left };
}

const textText = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** A value, or null where it is empty. */
function present({ column, kind }: GroupColumn): string {
  const name = writtenName(column);
  if (kind === 'text' || kind === 'object') return `nullif(${name}, '')`;
  return kind === 'list' ? `nullif(${name}, '[]')` : name;
}

const FORMATS = { day: '%Y-%m-%d', week: '%G-W%V', month: '%Y-%m', year: '%Y' } as const;

function levelText({ column, kind, by }: SqlGroups['levels'][number]): string {
  const name = writtenName(column);
  const own = present({ column, kind });
  if (by === undefined) return own === name ? own : `${own} as ${name}`;
  const text =
    by === 'quarter'
      ? `strftime('%Y', ${name}) || '-Q' || ((strftime('%m', ${name}) + 2) / 3)`
      : `strftime('${FORMATS[by]}', ${name})`;
  return `${text} as ${writtenName(`${column}_${by}`)}`;
}

const FIGURES: Readonly<Record<Figure, (of: GroupColumn) => string>> = {
  count: () => 'count(*) as records',
  sum: ({ column }) => `sum(${writtenName(column)}) as ${writtenName(`sum_${column}`)}`,
  average: ({ column }) => `avg(${writtenName(column)}) as ${writtenName(`average_${column}`)}`,
  least: ({ column }) => `min(${writtenName(column)}) as ${writtenName(`lowest_${column}`)}`,
  most: ({ column }) => `max(${writtenName(column)}) as ${writtenName(`highest_${column}`)}`,
  distinct: (of) => `count(distinct ${present(of)}) as ${writtenName(`different_${of.column}`)}`,
};

const COMPARISONS: ReadonlyMap<string, string> = new Map([
  ['eq', '='],
  ['lt', '<'],
  ['le', '<='],
  ['gt', '>'],
  ['ge', '>='],
]);

/** Undefined for what SQL can't express. */
function conditionText({ column, kind, operator, values }: GroupCondition): string | undefined {
  const own = present({ column, kind });
  if (operator === 'empty') return `${own} is null`;
  if (operator === 'notEmpty') return `${own} is not null`;
  if (kind === 'list' || kind === 'object') return undefined;
  const whole = (kind === 'date' || kind === 'datetime') && values.every((value) => value.length === 10);
  const isList = operator === 'in' || operator === 'notIn';
  const name = whole && !isList ? `substr(${writtenName(column)}, 1, 10)` : writtenName(column);
  const value = (text: string) => valueText(text, kind);
  const [first = '', second = ''] = values;
  const comparison = COMPARISONS.get(operator);
  if (comparison !== undefined) return `${name} ${comparison} ${value(first)}`;
  switch (operator) {
    case 'ne':
      return `(${own} is null or ${name} <> ${value(first)})`;
    case 'between': {
      const isSorted = kind === 'number' ? Number(first) <= Number(second) : first <= second;
      const [low, high] = isSorted ? [first, second] : [second, first];
      return `${name} between ${value(low)} and ${value(high)}`;
    }
    case 'in':
    case 'notIn': {
      const some = values.filter((text) => text !== '').map(value);
      const empty = (operator === 'in') === values.includes('');
      const parts = [
        ...(empty ? [`${own} is null`] : []),
        ...(some.length > 0 ? [`${own} ${operator === 'in' ? 'in' : 'not in'} (${some.join(', ')})`] : []),
        ...(some.length === 0 && operator === 'notIn' ? [`${own} is not null`] : []),
      ];
      if (parts.length === 0) return 'false';
      return parts.length === 1 ? parts[0] : `(${parts.join(' or ')})`;
    }
    case 'contains':
      return `${name} like ${likeText(first, '%', '%')}`;
    case 'notContains':
      return `ifnull(${name}, '') not like ${likeText(first, '%', '%')}`;
    case 'startswith':
      return `${name} like ${likeText(first, '', '%')}`;
    case 'endswith':
      return `${name} like ${likeText(first, '%', '')}`;
    default:
      return undefined;
  }
}

function valueText(text: string, kind: ColumnKind): string {
  if (kind === 'number' && /^-?\d+(?:\.\d+)?$/.test(text)) return text;
  if (kind === 'boolean' && (text === 'true' || text === 'false')) return text;
  return textText(text);
}

/** A pattern in which the text means itself. */
function likeText(text: string, before: string, after: string): string {
  const plain = text.replace(/[\\%_]/g, '\\$&');
  return `${textText(`${before}${plain}${after}`)}${plain === text ? '' : " escape '\\'"}`;
}
