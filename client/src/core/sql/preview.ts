/** Shows what a SQL request would ask: its statement, what stands for its variables, and its tables. */
import type { SqlValue } from '#language';
import type { PreparedSql } from '../running/prepare';
import { visibleOnOneLine } from '../text/foreign-text';

/** The statement as written, each line of it. */
export const statementOf = ({ file, request: { sql } }: Pick<PreparedSql, 'file' | 'request'>): string =>
  sql === undefined ? '' : file.parsed.text.slice(sql.offset, sql.offset + sql.length).trim();

/** A request of a file, with comments on what a reader can't see in it. */
export function previewOfSql(prepared: PreparedSql, about: readonly string[] = prepared.notes): string {
  const { request, tables } = prepared;
  const lines = [
    ...about,
    ...boundValues(prepared),
    ...tables.map(
      ({ name, request: table }) => `Table: ${name}${table.sql === undefined ? pagesOf(table.pages) : ''}`,
    ),
  ];
  const title = request.title === '' ? '' : `### ${request.title}\n`;
  return `${title}${lines.map((line) => `# ${visibleOnOneLine(line)}\n`).join('')}SQL\n${statementOf(prepared)}\n`;
}

const pagesOf = (pages: number | 'all' | undefined): string => {
  if (pages === 'all') return ', all pages';
  return pages === undefined || pages === 1 ? ', one page' : `, ${pages} pages`;
};

/** `'{{$today}}' is '2026-11-26T00:00:00'`, for each parameter once. */
function boundValues({ query: { parameters, values } }: PreparedSql): string[] {
  const lines = parameters.map(({ token }, index) => `${token.text} is ${literal(values[index] ?? '')}`);
  return [...new Set(lines)];
}

/** A value as SQL writes it. */
const literal = (value: SqlValue): string =>
  typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value);
