/** Numbers that a double can't hold, such as `9223372036854775807`. */
import { isSameNumber, type NumericText, plainNumber } from './decimal';

/**
 * A number of JSON that is another number as a double, as it was sent. Numbers that a double holds are plain numbers,
 * whatever the way of writing: `1.50` is 1.5, and `-0` is 0. Read by `readJson` and written by `writeJson` only.
 */
export class ExactNumber {
  /** `text` is a number of JSON's grammar. */
  constructor(readonly text: NumericText) {}

  /** Without an exponent, as a number is shown. */
  toString(): NumericText {
    return plainNumber(this.text);
  }

  /** A mark while `writeJson` writes, which puts the digits in its place; for any other writer a text, which keeps them. */
  toJSON(): string {
    return markOf(this.text);
  }
}

/** Whether a double would be another number than this text. */
export function needsExactness(text: string): boolean {
  // Any 15 digits survive a double. Shorter ones with an exponent that is too large do not.
  if (text.length <= 15 && !/e[+-]?\d{3}/i.test(text)) return false;
  const double = String(Number(text));
  if (double === text) return false;
  return (/^-?\d+$/.test(text) && /^-?\d+$/.test(double)) || !isSameNumber(text, double);
}

/** Node and browsers have it. */
declare const crypto: { getRandomValues(numbers: Uint32Array): Uint32Array };

/** No data can hold it: it is random, and of this process. */
const MARK = `exact-number-${[...crypto.getRandomValues(new Uint32Array(4))].map((each) => each.toString(36)).join('-')}:`;
const WRITTEN = new RegExp(`"${MARK}([^"]*)"`, 'g');

/** How many writers are at work, and whether one of them met an exact number. */
let writing = 0;
let met = false;

function markOf(text: string): string {
  if (writing === 0) return text;
  met = true;
  return MARK + text;
}

/** The text that stands for an exact number in JSON. */
export const marked = (text: string): string => `"${MARK}${text}"`;

/** The number that a mark stands for; undefined for any other text. */
export const numberOfMark = (text: string): ExactNumber | undefined =>
  text.startsWith(MARK) ? new ExactNumber(text.slice(MARK.length) as NumericText) : undefined;

/** Reads a number that was typed, or undefined where the text is none of JSON's. */
export function numberOfText(text: string): number | ExactNumber | undefined {
  if (!isJsonNumber(text)) return undefined;
  return needsExactness(text) ? new ExactNumber(text) : Number(text);
}

const isJsonNumber = (text: string): text is NumericText =>
  /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/.test(text);

/** Runs a writer of JSON, and puts the digits where it wrote marks. */
export function withDigits(write: () => string): string {
  writing++;
  met = false;
  try {
    const text = write();
    return met ? text.replace(WRITTEN, '$1') : text;
  } finally {
    writing--;
  }
}
