/** How values are kept in tables of the engine, so that they come out as they went in. */
import type { FieldType } from '#language';
import { isRare, LongNumbers } from './long-numbers';
import { isDigits } from './protocol';
import type { SqlCell, SqlColumn } from './types';

/**
 * The type that a column is declared with. SQLite reads words in it: `TEXT` keeps texts as texts; `INTEGER` and `REAL` make
 * a text that is compared with the column a number. Dates would become numbers without the word `TEXT`.
 */
const DECLARED: Readonly<Record<FieldType, string>> = {
  string: 'STRING TEXT',
  integer: 'INTEGER',
  decimal: 'DECIMAL REAL',
  boolean: 'BOOLEAN',
  datetime: 'DATETIME TEXT',
  date: 'DATE TEXT',
  time: 'TIME TEXT',
  list: 'LIST TEXT',
  unknown: '',
};
const TYPES: ReadonlyMap<string, FieldType> = new Map(
  // Object.entries knows strings only; the keys are those of the table.
  (Object.entries(DECLARED) as [FieldType, string][]).map(([type, declared]) => [declared, type]),
);
const NUMERIC: ReadonlySet<FieldType> = new Set(['integer', 'decimal', 'boolean']);

/** The declaration of a column behind its name. */
export function declaration({ type, ascii, guessed, real }: Omit<StoredColumn, 'name'>): string {
  // What looks like a text may be a date as well, and what was computed is no amount: a result's column has no type.
  const untyped = real === true ? 'REAL' : guessed && type === 'string' ? 'TEXT' : undefined;
  const declared = untyped ?? DECLARED[type];
  // The engine's own comparison is faster, and right where there are no other letters.
  return ascii && !NUMERIC.has(type) ? `${declared} COLLATE NOCASE` : declared;
}

/** A column as it is stored. */
interface StoredColumn extends SqlColumn {
  /** Nobody knew the type: it is that of the cells. */
  readonly guessed: boolean;
  /** No cell holds a letter beyond ASCII. */
  readonly ascii: boolean;
}

/** The type of a result's column; null where it is computed. */
export const typeOfDeclared = (declared: string | null): FieldType => TYPES.get(declared ?? '') ?? 'unknown';

/** A noncharacter behind a text in a column of numbers that is one whatever SQLite would make of it, such as `007`. */
const MARK = '\ufdd1';
const LONGEST = 2n ** 63n;

/** What is bound for a cell. */
export type Bound = string | number | bigint | null;

/** Whether SQLite would read a text as a number. */
const looksNumeric = (text: string): boolean =>
  /^[ \t\n\v\f\r]*[-+]?(?:\d|\.\d)/.test(text) && !Number.isNaN(Number(text));

/** What is bound so that a column of this type keeps the cell. A `number` that is whole is bound as an integer. */
export function boundOf(cell: SqlCell, type: FieldType, long: LongNumbers): Bound {
  if (cell === null) return null;
  const numeric = NUMERIC.has(type);
  if (typeof cell === 'string') return numeric && looksNumeric(cell) ? cell + MARK : cell;
  if (typeof cell === 'boolean') {
    if (type === 'boolean') return cell ? 1 : 0;
    return String(cell);
  }
  const digits = longDigits(cell, type);
  if (digits !== undefined) return long.numberOf(digits);
  if (isDigits(cell)) return cell.digits;
  return numeric || type === 'unknown' ? cell : String(cell);
}

/** The digits of a cell that a column of this type can't keep as a number. */
function longDigits(cell: Exclude<SqlCell, null>, type: FieldType): string | undefined {
  if (type !== 'unknown' && !NUMERIC.has(type)) return undefined;
  if (isDigits(cell)) return cell.digits;
  if (typeof cell !== 'bigint') return undefined;
  // A double would round it.
  return type === 'decimal' || cell < -LONGEST || cell >= LONGEST ? String(cell) : undefined;
}

/** What stands for the long numbers of a table. */
export function longNumbersIn(
  types: readonly FieldType[],
  chunks: readonly (readonly (readonly SqlCell[])[])[],
): LongNumbers {
  const long = new Set<string>();
  const numbers = new LongNumbers();
  const each = (visit: (cell: Exclude<SqlCell, null>, type: FieldType) => void) => {
    for (const rows of chunks)
      for (const row of rows)
        for (let index = 0; index < types.length; index++) {
          const cell = row[index] ?? null;
          if (cell !== null && typeof cell !== 'string' && typeof cell !== 'boolean')
            visit(cell, types[index] ?? 'unknown');
        }
  };
  each((cell, type) => {
    const digits = longDigits(cell, type);
    if (digits !== undefined) long.add(digits);
  });
  if (long.size === 0) return numbers;
  const taken = new Set<number>();
  each((cell, type) => {
    const number = Number(cell);
    if (longDigits(cell, type) === undefined && isRare(number)) taken.add(number);
  });
  numbers.give(long, taken);
  return numbers;
}

/** The text of a cell of a result. */
export function cellOfText(text: string, type: FieldType): SqlCell {
  // In a column of texts, the marks are the user's.
  if (type !== 'unknown' && !NUMERIC.has(type)) return text;
  return withoutMarks(text);
}

/** A text as users see it. */
export const withoutMarks = (text: string): string => text.replaceAll(MARK, '');

/** The whole number of a result's cell. */
export function cellOfInteger(value: bigint, type: FieldType, long: LongNumbers): SqlCell {
  if (type === 'boolean' && (value === 0n || value === 1n)) return value === 1n;
  const number = Number(value);
  if (Number.isSafeInteger(number)) return number;
  const digits = long.digitsOf(value);
  return digits === undefined ? value : { digits };
}

/** The columns with the types that are known, else those of their cells. */
export function columnsIn(
  columns: readonly SqlColumn[],
  chunks: readonly (readonly (readonly SqlCell[])[])[],
): StoredColumn[] {
  return columns.map(({ name, type: known, real }, index) => {
    let ascii = true;
    let type: FieldType | undefined = real === true ? 'decimal' : undefined;
    for (const rows of chunks)
      for (const row of rows) {
        const cell = row[index] ?? null;

        if (ascii && typeof cell === 'string' && !/^[\0-\x7f]*$/.test(cell)) ascii = false;
        if (known === 'unknown' && cell !== null) type = commonType(type, cell);
      }
    const guessed = known === 'unknown';
    return { name, type: guessed ? (type ?? 'unknown') : known, ...(real && { real }), guessed, ascii };
  });
}

/** The type that holds all cells of a column as they are: `unknown` where they are of several kinds. */
function commonType(before: FieldType | undefined, cell: Exclude<SqlCell, null>): FieldType {
  const type = typeOfCell(cell);
  if (before === undefined || before === type) return type;
  const numbers =
    (before === 'integer' || before === 'decimal') && (type === 'integer' || type === 'decimal');
  return numbers ? 'decimal' : 'unknown';
}

function typeOfCell(cell: Exclude<SqlCell, null>): FieldType {
  if (typeof cell === 'string') return 'string';
  if (typeof cell === 'boolean') return 'boolean';
  if (typeof cell === 'bigint') return 'integer';
  if (typeof cell === 'number') return Number.isInteger(cell) ? 'integer' : 'decimal';
  return /^-?\d+$/.test(cell.digits) ? 'integer' : 'decimal';
}
