/** Finds the words of a request that the API's refusal names, so that they can be marked. */

/** A place in a text, in UTF-16 units. */
export interface Blamed {
  readonly offset: number;
  readonly length: number;
}

/**
 * `words` are the API's sentences, `text` is the request from its title to its end. Quoted text, parameters (`$top`) and
 * names (with a capital inside, `_` or `$`) are looked for as whole words, in any case, but not in comments. Ordinary
 * words of a sentence mark nothing.
 */
export function blamedIn(text: string, words: readonly string[]): Blamed[] {
  const names = new Set(words.flatMap(namesIn).map((name) => name.toLowerCase()));
  if (names.size === 0) return [];
  const code = text.replace(/^[ \t]*(?:#|\/\/).*$/gm, (line) => ' '.repeat(line.length));
  const found: Blamed[] = [];
  for (const match of code.matchAll(/\$?[\p{L}_][\p{L}\p{N}_]*/gu))
    if (names.has(match[0].toLowerCase())) found.push({ offset: match.index, length: match[0].length });
  // Quoted texts that are not a single word: values.
  for (const name of names) {
    if (/^\$?[\p{L}_][\p{L}\p{N}_]*$/u.test(name)) continue;
    const at = code.toLowerCase().indexOf(name);
    if (at >= 0) found.push({ offset: at, length: name.length });
  }
  return found.sort((a, b) => a.offset - b.offset);
}

function namesIn(sentence: string): string[] {
  const quoted = [
    ...sentence.matchAll(/'([^']{1,80})'|"([^"]{1,80})"|“([^”]{1,80})”|‘([^’]{1,80})’/g),
  ].flatMap((match) => match.slice(1).filter((text) => text !== undefined && text.trim() !== ''));
  const names = [...sentence.matchAll(/\$[a-z]+|\b\p{L}+(?:_|\p{Lu})[\p{L}\p{N}_]*/gu)].map(([name]) => name);
  return [...quoted, ...names];
}
