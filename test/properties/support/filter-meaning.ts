/**
 * Whether a record meets a filter. Texts are compared without case; a missing number or date meets no comparison, and not
 * its opposite either, as in SQL; a missing text is an empty one. Quoted values are read as the field's type, as the API does.
 */
import { NOW } from '../../language/support/metadata';
import { type ComparisonOperator, type Condition, type Operand, Undecided } from './filter-tree';

type Plain = string | number | boolean | Date;
/** Undefined: missing. */
export type DataRecord = Readonly<Record<string, Plain | undefined>>;
interface Typed {
  readonly type: FieldKind | 'null' | 'duration';
  readonly value: Plain | undefined;
  /** A literal in quotes, whose type is that of what it is compared with. */
  readonly quoted?: boolean;
}
type FieldKind = 'text' | 'number' | 'date' | 'boolean';

/** The fields of the filters' records. */
const FIELDS: ReadonlyMap<string, FieldKind> = new Map([
  ['id', 'text'],
  ['label', 'text'],
  ['status', 'text'],
  ['venuetown', 'text'],
  ['cost', 'number'],
  ['spacesleft', 'number'],
  ['online', 'boolean'],
  ['startdate', 'date'],
  ['enddate', 'date'],
]);

export const TEXTS = [
  '',
  'Full',
  'full',
  'a',
  'O’Neill',
  "O'Neill",
  'x, y',
  'and',
  '5',
  'First Aid',
  'null',
  'empty',
];
export const NUMBERS = [-1, 0, 1, 2, 3, 5, 12.5];
/** Days' beginnings, middles and ends, and the present. */
export const DATES = [
  ...['2024-12-31T23:59:59', '2025-01-01T00:00:00', '2025-01-01T12:00:00', '2025-01-31T23:59:59'],
  ...['2025-02-01T00:00:00', '2025-05-01T00:00:00', '2025-05-01T09:30:00', '2025-05-02T00:00:00'],
  ...['2025-12-31T23:59:59', '2026-01-01T00:00:00', '2026-01-31T00:00:00', '2026-01-31T14:30:00'],
  ...['2026-02-01T00:00:00', '2026-03-02T14:30:00', '2026-01-01T14:30:00'],
];

/** Records that hold each value of each field, in mixed company: the same in each run. */
export const RECORDS: readonly DataRecord[] = Array.from({ length: 150 }, (_, i): DataRecord => {
  const pick = <T>(list: readonly T[], salt: number): T | undefined =>
    list[(i * (salt + 7) + ((i / 7) | 0) * salt) % list.length];
  const date = (salt: number): Date | undefined => {
    const text = pick([...DATES, undefined], salt);
    return text === undefined ? undefined : new Date(text);
  };
  return {
    id: pick(TEXTS, 1),
    label: pick(TEXTS, 3),
    status: pick(TEXTS, 4),
    venuetown: pick(TEXTS, 9),
    cost: pick([...NUMBERS, undefined], 2),
    spacesleft: pick([...NUMBERS, undefined], 5),
    online: pick([true, false, undefined], 3),
    startdate: date(2),
    enddate: date(6),
  };
});

/** True, false, or undefined where a missing value leaves it open. */
type Truth = boolean | undefined;

export const meets = (condition: Condition, record: DataRecord): boolean =>
  truthOf(condition, record) === true;

function truthOf(condition: Condition, record: DataRecord): Truth {
  switch (condition.kind) {
    case 'and':
      return both(truthOf(condition.left, record), truthOf(condition.right, record));
    case 'or':
      return opposite(
        both(opposite(truthOf(condition.left, record)), opposite(truthOf(condition.right, record))),
      );
    case 'not':
      return opposite(truthOf(condition.operand, record));
    case 'compare':
      return compare(condition.operator, valueOf(condition.left, record), valueOf(condition.right, record));
    case 'in': {
      const left = valueOf(condition.left, record);
      const each = condition.values.map((value) => compare('eq', left, valueOf(value, record)));
      return each.includes(true) ? true : each.includes(undefined) ? undefined : false;
    }
    case 'bare': {
      const { type, value } = valueOf(condition.operand, record);
      if (type !== 'boolean') throw new Undecided('a condition that is no truth value');
      return value === undefined ? undefined : value === true;
    }
  }
}

