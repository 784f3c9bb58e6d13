/** The one reader of JSON with values of the API in it. */
import { marked, needsExactness, numberOfMark } from './exact-number';

/**
 * A number that needs care: 16 characters of it, or an exponent that may be too large or small for a double. What stands
 * before it, and so tells it from a text, is looked at last: the engine then skips most of the text. For the same reason
 * the characters are written out (a tenth of the time of `{16}`).
 */
const DIGITS = '[\\d.]'.repeat(16);
const LONG = new RegExp(`${DIGITS}(?<=[:,[\\s-]${DIGITS})`);
const FAR = /\d[eE][+-]?\d\d\d(?<=[:,[\s-]\d[\d.]*[eE][+-]?\d\d\d)/;

const mayNeedCare = (text: string): boolean => LONG.test(text) || FAR.test(text) || /^-?\d/.test(text);

/**
 * Reads JSON as `JSON.parse` does, and throws as it does; but a number that a double can't hold becomes an
 * `ExactNumber`. A text without such a number costs no more than a search for one.
 */
export function readJson(text: string): unknown {
  if (!mayNeedCare(text)) return JSON.parse(text) as unknown;
  const prepared = withMarks(text);
  const value: unknown = JSON.parse(prepared ?? text);
  return prepared === undefined ? value : withNumbers(value);
}

/** A number, whole: what goes on behind it is no number, and JSON.parse says so. It is no name of a member either. */
const NUMBER = /-?\b(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.+-])(?!\s*:)/g;

/** The length of `1e400`. */
const SHORTEST = 5;
const CARE = /[\d.]{16}|e/i;

/** Puts marks where a double is not enough; undefined where nowhere. Texts are left alone. */
function withMarks(text: string): string | undefined {
  const parts: string[] = [];
  let copied = 0;
  for (let at = 0; at < text.length;) {
    const quote = text.indexOf('"', at);
    const end = quote < 0 ? text.length : quote;
    const between = end - at < SHORTEST ? '' : text.slice(at, end);
    if (CARE.test(between)) {
      for (const match of between.matchAll(NUMBER)) {
        if (!needsExactness(match[0])) continue;
        const start = at + match.index;
        parts.push(text.slice(copied, start), marked(match[0]));
        copied = start + match[0].length;
      }
    }
    at = quote < 0 ? text.length : endOfText(text, quote);
  }
  return parts.length === 0 ? undefined : parts.join('') + text.slice(copied);
}

/** The place behind a text that begins at `start`. */
function endOfText(text: string, start: number): number {
  for (let at = start + 1; ;) {
    const quote = text.indexOf('"', at);
    if (quote < 0) return text.length;
    let escapes = 0;
    while (text[quote - 1 - escapes] === '\\') escapes++;
    if (escapes % 2 === 0) return quote + 1;
    at = quote + 1;
  }
}

/** Replaces the marks in place. Without recursion, as JSON may be nested deeply. */
function withNumbers(root: unknown): unknown {
  const top = [root];
  const open: object[] = [top];
  for (let holder = open.pop(); holder !== undefined; holder = open.pop()) {
    const entries: [string, unknown][] = Object.entries(holder);
    for (const [key, value] of entries) {
      if (typeof value === 'string') {
        const number = numberOfMark(value);
        // Each member exists, so none is inherited.
        if (number !== undefined) Reflect.set(holder, key, number);
      } else if (typeof value === 'object' && value !== null) open.push(value);
    }
  }
  return top[0];
}
