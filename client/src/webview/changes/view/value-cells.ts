/** The cells of a field's value, before and after, with what differs marked. */
import { cellText } from '#core/results/table';
import { hasMembers } from '#core/values/kind-of';
import { wallTimeOf } from '#core/values/wall-time';
import { writeJson } from '#core/values/write-json';
import { describeColumn } from '../../data/columns';
import type { Formats } from '../../data/formats';
import { voidOf } from '../../data/values';
import { button, make } from '../../view/dom';
import { shownValue, shownVoid } from '../../view/value';
import type { Detail } from '../data/details';
import { type Difference, listDifference, type Part, textDifference } from '../data/difference';

/** What both values have in common is folded where it is longer than this. */
const LONG = 400;
/** How much of it is shown at either end. */
const ENDS = 120;

/** A value on its own. `absent`: what to say where there is none because the platform did not show it. */
export function valueOf(formats: Formats, { type }: Detail, value: unknown, absent?: string): HTMLElement {
  const nothing = voidOf(value);
  if (nothing === 'missing') return shownVoid(nothing, absent);
  if (nothing !== undefined) return shownVoid(nothing, Array.isArray(value) ? 'empty list' : undefined);
  return make('div', {}, shownValue(value), readable(formats, type, value));
}

/** Two values with what differs between them marked. */
export function comparedValues(
  formats: Formats,
  detail: Detail,
): { before: HTMLElement; after: HTMLElement } {
  const { before, after, type } = detail;
  if (Array.isArray(before) && Array.isArray(after) && before.length > 0 && after.length > 0) {
    const difference = listDifference(before.map(cellText), after.map(cellText));
    return {
      before: make('ul', {}, ...difference.before.map((part) => make('li', {}, marked(part, 'del')))),
      after: make('ul', {}, ...difference.after.map((part) => make('li', {}, marked(part, 'ins')))),
    };
  }
  const nothing = voidOf(before) ?? voidOf(after);
  const difference = nothing === undefined ? differenceOf(detail) : undefined;
  if (difference === undefined) return apart(formats, detail);
  return {
    before: make('div', {}, text(difference.before, 'del'), readable(formats, type, before)),
    after: make('div', {}, text(difference.after, 'ins'), readable(formats, type, after)),
  };
}

/** Two values of which one is none: each as it is, marked as a whole. */
function apart(formats: Formats, detail: Detail): { before: HTMLElement; after: HTMLElement } {
  return {
    before: make('del', {}, valueOf(formats, detail, detail.before, 'not shown by the platform')),
    after: make('ins', {}, valueOf(formats, detail, detail.after)),
  };
}

/** By words for texts; numbers, dates and the like differ as a whole. */
function differenceOf({ before, after, type }: Detail): Difference {
  const [was, becomes] = [writtenOf(before), writtenOf(after)];
  const isText = hasMembers(before) || hasMembers(after) || type === 'string' || type === 'unknown';
  return isText
    ? textDifference(was, becomes)
    : { before: [{ text: was, differs: true }], after: [{ text: becomes, differs: true }] };
}

const writtenOf = (value: unknown): string => (hasMembers(value) ? writeJson(value, 2) : cellText(value));

const text = (parts: readonly Part[], kind: 'del' | 'ins'): HTMLElement =>
  make('bdi', { class: 'whole' }, ...parts.map((part) => marked(part, kind)));

function marked({ text: content, differs }: Part, kind: 'del' | 'ins'): Node {
  // A line break that comes or goes would not be seen.
  if (differs) return make(kind, {}, content.replace(/\r\n?|\n/g, '↵\n'));
  if (content.length <= LONG) return make('span', {}, content);
  const [start, end] = [
    content.lastIndexOf(' ', ENDS) + 1 || ENDS,
    content.indexOf(' ', content.length - ENDS) + 1 || content.length - ENDS,
  ];
  const middle = content.slice(start, end);
  const rest = button(
    `… ${middle.length.toLocaleString()} characters that stay …`,
    () => rest.replaceWith(make('span', {}, middle)),
    { class: 'plain link' },
  );
  return make('span', {}, content.slice(0, start), rest, content.slice(end));
}

/** A date as the user's language writes it, beside the text that is sent. */
function readable(formats: Formats, type: Detail['type'], value: unknown): HTMLElement | undefined {
  if ((type !== 'date' && type !== 'datetime') || Number.isNaN(wallTimeOf(value))) return undefined;
  return make('div', { class: 'key' }, formats.whole(describeColumn('', [{ '': value }], undefined), value));
}
