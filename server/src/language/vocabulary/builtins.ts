/** The built-in values, `{{$today}}` and the rest. A new one is a row of this table, which completion, hover and checks read. */
import { listed } from '../text/lists';
import { type WallClock, wallClock } from '../text/wall-clock';

/** What a built-in may ask for. A built-in whose part is absent has no value, which is not an error while editing. */
export interface World {
  readonly now: Date;
  readonly guid?: () => string;
  /** `{{$env NAME}}`: undefined in a workspace that is not trusted. */
  readonly env?: (name: string) => string | undefined;
}

interface Row {
  /** A sentence or two, in Markdown. */
  readonly documentation: string;
  readonly example: string;
}

/** A date, to which an amount of time may be added: `$today + 7d`. */
interface DateRow extends Row {
  readonly takes: 'offset';
  /** The date without an offset, at the time `now` of a wall clock. */
  readonly from: (now: WallClock) => WallClock;
}

interface ValueRow extends Row {
  /** A few words, shown next to the name. */
  readonly detail: string;
  /** What follows the built-in: nothing, or a name. */
  readonly takes: 'nothing' | 'name';
  /** Returns undefined where the value can't be known. */
  readonly value: (world: World, argument: string) => string | undefined;
  /** Why there is no value, as a sentence. */
  readonly missing: (argument: string) => string;
}

const day = (now: WallClock, days = 0): WallClock =>
  wallClock(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + days);

/** All of them in local time, which the platform uses as well. */
const DATES = {
  now: {
    takes: 'offset',
    documentation: 'this moment',
    example: '{{$now + 30d}}',
    from: (now) => now,
  },
  today: {
    takes: 'offset',
    documentation: 'today at midnight',
    example: '{{$today + 30d}}',
    from: (now) => day(now),
  },
  yesterday: {
    takes: 'offset',
    documentation: 'yesterday at midnight',
    example: '{{$yesterday + 30d}}',
    from: (now) => day(now, -1),
  },
  tomorrow: {
    takes: 'offset',
    documentation: 'tomorrow at midnight',
    example: '{{$tomorrow + 30d}}',
    from: (now) => day(now, 1),
  },
  weekstart: {
    takes: 'offset',
    documentation: 'Monday of this week',
    example: '{{$weekstart + 1w}}',
    from: (now) => day(now, -((now.getUTCDay() + 6) % 7)),
  },
  monthstart: {
    takes: 'offset',
    documentation: 'the first day of this month',
    example: '{{$monthstart + 30d}}',
    from: (now) => wallClock(now.getUTCFullYear(), now.getUTCMonth(), 1),
  },
  yearstart: {
    takes: 'offset',
    documentation: '1 January of this year',
    example: '{{$yearstart + 30d}}',
    from: (now) => wallClock(now.getUTCFullYear(), 0, 1),
  },
} as const satisfies Readonly<Record<string, DateRow>>;

/** Date values to complete, the likeliest first: what stands between the quotes, and what it means. */
export const OFFERED_DATES: readonly { readonly text: string; readonly detail: string }[] = [
  { text: '{{$today}}', detail: DATES.today.documentation },
  { text: '{{$today + 30d}}', detail: 'in 30 days' },
  { text: '{{$now}}', detail: DATES.now.documentation },
  { text: '{{$monthstart}}', detail: DATES.monthstart.documentation },
  { text: '{{$yearstart}}', detail: DATES.yearstart.documentation },
];

/** More of them, where a list is read in words. */
export const MORE_DATES: readonly string[] = [
  '{{$tomorrow}}',
  '{{$yesterday}}',
  '{{$today + 7d}}',
  '{{$today - 30d}}',
  '{{$weekstart}}',
  '{{$monthstart + 1m}}',
];

