/** Functions of other databases, and what SQLite has instead. */
import { ownValue } from '../text/own-value';

interface ForeignFunction {
  /** The function of SQLite that takes the same arguments. */
  readonly same?: string;
  /** What to write, where it takes others. */
  readonly instead?: string;
  /** The same with the arguments of a call, as they are written; undefined where they are not those that are expected. */
  readonly write?: (...values: readonly string[]) => string | undefined;
}

/** Of a call with so many arguments. */
const of =
  (count: number, write: (...values: string[]) => string | undefined) =>
  (...values: readonly string[]) =>
    values.length === count && values.every((value) => value !== '') ? write(...values) : undefined;

/** A part of a date as a number, as spreadsheets have it. */
const part = (letter: string) => of(1, (date) => numberFrom(letter, date));
const numberFrom = (letter: string, date: string): string =>
  `cast(strftime('%${letter}', ${date}) as integer)`;

const PARTS: ReadonlyMap<string, string> = new Map([
  ['year', 'Y'],
  ['month', 'm'],
  ['week', 'V'],
  ['day', 'd'],
  ['hour', 'H'],
  ['minute', 'M'],
]);

const proper = of(1, (text) => `upper(substr(${text}, 1, 1)) || lower(substr(${text}, 2))`);
const lastDay = of(1, (date) => `date(${date}, 'start of month', '+1 month', '-1 day')`);
const instr = of(2, (sought, text) => `instr(${text}, ${sought})`);
const days = (later: string, earlier: string): string =>
  `(julianday(date(${later})) - julianday(date(${earlier})))`;

/** `+7 days`, for a number that is written. */
function moved(date: string, count: string, unit: string): string | undefined {
  const [, sign, digits] = /^([-+]?)(\d{1,5})$/.exec(count) ?? [];
  const [, name] = /^'?(day|month|year)s?'?$/i.exec(unit) ?? [];
  if (digits === undefined || name === undefined) return undefined;
  return `date(${date}, '${sign === '-' ? '-' : '+'}${digits} ${name.toLowerCase()}${digits === '1' ? '' : 's'}')`;
}

/** A date in a format such as 'dd/mm/yyyy', or a number in one such as '0.00'. */
const formatted = of(2, (value, format) => {
  const dated = strftimeFormat(format);
  if (dated !== undefined) return `strftime(${dated}, ${value})`;
  const decimals = /^'[#,]*0(?:\.(0{1,6}))?'$/.exec(format);
  return decimals === null ? undefined : `format('%.${decimals[1]?.length ?? 0}f', ${value})`;
});

/** Letters of dates elsewhere, and those of \`strftime\`. */
const LETTERS: ReadonlyMap<string, string> = new Map([
  ['yyyy', '%Y'],
  ['mm', '%m'],
  ['m', '%m'],
  ['dd', '%d'],
  ['d', '%d'],
  ['hh', '%H'],
  ['mi', '%M'],
  ['ss', '%S'],
]);

/** The format of \`strftime\` for one in single quotes that other programs know; undefined for what is none. */
function strftimeFormat(format: string): string | undefined {
  if (!/^'[^'%]*'$/.test(format) || !/yyyy|mm|dd/i.test(format)) return undefined;
  const letters = format
    .replace(/hh([:.])mm/gi, 'hh$1mi')
    .replace(/[a-z]+/gi, (word) => LETTERS.get(word.toLowerCase()) ?? word);
  return /(?<!%)[a-z]/i.test(letters) ? undefined : letters;
}

/** Styles of \`convert\`. */
const STYLES: ReadonlyMap<string, string> = new Map([
  ['101', '%m/%d/%Y'],
  ['103', '%d/%m/%Y'],
  ['104', '%d.%m.%Y'],
  ['105', '%d-%m-%Y'],
  ['112', '%Y%m%d'],
  ['120', '%Y-%m-%d %H:%M:%S'],
  ['23', '%Y-%m-%d'],
]);

function converted(type: string, value: string, style = ''): string | undefined {
  const format = STYLES.get(style);
  if (format !== undefined) return `strftime('${format}', ${value})`;
  if (/^date$/i.test(type)) return `date(${value})`;
  if (/^(?:int|integer|bigint)$/i.test(type)) return `cast(${value} as integer)`;
  if (/^(?:decimal|float|money|numeric|real)\b/i.test(type)) return `cast(${value} as real)`;
  return /^n?(?:var)?char\b/i.test(type) && style === '' ? `cast(${value} as text)` : undefined;
}

/** `datediff(day, earlier, later)`, or `datediff(later, earlier)` of MySQL. */
function between(values: readonly string[]): string | undefined {
  const [first = '', second = '', third = ''] = values;
  if (values.length === 2) return days(first, second);
  return values.length === 3 && /^'?(?:d|dd|days?)'?$/i.test(first) ? days(third, second) : undefined;
}

function truncated(unit: string, date: string): string | undefined {
  const format = new Map([
    ["'year'", '%Y'],
    ["'month'", '%Y-%m'],
    ["'day'", '%Y-%m-%d'],
  ]).get(unit.toLowerCase());
  return format && `strftime('${format}', ${date})`;
}

