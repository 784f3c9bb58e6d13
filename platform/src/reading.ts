/**
 * GET of a module: parameters and rows in, the body of the answer out.
 *
 *     {"results":[{…}, …]}                                             (O)
 *     {"results":[…],"pageIndex":0,"pageTotal":50,"total":1234}        ($count=true; D, the three names A)
 *
 * Quirks turn assumptions round.
 */
import type { Field, Module } from './catalog';
import { compareText, type Predicate } from './comparison';
import { compileFilter } from './filter';
import { badRequest } from './problem';
import type { Quirks } from './quirks';
import type { Table } from './store';
import { idOf } from './store';
import type { Row, Value } from './values';
import { isAbsent } from './values';

/** Records on a page without $top (D). */
const PAGE = 50;
/** The most that $top may ask for (A: the guide advises against more than 50 but names no limit). */
const MAX_TOP = 1000;
/** The same with the quirk `top-refused`. */
const SMALL_MAX_TOP = 100;

interface Order {
  readonly field: Field;
  readonly descending: boolean;
}

interface Query {
  readonly select: readonly Field[];
  readonly filter: Predicate | undefined;
  readonly orderby: readonly Order[];
  /** The most records of an answer; infinite for all. */
  readonly top: number;
  readonly skip: number;
  readonly count: boolean;
}

const parts = (list: string): string[] => list.split(',').map((part) => part.replace(/^[ \t]+|[ \t]+$/g, ''));

/**
 * Returns fields in the order given (D); a repeated field appears once, as an object can't hold it twice, and an
 * unknown name is ignored (O). Where none is known, the answer is as without $select (A).
 */
function readSelect(text: string | undefined, module: Module, quirks: Quirks): readonly Field[] {
  if (text === undefined) return module.preset;
  const names = parts(text);
  if (names.includes('')) throw badRequest("A field's name is missing in $select.");
  const unknown = names.find((name) => module.field(name) === undefined);
  if (unknown !== undefined && quirks.has('unknown-select')) {
    throw badRequest(`${module.name} has no field '${unknown}' ($select).`);
  }
  const known = names.map((name) => module.field(name)).filter((field) => field !== undefined);
  return known.length === 0 ? module.preset : [...new Set(known)];
}

/** `field`, `field asc` or `field desc`, comma separated (D); keywords in any case (A). */
function readOrder(text: string | undefined, module: Module, quirks: Quirks): readonly Order[] {
  if (text === undefined) return [];
  return parts(text).map((part) => {
    const [name = '', direction = 'asc', ...more] = part.split(/[ \t]+/);
    if (name === '') throw badRequest("A field's name is missing in $orderby.");
    const field = module.field(name);
    if (!field) throw badRequest(`${module.name} has no field '${name}' ($orderby).`);
    if (!field.sortable) throw badRequest(`The field ${field.name} cannot be sorted.`);
    const lower = quirks.has('lower-keywords') ? direction : direction.toLowerCase();
    if ((lower !== 'asc' && lower !== 'desc') || more.length > 0) {
      throw badRequest(
        `'${[direction, ...more].join(' ')}' is not a direction in $orderby; write asc or desc.`,
      );
    }
    return { field, descending: lower === 'desc' };
  });
}

function readTop(text: string | undefined, quirks: Quirks): number {
  if (text === undefined) return PAGE;
  if (text === '-1' && quirks.has('top-all')) return Infinity;
  if (text === '-1' && quirks.has('no-top-all')) return PAGE;
  if (!/^\d{1,9}$/.test(text) || Number(text) < 1) {
    throw badRequest(`$top takes a number of records from 1, not '${text}'.`);
  }
  const top = Number(text);
  const most = quirks.has('top-refused') ? SMALL_MAX_TOP : MAX_TOP;
  if (top > most) throw badRequest(`$top is at most ${most} records; ${text} are too many.`);
  return quirks.has('top-20') ? Math.min(top, 20) : top;
}