const opposite = (truth: Truth): Truth => (truth === undefined ? undefined : !truth);
const both = (a: Truth, b: Truth): Truth =>
  a === false || b === false ? false : a === undefined || b === undefined ? undefined : true;

function compare(operator: ComparisonOperator, left: Typed, right: Typed): Truth {
  if (left.type === 'null' || right.type === 'null') return compareWithNull(operator, left, right);
  const type = typeOf(left, right);
  const [a, b] = [asType(left, type), asType(right, type)];
  if (a === undefined || b === undefined) return undefined;
  const order = a < b ? -1 : a > b ? 1 : 0;
  switch (operator) {
    case 'eq':
      return order === 0;
    case 'ne':
      return order !== 0;
    case 'lt':
      return order < 0;
    case 'le':
      return order <= 0;
    case 'gt':
      return order > 0;
    case 'ge':
      return order >= 0;
  }
}

function compareWithNull(operator: ComparisonOperator, left: Typed, right: Typed): Truth {
  const other = left.type === 'null' ? right : left;
  const missing = other.value === undefined || (other.type === 'text' && other.value === '');
  if (operator === 'eq') return missing;
  if (operator === 'ne') return !missing;
  throw new Undecided('null has no order');
}

/** The type in which two values are compared: that of the one that is no literal in quotes. */
function typeOf(left: Typed, right: Typed): FieldKind {
  const { type } = left.quoted === true ? right : left;
  const other = left.quoted === true ? left : right;
  if (type === 'null' || type === 'duration') throw new Undecided(`${type} is not compared`);
  if (other.quoted !== true && other.type !== type) throw new Undecided(`${type} with ${other.type}`);
  return type;
}

function asType({ value, quoted }: Typed, type: FieldKind): string | number | undefined {
  if (value === undefined) return undefined;
  const plain = quoted === true && typeof value === 'string' ? readAs(value, type) : value;
  if (plain instanceof Date) return plain.getTime();
  return typeof plain === 'string' ? plain.toLowerCase() : Number(plain);
}

function readAs(text: string, type: FieldKind): Plain {
  const value = withBuiltIns(text);
  switch (type) {
    case 'text':
      return value;
    case 'number':
      if (/^-?\d+(\.\d+)?$/.test(value)) return Number(value);
      break;
    case 'boolean':
      if (/^(true|false)$/i.test(value)) return value.toLowerCase() === 'true';
      break;
    case 'date':
      return dateOf(value);
  }
  throw new Undecided(`“${text}” is no ${type}`);
}

function dateOf(text: string): Date {
  if (!/^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d+)?)?)?$/.test(text))
    throw new Undecided(`“${text}” is no date`);
  const date = new Date(text.includes('T') ? text : `${text}T00:00:00`);
  if (Number.isNaN(date.getTime()) || date.getDate() !== Number(text.slice(8, 10)))
    throw new Undecided(`no day ${text}`);
  return date;
}

/** The built-in dates that fixes write; any other reference is undecided. */
function withBuiltIns(text: string): string {
  const found = /^\{\{\$(now|today)(?: ([+-]) (\d+)([hdwmy]))?\}\}$/.exec(text);
  if (found === null) {
    if (text.includes('{{')) throw new Undecided('a variable');
    return text;
  }
  const [, base, sign = '+', amount = '0', unit = 'd'] = found;
  const date = new Date(NOW);
  if (base === 'today') date.setHours(0, 0, 0, 0);
  const by = Number(sign + amount);
  if (unit === 'h') date.setHours(date.getHours() + by);
  else if (unit === 'd' || unit === 'w') date.setDate(date.getDate() + by * (unit === 'w' ? 7 : 1));
  else throw new Undecided('months and years depend on the calendar');
  return isoOf(date);
}

