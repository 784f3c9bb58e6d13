/** The records of one site, in memory, for reading and writing. */
import type { Field, Module } from './catalog';
import { findModule } from './catalog';
import type { Predicate } from './comparison';
import type { Changes, Journal } from './journal';
import type { SiteName } from './records';
import type { World } from './records/world';
import type { Row, Value } from './values';
import { iso } from './values';

/** Who writes, and when; stored in members of the record. */
export interface Writer {
  readonly userID: string;
  readonly name: string;
  readonly now: number;
}

/** Returns what a member without a value holds: [] or '' in some fields (O), 0 in counts, else null. */
function absent(field: Field): Value {
  if (field.kind === 'list') return [];
  if (field.variant) return '';
  return field.name.endsWith('Count') ? 0 : null;
}

const join = (row: Row, separator: string, ...names: readonly string[]): string =>
  names
    .map((name) => row[name])
    .filter((value) => typeof value === 'string' && value !== '')
    .join(separator);

const amount = (value: Value | undefined): number => (typeof value === 'number' ? value : 0);

/** Returns the members that the platform computes itself (A: which they are). */
function derive(module: string, row: Row, before: Row | undefined): Row {
  switch (module) {
    case 'User':
      return {
        ...row,
        Fullname: join(row, ' ', 'Forenames', 'Surname'),
        FullAddress: join(row, ', ', 'Address', 'Town', 'County', 'Postcode'),
        HasEmail: typeof row['Email'] === 'string' && row['Email'] !== '',
      };
    case 'Venue':
      return { ...row, FullAddress: join(row, ', ', 'Address', 'Town', 'County', 'Postcode') };
    case 'CourseDate': {
      const booked = amount(before?.['Places']) - amount(before?.['SpacesLeft']);
      return { ...row, SpacesLeft: Math.max(0, amount(row['Places']) - booked) };
    }
    case 'Invoice':
      if (before && before['Amount'] === row['Amount'] && before['AmountPaid'] === row['AmountPaid'])
        return row;
      return {
        ...row,
        Outstanding: Math.round((amount(row['Amount']) - amount(row['AmountPaid'])) * 100) / 100,
      };
    default:
      return row;
  }
}

/** The records of one module. */
export class Table {
  readonly #rows: Row[];
  readonly #byID = new Map<string, Row>();
  /** By the text of fields that were asked for, in lower case. */
  readonly #byText = new Map<string, Map<string, Set<Row>>>();
  #nextID = 1;

