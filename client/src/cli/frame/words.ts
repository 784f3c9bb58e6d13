/** Lists of words in sentences. */

/** `csv, json or ndjson`. */
export const alternatives = (words: readonly string[]): string =>
  [words.slice(0, -1).join(', '), ...words.slice(-1)].filter((part) => part !== '').join(' or ');
