/** The functions that a SQL request may call: those of SQLite 3.54 that read and that mean something over answers. */
import { ownValue } from '../text/own-value';
import type { OfferedValue } from './offered-value';

/**
 * `aggregate`: of many rows makes one value, and may stand before `over`. `window`: only stands before `over`. `table`:
 * stands where a table stands.
 */
type SqlFunctionKind = 'aggregate' | 'window' | 'text' | 'number' | 'date' | 'json' | 'value' | 'table';

type SqlResult = 'text' | 'number' | 'whole number' | 'date' | 'JSON' | 'true or false' | 'any' | 'rows';

export interface SqlFunctionParameter {
  readonly name: string;
  readonly optional: boolean;
  /** It may be given again and again; only of the last one. */
  readonly repeats: boolean;
}

export interface SqlFunction {
  /** In lower case, as it is inserted. */
  readonly name: string;
  readonly kind: SqlFunctionKind;
  readonly parameters: readonly SqlFunctionParameter[];
  readonly result: SqlResult;
  /** A sentence or two, in Markdown. */
  readonly documentation: string;
}

type Row = readonly [kind: SqlFunctionKind, parameters: string, result: SqlResult, documentation: string];

/** Parameters are divided by commas: `?` behind one says that it may be left out, `…` that more may follow. */
const ROWS = {
  // Many rows become one value.
  count: [
    'aggregate',
    'value?',
    'whole number',
    'Counts the rows: `count(*)` all, `count(value)` those with a value, `count(distinct value)` the different values.',
  ],
  sum: ['aggregate', 'number', 'number', 'Adds up the numbers; NULL where there are none.'],
  total: ['aggregate', 'number', 'number', 'Adds up the numbers; 0 where there are none.'],
  avg: ['aggregate', 'number', 'number', 'The average of the numbers, without those that are NULL.'],
  min: [
    'aggregate',
    'value…',
    'any',
    'The least value; of several arguments, the least of them in each row.',
  ],
  max: [
    'aggregate',
    'value…',
    'any',
    'The greatest value; of several arguments, the greatest of them in each row.',
  ],
  median: ['aggregate', 'number', 'number', 'The value in the middle: half of the numbers are below it.'],
  percentile: [
    'aggregate',
    'number, percent',
    'number',
    'The value below which that many percent of the numbers are: `percentile(Cost, 90)`.',
  ],
  percentile_cont: [
    'aggregate',
    'number, fraction',
    'number',
    'As `percentile`, with a fraction between 0 and 1.',
  ],
  percentile_disc: [
    'aggregate',
    'number, fraction',
    'number',
    'As `percentile_cont`, but always one of the numbers that are there.',
  ],
  group_concat: [
    'aggregate',
    'value, separator?',
    'text',
    'Joins the values to one text, with a comma or the separator between them.',
  ],
  string_agg: [
    'aggregate',
    'value, separator',
    'text',
    "Joins the values to one text: `string_agg(Surname, ', ' order by Surname)`.",
  ],
  json_group_array: ['aggregate', 'value', 'JSON', 'Makes a JSON list of the values.'],
  json_group_object: ['aggregate', 'name, value', 'JSON', 'Makes a JSON object of the names and values.'],

  // A row is seen among others: `rank() over (partition by … order by …)`.
  row_number: [
    'window',
    '',
    'whole number',
    'The number of the row in its part, from 1: `row_number() over (partition by CourseID order by StartDate)`.',
  ],
  rank: [
    'window',
    '',
    'whole number',
    'The place of the row in the order; equal rows share a place, and places after them are left out.',
  ],
  dense_rank: [
    'window',
    '',
    'whole number',
    'The place of the row in the order; equal rows share a place, and none is left out.',
  ],
  percent_rank: ['window', '', 'number', 'The place of the row in the order, from 0 to 1.'],
  cume_dist: ['window', '', 'number', 'The share of rows up to and with this one, from 0 to 1.'],
  ntile: [
    'window',
    'parts',
    'whole number',
    'Divides the rows into that many parts of equal size and gives the number of the part.',
  ],
  lag: [
    'window',
    'value, rows?, otherwise?',
    'any',
    'The value in the row before, or that many rows before.',
  ],
  lead: ['window', 'value, rows?, otherwise?', 'any', 'The value in the row after, or that many rows after.'],
  first_value: ['window', 'value', 'any', 'The value in the first row of the window.'],
  last_value: [
    'window',
    'value',
    'any',
    'The value in the last row of the window, which ends at this row unless `rows between …` says otherwise.',
  ],
  nth_value: ['window', 'value, number', 'any', 'The value in that row of the window, counted from 1.'],

  // Dates are ISO texts.
  date: [
    'date',
    'date, modifier?…',
    'date',
    "The day as `2025-03-01`; modifiers are `'+1 month'`, `'start of month'`, `'weekday 1'`. A day that doesn’t exist becomes one of the next month.",
  ],
  time: ['date', 'date, modifier?…', 'text', 'The time of day as `09:30:00`.'],
  datetime: [
    'date',
    'date, modifier?…',
    'date',
    'Date and time as `2025-03-01 09:30:00`, with a space between them, where the API writes a `T`.',
  ],
  strftime: [
    'date',
    'format, date, modifier?…',
    'text',
    "The date in a form of its own: `strftime('%Y-%m', StartDate)` is the month, `'%G-W%V'` the ISO week, `'%u'` the day of the week from Monday, 1.",
  ],
  julianday: [
    'date',
    'date, modifier?…',
    'number',
    'The date as a number of days; two of them can be subtracted.',
  ],
  unixepoch: ['date', 'date, modifier?…', 'whole number', 'The date as seconds since 1970.'],
  timediff: ['date', 'later, earlier', 'text', 'The time between two dates as `+YYYY-MM-DD HH:MM:SS.SSS`.'],

  // Texts.
  lower: ['text', 'text', 'text', 'The text in small letters.'],
  upper: ['text', 'text', 'text', 'The text in capital letters.'],
  trim: [
    'text',
    'text, characters?',
    'text',
    'The text without white space, or without these characters, at both ends.',
  ],
  ltrim: [
    'text',
    'text, characters?',
    'text',
    'The text without white space, or without these characters, at its beginning.',
  ],
  rtrim: [
    'text',
    'text, characters?',
    'text',
    'The text without white space, or without these characters, at its end.',
  ],
  length: ['text', 'text', 'whole number', 'How many characters the text has.'],
  substr: [
    'text',
    'text, start, length?',
    'text',
    'A part of the text; the first character has the number 1, and a negative start counts from the end.',
  ],
  substring: ['text', 'text, start, length?', 'text', 'The same as `substr`.'],
  instr: [
    'text',
    'text, part',
    'whole number',
    'Where the part begins in the text, from 1; 0 where it isn’t there.',
  ],
  replace: ['text', 'text, old, new', 'text', 'The text with each `old` replaced with `new`.'],
  concat: ['text', 'value…', 'text', 'Joins the values to one text; NULL counts as empty.'],
  concat_ws: [
    'text',
    'separator, value…',
    'text',
    'Joins the values that are not NULL, with the separator between them.',
  ],
  format: [
    'text',
    'format, value?…',
    'text',
    "Puts values into a text: `format('%.2f', Cost)` has two decimals, `'%,d'` thousands with commas.",
  ],
  printf: ['text', 'format, value?…', 'text', 'The same as `format`.'],
  char: ['text', 'code…', 'text', 'The characters with these Unicode numbers: `char(10)` is a line feed.'],
  unicode: ['text', 'text', 'whole number', 'The Unicode number of the first character.'],
  quote: ['text', 'value', 'text', 'The value as it is written in SQL.'],
  hex: ['text', 'value', 'text', 'The bytes of the value as hexadecimal digits.'],

  // Numbers.
  abs: ['number', 'number', 'number', 'The number without its sign.'],
  round: [
    'number',
    'number, digits?',
    'number',
    'The number rounded as in a spreadsheet, to whole ones or to that many decimals: `round(2.675, 2)` is 2.68, `round(1234, -2)` is 1200.',
  ],
  ceil: ['number', 'number', 'number', 'The next whole number upwards.'],
  ceiling: ['number', 'number', 'number', 'The same as `ceil`.'],
  floor: ['number', 'number', 'number', 'The next whole number downwards.'],
  trunc: ['number', 'number', 'number', 'The number without its decimals.'],
  sign: ['number', 'number', 'whole number', '-1, 0 or 1, as the number is negative, zero or positive.'],
  mod: [
    'number',
    'number, divisor',
    'number',
    'What remains after a division; `%` does the same with whole numbers.',
  ],
  pow: ['number', 'number, exponent', 'number', 'The number to the power of the exponent.'],
  power: ['number', 'number, exponent', 'number', 'The same as `pow`.'],
  sqrt: ['number', 'number', 'number', 'The square root.'],
  exp: ['number', 'number', 'number', 'e to the power of the number.'],
  ln: ['number', 'number', 'number', 'The natural logarithm.'],
  log: ['number', 'number', 'number', 'The logarithm to base 10.'],
  log10: ['number', 'number', 'number', 'The logarithm to base 10.'],
  log2: ['number', 'number', 'number', 'The logarithm to base 2.'],
  pi: ['number', '', 'number', 'The number π.'],
  sin: ['number', 'radians', 'number', 'The sine of an angle.'],
  cos: ['number', 'radians', 'number', 'The cosine of an angle.'],
  tan: ['number', 'radians', 'number', 'The tangent of an angle.'],
  asin: ['number', 'number', 'number', 'The angle of a sine, in radians.'],
  acos: ['number', 'number', 'number', 'The angle of a cosine, in radians.'],
  atan: ['number', 'number', 'number', 'The angle of a tangent, in radians.'],
  atan2: ['number', 'y, x', 'number', 'The angle of the point (x, y), in radians.'],
  radians: ['number', 'degrees', 'number', 'The angle in radians.'],
  degrees: ['number', 'radians', 'number', 'The angle in degrees.'],
  random: [
    'number',
    '',
    'whole number',
    'A whole number by chance; `order by random() limit 10` takes ten rows by chance.',
  ],

  // Values of any kind.
  coalesce: ['value', 'value, otherwise…', 'any', 'The first of the values that is not NULL.'],
  ifnull: ['value', 'value, otherwise', 'any', 'The value, or the other one where it is NULL.'],
  nullif: [
    'value',
    'value, other',
    'any',
    'The value, or NULL where it equals the other one: `Income / nullif(Places, 0)`.',
  ],
  iif: [
    'value',
    'condition, then, otherwise?',
    'any',
    'One value where the condition is true, the other where it isn’t; without a third one, NULL.',
  ],
  if: ['value', 'condition, then, otherwise?', 'any', 'The same as `iif`.'],
  typeof: ['value', 'value', 'text', 'How the value is held: `integer`, `real`, `text`, `blob` or `null`.'],

  // Lists and nested values are JSON.
  json_extract: [
    'json',
    'json, path…',
    'any',
    "The value at a path: `json_extract(Address, '$.Town')`; `Address ->> 'Town'` is shorter.",
  ],
  json_array_length: ['json', 'json, path?', 'whole number', 'How many entries the list has.'],
  json_type: [
    'json',
    'json, path?',
    'text',
    'The kind of the value: `object`, `array`, `text`, `integer`, `real`, `true`, `false` or `null`.',
  ],
  json_valid: ['json', 'text, flags?', 'true or false', 'Whether the text is JSON.'],
  json: ['json', 'text', 'JSON', 'The text as JSON, without needless white space.'],
  json_array: ['json', 'value?…', 'JSON', 'Makes a JSON list of the arguments.'],
  json_object: [
    'json',
    'name?, value?…',
    'JSON',
    "Makes a JSON object: `json_object('name', Label, 'town', Town)`.",
  ],
  json_quote: ['json', 'value', 'JSON', 'The value as JSON.'],
  json_pretty: ['json', 'json, indent?', 'text', 'The JSON over lines, for people.'],
  json_set: ['json', 'json, path, value…', 'JSON', 'The JSON with a value put in at the path.'],
  json_insert: [
    'json',
    'json, path, value…',
    'JSON',
    'The JSON with a value at the path where there was none.',
  ],
  json_replace: [
    'json',
    'json, path, value…',
    'JSON',
    'The JSON with another value at the path where there was one.',
  ],
  json_remove: ['json', 'json, path…', 'JSON', 'The JSON without what is at the path.'],
  json_patch: [
    'json',
    'json, patch',
    'JSON',
    'The JSON with the members of the other JSON put over its own.',
  ],
  json_each: [
    'table',
    'json, path?',
    'rows',
    'A row for each entry of a list or an object, with the columns `key`, `value`, `type`, `atom`: `from courses c, json_each(c.Tags) t`.',
  ],
  json_tree: ['table', 'json, path?', 'rows', 'As `json_each`, with the entries of entries.'],
} satisfies Readonly<Record<string, Row>>;

