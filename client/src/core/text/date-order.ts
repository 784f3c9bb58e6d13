/** Which of day and month people write first. */

/** By their locale; undefined where the year comes first: who begins with it writes neither 03/04/2026 nor 04/03/2026. */
export function dateOrderOf(locale: string): 'day' | 'month' | undefined {
  const parts = new Intl.DateTimeFormat(locale, { timeZone: 'UTC' }).formatToParts(0).map(({ type }) => type);
  const [year = 0, month = 0, day = 0] = (['year', 'month', 'day'] as const).map((part) =>
    parts.indexOf(part),
  );
  if (year < month && year < day) return undefined;
  return day < month ? 'day' : 'month';
}
