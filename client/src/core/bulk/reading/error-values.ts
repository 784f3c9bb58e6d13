/** What a spreadsheet shows in a cell instead of a value. A CSV has it as a text, and it is never meant. */

const ERRORS: ReadonlySet<string> = new Set([
  '#N/A',
  '#VALUE!',
  '#REF!',
  '#DIV/0!',
  '#NUM!',
  '#NAME?',
  '#NULL!',
  '#SPILL!',
  '#CALC!',
  '#FIELD!',
  '#BLOCKED!',
  '#CONNECT!',
  '#UNKNOWN!',
  '#BUSY!',
  '#GETTING_DATA',
]);

/** The one that stands for a value that is not there. */
export const NOT_AVAILABLE = '#N/A';

export const isErrorValue = (text: string): boolean =>
  text.includes('#') && text.length < 20 && ERRORS.has(text.trim().toUpperCase());

/** A sentence. */
export const errorSentence = (error: string): string =>
  `The cell shows the error ${error}. Mend its formula, or write its value.`;