const VALUES = {
  guid: {
    takes: 'nothing',
    detail: 'a new identifier',
    documentation: 'A new identifier for each run.',
    example: '{{$guid}}',
    value: ({ guid }) => guid?.(),
    missing: () => 'A new identifier is made when the request runs.',
  },
  env: {
    takes: 'name',
    detail: 'an environment variable',
    documentation: 'The value of an environment variable, in a trusted workspace: `{{$env NAME}}`.',
    example: '{{$env NAME}}',
    value: ({ env }, name) => env?.(name),
    missing: (name) => `The environment variable ${name} is not set.`,
  },
} as const satisfies Readonly<Record<string, ValueRow>>;

export type DateBuiltin = keyof typeof DATES;
export type ValueBuiltin = keyof typeof VALUES;

export const dateBuiltin = (name: DateBuiltin): DateRow => DATES[name];
export const valueBuiltin = (name: ValueBuiltin): ValueRow => VALUES[name];

const isIn = <T extends object>(table: T, name: string): name is keyof T & string =>
  Object.hasOwn(table, name);

/** In the order in which they are offered. */
export const DATE_BUILTINS = Object.keys(DATES).filter((name) => isIn(DATES, name));
export const VALUE_BUILTINS = Object.keys(VALUES).filter((name) => isIn(VALUES, name));

/** With their `$`. */
export const BUILTINS: readonly string[] = [...DATE_BUILTINS, ...VALUE_BUILTINS].map((name) => `$${name}`);

/** The built-in of that name (without `$`), in any case. */
export function builtinOf(
  name: string,
): { readonly date: DateBuiltin } | { readonly value: ValueBuiltin } | undefined {
  const lower = name.toLowerCase();
  if (isIn(DATES, lower)) return { date: lower };
  return isIn(VALUES, lower) ? { value: lower } : undefined;
}

/** The units of an offset. */
const UNITS = { h: 'hours', d: 'days', w: 'weeks', m: 'months', y: 'years' } as const;
export type Unit = keyof typeof UNITS;
/** The largest amount of each: about a thousand years, as no date is beyond the year 9999. */
const FURTHEST = { h: 100_000, d: 100_000, w: 50_000, m: 10_000, y: 1_000 } as const satisfies Readonly<
  Record<Unit, number>
>;

/** True where a date that far from now can be written. */
export const isInReach = (amount: number, unit: Unit): boolean => Math.abs(amount) <= FURTHEST[unit];

/** `{{$today + 30d}}`: how a date is written that is in reach. */
export const dateReference = (name: DateBuiltin, amount = 0, unit: Unit = 'd'): string =>
  amount === 0 ? `{{$${name}}}` : `{{$${name} ${amount < 0 ? '-' : '+'} ${Math.abs(amount)}${unit}}}`;

/** `1 day`, `30 days`. */
export const lengthInWords = (amount: number, unit: Unit): string =>
  `${amount} ${amount === 1 ? UNITS[unit].slice(0, -1) : UNITS[unit]}`;

/** The unit of that name, in any case. */
export function unitOf(text: string): Unit | undefined {
  const lower = text.toLowerCase();
  return isIn(UNITS, lower) ? lower : undefined;
}

/** `$now, $today and $yearstart (with + or - a number and h, d or y), $guid and $env NAME`. */
export const BUILTINS_IN_WORDS = `${listed(
  DATE_BUILTINS.map((name) => `$${name}`),
  'and',
)} (with + or - a number and ${listed(Object.keys(UNITS), 'or')}), ${listed(
  VALUE_BUILTINS.map((name) => VALUES[name].example.replace(/[{}]/g, '')),
  'and',
)}`;

/** `h (hours), d (days) or y (years)`. */
export const UNITS_IN_WORDS = listed(
  Object.entries(UNITS).map(([unit, name]) => `${unit} (${name})`),
  'or',
);

/** How a date takes an offset, in Markdown. */
export const OFFSET_DOCUMENTATION = `Add or subtract with \`+\` or \`-\`, a number and ${listed(
  Object.keys(UNITS).map((unit) => `\`${unit}\``),
  'or',
)}`;
