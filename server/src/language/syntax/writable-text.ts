/** Texts of the data that a query can hold as they are. */

/** True unless the text would be another one there: `{{` begins a reference, and no value is written on two lines. */
export const isWritableText = (text: string): boolean => !/[\r\n]|\{\{/.test(text);
