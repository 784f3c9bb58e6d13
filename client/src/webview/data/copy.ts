/** Cells as text for other programs. */
import type { Slices } from './slices';
import { memberOf, textOf, type ApiRecord } from './values';

export type CopyFormat = 'tsv' | 'csv' | 'json' | 'markdown' | 'ids';

/** Records in order; `holds` says whether a cell is among those to be copied. */
export interface Cells {
  readonly records: readonly ApiRecord[];
  readonly columns: readonly string[];
  readonly holds?: (row: number, column: number) => boolean;
}

export function copyText(cells: Cells, format: CopyFormat, header = true): string {
  switch (format) {
    case 'tsv':
      return separated(cells, header, '\t', /[\t\r\n"]/);
    case 'csv':
      return separated(cells, header, ',', /[,\r\n"]/);
    case 'json':
      return json(cells);
    case 'markdown':
      return markdown(cells, header);
    case 'ids':
      return ids(cells.records);
  }
}

const PORTION = 500;

/** The same for any number of records, in slices. */
export async function copyLong(
  { records, columns, holds }: Cells,
  format: CopyFormat,
  slices: Slices,
): Promise<string> {
  if (format === 'ids' || records.length <= PORTION)
    return copyText({ records, columns, ...(holds && { holds }) }, format);
  const parts: string[] = [];
  for (let from = 0; from < records.length; from += PORTION) {
    if (slices.due()) await slices.pause();
    const portion: Cells = {
      records: records.slice(from, from + PORTION),
      columns,
      ...(holds && { holds: (row: number, column: number) => holds(from + row, column) }),
    };
    const text = copyText(portion, format, from === 0);
    parts.push(format === 'json' ? text.slice(2, -2) : text);
  }
  return format === 'json' ? `[\n${parts.join(',\n')}\n]` : parts.join(format === 'markdown' ? '\n' : '\r\n');
}

const texts = ({ records, columns, holds }: Cells): string[][] =>
  records.map((record, row) =>
    columns.map((name, column) => (holds?.(row, column) === false ? '' : textOf(memberOf(record, name)))),
  );

function separated(cells: Cells, header: boolean, delimiter: string, special: RegExp): string {
  const quote = (text: string) => (special.test(text) ? `"${text.replace(/"/g, '""')}"` : text);
  const rows = texts(cells).map((row) => row.map(guard));
  return (header ? [[...cells.columns].map(guard), ...rows] : rows)
    .map((row) => row.map(quote).join(delimiter))
    .join('\r\n');
}

/** A spreadsheet must not run what somebody wrote into a record; numbers stay numbers. The same as in exported CSV. */
export const guard = (text: string): string =>
  /^[=+\-@＝＋－＠\t\r\n]/.test(text) && !/^[+-]?\d+(?:\.\d+)?$/.test(text) ? `'${text}` : text;

function json({ records, columns, holds }: Cells): string {
  const chosen = records.map((record, row) =>
    Object.fromEntries(
      columns.flatMap((name, column) => {
        const value = memberOf(record, name);
        return value === undefined || holds?.(row, column) === false ? [] : [[name, value] as const];
      }),
    ),
  );
  return JSON.stringify(chosen, undefined, 2);
}

function markdown(cells: Cells, header: boolean): string {
  const escape = (text: string) => text.replace(/[\\|<>`*_[\]]/g, '\\$&').replace(/\s+/g, ' ');
  const line = (row: readonly string[]) => `| ${row.map(escape).join(' | ')} |`;
  const head = [line(cells.columns), `|${cells.columns.map(() => ' --- |').join('')}`];
  return [...(header ? head : []), ...texts(cells).map(line)].join('\n');
}

/** For `$filter`: a quote in a text is doubled. Each ID once. */
function ids(records: readonly ApiRecord[]): string {
  const found = new Set(records.map((record) => textOf(memberOf(record, 'ID'))).filter((id) => id !== ''));
  return [...found].map((id) => `ID eq '${id.replace(/'/g, "''")}'`).join(' or ');
}