/** What the engine has besides, and what is not offered: it would say nothing about answers. */
const OTHERS: ReadonlySet<string> = new Set(
  (
    'acosh asinh atanh changes cosh current_date current_time current_timestamp glob json_array_insert ' +
    'json_error_position jsonb jsonb_array jsonb_array_insert jsonb_each jsonb_extract jsonb_group_array ' +
    'jsonb_group_object jsonb_insert jsonb_object jsonb_patch jsonb_remove jsonb_replace jsonb_set jsonb_tree ' +
    'last_insert_rowid like likelihood likely octet_length randomblob sinh sqlite_version subtype tanh total_changes ' +
    'unhex unistr unistr_quote unlikely zeroblob'
  ).split(' '),
);

function parametersOf(written: string): SqlFunctionParameter[] {
  if (written === '') return [];
  return written.split(', ').map((parameter) => ({
    name: parameter.replace(/[?…]+$/, ''),
    optional: parameter.includes('?'),
    repeats: parameter.includes('…'),
  }));
}

const functionOf = ([name, [kind, parameters, result, documentation]]: [string, Row]): SqlFunction => ({
  name,
  kind,
  parameters: parametersOf(parameters),
  result,
  documentation,
});

/** Those that are offered, in the order of the table: what is asked most stands first in its kind. */
export const SQL_FUNCTIONS: readonly SqlFunction[] = Object.entries<Row>(ROWS).map(functionOf);

