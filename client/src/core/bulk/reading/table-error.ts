/** The one error of reading a table; its message is a sentence for the user. */
export class TableError extends Error {}

/** Thrown for a table without any value. */
export class NoValuesError extends TableError {
  constructor() {
    super('The file holds no values. Choose one with a header and rows.');
  }
}
