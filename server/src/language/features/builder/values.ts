/** Values of conditions: what somebody writes as the API has it, and what the API has in words. */
import { builtinDateOf, dateAhead, dateIn, dateInWords, lengthOf } from '../../analysis/builtin-dates';
import { evaluateBuiltin, isIsoDate } from '../../analysis/dates';
import { checkValue } from '../../analysis/field-types';
import type { FieldType } from '../../catalog/catalog';
import { periodOf } from '../../vocabulary/periods';
import type { BuilderConditionParts, BuilderValue } from './state';

export const isDate = (type: FieldType | undefined): boolean => type === 'date' || type === 'datetime';

/** What a number means where a date belongs, `#` being the number. */
export const COUNTED_DATES: readonly string[] = 'days weeks months'
  .split(' ')
  .flatMap((unit) => [`in # ${unit}`, `# ${unit} ago`]);

/** The condition that is meant: `tomorrow`, `in 45 days`, `45`, `next month` and `14/12/2026` are dates, `1,000` is a number. */
export function meantCondition(
  written: BuilderConditionParts,
  type: FieldType | undefined,
): BuilderConditionParts {
  const { value } = written;
  if (type === undefined || value.includes('{{')) return written;
  if (isDate(type)) {
    const date = builtinDateOf(value) ?? aheadOf(value);
    if (date !== undefined) return { ...written, value: date };
    const period = ofPeriod(written);
    if (period !== undefined) return period;
  }
  const verdict = checkValue(type, value);
  return verdict.ok || verdict.better === undefined ? written : { ...written, value: verdict.better };
}

/** `45`, `6 weeks`: from today on. */
function aheadOf(value: string): string | undefined {
  const words = value.trim().toLowerCase();
  if (/^\d{1,3}$/.test(words)) return dateAhead(Number(words), 'd');
  const length = lengthOf(words);
  return length && dateAhead(length.amount, length.unit);
}

/** A comparison with the start or the end of `next month`. To be in it is more than one condition. */
function ofPeriod(written: BuilderConditionParts): BuilderConditionParts | undefined {
  const { from, to } = periodOf(written.value) ?? {};
  switch (written.operator) {
    case 'ge':
    case 'lt':
      return from === undefined ? undefined : { ...written, value: from };
    case 'gt':
      return to === undefined ? undefined : { ...written, operator: 'ge', value: to };
    case 'le':
      return to === undefined ? undefined : { ...written, operator: 'lt', value: to };
    default:
      return undefined;
  }
}

/** A date in words: how people say it, where they do, and the day that it is now. */
export function dateValue(value: string, now: Date): Omit<BuilderValue, 'value'> | undefined {
  if (isIsoDate(value)) return { text: dayInWords(value) };
  const date = dateIn(value);
  if (date === undefined) return undefined;
  const label = dateInWords(date);
  const text = dayInWords(evaluateBuiltin(date.name, date.amount, date.unit, now));
  return label === undefined ? { text } : { label, text };
}

const WEEKDAY = new Intl.DateTimeFormat('en-GB', { weekday: 'long', timeZone: 'UTC' });
const DAY = new Intl.DateTimeFormat('en-GB', {
  day: 'numeric',
  month: 'long',
  year: 'numeric',
  timeZone: 'UTC',
});

/** `Thursday 26 November 2026`, and the time where it is not midnight. */
function dayInWords(iso: string): string {
  const [day = '', time = ''] = iso.toUpperCase().split('T');
  const date = new Date(`${day}T00:00:00Z`);
  const words = `${WEEKDAY.format(date)} ${DAY.format(date)}`;
  return /^(?:00:00|$)/.test(time) ? words : `${words}, ${time.slice(0, 5)}`;
}
