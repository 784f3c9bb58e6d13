/**
 * What a table itself has under a word from outside, and never what every object inherits: `constructor`, `__proto__`.
 * The linter (`apq/own-keys`) asks for this function.
 */
export const ownValue = <T>(table: Readonly<Record<string, T>>, word: string): T | undefined =>
  Object.hasOwn(table, word) ? table[word] : undefined;
