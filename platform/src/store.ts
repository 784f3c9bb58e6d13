/** The records of one site, in memory, for reading and writing. */
import type { Field, Module } from './catalog';
import { findModule } from './catalog';
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
  #nextID = 1;

  constructor(
    readonly module: Module,
    rows: readonly Row[],
  ) {
    this.#rows = [...rows];
    for (const row of rows) {
      const id = idOf(row);
      this.#byID.set(id.toLowerCase(), row);
      for (const part of id.split('~')) {
        if (/^\d{1,15}$/.test(part)) this.#nextID = Math.max(this.#nextID, Number(part) + 1);
      }
    }
  }

  get rows(): readonly Row[] {
    return this.#rows;
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
    this.#rows.push(made);
    this.#byID.set(id.toLowerCase(), made);
    return id;
  }

  /** Changes only the given members. */
  update(row: Row, given: Row, writer: Writer): void {
    const changed = derive(this.module.name, { ...row, ...given, ...this.#touched(writer) }, row);
    this.#rows[this.#rows.indexOf(row)] = changed;
    this.#byID.set(idOf(row).toLowerCase(), changed);
  }

  remove(row: Row): void {
    this.#rows.splice(this.#rows.indexOf(row), 1);
    this.#byID.delete(idOf(row).toLowerCase());
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

export function idOf(row: Row): string {
  const id = row['ID'];
  return typeof id === 'string' ? id : '';
}

/** The tables of one site, each made on first use. */
export class Store {
  readonly #tables = new Map<string, Table>();

  constructor(readonly world: World) {}

  /** Finds a table by the module's name in any case; undefined when no such module exists. */
  table(name: string): Table | undefined {
    const module = findModule(name);
    if (!module) return undefined;
    let table = this.#tables.get(module.name);
    if (!table) {
      table = new Table(module, this.world.rows(module.name));
      this.#tables.set(module.name, table);
    }
    return table;
  }
}
