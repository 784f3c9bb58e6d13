/** What a sheet of Excel can hold, and what is said where something does not fit. */

/** Including the header. */
export const MAX_ROWS = 1_048_576;
export const MAX_COLUMNS = 16_384;
/** Per cell, in UTF-16 units. */
export const MAX_CHARACTERS = 32_767;
/** Of a number. */
export const MAX_DIGITS = 15;
/** Characters of a sheet’s name. */
export const MAX_SHEET_NAME = 31;

/** What of the records is in a workbook in another form, or not at all. */
export interface Shortfall {
  /** Numbers that became texts. */
  longNumbers: number;
  /** Texts that were cut. */
  cutTexts: number;
  /** Columns that were left out. */
  columns: number;
  /** Sheets that only go on with another one. */
  furtherSheets: number;
}

const number = (value: number): string => value.toLocaleString('en-GB');

/** Says so in sentences. */
export function shortfallNotes({ longNumbers, cutTexts, columns, furtherSheets }: Shortfall): string[] {
  const notes: string[] = [];
  if (longNumbers > 0)
    notes.push(
      `${number(longNumbers)} ${longNumbers === 1 ? 'number has' : 'numbers have'} more than ${MAX_DIGITS} digits, which Excel would round, so ${longNumbers === 1 ? 'it is a text' : 'they are texts'} in the workbook.`,
    );
  if (cutTexts > 0)
    notes.push(
      `${number(cutTexts)} ${cutTexts === 1 ? 'text is' : 'texts are'} longer than the ${number(MAX_CHARACTERS)} characters that a cell of Excel holds, and ${cutTexts === 1 ? 'ends' : 'end'} with “…” in the workbook.`,
    );
  if (columns > 0)
    notes.push(
      `A sheet of Excel holds ${number(MAX_COLUMNS)} columns, so the last ${number(columns)} are not in the workbook. Export as CSV to have all.`,
    );
  if (furtherSheets > 0)
    notes.push(
      `A sheet of Excel holds ${number(MAX_ROWS - 1)} records, so the rest ${furtherSheets === 1 ? 'is on a second sheet' : `is on ${number(furtherSheets)} more sheets`}.`,
    );
  return notes;
}
