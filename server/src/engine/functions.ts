/** The functions of SQL that are ours: exact sums, rounding, and texts without regard to case for all letters. */
import { withoutMarks } from './cells';
import { ExactSum } from './exact-sum';
import type { LongNumbers } from './long-numbers';
import { rounded } from './round';
import { type Engine, RESULT, VALUE } from './sqlite';
import { compareBytes, compareTexts, isLike } from './text';

/** What functions have to tell about the statement that runs. */
export interface Remarks {
  add(sentence: string): void;
  /** A text that is no number, which a sum left out. */
  leftOut(): void;
}

/** Makes a database compare texts as the API does, and add exactly. */
export function addFunctions(engine: Engine, database: number, remarks: Remarks, long: LongNumbers): void {
  addComparison(engine, database);
  addTexts(engine, database);
  addRound(engine, database);
  for (const kind of ['sum', 'avg', 'total'] as const) addSum(engine, database, kind, remarks, long);
}

/** Every comparison of texts that names no other is made by `BINARY`: see `default-order.ts`. */
function addComparison(engine: Engine, database: number): void {
  const { capi } = engine;
  const compare = (_: number, length: number, at: number, otherLength: number, otherAt: number): number =>
    compareBytes(engine.heap, [at, length], [otherAt, otherLength]) ??
    compareTexts(engine.text(at, length), engine.text(otherAt, otherLength));
  capi.sqlite3_create_collation_v2(database, 'BINARY', capi.SQLITE_UTF8, 0, compare, 0);
}

const DETERMINISTIC = 0x800;
const INNOCUOUS = 0x200000;
const flagsOf = ({ SQLITE_UTF8 }: Engine['capi']) =>
  (SQLITE_UTF8 | DETERMINISTIC | INNOCUOUS) as typeof SQLITE_UTF8;

function addTexts({ capi }: Engine, database: number): void {
  const add = (name: string, count: number, call: (...values: unknown[]) => string | number | null) => {
    const flags = flagsOf(capi);
    capi.sqlite3_create_function_v2(
      database,
      name,
      count,
      flags,
      0,
      (_, ...values) => call(...values),
      0,
      0,
      0,
    );
  };
  const textOr = (value: unknown): string | null =>
    value === null || value === undefined ? null : textOf(value);
  add('lower', 1, (value) => textOr(value)?.toLowerCase() ?? null);
  add('upper', 1, (value) => textOr(value)?.toUpperCase() ?? null);
  const like = (pattern: unknown, value: unknown, escape?: string): number | null => {
    const [wanted, text] = [textOr(pattern), textOr(value)];
    return wanted === null || text === null ? null : Number(isLike(wanted, text, escape));
  };
  add('like', 2, (pattern, value) => like(pattern, value));
  add('like', 3, (pattern, value, escape) => {
    const char = textOr(escape);
    if (char === null) return null;
    if ([...char].length !== 1) throw new Error('ESCAPE expression must be a single character');
    return like(pattern, value, char);
  });
}

/** As SQLite's own, which rounds the binary number, 2.675 to 2.67; of a text, it takes what it begins with. */
function addRound(engine: Engine, database: number): void {
  const { capi, raw } = engine;
  const call = engine.wasm.installFunction('v(pip)', (context: number, count: number, values: number) => {
    const value = engine.pointerAt(values);
    const digits = count > 1 ? engine.pointerAt(values + 4) : undefined;
    const isNull = (each: number) => raw.sqlite3_value_type(each) === VALUE.null;
    if (isNull(value) || (digits !== undefined && isNull(digits))) return capi.sqlite3_result_null(context);
    const places = digits === undefined ? 0 : Number(raw.sqlite3_value_int64(digits));
    capi.sqlite3_result_double(context, rounded(raw.sqlite3_value_double(value), places));
  });
  for (const count of [1, 2])
    capi.sqlite3_create_function_v2(database, 'round', count, flagsOf(capi), 0, call, 0, 0, 0);
}

/** The text that SQL makes of a value. */
function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (value instanceof Uint8Array) return new TextDecoder().decode(value);
  return String(value);
}

/** Adds the number that is the argument of a function; returns false for a text that is none. */
function addValue(engine: Engine, sum: ExactSum, value: number, sign: 1 | -1, long: LongNumbers): boolean {
  const { raw } = engine;
  switch (raw.sqlite3_value_type(value)) {
    case VALUE.integer: {
      const number = raw.sqlite3_value_int64(value);
      const digits = long.digitsOf(number);
      if (digits === undefined) sum.addWhole(number, sign);
      else sum.addDecimal(digits, sign);
      return true;
    }
    case VALUE.float: {
      const number = raw.sqlite3_value_double(value);
      const digits = long.digitsOf(number);
      if (digits === undefined) sum.addNumber(number, sign);
      else sum.addDecimal(digits, sign);
      return true;
    }
    case VALUE.text: {
      const text = withoutMarks(engine.text(raw.sqlite3_value_text(value), raw.sqlite3_value_bytes(value)));
      return sum.addDecimal(text, sign) || text === '';
    }
    default:
      return true;
  }
}

function addSum(
  engine: Engine,
  database: number,
  kind: 'sum' | 'avg' | 'total',
  remarks: Remarks,
  long: LongNumbers,
): void {
  const { capi, raw } = engine;
  /** The sums under way, by where SQLite keeps a place for each. */
  const sums = new Map<number, ExactSum>();
  const change = (sign: 1 | -1) => (context: number, _: number, values: number) => {
    const place = raw.sqlite3_aggregate_context(context, 8);
    if (place === 0) return capi.sqlite3_result_error_nomem(context);
    let sum = sums.get(place);
    if (sum === undefined) sums.set(place, (sum = new ExactSum()));
    const value = engine.pointerAt(values);
    const added = addValue(engine, sum, value, sign, long);
    if (!added && sign === 1) remarks.leftOut();
  };
  const answer = (context: number, sum: ExactSum | undefined) => {
    if (kind === 'total') return capi.sqlite3_result_double(context, sum?.total() ?? 0);
    if (sum === undefined || sum.count === 0) return capi.sqlite3_result_null(context);
    if (kind === 'avg') return capi.sqlite3_result_double(context, sum.average());
    const { value, rounded } = sum.sum();
    if (rounded) remarks.add('A sum() has more digits than a number can hold: it is rounded.');
    if (typeof value === 'bigint') capi.sqlite3_result_int64(context, value);
    else capi.sqlite3_result_double(context, value);
  };
  const finish = (context: number) => {
    // Without a size: where there was no row, there is no place.
    const place = capi.sqlite3_aggregate_context(context, 0);
    answer(context, sums.get(place));
    sums.delete(place);
  };
  const { wasm } = engine;
  const step = wasm.installFunction('v(pip)', change(1));
  const inverse = wasm.installFunction('v(pip)', change(-1));
  const value = wasm.installFunction('v(p)', (context: number) =>
    answer(context, sums.get(capi.sqlite3_aggregate_context(context, 0))),
  );
  const final = wasm.installFunction('v(p)', finish);
  const flags = flagsOf(capi);
  const result = capi.sqlite3_create_window_function(
    database,
    kind,
    1,
    flags,
    0,
    step,
    final,
    value,
    inverse,
    0,
  );
  if (result !== RESULT.ok) throw new Error(`${kind} could not be made: ${result}`);
}