function readSkip(text: string | undefined, quirks: Quirks): number {
  if (text === undefined) return 0;
  if (!/^\d{1,9}$/.test(text)) {
    const counted = quirks.has('skip-records') ? 'number of records' : 'page number';
    throw badRequest(`$skip takes a ${counted} from 0, not '${text}'.`);
  }
  return Number(text);
}

function readCount(text: string | undefined): boolean {
  if (text === undefined || text === 'false') return false;
  if (text === 'true') return true;
  throw badRequest(`$count takes true or false, not '${text}'.`);
}

function readQuery(parameters: ReadonlyMap<string, string>, module: Module, quirks: Quirks): Query {
  const filter = parameters.get('$filter');
  return {
    select: readSelect(parameters.get('$select'), module, quirks),
    filter: filter === undefined ? undefined : compileFilter(filter, module, quirks),
    orderby: readOrder(parameters.get('$orderby'), module, quirks),
    top: readTop(parameters.get('$top'), quirks),
    skip: readSkip(parameters.get('$skip'), quirks),
    count: readCount(parameters.get('$count')),
  };
}

/**
 * Returns the rank of each distinct value of a field: they are few, and comparing texts is slow.
 * Absent values come first in ascending order, as in SQL Server (A).
 */
function ranks(rows: readonly Row[], name: string): ReadonlyMap<Value | undefined, number> {
  const distinct = [...new Set(rows.map((row) => row[name]))].filter((value) => !isAbsent(value));
  const compare = (a: Value | undefined, b: Value | undefined): number =>
    typeof a === 'number' && typeof b === 'number' ? a - b : compareText(String(a), String(b));
  let rank = 0;
  let last: Value | undefined;
  const places = new Map<Value | undefined, number>();
  for (const value of distinct.sort(compare)) {
    // Texts that differ only in case share a rank.
    if (rank === 0 || compare(last, value) !== 0) rank++;
    places.set(value, rank);
    last = value;
  }
  return places;
}

/** The ID is the last criterion, so that pages neither repeat nor lose a record (A). */
function sort(rows: readonly Row[], orderby: readonly Order[]): readonly Row[] {
  if (orderby.length === 0) return rows;
  const keys = orderby.map(({ field, descending }) => {
    const places = ranks(rows, field.name);
    return rows.map((row) => (places.get(row[field.name]) ?? 0) * (descending ? -1 : 1));
  });
  const ids = rows.map(idOf);
  const indexes = rows.map((_, index) => index);
  indexes.sort((a, b) => {
    for (const key of keys) {
      const difference = (key[a] ?? 0) - (key[b] ?? 0);
      if (difference !== 0) return difference;
    }
    const [idA = '', idB = ''] = [ids[a], ids[b]];
    return idA < idB ? -1 : idA > idB ? 1 : 0;
  });
  const sorted: Row[] = [];
  for (const index of indexes) {
    const row = rows[index];
    if (row) sorted.push(row);
  }
  return sorted;
}

const project = (row: Row, fields: readonly Field[]): Row =>
  Object.fromEntries(fields.map(({ name }) => [name, row[name] ?? null]));

export function read(table: Table, parameters: ReadonlyMap<string, string>, quirks: Quirks): unknown {
  const { select, filter, orderby, top, skip, count } = readQuery(parameters, table.module, quirks);
  const found = filter ? table.find(filter) : table.rows;
  // $skip is a page number, not a number of records (D); all records are one page.
  const size = Math.min(top, Math.max(1, found.length));
  const first = quirks.has('skip-records') ? skip : skip * size;
  const shown = sort(found, orderby).slice(first, first + size);
  const results = shown.map((row) => project(row, select));
  if (!count) return { results };
  const pageIndex = quirks.has('skip-records') ? Math.floor(skip / size) : skip;
  const [pageTotal, total] = [results.length, found.length];
  return quirks.has('count-names')
    ? { results, thisPage: pageIndex, recordsHere: pageTotal, recordsFound: total }
    : { results, pageIndex, pageTotal, total };
}