const BY_NAME: Readonly<Record<string, SqlFunction>> = Object.fromEntries(
  SQL_FUNCTIONS.map((each) => [each.name, each]),
);

/** The function of that name, in any case, if it is one that is offered. */
export const sqlFunctionOf = (name: string): SqlFunction | undefined => ownValue(BY_NAME, name.toLowerCase());

/** Whether the engine has a function of that name, offered or not. */
export const isSqlFunction = (name: string): boolean =>
  sqlFunctionOf(name) !== undefined || OTHERS.has(name.toLowerCase());

/** How a call is written: `round(number, digits?)`, with the place of each parameter in it. */
export function sqlSignature({ name, parameters }: SqlFunction): {
  label: string;
  places: readonly (readonly [start: number, end: number])[];
} {
  let label = `${name}(`;
  const places = parameters.map((parameter, index): readonly [number, number] => {
    if (index > 0) label += ', ';
    const start = label.length;
    label += parameter.name + (parameter.optional ? '?' : '');
    const place = [start, label.length] as const;
    if (parameter.repeats) label += ', …';
    return place;
  });
  return { label: label + ')', places };
}

/** Forms of dates for `strftime`. */
export const DATE_FORMATS: readonly OfferedValue[] = [
  { text: '%Y-%m', detail: 'year and month' },
  { text: '%Y', detail: 'year' },
  { text: '%G-W%V', detail: 'ISO year and week' },
  { text: '%Y-%m-%d', detail: 'day' },
  { text: '%d/%m/%Y', detail: 'day, as people write it' },
  { text: '%u', detail: 'day of the week, 1 is Monday' },
  { text: '%H:%M', detail: 'time of day' },
];

/** What functions of dates do to a date, one after the other. */
export const DATE_MODIFIERS: readonly OfferedValue[] = [
  { text: 'start of month', detail: 'the first day of its month' },
  { text: 'start of year', detail: 'the first day of its year' },
  { text: 'start of day', detail: 'midnight' },
  { text: '+1 day', detail: 'a day later' },
  { text: '+1 month', detail: 'a month later' },
  { text: '-1 month', detail: 'a month earlier' },
  { text: '-1 year', detail: 'a year earlier' },
  { text: 'weekday 1', detail: 'the next Monday, or that day' },
];
