/** How many cells of a terminal a text takes: East Asian characters and emoji take two, combining marks none. */
import { eastAsianWidth } from 'get-east-asian-width';

const ASCII = /^[\x20-\x7e]*$/;
const MARKS = /^[\p{M}\p{Cf}]+$/u;
/** Shown as a picture: by itself, by a selector, or as the flag that two letters make. */
const PICTURE = /^\p{Emoji_Presentation}|^\p{Regional_Indicator}{2}|\ufe0f/u;
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Of a text without control characters. */
export function cellsOf(text: string): number {
  if (ASCII.test(text)) return text.length;
  let cells = 0;
  for (const { segment } of graphemes.segment(text)) cells += cellsOfGrapheme(segment);
  return cells;
}

function cellsOfGrapheme(grapheme: string): number {
  if (PICTURE.test(grapheme)) return 2;
  return MARKS.test(grapheme) ? 0 : eastAsianWidth(grapheme.codePointAt(0) ?? 0);
}

/** Cuts a text so that it takes `cells` at most, with `…` at its end. */
export function cutToCells(text: string, cells: number): string {
  // A code unit takes one cell or more, except for marks.
  if (text.length <= cells && ASCII.test(text)) return text;
  let [taken, end, whole] = [0, 0, 0];
  for (const { segment, index } of graphemes.segment(text)) {
    taken += cellsOfGrapheme(segment);
    if (taken > cells) return `${text.slice(0, end)}…`;
    whole = index + segment.length;
    if (taken < cells) end = whole;
  }
  return text;
}
