/** Lists in a sentence. */

/** `a, b and c`, or with another word before the last. */
export function listed(words: readonly string[], last: 'and' | 'or' = 'and'): string {
  const before = words.slice(0, -1).join(', ');
  return before === '' ? (words[0] ?? '') : `${before} ${last} ${words.at(-1) ?? ''}`;
}
