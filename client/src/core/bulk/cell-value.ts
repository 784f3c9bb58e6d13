/** What a cell of a table means for a field: text becomes what the type of the field says, and nothing else. */
import { checkValue, type FieldInfo } from '#language';
import { decimalOf, plainNumber } from '../values/decimal';
import { type ExactNumber, numberOfText } from '../values/exact-number';
import { wallTimeOf } from '../values/wall-time';
import type { Cell, ReadingChoices } from './table';

/** How a file writes dates and numbers; undefined where nothing in it tells. */
export type Conventions = Pick<
  { readonly [Name in keyof ReadingChoices]: ReadingChoices[Name] | undefined },
  'dateOrder' | 'decimalSign'
>;

export type CellValue =
  | { readonly kind: 'blank' }
  /** As `writeJson` takes it. */
  | { readonly kind: 'value'; readonly value: unknown }
  /** `message`: a sentence. `needs`: what would tell, if it were known of the file. */
  | { readonly kind: 'problem'; readonly message: string; readonly needs?: keyof Conventions };

type Field = Pick<FieldInfo, 'type'>;

const BLANK: CellValue = { kind: 'blank' };
const value = (of: unknown): CellValue => ({ kind: 'value', value: of });
const problem = (message: string): CellValue => ({ kind: 'problem', message });

/** Returns the value of a cell, or why it has none for this field. */
export function cellValue(cell: Cell, { type }: Field, conventions: Conventions): CellValue {
  if (cell.kind === 'blank') return BLANK;
  if (cell.kind === 'fault') return problem(cell.message);
  if (cell.kind === 'text' && LONE_SURROGATE.test(cell.text))
    return problem('The cell holds half a character, which can’t be sent. Write the text again.');
  if (cell.kind === 'text' && cell.text.includes(LOST_CHARACTER))
    return problem(`The cell holds “${LOST_CHARACTER}” for a character that was lost. Write the text again.`);
  switch (type) {
    case 'string':
      return value(cell.kind === 'number' ? plainDigits(cell.text) : cell.text);
    case 'integer':
    case 'decimal':
      return numberIn(cell, type, conventions);
    case 'boolean':
      return booleanIn(cell);
    case 'datetime':
    case 'date':
      return dateIn(cell, type, conventions);
    case 'time':
      return timeIn(cell);
    case 'list':
      return listIn(cell);
    case 'unknown':
      return unknownIn(cell);
  }
}

type Filled = Exclude<Cell, { kind: 'blank' | 'fault' }>;

/** One half of a pair of UTF-16 units. */
const LONE_SURROGATE = /[\ud800-\udfff]/u;

/** Stands where a text could not be decoded, or where half a character was written to a file. */
const LOST_CHARACTER = '\ufffd';

const quoted = (text: string): string => `“${text.length > 60 ? `${text.slice(0, 60)}…` : text}”`;

/** Without an exponent, as a text is read by people. */
function plainDigits(text: string): string {
  const number = numberOfText(text);
  return number === undefined ? text : plainNumber(typeof number === 'number' ? `${number}` : number.text);
}

function unknownIn(cell: Filled): CellValue {
  if (cell.kind === 'boolean') return value(cell.text === 'true');
  return value(cell.kind === 'number' ? (numberOfText(cell.text) ?? cell.text) : cell.text);
}

function listIn(cell: Filled): CellValue {
  const items = cell.text
    .split(';')
    .map((item) => item.trim())
    .filter((item) => item !== '');
  return items.length === 0 ? BLANK : value(items);
}

const BOOLEANS: ReadonlyMap<string, boolean> = new Map([
  ['true', true],
  ['yes', true],
  ['y', true],
  ['1', true],
  ['false', false],
  ['no', false],
  ['n', false],
  ['0', false],
]);

function booleanIn({ text }: Filled): CellValue {
  const found = BOOLEANS.get(text.trim().toLowerCase());
  return found === undefined
    ? problem(`${quoted(text)} is neither yes nor no. Write Yes or No.`)
    : value(found);
}

const SIGNS = { '.': ',', ',': '.' } as const;
type Sign = keyof typeof SIGNS;

/** Digits with a sign for decimals, and perhaps one for thousands. */
const NUMBERS: Readonly<Record<Sign, RegExp>> = {
  '.': /^[+-]?(?:\d+|\d{1,3}(?:[,\u00a0\u202f ]\d{3})+)(?:\.\d+)?$/,
  ',': /^[+-]?(?:\d+|\d{1,3}(?:[.\u00a0\u202f ]\d{3})+)(?:,\d+)?$/,
};

function numberIn(cell: Filled, type: 'integer' | 'decimal', { decimalSign }: Conventions): CellValue {
  const text = cell.text.trim();
  if (cell.kind === 'date' || cell.kind === 'boolean') return noNumber(text, type);
  if (cell.kind === 'number') return ofType(numberOfText(text), text, type);
  const signs = decimalSign === undefined ? ([...'.,'] as Sign[]) : [decimalSign];
  const readings = new Set(
    signs.filter((sign) => NUMBERS[sign].test(text)).map((sign) => digitsOf(text, sign)),
  );
  const [first, second] = readings;
  if (second !== undefined)
    return {
      kind: 'problem',
      message: `${quoted(text)} can be read as ${first} or as ${second}: say which sign the file has before decimals.`,
      needs: 'decimalSign',
    };
  return ofType(first === undefined ? undefined : numberOfText(first), text, type);
}

