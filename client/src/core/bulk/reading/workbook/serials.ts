/** Days as workbooks count them, in whole seconds and without any time zone. */

const DAY_SECONDS = 86_400;
/** The day before which Excel's count is one off, as it takes 1900 for a leap year. */
export const FIRST_SURE_DAY = 61;
const LAST_DAY = 2_958_465;
const DAYS_TO_1904 = 1462;
/** Day 0 of the count from 1900, once its wrong leap day has passed. */
const DAY_0 = Date.UTC(1899, 11, 30);

/**
 * Returns `yyyy-MM-dd` for a whole number, else `yyyy-MM-ddTHH:mm:ss`.
 * Undefined for days that Excel does not show, or counts wrongly.
 */
export function dateOfSerial(serial: number, date1904: boolean): string | undefined {
  const seconds = Math.round(serial * DAY_SECONDS) + (date1904 ? DAYS_TO_1904 * DAY_SECONDS : 0);
  const day = Math.floor(seconds / DAY_SECONDS);
  if (!(day >= FIRST_SURE_DAY && day <= LAST_DAY)) return undefined;
  const iso = new Date(DAY_0 + seconds * 1000).toISOString();
  return Number.isInteger(serial) ? iso.slice(0, 10) : iso.slice(0, 19);
}

/** `09:30:00`, or with hours beyond 24; undefined below zero. */
export function timeOfSerial(serial: number): string | undefined {
  const seconds = Math.round(serial * DAY_SECONDS);
  if (!(seconds >= 0 && seconds <= LAST_DAY * DAY_SECONDS)) return undefined;
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60];
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
}