const ROWS: Readonly<Record<string, ForeignFunction>> = {
  array_agg: { same: 'json_group_array' },
  average: { same: 'avg' },
  averageif: { instead: 'avg(case when condition then value end)' },
  averageifs: { instead: 'avg(case when condition then value end)' },
  charindex: { instead: 'instr(text, sought)', write: instr },
  concatenate: { same: 'concat' },
  convert: {
    instead: "cast(value as integer), or strftime('%Y-%m', date) for a date",
    write: (type = '', value = '', style) => converted(type, value, style),
  },
  counta: { same: 'count' },
  countif: {
    instead: 'sum(case when condition then 1 else 0 end)',
    write: of(1, (condition) => `sum(case when ${condition} then 1 else 0 end)`),
  },
  countifs: { instead: 'sum(case when condition then 1 else 0 end)' },
  curdate: { instead: "'{{$today}}'", write: of(0, () => "'{{$today}}'") },
  date_add: { instead: "date(StartDate, '+7 days')" },
  date_diff: { instead: 'julianday(later) - julianday(earlier)', write: (...values) => between(values) },
  date_format: {
    instead: "strftime('%Y-%m', date)",
    write: of(2, (date, format) => (format.includes('%') ? `strftime(${format}, ${date})` : undefined)),
  },
  date_sub: { instead: "date(StartDate, '-7 days')" },
  date_trunc: { instead: "strftime('%Y-%m', date)", write: of(2, (unit, date) => truncated(unit, date)) },
  dateadd: {
    instead: "date(StartDate, '+7 days')",
    write: of(3, (unit, count, date) => moved(date, count, unit)),
  },
  datediff: { instead: 'julianday(later) - julianday(earlier)', write: (...values) => between(values) },
  datepart: {
    instead: "strftime('%Y', date)",
    write: of(2, (unit, date) => {
      const letter = PARTS.get(unit.toLowerCase());
      return letter && numberFrom(letter, date);
    }),
  },
  day: { instead: "strftime('%d', date)", write: part('d') },
  dayname: { instead: "strftime('%w', date), where 0 is Sunday: names of days are not known" },
  decode: { instead: 'case value when one then result else otherwise end' },
  edate: {
    instead: "date(StartDate, '+1 month')",
    write: of(2, (date, count) => moved(date, count, 'month')),
  },
  eomonth: { instead: "date(StartDate, 'start of month', '+1 month', '-1 day')", write: lastDay },
  extract: { instead: "strftime('%Y', date)" },
  find: { instead: 'instr(text, sought)', write: instr },
  getdate: { instead: "'{{$now}}'", write: of(0, () => "'{{$now}}'") },
  greatest: { same: 'max' },
  hour: { instead: "strftime('%H', date)", write: part('H') },
  iferror: {
    instead: 'coalesce(value, otherwise): a division by 0 is null',
    write: of(2, (value, otherwise) => `coalesce(${value}, ${otherwise})`),
  },
  ifna: { same: 'ifnull' },
  initcap: { instead: 'upper(substr(text, 1, 1)) || lower(substr(text, 2))', write: proper },
  int: { same: 'floor' },
  isblank: { instead: 'value is null', write: of(1, (value) => `(${value} is null)`) },
  isnull: { same: 'ifnull' },
  last_day: { instead: "date(StartDate, 'start of month', '+1 month', '-1 day')", write: lastDay },
  lcase: { same: 'lower' },
  least: { same: 'min' },
  left: {
    instead: 'substr(text, 1, length)',
    write: of(2, (text, length) => `substr(${text}, 1, ${length})`),
  },
  len: { same: 'length' },
  listagg: { same: 'group_concat' },
  mid: { same: 'substr' },
  minute: { instead: "strftime('%M', date)", write: part('M') },
  month: { instead: "strftime('%m', date)", write: part('m') },
  monthname: { instead: "strftime('%m', date): names of months are not known" },
  now: { instead: "'{{$now}}'", write: of(0, () => "'{{$now}}'") },
  nvl: { same: 'ifnull' },
  nz: { same: 'ifnull' },
  position: { instead: 'instr(text, sought)' },
  proper: { instead: 'upper(substr(text, 1, 1)) || lower(substr(text, 2))', write: proper },
  quarter: {
    instead: "(cast(strftime('%m', date) as integer) + 2) / 3",
    write: of(1, (date) => `((${numberFrom('m', date)} + 2) / 3)`),
  },
  right: {
    instead: 'substr(text, -length)',
    write: of(2, (text, length) => (/^\d+$/.test(length) ? `substr(${text}, -${length})` : undefined)),
  },
  search: { instead: 'instr(text, sought)', write: instr },
  str_to_date: { instead: "the date as '2025-01-31', as answers have it" },
  substitute: { same: 'replace' },
  sumif: { instead: 'sum(case when condition then value end)' },
  sumifs: { instead: 'sum(case when condition then value end)' },
  text: { instead: "strftime('%Y-%m', date), or format('%.2f', number)", write: formatted },
  to_char: { instead: "strftime('%Y-%m', date)", write: formatted },
  to_date: { instead: 'date(text)', write: of(1, (text) => `date(${text})`) },
  to_number: { instead: 'cast(text as real)', write: of(1, (text) => `cast(${text} as real)`) },
  today: { instead: "'{{$today}}'", write: of(0, () => "'{{$today}}'") },
  top: { instead: 'the number at the end: limit 10' },
  truncate: { same: 'trunc' },
  ucase: { same: 'upper' },
  value: { instead: 'cast(text as real)', write: of(1, (text) => `cast(${text} as real)`) },
  vlookup: { instead: 'a join: join companies c on c.ID = i.CompanyID' },
  week: { instead: "strftime('%V', date)", write: part('V') },
  weekday: {
    instead: "strftime('%w', date), where 0 is Sunday",
    write: of(1, (date) => `(${numberFrom('w', date)} + 1)`),
  },
  weeknum: { instead: "strftime('%V', date)", write: part('V') },
  xlookup: { instead: 'a join: join companies c on c.ID = i.CompanyID' },
  year: { instead: "strftime('%Y', date)", write: part('Y') },
};

/** In any case. */
export const foreignFunctionOf = (name: string): ForeignFunction | undefined =>
  ownValue(ROWS, name.toLowerCase());
