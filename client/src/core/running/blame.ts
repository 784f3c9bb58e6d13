/** Finds the words of a request that the API's refusal names, so that they can be marked. */
import { type FieldWord, nameKey, type RequestInfo, type Span } from '#language';
import { type QueryFile, structure } from './query-file';

/** A place in a text, in UTF-16 units. */
export interface Blamed {
  readonly offset: number;
  readonly length: number;
}

/**
 * `words` are the API's sentences, `text` is the request from its title to its end, and `fields` are the names of fields
 * in it. Looked for, in any case: the names of fields, where the sentence speaks of one; else quoted text, parameters
 * (`$top`) and names (with a capital inside, `_` or `$`) as whole words, but not in comments. Ordinary words of a sentence
 * mark nothing.
 */
export function blamedIn(text: string, words: readonly string[], fields: readonly FieldWord[]): Blamed[] {
  const told = new Set(
    words.flatMap((sentence) => [...namesIn(sentence), ...capitalsIn(sentence)]).map(nameKey),
  );
  const named = fields.filter((field) => told.has(nameKey(field.text)));
  const known = new Set(named.map((field) => nameKey(field.text)));
  const others = new Set(
    words
      .flatMap(namesIn)
      .map(nameKey)
      .filter((name) => !known.has(name)),
  );
  return [...named, ...placesOf(others, text)]
    .map(({ offset, length }) => ({ offset, length }))
    .sort((a, b) => a.offset - b.offset);
}

/** Returns the places in the file that the API's sentences name. */
export function blamedSpans(file: QueryFile, request: RequestInfo, words: readonly string[]): Span[] {
  const { offset, length } = request.span;
  const fields = structure.fieldWords(request).map((word) => ({ ...word, offset: word.offset - offset }));
  return blamedIn(file.parsed.text.slice(offset, offset + length), words, fields).map((place) => ({
    offset: place.offset + offset,
    length: place.length,
  }));
}

function placesOf(names: ReadonlySet<string>, text: string): Blamed[] {
  if (names.size === 0) return [];
  const code = text.replace(/^[ \t]*(?:#|\/\/).*$/gm, (line) => ' '.repeat(line.length));
  const found: Blamed[] = [];
  for (const match of code.matchAll(/\$?[\p{L}_][\p{L}\p{N}_]*/gu))
    if (names.has(nameKey(match[0]))) found.push({ offset: match.index, length: match[0].length });
  // Quoted texts that are not a single word: values.
  const lower = code.toLowerCase();
  for (const name of names) {
    if (/^\$?[\p{L}_][\p{L}\p{N}_]*$/u.test(name)) continue;
    const at = lower.indexOf(name);
    if (at >= 0 && at + name.length <= code.length) found.push({ offset: at, length: name.length });
  }
  return found;
}

const QUOTED = /'([^']{1,80})'|"([^"]{1,80})"|“([^”]{1,80})”|‘([^’]{1,80})’/g;

/** What can't be an ordinary word. */
function namesIn(sentence: string): string[] {
  const quoted = [...sentence.matchAll(QUOTED)].flatMap((match) =>
    match.slice(1).filter((text) => text !== undefined && text.trim() !== ''),
  );
  const names = [...sentence.matchAll(/\$[a-z]+|\b\p{L}+(?:_|\p{Lu})[\p{L}\p{N}_]*/gu)].map(([name]) => name);
  return [...quoted, ...names];
}

/** What may be the name of a field: `The field status …`, a capital within a sentence, or `Status can’t be …`. */
function capitalsIn(sentence: string): string[] {
  const text = sentence.replace(QUOTED, '“”');
  return [
    ...text.matchAll(/\b(?:fields?|propert(?:y|ies)|columns?|members?)\s+([\p{L}_][\p{L}\p{N}_]*)/giu),
    ...text.matchAll(/(?<=[^.!?:\s]\s+)(\p{Lu}[\p{L}\p{N}_]*)/gu),
    ...text.matchAll(/(\p{Lu}[\p{L}\p{N}_]*)\s+(?:can|cannot|is|isn|must|mustn|may|does|doesn|has)\b/gu),
  ].flatMap(([, name]) => name ?? []);
}
