/** Writes rows as CSV or TSV, for the command line, files, exports and the clipboard. */
import type { ApiRecord } from './read-page';
import { rowsOf } from './table';

/**
 * RFC 4180: every row ends with CR LF, even the last. A text that a spreadsheet would run as a formula (it starts with
 * `=`, `+`, `-`, `@`, their full-width forms, tab, line feed or return) gets a leading apostrophe; numbers don't. So
 * `+44 1524` is written as `'+44 1524`: a safe file matters more than exact bytes, for which there is JSON.
 */
export function delimitedText(rows: readonly (readonly string[])[], delimiter: ',' | '\t' = ','): string {
  const special = SPECIAL[delimiter];
  const cell = (text: string) => {
    const safe = guarded(text);
    return special.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return rows.map((row) => `${row.map(cell).join(delimiter)}\r\n`).join('');
}

const SPECIAL = { ',': /[,\r\n"]/, '\t': /[\t\r\n"]/ } as const;

const guarded = (text: string): string => (FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text);

const FORMULA = /^[=+\-@＝＋－＠\t\r\n]/;
const NUMBER = /^[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?$/i;

/** Without it, Excel reads a CSV in the system's own code page. */
const BYTE_ORDER_MARK = '\uFEFF';

export interface CsvOptions {
  /** False when appending. */
  readonly header?: boolean;
  /**
   * True for files that the editor writes, which are for spreadsheets; false for the command line's output, which other
   * programs read.
   */
  readonly bom?: boolean;
}

export const toCsv = (
  records: readonly ApiRecord[],
  columns: readonly string[],
  { header = true, bom = false }: CsvOptions = {},
): string =>
  (bom ? BYTE_ORDER_MARK : '') +
  delimitedText(header ? [columns, ...rowsOf(records, columns)] : rowsOf(records, columns));
