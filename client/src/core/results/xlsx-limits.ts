/** What a sheet of Excel can hold, and what is said of it; not in the writer's file, so that a check does not load the writer. */

/** Including the header. */
const MAX_ROWS = 1_048_576;
export const MAX_COLUMNS = 16_384;
/** Per cell. */
export const MAX_CHARACTERS = 32_767;
/** Of a number. */
export const MAX_DIGITS = 15;
/** Characters of a sheet's name. */
export const MAX_SHEET_NAME = 31;

/** Says that numbers became texts. */
export const longNumbersNote = (count: number): string[] =>
  count === 0
    ? []
    : [
        `${count.toLocaleString('en-GB')} ${count === 1 ? 'number has' : 'numbers have'} more than ${MAX_DIGITS} digits, which Excel would round, so ${count === 1 ? 'it is a text' : 'they are texts'} in the workbook.`,
      ];

/** Why so many records are not written; undefined where a sheet can hold them. */
export const tooManyRows = (records: number): string | undefined =>
  records < MAX_ROWS
    ? undefined
    : `A sheet of Excel holds ${(MAX_ROWS - 1).toLocaleString('en-GB')} records, and there are ${records.toLocaleString('en-GB')}. Export fewer rows, or as CSV.`;
