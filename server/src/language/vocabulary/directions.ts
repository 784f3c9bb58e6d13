/** What people write for the direction of a sorting, with the API's own word and what can be sorted so. */

type Direction = 'asc' | 'desc';

/** Values that the words are said of; undefined for words that suit all of them. */
export type SortedKind = 'time' | 'text' | 'number' | 'money' | undefined;

/** Without “in …” and “… order”, in lower case. */
const WORDS: readonly (readonly [direction: Direction, kind: SortedKind, words: readonly string[]])[] = [
  ['asc', undefined, ['asc', 'ascending', 'up', 'upwards']],
  ['desc', undefined, ['desc', 'descending', 'down', 'downwards', 'reverse', 'reversed']],
  ['asc', 'time', ['oldest first', 'earliest first', 'soonest first', 'next first', 'oldest to newest']],
  ['asc', 'time', ['oldest', 'earliest', 'soonest', 'chronological', 'chronologically', 'date']],
  ['desc', 'time', ['newest first', 'latest first', 'most recent first', 'last first', 'newest to oldest']],
  ['desc', 'time', ['newest', 'latest', 'most recent']],
  ['asc', 'text', ['a-z', 'a to z', 'alphabetical', 'alphabetically']],
  ['desc', 'text', ['z-a', 'z to a', 'reverse alphabetical']],
  ['asc', 'number', ['smallest first', 'lowest first', 'fewest first', 'least first']],
  ['asc', 'number', ['low to high', 'lowest to highest', 'smallest to largest']],
  ['desc', 'number', ['largest first', 'biggest first', 'highest first', 'most first']],
  ['desc', 'number', ['high to low', 'highest to lowest', 'largest to smallest']],
  ['asc', 'money', ['cheapest first', 'cheapest']],
  ['desc', 'money', ['dearest first', 'most expensive first', 'most expensive']],
];

const DIRECTIONS: ReadonlyMap<string, { readonly direction: Direction; readonly kind: SortedKind }> = new Map(
  WORDS.flatMap(([direction, kind, words]) => words.map((word) => [word, { direction, kind }] as const)),
);

/** More words than any of them has, with those around it. */
export const MAX_DIRECTION_WORDS = 5;

/** `up` is `asc`, `newest first` is `desc`, said of a time. A slip of the long words is one of them. */
export function sortingOf(
  text: string,
): { readonly direction: Direction; readonly kind: SortedKind } | undefined {
  const lower = text.toLowerCase();
  const [, slip] = /^(asc|desc)[a-z]*$/.exec(lower) ?? [];
  if (slip === 'asc' || slip === 'desc') return { direction: slip, kind: undefined };
  const [, inOrder] = /^(?:in |from )?(.+?)(?: order)?$/.exec(lower) ?? [];
  // “date order” says how, “date” is a field.
  const isField = inOrder === 'date' && inOrder === lower;
  return inOrder === undefined || isField ? undefined : DIRECTIONS.get(inOrder);
}

export const directionOf = (text: string): Direction | undefined => sortingOf(text)?.direction;
