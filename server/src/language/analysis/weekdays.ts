/** Days of the week in words, as the built-in dates that mean the same; and back. */
import { dateReference } from '../vocabulary/builtins';

const DAYS: readonly string[] = [
  'Monday',
  'Tuesday',
  'Wednesday',
  'Thursday',
  'Friday',
  'Saturday',
  'Sunday',
];
const WEEKS: ReadonlyMap<string, number> = new Map([
  ['last', -1],
  ['this', 0],
  ['next', 1],
]);
/** The weeks that people mean by the word before a day. */
const EITHER: ReadonlyMap<string, readonly number[]> = new Map([
  ['next', [1, 0]],
  ['last', [-1, 0]],
  ['previous', [-1, 0]],
]);
/** How many days of the week of `Friday`, `Fri` or `Fridays` have passed before it; -1 for any other word. */
const dayIn = (word: string): number =>
  word.length < 3 ? -1 : DAYS.findIndex((day) => `${day.toLowerCase()}s`.startsWith(word));

/** Weeks begin on Monday. */
const dayOfWeek = (day: number, week: number): string =>
  day === 0 ? dateReference('weekstart', week, 'w') : dateReference('weekstart', week * 7 + day);

/** `Friday of next week`, in lower case. */
export function weekdayOf(words: string): string | undefined {
  const [, name = '', which = ''] = /^([a-z]+) (?:of|in) (last|this|next) week$/.exec(words) ?? [];
  const [day, week] = [dayIn(name), WEEKS.get(which)];
  return day < 0 || week === undefined ? undefined : dayOfWeek(day, week);
}

/** `Friday`, `next Friday`: the two days that people mean by it, the likelier first. Empty for anything else. */
export function eitherWeekday(text: string): readonly string[] {
  const words = text.trim().toLowerCase();
  const [, which = 'this', name = ''] =
    /^(?:on )?(?:(?:the )?(this|next|last|coming|previous) )?([a-z]+)$/.exec(words) ?? [];
  const day = dayIn(name);
  if (day < 0) return [];
  const weeks = EITHER.get(which) ?? [0, 1];
  return weeks.map((week) => dayOfWeek(day, week));
}

/** `Friday of next week`; undefined for days that no such words name. */
export function weekdayInWords(days: number): string | undefined {
  const [week, day] = [Math.floor(days / 7), ((days % 7) + 7) % 7];
  const which = [...WEEKS].find(([, each]) => each === week)?.[0];
  return which === undefined || day === 0 ? undefined : `${DAYS[day] ?? ''} of ${which} week`;
}
