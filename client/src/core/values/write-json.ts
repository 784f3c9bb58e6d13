/** The one writer of JSON with values of the API in it. */
import { numberOfMark, withDigits } from './exact-number';

/** Writes JSON as `JSON.stringify` does; an `ExactNumber` in it is written in its digits. */
export function writeJson(value: unknown, indent?: number): string {
  // What JSON has no word for, such as undefined, is null, as in a list.
  return withDigits(() => JSON.stringify(value, undefined, indent) ?? 'null');
}

/** Writes JSON on one line to be looked at: texts of more than `most` characters are cut. */
export function previewJson(value: unknown, most: number): string {
  const cut = (_: string, each: unknown) =>
    typeof each === 'string' && each.length > most && numberOfMark(each) === undefined
      ? `${each.slice(0, most)}…`
      : each;
  return withDigits(() => JSON.stringify(value, cut) ?? 'null');
}
