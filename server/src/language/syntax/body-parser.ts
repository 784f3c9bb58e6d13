/** Where a JSON body ends, and the JSON as a parser can read it. */
import { findReferences, referenceAt, type Reference } from './references';

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

/** JSON of the same length: each `{{…}}` outside strings becomes a string, so that a JSON parser reads on. */
export function maskReferences(
  text: string,
  start: number,
  end: number,
): { json: string; references: Reference[] } {
  const references = findReferences(text, start, end);
  let json = '';
  let last = start;
  for (let i = start; i < end; i++) {
    if (text[i] === '"') {
      i = Math.min(jsonStringEnd(text, i), end) - 1;
    } else if (text.startsWith('{{', i)) {
      const reference = references.find((each) => each.offset === i);
      if (reference?.closed !== true) continue;
      json += text.slice(last, i) + '"' + '_'.repeat(reference.length - 2) + '"';
      last = i + reference.length;
      i = last - 1;
    }
  }
  return { json: json + text.slice(last, end), references };
}
