/** Cells as text for other programs. */
import { delimitedText } from '#core/results/csv';
import type { CopyFormat } from '#core/results/formats';
import type { ApiRecord } from '#core/results/read-page';
import { cellText, memberOf } from '#core/results/table';
import { writeJson } from '#core/values/write-json';
import type { Slices } from './slices';

/** Records in order; `holds` returns whether a cell is to be copied. */
export interface Cells {
  readonly records: readonly ApiRecord[];
  readonly columns: readonly string[];
  readonly holds?: (row: number, column: number) => boolean;
}

type Writer = (cells: Cells, header: boolean) => string;

const WRITERS: Readonly<Record<CopyFormat, Writer>> = {
  tsv: (cells, header) => separated(cells, header, '\t'),
  csv: (cells, header) => separated(cells, header, ','),
  json,
  markdown,
  ids: ({ records }) => ids(records),
};

export const copyText = (cells: Cells, format: CopyFormat, header = true): string =>
  WRITERS[format](cells, header);

/** How many records are converted at a time. */
const CHUNK = 500;

/** Does the same for any number of records, in slices. */
export async function copyLong(
  { records, columns, holds }: Cells,
  format: CopyFormat,
  slices: Slices,
): Promise<string> {
  if (format === 'ids' || records.length <= CHUNK)
    return copyText({ records, columns, ...(holds && { holds }) }, format);
  const parts: string[] = [];
  for (let from = 0; from < records.length; from += CHUNK) {
    if (slices.due()) await slices.pause();
    const chunk: Cells = {
      records: records.slice(from, from + CHUNK),
      columns,
      ...(holds && { holds: (row: number, column: number) => holds(from + row, column) }),
    };
    const text = copyText(chunk, format, from === 0);
    parts.push(format === 'json' ? text.slice(2, -2) : text);
  }
  return format === 'json' ? `[\n${parts.join(',\n')}\n]` : parts.join(format === 'markdown' ? '\n' : '\r\n');
}

const texts = ({ records, columns, holds }: Cells): string[][] =>
  records.map((record, row) =>
    columns.map((name, column) => (holds?.(row, column) === false ? '' : cellText(memberOf(record, name)))),
  );

/** Returns text for the clipboard: the last line has no line break. */
function separated(cells: Cells, header: boolean, delimiter: ',' | '\t'): string {
  const rows = texts(cells);
  return delimitedText(header ? [cells.columns, ...rows] : rows, delimiter).slice(0, -2);
}

function json({ records, columns, holds }: Cells): string {
  const chosen = records.map((record, row) =>
    Object.fromEntries(
      columns.flatMap((name, column) => {
        const value = memberOf(record, name);
        return value === undefined || holds?.(row, column) === false ? [] : [[name, value] as const];
      }),
    ),
  );
  return writeJson(chosen, 2);
}

function markdown(cells: Cells, header: boolean): string {
  const escape = (text: string) => text.replace(/[\\|<>`*_[\]]/g, '\\$&').replace(/\s+/g, ' ');
  const line = (row: readonly string[]) => `| ${row.map(escape).join(' | ')} |`;
  const head = [line(cells.columns), `|${cells.columns.map(() => ' --- |').join('')}`];
  return [...(header ? head : []), ...texts(cells).map(line)].join('\n');
}

/** Returns a condition for `$filter` with each ID once; quotes in a text are doubled. */
function ids(records: readonly ApiRecord[]): string {
  const found = new Set(records.map((record) => cellText(memberOf(record, 'ID'))).filter((id) => id !== ''));
  return [...found].map((id) => `ID eq '${id.replace(/'/g, "''")}'`).join(' or ');
}
