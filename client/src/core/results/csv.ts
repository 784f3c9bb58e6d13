/** Rows as CSV or TSV: the one writer, for the command line, files, exports and the clipboard. */
import type { ApiRecord } from './read-page';
import { rowsOf } from './table';

/**
 * RFC 4180: rows end with CR LF, also the last one. A text that a spreadsheet would run as a formula (it starts with `=`,
 * `+`, `-`, `@`, their full-width forms, tab, line feed or return) gets a leading apostrophe; numbers stay numbers. So
 * `+44 1524` is written as `'+44 1524`: safe to open is worth more than byte for byte; who needs the latter takes JSON.
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

/** Excel takes a CSV without it for the system's own code page. */
const BYTE_ORDER_MARK = '\uFEFF';

export interface CsvOptions {
  /** False for appending. */
  readonly header?: boolean;
  /**
   * Of files that the editor writes: they are for spreadsheets. Not of the command line's output, which other programs
   * read.
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
