/** Stretches of time in words: `this month`, `last 30 days`, `November 2026`, `2026`. */
import { type DateBuiltin, dateReference, isInReach, type Unit, unitOf } from './builtins';

/** From one moment up to another, which is not part of it; both as texts of values. One of them may be open. */
export interface Period {
  readonly from?: string;
  readonly to?: string;
  /** False where people mean different days by the words. */
  readonly sure: boolean;
  /** Only its end is meant, or its last day; undefined: all of it. */
  readonly only?: 'end' | 'last day';
}

const STARTS: ReadonlyMap<string, { readonly name: DateBuiltin; readonly unit: Unit }> = new Map([
  ['week', { name: 'weekstart', unit: 'w' }],
  ['month', { name: 'monthstart', unit: 'm' }],
  ['year', { name: 'yearstart', unit: 'y' }],
]);
const WHICH: ReadonlyMap<string, number> = new Map([
  ['last', -1],
  ['previous', -1],
  ['this', 0],
  ['current', 0],
  ['next', 1],
  ['coming', 1],
]);
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** The stretch that the words mean; undefined for anything else. */
export function periodOf(text: string): Period | undefined {
  const words = text.trim().toLowerCase().replace(/^the /, '');
  if (words === 'past' || words === 'already over') return { to: '{{$now}}', sure: true };
  if (words === 'future' || words === 'upcoming') return { from: '{{$now}}', sure: true };
  return ofCalendar(words) ?? ofEnd(words) ?? ofDays(words) ?? ofQuarter(words) ?? ofMonth(words);
}

/** `end of month`, `the end of next year`, `last day of the month`, `month end` */
function ofEnd(words: string): Period | undefined {
  const [, part = 'end', of, before] =
    /^(?:(end|last day) of (?:the )?((?:[a-z]+ )?(?:week|month|year))|(week|month|year)[ -]end)$/.exec(
      words,
    ) ?? [];
  const name = of ?? before;
  const whole = name === undefined ? undefined : ofCalendar(name.includes(' ') ? name : `this ${name}`);
  // For some, a week ends on Friday.
  return whole && { ...whole, sure: !/week$/.test(name ?? ''), only: part === 'end' ? 'end' : 'last day' };
}

/** `this month`, `next week`, `last year` */
function ofCalendar(words: string): Period | undefined {
  const [which = '', unit = '', more] = words.split(' ');
  const start = STARTS.get(unit);
  const step = WHICH.get(which);
  if (start === undefined || step === undefined || more !== undefined) return undefined;
  const at = (amount: number) => dateReference(start.name, amount, start.unit);
  return { from: at(step), to: at(step + 1), sure: true };
}

/** `Q1 2026` */
function ofQuarter(words: string): Period | undefined {
  const [, quarter, year = ''] = /^q([1-4])[ /-]((?:19|20)\d\d)$/.exec(words) ?? [];
  if (quarter === undefined) return undefined;
  const month = Number(quarter) * 3 - 2;
  const to = month === 10 ? first(Number(year) + 1, 1) : first(Number(year), month + 3);
  return { from: first(Number(year), month), to, sure: true };
}

/** `last 30 days`, `within 2 weeks`, `older than 30 days`, `more than 30 days ago`: today counts, too. */
function ofDays(words: string): Period | undefined {
  const [, which = '', digits = '', written = '', ago] =
    /^(last|past|previous|next|coming|within|within the next|within the last|older than|more than) (\d{1,4}) (day|week|month|year)s?( ago)?$/.exec(
      words,
    ) ?? [];
  const [unit, amount] = [unitOf(written.slice(0, 1)), Number(digits)];
  if (unit === undefined || !isInReach(amount, unit)) return undefined;
  if (which === 'older than' || which === 'more than')
    return which === 'older than' || ago !== undefined
      ? { to: dateReference('today', -amount, unit), sure: false }
      : undefined;
  if (ago !== undefined) return undefined;
  const isBack = /last|past|previous/.test(which);
  const end = unit === 'd' ? dateReference('today', amount + 1, 'd') : dateReference('today', amount, unit);
  return isBack
    ? { from: dateReference('today', -amount, unit), to: '{{$tomorrow}}', sure: false }
    : { from: '{{$today}}', to: end, sure: false };
}

/** `November 2026`, `Nov-26`, `11/2026`, `2026-11`, `2026` */
function ofMonth(words: string): Period | undefined {
  const [, alone] = /^((?:19|20)\d\d)$/.exec(words) ?? [];
  if (alone !== undefined)
    return { from: first(Number(alone), 1), to: first(Number(alone) + 1, 1), sure: true };
  const [, name, named] = /^([a-z]{3,9})\.?[ -]((?:19|20)?\d\d)$/.exec(words) ?? [];
  const [, one, year] = /^(\d{1,2})[/.-]((?:19|20)\d\d)$/.exec(words) ?? [];
  const [, other, two] = /^((?:19|20)\d\d)-(\d\d)$/.exec(words) ?? [];
  const isMonth = name !== undefined && FULL.some((full) => full === name || full.slice(0, 3) === name);
  const month = isMonth ? MONTHS.indexOf(name.slice(0, 3)) + 1 : Number(one ?? two ?? 0);
  const whole = Number(named ?? year ?? other ?? 0);
  if (month < 1 || month > 12) return undefined;
  const from = whole < 100 ? whole + 2000 : whole;
  return {
    from: first(from, month),
    to: month === 12 ? first(from + 1, 1) : first(from, month + 1),
    sure: whole >= 100,
  };
}

const FULL = 'january february march april may june july august september october november december'.split(
  ' ',
);

const first = (year: number, month: number): string =>
  `${year}-${String(month).padStart(2, '0')}-01T00:00:00`;
