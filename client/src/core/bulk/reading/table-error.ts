/** The one error of reading a table; its message is a sentence for the user. */
export class TableError extends Error {}