/** As JSON has it: without a plus, signs for thousands, and zeros before the first digit. */
const digitsOf = (text: string, sign: Sign): string =>
  text
    .replaceAll(SIGNS[sign], '')
    .replace(/[\u00a0\u202f ]/g, '')
    .replace(sign, '.')
    .replace(/^\+/, '')
    .replace(/^(-?)0+(?=\d)/, '$1');

function ofType(
  number: number | ExactNumber | undefined,
  text: string,
  type: 'integer' | 'decimal',
): CellValue {
  if (number === undefined) return noNumber(text, type);
  const isWhole = (decimalOf(`${typeof number === 'number' ? number : number.text}`)?.scale ?? 0) <= 0;
  return type === 'integer' && !isWhole ? noNumber(text, type) : value(number);
}

const noNumber = (text: string, type: 'integer' | 'decimal'): CellValue =>
  problem(
    type === 'integer'
      ? `${quoted(text)} is not a whole number. Write digits only, such as 12.`
      : `${quoted(text)} is not a number. Write digits only, such as 12.50, without a currency.`,
  );

const ISO = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:?\d\d)?))?$/i;
const NUMERIC =
  /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})(?:,?\s+(\d{1,2}):(\d\d)(?::(\d\d))?\s*([ap]m)?)?$/i;

/** Text to text: a time without a zone never passes through a clock that has one. */
function dateIn(cell: Filled, type: 'date' | 'datetime', { dateOrder }: Conventions): CellValue {
  const text = cell.text.trim();
  if (cell.kind === 'number' || cell.kind === 'boolean')
    return problem(`${quoted(text)} is not a date. Format the cell as a date, or write it as 2026-01-31.`);
  const [iso, day = '', time] = ISO.exec(text) ?? [];
  if (iso !== undefined)
    return isoDate(time === undefined ? day : `${day}T${time.toUpperCase()}`, text, type);
  const numeric = NUMERIC.exec(text);
  if (numeric !== null) return numericDate(numeric, type, dateOrder);
  const { better } = { better: undefined, ...checkValue('datetime', text) };
  return better === undefined ? noDate(text) : isoDate(better, text, type);
}

const noDate = (text: string): CellValue =>
  problem(`${quoted(text)} is not a date. Write year-month-day, such as 2026-01-31 or 2026-01-31T09:00:00.`);

function isoDate(iso: string, text: string, type: 'date' | 'datetime'): CellValue {
  if (Number.isNaN(wallTimeOf(iso))) return problem(`${quoted(text)} is a day or time that does not exist.`);
  // A spreadsheet keeps a day as its midnight.
  return value(type === 'date' ? iso.replace(/T00:00(?::00(?:\.0+)?)?$/, '') : iso);
}

function numericDate(
  [text, first = '', , second = '', year = '', hour, minute = '00', seconds = '00', half]: RegExpExecArray,
  type: 'date' | 'datetime',
  order: Conventions['dateOrder'],
): CellValue {
  if (year.length === 2)
    return problem(`The year of ${quoted(text)} has two digits. Write all four, such as 2026-01-31.`);
  const time = hour === undefined ? '' : timeOf(hour, minute, seconds, half);
  if (time === undefined) return problem(`${quoted(text)} is a day or time that does not exist.`);
  const reading = (day: string, month: string) =>
    `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}${time}`;
  const byDay = reading(first, second);
  const byMonth = reading(second, first);
  if (order !== undefined) return isoDate(order === 'day' ? byDay : byMonth, text, type);
  const [one, other] = [...new Set([byDay, byMonth])].filter((iso) => !Number.isNaN(wallTimeOf(iso)));
  if (one === undefined) return problem(`${quoted(text)} is a day or time that does not exist.`);
  if (other === undefined) return isoDate(one, text, type);
  return {
    kind: 'problem',
    message: `${quoted(text)} can be ${byDay.slice(0, 10)} or ${byMonth.slice(0, 10)}: say whether the day or the month comes first in the file.`,
    needs: 'dateOrder',
  };
}

/** `T09:00:00`; undefined for an hour that a clock of twelve does not have. */
function timeOf(hour: string, minute: string, seconds: string, half: string | undefined): string | undefined {
  const number = Number(hour);
  if (half !== undefined && (number < 1 || number > 12)) return undefined;
  const hours = half === undefined ? number : (number % 12) + (half.toLowerCase() === 'pm' ? 12 : 0);
  return `T${String(hours).padStart(2, '0')}:${minute}:${seconds}`;
}

function timeIn(cell: Filled): CellValue {
  const text = cell.text.trim();
  return cell.kind !== 'number' && checkValue('time', text).ok
    ? value(text)
    : problem(`${quoted(text)} is not a time. Write hours and minutes, such as 09:30.`);
}

/** What empties a field of this type: an empty text, an empty list, else null. */
export function emptyValue({ type }: Field): unknown {
  if (type === 'string') return '';
  return type === 'list' ? [] : null;
}
