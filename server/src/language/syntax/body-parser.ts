/** Where a JSON body ends, and the JSON as a parser can read it. */
import { findReferences, type Reference, referenceAt } from './references';

/**
 * From the `{` (or `[`) at `start`: the offset after the bracket that closes it, or undefined when none does.
 * Strings, comments and `{{…}}` are stepped over.
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

/** After the closing quote; at the end of the line when there is none. */
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

/** JSON of the same length: each `{{…}}` outside strings becomes a string, so that a JSON parser reads on. */
export function maskReferences(
  text: string,
  start: number,
  end: number,
): { json: string; references: Reference[] } {
  const found = findReferences(text, start, end);
  const references: Reference[] = [];
  const byOffset = new Map(found.map((reference) => [reference.offset, reference]));
  let json = '';
  let last = start;
  // Those in comments are not sent, and mean nothing.
  const take = (from: number, to: number) => {
    for (let at = text.indexOf('{{', from); at >= 0 && at < to; at = text.indexOf('{{', at + 2)) {
      const reference = byOffset.get(at);
      if (reference !== undefined) references.push(reference);
    }
  };
  for (let i = start; i < end; i++) {
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

/** JSON parsers recurse: nesting that nobody writes by hand is not handed to one. */
const MAX_DEPTH = 200;

/** True when brackets nest deeper than a parser may go. */
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