const two = (number: number) => String(number).padStart(2, '0');
const isoOf = (date: Date): string =>
  `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;

function valueOf(operand: Operand, record: DataRecord): Typed {
  switch (operand.kind) {
    case 'field': {
      const name = operand.name.toLowerCase();
      const type = FIELDS.get(name);
      if (type === undefined) throw new Undecided(`no field ${name}`);
      return { type, value: record[name] };
    }
    case 'text':
      return { type: 'text', value: operand.text, quoted: true };
    case 'number':
      return { type: 'number', value: operand.number };
    case 'date':
      return { type: 'date', value: dateOf(operand.text) };
    case 'boolean':
      return { type: 'boolean', value: operand.value };
    case 'null':
      return { type: 'null', value: undefined };
    case 'duration':
      return { type: 'duration', value: daysOf(operand.text) };
    case 'call':
      return called(
        operand.name,
        operand.operands.map((each) => valueOf(each, record)),
      );
    case 'arithmetic':
      return calculated(operand.operator, valueOf(operand.left, record), valueOf(operand.right, record));
  }
}

function daysOf(text: string): number {
  const days = /^P(\d+)D$/.exec(text)?.[1];
  if (days === undefined) throw new Undecided(`duration ${text}`);
  return Number(days);
}

function calculated(operator: string, left: Typed, right: Typed): Typed {
  const [a, b] = [left.value, right.value];
  if (left.type === 'date' && right.type === 'duration' && a instanceof Date && typeof b === 'number') {
    const date = new Date(a);
    date.setDate(date.getDate() + (operator === 'add' ? b : -b));
    return { type: 'date', value: date };
  }
  if (left.type !== 'number' || right.type !== 'number') throw new Undecided('arithmetic');
  if (typeof a !== 'number' || typeof b !== 'number') return { type: 'number', value: undefined };
  const results: Readonly<Record<string, number>> = { add: a + b, sub: a - b, mul: a * b };
  const value = new Map(Object.entries(results)).get(operator);
  if (value === undefined) throw new Undecided(operator);
  return { type: 'number', value };
}

type Evaluate = (values: readonly Plain[]) => Typed | undefined;
const inText =
  (test: (text: string, part: string) => boolean): Evaluate =>
  ([text, part]) =>
    typeof text === 'string' && typeof part === 'string'
      ? { type: 'boolean', value: test(text.toLowerCase(), part.toLowerCase()) }
      : undefined;
const ofText =
  (change: (text: string) => Plain, type: FieldKind = 'text'): Evaluate =>
  ([text]) =>
    typeof text === 'string' ? { type, value: change(text) } : undefined;
const ofDate =
  (part: (date: Date) => number): Evaluate =>
  ([date]) =>
    date instanceof Date ? { type: 'number', value: part(date) } : undefined;

const CALLS: ReadonlyMap<string, Evaluate> = new Map<string, Evaluate>([
  ['contains', inText((text, part) => text.includes(part))],
  ['startswith', inText((text, part) => text.startsWith(part))],
  ['endswith', inText((text, part) => text.endsWith(part))],
  ['substringof', ([part, text]) => CALLS.get('contains')?.([text ?? '', part ?? ''])],
  ['tolower', ofText((text) => text.toLowerCase())],
  ['toupper', ofText((text) => text.toUpperCase())],
  ['trim', ofText((text) => text.trim())],
  ['length', ofText((text) => text.length, 'number')],
  ['year', ofDate((date) => date.getFullYear())],
  ['month', ofDate((date) => date.getMonth() + 1)],
  ['day', ofDate((date) => date.getDate())],
  ['hour', ofDate((date) => date.getHours())],
  [
    'date',
    ([date]) =>
      date instanceof Date
        ? { type: 'date', value: new Date(date.getFullYear(), date.getMonth(), date.getDate()) }
        : undefined,
  ],
  ['now', () => ({ type: 'date', value: NOW })],
]);
const DATE_CALLS = new Set(['year', 'month', 'day', 'hour', 'date']);

function called(name: string, operands: readonly Typed[]): Typed {
  const call = CALLS.get(name);
  if (call === undefined) throw new Undecided(`no function ${name}`);
  if (operands.some(({ value }) => value === undefined)) {
    // The result of a missing value is missing; of what type decides what it may be compared with.
    if (!DATE_CALLS.has(name)) throw new Undecided('a missing text');
    return { type: name === 'date' ? 'date' : 'number', value: undefined };
  }
  const result = call(operands.flatMap(({ value }) => (value === undefined ? [] : [value])));
  if (result === undefined) throw new Undecided(`${name} of other types`);
  return result;
}
