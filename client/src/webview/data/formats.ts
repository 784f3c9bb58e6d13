/** Values as people read them. */
import { cellText } from '#core/results/table';
import { visible, visibleOnOneLine } from '#core/text/foreign-text';
import { decimalsOf, type DecimalSum, plainNumber } from '#core/values/decimal';
import { type Numeric, numericOf } from '#core/values/numbers';
import { fractionOf, wallTimeOf } from '#core/values/wall-time';
import type { Column } from './columns';

/** Whether digits are put in groups of three: in a column `2024` may be a year, so that four digits are not. */
type Grouping = boolean | 'always';

/** Longer texts are cut in cells; the record view shows them whole. */
const MAX_SHOWN = 400;

/** Does the same as `visibleOnOneLine` but keeps line breaks and tabs. */
export const visibleLines = (text: string): string => visible(text.replace(/\r\n?/g, '\n'));

export class Formats {
  readonly #days: Intl.DateTimeFormat;
  readonly #times: Intl.DateTimeFormat;
  readonly #seconds: Intl.DateTimeFormat;
  /** Between whole numbers and decimals. */
  readonly #point: string;
  readonly #numbers = new Map<string, Intl.NumberFormat>();
  /** Formatted days, since they recur and Intl is slow. */
  readonly #knownDays = new Map<number, string>();

  constructor(readonly locale: string) {
    const zone = { timeZone: 'UTC' } as const;
    this.#days = new Intl.DateTimeFormat(locale, {
      ...zone,
      year: 'numeric',
      month: 'short',
      day: '2-digit',
    });
    this.#times = new Intl.DateTimeFormat(locale, { ...zone, hour: '2-digit', minute: '2-digit' });
    this.#seconds = new Intl.DateTimeFormat(locale, { ...zone, timeStyle: 'medium' });
    this.#point =
      new Intl.NumberFormat(locale).formatToParts(0.5).find(({ type }) => type === 'decimal')?.value ?? '.';
  }

  /** Returns the text of a cell; '' when it has no value. */
  show(column: Column, value: unknown): string {
    const text = this.whole(column, value);
    return visibleOnOneLine(text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text);
  }

  /** Returns the full text, including control characters. */
  whole({ name, kind, decimals, seconds, grouped }: Column, value: unknown): string {
    switch (kind) {
      case 'number': {
        const number = numericOf(value);
        if (number === undefined) return cellText(value);
        if (grouped === 'rounded') return this.number(Number(number), decimals, 'always');
        return this.digits(number, decimals, grouped === 'exact' ? 'always' : !isCode(name));
      }
      case 'date':
      case 'datetime': {
        const time = wallTimeOf(value);
        if (Number.isNaN(time)) return cellText(value);
        return kind === 'date' && time % 86_400_000 === 0
          ? this.day(time)
          : this.moment(time, seconds || time % 60_000 !== 0, fractionOf(value).padEnd(decimals, '0'));
      }
      default:
        return cellText(value);
    }
  }

  day(time: number): string {
    // `Intl` writes the year 1 as 1.
    if (time < YEAR_1000) return new Date(time).toISOString().slice(0, 10);
    const day = Math.floor(time / 86_400_000);
    let text = this.#knownDays.get(day);
    if (text === undefined) {
      text = this.#days.format(day * 86_400_000);
      if (this.#knownDays.size > 20_000) this.#knownDays.clear();
      this.#knownDays.set(day, text);
    }
    return text;
  }

  /** `fraction`: the digits of the seconds after the point. */
  moment(time: number, seconds = false, fraction = ''): string {
    const shown = Math.floor(time);
    return `${this.day(time)}, ${
      fraction === ''
        ? (seconds ? this.#seconds : this.#times).format(shown)
        : this.#seconds
            .formatToParts(shown)
            .map(({ type, value }) => (type === 'second' ? `${value}${this.#point}${fraction}` : value))
            .join('')
    }`;
  }

  /** Shows a number in all its digits; with the decimals of its column, an amount has two at least. */
  digits(number: Numeric, decimals = 0, grouping: Grouping = true): string {
    const text = plainNumber(`${number}`);
    const own = decimalsOf(text);
    if (own > MAX_DECIMALS || text.length > MAX_SHOWN || text.includes('e')) return text;
    return this.#format(Math.min(decimals, ALWAYS), Math.max(own, decimals), grouping).format(text);
  }

  /** Shows a sum in all its digits, or says that it had to be rounded. */
  sum({ text, exact }: DecimalSum, decimals = 0): string {
    return exact ? this.digits(text, decimals) : `about ${this.digits(text, decimals)}`;
  }

  /** Shows a number that was worked out, such as an average, rounded; but none as 0 that is not. */
  number(value: number, decimals = 10, grouping: Grouping = true): string {
    const most = Math.min(decimals, 12);
    if (value !== 0 && Math.abs(value) < 0.5 * 10 ** -most)
      return this.digits(Number(value.toPrecision(4)), 0, grouping);
    return this.#format(Math.min(most, ALWAYS), most, grouping).format(value);
  }

  #format(least: number, most: number, grouping: Grouping): Intl.NumberFormat {
    const key = `${least} ${most} ${grouping}`;
    let format = this.#numbers.get(key);
    if (format === undefined) {
      format = new Intl.NumberFormat(this.locale, {
        maximumFractionDigits: most,
        minimumFractionDigits: least,
        useGrouping: grouping === true ? 'min2' : grouping,
      });
      this.#numbers.set(key, format);
    }
    return format;
  }

  count(value: number): string {
    return value.toLocaleString(this.locale);
  }
}

/** Returns those of a locale; `now`, those in use, where they are these already, or where the locale is unknown. */
export function formatsFor(locale: string, now: Formats): Formats {
  if (locale === now.locale) return now;
  try {
    return new Formats(locale);
  } catch {
    return now;
  }
}

/** So many decimals are shown even where they are zeros: those of an amount. */
const ALWAYS = 2;
/** What `Intl` can show. */
const MAX_DECIMALS = 100;
const YEAR_1000 = Date.UTC(1000, 0, 1);

/** Whether numbers in the column are identifiers, which have no thousands separators. */
const isCode = (name: string) => /(?:I[Dd]|Code|Number|No|Year|Ref(?:erence)?)$/.test(name);

export const plural = (formats: Formats, count: number, one: string, many = `${one}s`): string =>
  `${formats.count(count)} ${count === 1 ? one : many}`;