  /** `keep` is told of each record that is written, and of the ID of one that is removed. */
  constructor(
    readonly module: Module,
    rows: readonly Row[],
    changes: Changes,
    readonly keep: (id: string, row: Row | null) => void,
  ) {
    this.#rows = withChanges(rows, changes);
    // The IDs of removed records count as well: none is given out again.
    for (const id of [...this.#rows.map(idOf), ...changes.keys()]) {
      for (const part of id.split('~')) {
        if (/^\d{1,15}$/.test(part)) this.#nextID = Math.max(this.#nextID, Number(part) + 1);
      }
    }
    for (const row of this.#rows) this.#byID.set(idOf(row).toLowerCase(), row);
  }

  get rows(): readonly Row[] {
    return this.#rows;
  }

  /** The records that meet a predicate, in their order. */
  find(predicate: Predicate): readonly Row[] {
    const { texts } = predicate;
    if (!texts) return this.#rows.filter(predicate);
    const found = new Set<Row>();
    for (const { field, text } of texts) {
      for (const row of this.#rowsBy(field).get(text) ?? []) if (predicate(row)) found.add(row);
    }
    return found.size < 2 ? [...found] : this.#rows.filter((row) => found.has(row));
  }

  #rowsBy(field: string): Map<string, Set<Row>> {
    let rows = this.#byText.get(field);
    if (!rows) {
      rows = new Map();
      this.#byText.set(field, rows);
      for (const row of this.#rows) note(rows, field, row);
    }
    return rows;
  }

  /** Keeps what is known by text; undefined: there was, or is, no such record. */
  #replace(before: Row | undefined, after: Row | undefined): void {
    for (const [field, rows] of this.#byText) {
      if (before) rows.get(textOf(before, field) ?? '')?.delete(before);
      if (after) note(rows, field, after);
    }
  }

  /** Finds a record by its ID in any case, as text is compared everywhere. */
  get(id: string): Row | undefined {
    return this.#byID.get(id.toLowerCase());
  }

  /** Adds a record and returns its ID. */
  insert(given: Row, writer: Writer): string {
    const number = String(this.#nextID++);
    const composite =
      /^UserCourseDate/.test(this.module.name) && this.#rows[0]?.['ID']?.toString().includes('~');
    const id = composite ? `${number}~${number}` : number;
    const row: Record<string, Value> = {};
    for (const field of this.module.fields) row[field.name] = absent(field);
    const created = { ID: id, DateCreated: iso(writer.now), CreatedByID: writer.userID };
    Object.assign(row, given, this.#known({ ...created, CreatedByName: writer.name }), this.#touched(writer));
    const made = derive(this.module.name, row, undefined);
    this.keep(id, made);
    this.#rows.push(made);
    this.#byID.set(id.toLowerCase(), made);
    this.#replace(undefined, made);
    return id;
  }

  /** Changes only the given members. */
  update(row: Row, given: Row, writer: Writer): void {
    const changed = derive(this.module.name, { ...row, ...given, ...this.#touched(writer) }, row);
    this.keep(idOf(row), changed);
    this.#rows[this.#rows.indexOf(row)] = changed;
    this.#byID.set(idOf(row).toLowerCase(), changed);
    this.#replace(row, changed);
  }

  remove(row: Row): void {
    this.keep(idOf(row), null);
    this.#rows.splice(this.#rows.indexOf(row), 1);
    this.#byID.delete(idOf(row).toLowerCase());
    this.#replace(row, undefined);
  }

  /** Simulates other users: removes records from the front, then adds new ones there, so that later pages move. */
  churn(insert: number, remove: number, writer: Writer): void {
    for (const row of this.#rows.slice(0, remove)) this.remove(row);
    for (let count = 0; count < insert; count++) {
      this.insert({}, writer);
      const made = this.#rows.pop();
      if (made) this.#rows.unshift(made);
    }
  }

  #touched(writer: Writer): Row {
    return this.#known({
      DateUpdated: iso(writer.now),
      UpdatedByID: writer.userID,
      UpdatedByName: writer.name,
      LastUpdatedBy: writer.name,
    });
  }

  /** Returns only the members that this module has. */
  #known(row: Row): Row {
    return Object.fromEntries(Object.entries(row).filter(([name]) => this.module.field(name)));
  }
}

function textOf(row: Row, field: string): string | undefined {
  const value = row[field];
  return typeof value === 'string' ? value.toLowerCase() : undefined;
}

function note(rows: Map<string, Set<Row>>, field: string, row: Row): void {
  const text = textOf(row, field);
  if (text === undefined) return;
  const same = rows.get(text);
  if (same) same.add(row);
  else rows.set(text, new Set([row]));
}

export function idOf(row: Row): string {
  const id = row['ID'];
  return typeof id === 'string' ? id : '';
}

/** Returns the records as they were left: changed ones in their place, new ones at the end. */
function withChanges(rows: readonly Row[], changes: Changes): Row[] {
  if (changes.size === 0) return [...rows];
  const known = new Set(rows.map(idOf));
  const left = rows.map((row) => changes.get(idOf(row)) ?? (changes.has(idOf(row)) ? null : row));
  const added = [...changes].map(([id, row]) => (known.has(id) ? null : row));
  return [...left, ...added].filter((row) => row !== null);
}

/** The tables of one site, each made on first use. */
export class Store {
  readonly #tables = new Map<string, Table>();

  constructor(
    readonly site: SiteName,
    readonly world: World,
    readonly journal: Journal,
  ) {}

  /** Finds a table by the module's name in any case; undefined when no such module exists. */
  table(name: string): Table | undefined {
    const module = findModule(name);
    if (!module) return undefined;
    let table = this.#tables.get(module.name);
    if (!table) {
      const { site, journal } = this;
      table = new Table(module, this.world.rows(module.name), journal.changes(site, module.name), (id, row) =>
        journal.add(site, module.name, id, row),
      );
      this.#tables.set(module.name, table);
    }
    return table;
  }
}
