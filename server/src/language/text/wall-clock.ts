/**
 * What a clock on the wall shows, without a zone: calculating with days and months must not meet the hours that the clocks
 * skip. In some zones midnight is one of them, and a local `Date` of that day begins at 01:00.
 */

/** A date whose parts in UTC (`getUTCHours` and so on) are those of the clock. Its moment has no meaning. */
export type WallClock = Date & { readonly wall: true };

const asWall = (date: Date): WallClock => Object.assign(date, { wall: true as const });

/** `month` counts from 0. Parts beyond their range count on, as in `Date`; no year is taken for one of the 20th century. */
export function wallClock(
  year: number,
  month: number,
  day: number,
  hour = 0,
  minute = 0,
  second = 0,
): WallClock {
  const date = new Date(0);
  date.setUTCFullYear(year, month, day);
  date.setUTCHours(hour, minute, second);
  return asWall(date);
}

/** What the local clock shows at a moment. */
export const wallClockAt = (moment: Date): WallClock =>
  wallClock(
    moment.getFullYear(),
    moment.getMonth(),
    moment.getDate(),
    moment.getHours(),
    moment.getMinutes(),
    moment.getSeconds(),
  );
