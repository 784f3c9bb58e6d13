/** Writes rows as CSV or TSV, for the command line, files, exports and the clipboard. */
import { writeJson } from '../values/write-json';
import type { ApiRecord } from './read-page';
import { cellText, memberOf } from './table';

/** How the cells of a CSV are written. */
export interface CellStyle {
  /** False: texts that a spreadsheet would run as a formula are written unchanged. */
  readonly formulaGuard?: boolean;
  /** What stands for null, and for a member that the record lacks; '' when absent. A text of the same letters is quoted. */
  readonly nullText?: string;
  /** `text` (the default): the elements, joined by `; `. */
  readonly lists?: 'text' | 'json';
}

export interface CsvOptions extends CellStyle {
  /** False when appending. */
  readonly header?: boolean;
  /**
   * True for files that the editor writes, which are for spreadsheets; false for the command line's output, which other
   * programs read.
   */
  readonly bom?: boolean;
}

/** Without it, Excel reads a CSV in the system's own code page. */
export const BYTE_ORDER_MARK = '\uFEFF';

const SPECIAL = {
  ',': /[,\r\n"]/,
  ';': /[;\r\n"]/,
  '\t': /[\t\r\n"]/,
  '|': /[|\r\n"]/,
} as const;
export type CsvDelimiter = keyof typeof SPECIAL;

/**
 * RFC 4180: every row ends with CR LF, even the last. A text that a spreadsheet would run as a formula (it starts with
 * `=`, `+`, `-`, `@`, their full-width forms, tab, line feed or return) gets a leading apostrophe; numbers and telephone
 * numbers don't. `guarded` counts the cells that got one.
 */
export class CsvText {
  #guarded = 0;

  constructor(private readonly options: CsvOptions = {}) {}

  /** How many cells got an apostrophe so far. */
  get guarded(): number {
    return this.#guarded;
  }

  /** With the byte order mark, where there is one. Without columns there is no header. */
  header(columns: readonly string[]): string {
    if (columns.length === 0) return '';
    return (
      (this.options.bom === true ? BYTE_ORDER_MARK : '') + this.#row(columns.map((name) => this.#text(name)))
    );
  }

  rows(records: readonly ApiRecord[], columns: readonly string[]): string {
    return records
      .map((record) => this.#row(columns.map((column) => this.#cell(memberOf(record, column)))))
      .join('');
  }

  /** The cell of a null. */
  get null(): string {
    return quoted(this.options.nullText ?? '', ',');
  }

  #row(cells: readonly string[]): string {
    return `${cells.join(',')}\r\n`;
  }

  #cell(value: unknown): string {
    if (value === null || value === undefined) return this.null;
    if (this.options.lists === 'json' && Array.isArray(value)) return this.#text(writeJson(value));
    return this.#text(cellText(value));
  }

  #text(text: string): string {
    if (text === this.options.nullText) return `"${text.replaceAll('"', '""')}"`;
    if (this.options.formulaGuard === false || !isFormula(text)) return quoted(text, ',');
    this.#guarded++;
    return quoted(`'${text}`, ',');
  }
}

export function toCsv(
  records: readonly ApiRecord[],
  columns: readonly string[],
  options: CsvOptions = {},
): string {
  const csv = new CsvText(options);
  return (options.header === false ? '' : csv.header(columns)) + csv.rows(records, columns);
}

/** Writes texts, with the same guard. */
export const delimitedText = (rows: readonly (readonly string[])[], delimiter: CsvDelimiter = ','): string =>
  rows
    .map((row) => {
      const cells = row.map((text) => quoted(isFormula(text) ? `'${text}` : text, delimiter));
      return `${cells.join(delimiter)}\r\n`;
    })
    .join('');

const quoted = (text: string, delimiter: CsvDelimiter): string =>
  SPECIAL[delimiter].test(text) ? `"${text.replaceAll('"', '""')}"` : text;

const FORMULA = /^[=+\-@＝＋－＠\t\r\n]/;
const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d+)?%?$/i;
/**
 * `+44 1632 960000`, `+44 (0)1632 960 000`. With hyphens and no space it is a sum: of `+1-202-555-0143` Excel makes -899.
 */
const TELEPHONE = /^\+(?=[\d.() -]*\d$)(?:[^-]*$|.*\d \(?\d)/;

const isFormula = (text: string): boolean =>
  FORMULA.test(text) && !NUMBER.test(text) && !TELEPHONE.test(text);

/** Of a text with the apostrophe of the guard, what stood there before; undefined for other texts. */
export const withoutGuard = (text: string): string | undefined =>
  text.startsWith("'") && isFormula(text.slice(1)) ? text.slice(1) : undefined;

/** Returns what a reader should know about the guard, in a list of sentences. `how`: how to do without it. */
export const guardNote = (guarded: number, how = ''): string[] =>
  guarded === 0
    ? []
    : [
        `${guarded.toLocaleString('en-GB')} ${guarded === 1 ? 'cell begins' : 'cells begin'} like a formula, and got an apostrophe in front, so that no spreadsheet runs ${guarded === 1 ? 'it' : 'them'}.${how === '' ? '' : ` ${how}`}`,
      ];
