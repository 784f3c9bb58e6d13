/** Values of conditions: what somebody writes as the API has it, and what the API has in words. */
import { builtinDateOf, dateAhead, dateIn, dateInWords, lengthOf } from '../../analysis/builtin-dates';
import { evaluateBuiltin, isIsoDate } from '../../analysis/dates';
import { type EvaluationContext, substitute } from '../../analysis/evaluate';
import { checkValue } from '../../analysis/field-types';
import { endComparison } from '../../analysis/stretches';
import type { FileSymbols } from '../../analysis/symbols';
import { eitherWeekday } from '../../analysis/weekdays';
import type { FieldType } from '../../catalog/catalog';
import { findReferences } from '../../syntax/references';
import { shortOnOneLine } from '../../text/unseen';
import { periodOf } from '../../vocabulary/periods';
import type { BuilderConditionParts, BuilderValue } from './state';

export const isDate = (type: FieldType | undefined): boolean => type === 'date' || type === 'datetime';

/** What a number means where a date belongs, `#` being the number. */
export const COUNTED_DATES: readonly string[] = 'days weeks months'
  .split(' ')
  .flatMap((unit) => [`in # ${unit}`, `# ${unit} ago`]);

/** How the user's computer writes dates. */
export interface DateHabits {
  /** True where 3/4/2026 is 4 March. */
  readonly monthFirst: boolean;
}

/** The condition that is meant: `tomorrow`, `in 45 days`, `45`, `next month` and `14/12/2026` are dates, `1,000` is a number. */
export function meantCondition(
  written: BuilderConditionParts,
  type: FieldType | undefined,
  habits: DateHabits,
): BuilderConditionParts {
  const { value } = written;
  if (type === undefined || value.includes('{{')) return written;
  if (isDate(type)) {
    const date = builtinDateOf(value) ?? aheadOf(value) ?? eitherWeekday(value)[0];
    if (date !== undefined) return { ...written, value: date };
    const period = ofPeriod(written);
    if (period !== undefined) return period;
  }
  const verdict = checkValue(type, value);
  if (verdict.ok) return written;
  // The row says in words which of the two days it is.
  const day = isDate(type) ? verdict.either?.at(habits.monthFirst ? -1 : 0) : undefined;
  const better = verdict.better ?? day;
  return better === undefined ? written : { ...written, value: better };
}

/** `45`, `-7`, `6 weeks`: from today on. */
function aheadOf(value: string): string | undefined {
  const words = value.trim().toLowerCase();
  if (/^[+-]?\d{1,3}$/.test(words)) return dateAhead(Number(words), 'd');
  const length = lengthOf(words.replace(/['’]? time$/, ''));
  return length && dateAhead(length.amount, length.unit);
}

/** A comparison with the start or the end of `next month`. To be in it is more than one condition. */
function ofPeriod(written: BuilderConditionParts): BuilderConditionParts | undefined {
  const { from, to, only } = periodOf(written.value) ?? {};
  const at = (operator: string | undefined, value: string | undefined) =>
    operator === undefined || value === undefined ? undefined : { ...written, operator, value };
  if (only !== undefined) return at(endComparison(written.operator, only), to);
  switch (written.operator) {
    case 'ge':
    case 'lt':
      return at(written.operator, from);
    case 'gt':
      return at('ge', to);
    case 'le':
      return at('lt', to);
    default:
      return undefined;
  }
}

/** Characters of a variable's value that a row shows. */
const MOST = 80;

/** What a value with variables is now, or when it will be known; undefined where it has none, or an error says so. */
export function valueNow(
  value: string,
  symbols: FileSymbols,
  evaluation: EvaluationContext,
): { readonly text?: string; readonly later?: string } | undefined {
  const references = findReferences(value, 0, value.length);
  if (references.length === 0) return undefined;
  const found = substitute({ text: value, references }, symbols, evaluation);
  if (found.ok) return { text: found.text };
  return found.reason === 'prompt' || found.reason === 'response' ? { later: found.message } : undefined;
}

/** A value in a row: the day that it is, or its text. */
export const shownNow = (text: string, type: FieldType | undefined): string =>
  isDate(type) && isIsoDate(text) ? dayInWords(text) : shortOnOneLine(text, MOST);

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
