/** The columns of a Parquet file: which type each has, and its values in that type. */
import type { parquetWriteBuffer } from 'hyparquet-writer';
import { decimalOf } from '../values/decimal';
import { digitsOf, hasMembers, isNumber, kindOf } from '../values/kind-of';
import { fractionOf, wallTimeOf } from '../values/wall-time';
import { writeJson } from '../values/write-json';
import type { ExportColumn } from './export-column';
import type { ApiRecord } from './read-page';
import { cellText, memberOf } from './table';
import { valueAs } from './typed';

/** An element of a file's schema. */
export type SchemaElement = NonNullable<Parameters<typeof parquetWriteBuffer>[0]['schema']>[number];

export interface ParquetColumn {
  readonly name: string;
  readonly schema: readonly SchemaElement[];
  readonly data: unknown[];
  /** Where some values kept the column from having the type of its field. They are not named: they may be personal. */
  readonly misfits?: Misfits;
}

/** How many values do not have the type of their column, of those that are there. */
export interface Misfits {
  readonly count: number;
  readonly values: number;
}

/** A type of columns, and how a value gets it; null for nothing, undefined for what does not fit. */
interface Kind {
  readonly elements: readonly Omit<SchemaElement, 'name'>[];
  of(value: unknown): unknown;
}

/**
 * A column has the type of its field, else the type that all its values have, if that holds each of them unchanged. Any
 * other is text as a reader sees it. What has no value is null.
 */
export function parquetColumn(
  { name, ...column }: ExportColumn,
  records: readonly ApiRecord[],
): ParquetColumn {
  const { type } = column;
  const values = records.map((record) => valueAs(type, memberOf(record, name)));
  let before: Kind | undefined;
  for (const kind of kindsOf(column, values)) {
    const data: unknown[] = [];
    const fits = values.every((value) => {
      const own = isNothing(value) ? null : kind.of(value);
      data.push(own);
      return own !== undefined;
    });
    if (fits) {
      const schema = kind.elements.map((element, at) => ({
        ...element,
        name: at === 0 ? name : (NESTED[at] ?? ''),
      }));
      if (kind !== TEXT || type === 'unknown' || before === undefined) return { name, schema, data };
      return { name, schema, data, misfits: misfitsIn(values, before) };
    }
    before = kind;
  }
  // The last kind of each list takes everything.
  throw new Error(`No type of Parquet holds the column ${name}.`);
}

const isNothing = (value: unknown): value is null | undefined => value === null || value === undefined;

/** `kind`: the widest one of the type. */
function misfitsIn(values: readonly unknown[], kind: Kind): Misfits {
  const present = values.filter((value) => !isNothing(value));
  return { count: present.filter((value) => kind.of(value) === undefined).length, values: present.length };
}

/** How the elements inside a list are called. */
const NESTED = ['', 'list', 'element'];

/** The kinds that a column may have, the first that fits. */
function kindsOf(
  { type, computed = false, real = false }: Omit<ExportColumn, 'name'>,
  values: readonly unknown[],
): readonly Kind[] {
  switch (type) {
    case 'integer':
      return [INTEGER, ...decimalsFor(values), DOUBLE, TEXT];
    case 'decimal':
      return [...decimalsFor(values), DOUBLE, TEXT];
    case 'boolean':
      return [BOOLEAN, TEXT];
    case 'date':
      return [DAY, MOMENT, TEXT];
    case 'datetime':
      return [MOMENT, TEXT];
    case 'list':
      return [LIST, TEXT];
    case 'string':
    case 'time':
      return [TEXT];
    case 'unknown':
      if (values.every(isNothing)) return [TEXT];
      // Whole by chance today, it would have another type in the file of tomorrow.
      if (real) return [ROUNDED, TEXT];
      return [BOOLEAN, INTEGER, computed ? ROUNDED : DOUBLE, MOMENT, LIST, TEXT];
  }
}

const OPTIONAL = { repetition_type: 'OPTIONAL' } as const;
const STRING = { ...OPTIONAL, type: 'BYTE_ARRAY', converted_type: 'UTF8' } as const;

const TEXT: Kind = { elements: [STRING], of: cellText };

const BOOLEAN: Kind = {
  elements: [{ ...OPTIONAL, type: 'BOOLEAN' }],
  of: (value) => (typeof value === 'boolean' ? value : undefined),
};

const INTEGER: Kind = {
  elements: [{ ...OPTIONAL, type: 'INT64' }],
  of: (value) => {
    const unscaled = unscaledOf(value, 0);
    return unscaled !== undefined && BigInt.asIntN(64, unscaled) === unscaled ? unscaled : undefined;
  },
};

