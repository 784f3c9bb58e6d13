/** Where a JSON body ends, and its JSON in a form that a parser can read. */
import { endsStep, type Steps } from '../text/steps';
import { eachReference, type Reference, referenceAt } from './references';

/** Characters of a body after which a step ends. */
const LONG = 16_384;

/**
 * The offset after the bracket that closes the `{` (or `[`) at `start`, or undefined when none does.
 * Strings, comments and `{{…}}` are skipped.
 */
export function bodyEnd(text: string, start: number): number | undefined {
  let depth = 0;
  for (let i = start; i < text.length; i++) {
    const ch = text[i];
    if (ch === '"') i = jsonStringEnd(text, i) - 1;
    else if (text.startsWith('{{', i)) {
      const reference = referenceAt(text, i, text.length);
      if (reference.closed) i = reference.offset + reference.length - 1;
      else depth++;
    } else if (text.startsWith('//', i)) {
      while (i < text.length && text[i] !== '\n' && text[i] !== '\r') i++;
    } else if (text.startsWith('/*', i)) {
      const end = text.indexOf('*/', i + 2);
      i = end < 0 ? text.length : end + 1;
    } else if (ch === '{' || ch === '[') depth++;
    else if ((ch === '}' || ch === ']') && --depth === 0) return i + 1;
  }
  return undefined;
}

/** The offset after the closing quote, or the end of the line when there is none. */
function jsonStringEnd(text: string, open: number): number {
  for (let i = open + 1; i < text.length; i++) {
    const ch = text[i];
    if (ch === '\n' || ch === '\r') return i;
    if (ch === '\\') i++;
    else if (ch === '"') return i + 1;
  }
  return text.length;
}

function commentEnd(text: string, start: number, end: number): number {
  if (text.startsWith('/*', start)) {
    const close = text.indexOf('*/', start + 2);
    return close < 0 ? end : Math.min(close + 2, end);
  }
  let at = start;
  while (at < end && text[at] !== '\n' && text[at] !== '\r') at++;
  return at;
}

/** JSON of the same length, in which each `{{…}}` outside strings is a string, so that a JSON parser can read it. */
export function* maskReferences(
  text: string,
  start: number,
  end: number,
): Steps<{ json: string; references: Reference[] }> {
  const references: Reference[] = [];
  const byOffset = new Map<number, Reference>();
  for (const reference of eachReference(text, start, end)) {
    byOffset.set(reference.offset, reference);
    if (endsStep(byOffset.size)) yield;
  }
  let json = '';
  let last = start;
  // References in comments are not sent, so they don't count.
  const take = (from: number, to: number) => {
    // Not in the whole text: a search there would go on behind each of many short strings.
    const piece = text.slice(from, to + 1);
    for (let at = piece.indexOf('{{'); at >= 0; at = piece.indexOf('{{', at + 2)) {
      const reference = byOffset.get(from + at);
      if (reference !== undefined) references.push(reference);
    }
  };
  let paused = start;
  for (let i = start; i < end; i++) {
    if (i - paused > LONG) {
      paused = i;
      yield;
    }
    if (text[i] === '"') {
      const close = Math.min(jsonStringEnd(text, i), end);
      take(i, close);
      i = close - 1;
    } else if (text.startsWith('//', i) || text.startsWith('/*', i)) {
      i = commentEnd(text, i, end) - 1;
    } else if (text.startsWith('{{', i)) {
      const reference = byOffset.get(i);
      if (reference === undefined) continue;
      references.push(reference);
      if (!reference.closed) continue;
      json += text.slice(last, i) + '"' + '_'.repeat(reference.length - 2) + '"';
      last = i + reference.length;
      i = last - 1;
    }
  }
  return { json: json + text.slice(last, end), references };
}

/** JSON parsers recurse, so they don't get JSON that is nested deeper than anyone writes by hand. */
const MAX_DEPTH = 200;

/** True when brackets nest too deeply for a recursive parser. */
export function nestsTooDeep(json: string): boolean {
  let depth = 0;
  for (let i = 0; i < json.length; i++) {
    const ch = json[i];
    if (ch === '"') i = jsonStringEnd(json, i) - 1;
    else if (ch === '{' || ch === '[') {
      if (++depth > MAX_DEPTH) return true;
    } else if (ch === '}' || ch === ']') depth--;
  }
  return false;
}
