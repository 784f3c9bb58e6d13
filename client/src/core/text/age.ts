/** How long ago something was, in words. */

const DAY_MS = 24 * 60 * 60_000;
const WORDS = new Intl.RelativeTimeFormat('en-GB', { numeric: 'always' });
const DAYS = new Intl.RelativeTimeFormat('en-GB', { numeric: 'auto' });

/** Returns how long ago `then`, an ISO text, was: `3 hours ago`, `yesterday`. */
export function ageInWords(then: string, now: Date): string {
  const date = new Date(then);
  const minutes = Math.floor((now.getTime() - date.getTime()) / 60_000);
  if (Number.isNaN(minutes)) return 'at an unknown time';
  if (minutes < 1) return 'just now';
  if (minutes < 60) return WORDS.format(-minutes, 'minute');
  if (minutes < 24 * 60) return WORDS.format(-Math.floor(minutes / 60), 'hour');
  return DAYS.format(-daysBetween(date, now), 'day');
}

/**
 * True for a result that a reader should be warned of: it is more than an hour old, or from another day, when `$today`
 * was another, too.
 */
export function isOld(then: string, now: Date): boolean {
  const date = new Date(then);
  const age = now.getTime() - date.getTime();
  return !(age <= DAY_MS / 24) || daysBetween(date, now) > 0;
}

/** How many midnights, in local time, lie between. */
const daysBetween = (then: Date, now: Date): number => Math.round((midnight(now) - midnight(then)) / DAY_MS);

const midnight = (date: Date): number =>
  new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