const DOUBLE: Kind = {
  elements: [{ ...OPTIONAL, type: 'DOUBLE' }],
  of: (value) => (kindOf(value) === 'number' ? value : undefined),
};

/** Of what was worked out, no digit was sent. */
const ROUNDED: Kind = {
  ...DOUBLE,
  of: (value) => (isNumber(value) ? Number(digitsOf(value)) : undefined),
};

/** The most digits that readers of Parquet hold, and those of 64 bits. */
const MOST_DIGITS = 38;
const SHORT_DIGITS = 18;
const WIDE_BYTES = 16;
/** An amount has two decimals, even one that is whole, so that the files of two days have the same type. */
const LEAST_SCALE = 2;

/** The decimals that hold these values; none where some have too many digits, or are none. */
function decimalsFor(values: readonly unknown[]): Kind[] {
  let [scale, whole] = [LEAST_SCALE, 1];
  for (const value of values) {
    if (!isNumber(value)) continue;
    const decimal = decimalOf(digitsOf(value));
    if (decimal === undefined) return [];
    scale = Math.max(scale, decimal.scale);
    whole = Math.max(whole, decimal.digits.length - decimal.scale);
  }
  if (scale + whole > MOST_DIGITS) return [];
  const isShort = scale + whole <= SHORT_DIGITS;
  const precision = isShort ? SHORT_DIGITS : MOST_DIGITS;
  const storage = isShort
    ? ({ type: 'INT64' } as const)
    : ({ type: 'FIXED_LEN_BYTE_ARRAY', type_length: WIDE_BYTES } as const);
  return [
    {
      elements: [
        {
          ...OPTIONAL,
          ...storage,
          converted_type: 'DECIMAL',
          logical_type: { type: 'DECIMAL', precision, scale },
          precision,
          scale,
        },
      ],
      of: (value) => unscaledOf(value, scale),
    },
  ];
}

/** A number times ten to the power of `scale`, where that is whole. */
function unscaledOf(value: unknown, scale: number): bigint | undefined {
  if (!isNumber(value)) return undefined;
  // Beyond these, the digits that were sent are not those of the double.
  if (scale === 0 && Number.isSafeInteger(value)) return BigInt(digitsOf(value));
  const decimal = decimalOf(digitsOf(value));
  // So many zeros are no number of a column.
  if (decimal === undefined || decimal.scale > scale || scale - decimal.scale > MOST_DIGITS) return undefined;
  const unscaled = BigInt(`${decimal.digits || '0'}${'0'.repeat(scale - decimal.scale)}`);
  return decimal.negative ? -unscaled : unscaled;
}

const DAY_MS = 86_400_000;
/** Neither a zone, which would get lost, nor a smaller part than microseconds. */
const TIME = /^\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d(?::\d\d(?:\.\d{1,6}0*)?)?)?$/;

/** Days since 1970. */
const DAY: Kind = {
  elements: [{ ...OPTIONAL, type: 'INT32', converted_type: 'DATE', logical_type: { type: 'DATE' } }],
  of: (value) => {
    const time = typeof value === 'string' && TIME.test(value) ? wallTimeOf(value) : NaN;
    return time % DAY_MS === 0 ? time / DAY_MS : undefined;
  },
};

/** Microseconds since 1970 on the clock of the platform, which names no time zone. */
const MOMENT: Kind = {
  elements: [
    {
      ...OPTIONAL,
      type: 'INT64',
      logical_type: { type: 'TIMESTAMP', isAdjustedToUTC: false, unit: 'MICROS' },
    },
  ],
  of: (value) => {
    const time = typeof value === 'string' && TIME.test(value) ? wallTimeOf(value) : NaN;
    if (Number.isNaN(time)) return undefined;
    const micros = BigInt(fractionOf(value).padEnd(6, '0').slice(0, 6));
    return BigInt(Math.floor(time / 1000)) * 1_000_000n + micros;
  },
};

/** A list of texts; what is nested deeper is JSON. */
const LIST: Kind = {
  elements: [
    { ...OPTIONAL, converted_type: 'LIST', logical_type: { type: 'LIST' }, num_children: 1 },
    { repetition_type: 'REPEATED', num_children: 1 },
    STRING,
  ],
  of: (value) => (Array.isArray(value) ? value.map(elementOf) : undefined),
};

const elementOf = (value: unknown): unknown => {
  if (isNothing(value)) return null;
  return hasMembers(value) ? writeJson(value) : cellText(value);
};
