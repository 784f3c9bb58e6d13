/** Records as files and for terminals. */
import { stringify } from 'csv-stringify/sync';
import { visibleOnOneLine } from '../text/foreign-text';
import type { ApiRecord } from './read-answer';
import { rowsOf } from './table';

/**
 * RFC 4180, UTF-8. A text that a spreadsheet would run as a formula (it starts with `=`, `+`, `-`, `@`, their full-width
 * forms, tab, line feed or return) gets a leading apostrophe; numbers stay numbers. So `+44 1524` is written as
 * `'+44 1524`: safe to open is worth more than byte for byte; who needs the latter takes JSON. `bom` helps Excel to see
 * UTF-8; `header: false` is for appending.
 */
export function toCsv(
  records: readonly ApiRecord[],
  columns: readonly string[],
  { header = true, bom = false }: { header?: boolean; bom?: boolean } = {},
): string {
  const rows = rowsOf(records, columns);
  return stringify(header ? [[...columns], ...rows] : rows, {
    bom,
    escape_formulas: false,
    record_delimiter: '\r\n',
    // The library quotes the delimiter as a whole only: a lone line feed would begin a new record.
    quoted_match: /[\r\n]/,
    cast: { string: guard },
  });
}

const guard = (text: string) =>
  /^[=+\-@＝＋－＠\t\r\n]/.test(text) && !/^[+-]?\d+(?:\.\d+)?$/.test(text) ? `'${text}` : text;

/** An array, indented, with everything that the API sent. */
export const toJson = (records: readonly ApiRecord[]): string => JSON.stringify(records, undefined, 2) + '\n';

/** Each record as JSON on a line of its own. */
export const toNdjson = (records: readonly ApiRecord[]): string =>
  records.map((record) => JSON.stringify(record) + '\n').join('');

/** A table for a terminal; cells are cut so that a row fits `width` characters where that is possible. */
export function toTextTable(records: readonly ApiRecord[], columns: readonly string[], width = 160): string {
  const rows = [columns, ...rowsOf(records, columns)].map((row) =>
    // A control character in somebody's data must not steer the terminal.
    row.map((text) => visibleOnOneLine(text.replace(/\s+/g, ' '))),
  );
  const widths = columns.map((_, column) =>
    rows.reduce((most, row) => Math.max(most, row[column]?.length ?? 0), 1),
  );
  let most = Math.max(60, width);
  const total = () => widths.reduce((sum, each) => sum + Math.min(each, most) + 2, -2);
  while (most > 8 && total() > width) most--;
  widths.forEach((each, index) => (widths[index] = Math.min(each, most)));
  const fit = (text: string, size: number) =>
    text.length > size ? `${text.slice(0, size - 1)}…` : text.padEnd(size);
  const line = (row: readonly string[]) =>
    row
      .map((text, column) => fit(text, widths[column] ?? 1))
      .join('  ')
      .trimEnd();
  const [head = [], ...body] = rows;
  return [line(head), widths.map((size) => '─'.repeat(size)).join('  '), ...body.map(line)].join('\n') + '\n';
}
