/** One value in full, as a record shows it. */
import { cellText } from '#core/results/table';
import { hasMembers } from '#core/values/kind-of';
import { writeJson } from '#core/values/write-json';
import { visibleLines } from '../data/formats';
import { type Void, voidOf } from '../data/values';
import { button, make } from './dom';

const VOIDS: Readonly<Record<Void, string>> = { missing: 'not in the record', null: 'null', empty: 'empty' };
/** A longer text is shown only on demand. */
const LONG = 20_000;

/** `formatted`: how it reads in the user's language, where that differs; the value itself is then the tooltip. */
export function shownValue(value: unknown, formatted?: string): HTMLElement {
  const nothing = voidOf(value);
  if (nothing !== undefined) return shownVoid(nothing);
  if (Array.isArray(value))
    return make('ul', {}, ...value.map((each) => make('li', {}, wholeText(cellText(each)))));
  if (hasMembers(value)) return wholeText(writeJson(value, 2));
  const text = cellText(value);
  const element = wholeText(formatted ?? text);
  if (formatted !== undefined) element.title = text;
  return element;
}

/** A value that there is none of, so that no text looks like it. */
export const shownVoid = (nothing: Void, words: string = VOIDS[nothing]): HTMLElement =>
  make('span', { class: `void ${nothing}` }, words);

/** Shows a text with its line breaks, and control characters made visible. */
function wholeText(text: string): HTMLElement {
  const element = make('bdi', { class: 'whole' }, visibleLines(text.slice(0, LONG)));
  if (text.length <= LONG) return element;
  const rest = button(`Show all ${text.length.toLocaleString()} characters`, () => {
    element.textContent = visibleLines(text);
    rest.remove();
  });
  return make('span', {}, element, rest);
}
