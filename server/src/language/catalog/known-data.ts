/** What was learnt about a platform's data from answers: values that repeat, and the names of records. Never stored here. */
import { nameKey } from '../text/names';

/** A value, in the spelling of the API, and in how many of the records it came. */
export interface KnownValue {
  readonly value: string;
  readonly count: number;
}

/** The values of one field, the most frequent first. */
export interface KnownField {
  readonly module: string;
  readonly field: string;
  readonly values: readonly KnownValue[];
  /** In how many records they were counted. */
  readonly records: number;
  /** A condition decided which records those were: how often a value came says nothing of the others. */
  readonly part?: boolean;
  /** When the last of them came, ISO 8601. */
  readonly learntAt: string;
}

/** Names of records of one module, by ID. */
export interface KnownRecords {
  readonly module: string;
  readonly names: readonly (readonly [id: string, name: string])[];
}

/** What is known of one platform, for the user of one connection to it. */
export interface PlatformData {
  readonly fields: readonly KnownField[];
  readonly records: readonly KnownRecords[];
  /** The modules whose records can be found by a part of their name, as the user set it: `CourseID` → `Course.Label`. */
  readonly naming: Readonly<Record<string, string>>;
  /** False where the user has switched learning off: then nothing is offered to be looked up, either. */
  readonly learns: boolean;
}

/** What changed in the names of a module’s records: those that are new or different, and the IDs of those that are forgotten. */
export interface NamesChange extends KnownRecords {
  readonly gone: readonly string[];
}

/** What changed since the data before: nothing of what stayed the same. */
export interface PlatformDataChange {
  /** Fields as they are now. */
  readonly fields: readonly KnownField[];
  /** Fields of which nothing is known any more. */
  readonly gone: readonly Pick<KnownField, 'module' | 'field'>[];
  readonly records: readonly NamesChange[];
}

/** The same by name, in any case. Immutable. */
export class KnownData {
  #fields: ReadonlyMap<string, KnownField>;
  #records: ReadonlyMap<string, ReadonlyMap<string, string>>;
  #naming: ReadonlyMap<string, string>;
  readonly learns: boolean;

  /** Nothing is known, and nobody learns: the command line, other editors. */
  static readonly none = new KnownData({ fields: [], records: [], naming: {}, learns: false });

  /** `connection`: the name of that whose user may know it. Undefined: no connection’s. */
  constructor(
    { fields, records, naming, learns }: PlatformData,
    readonly connection?: string,
  ) {
    this.#fields = new Map(fields.map((each) => [keyOf(each.module, each.field), each]));
    this.#records = new Map(records.map(({ module, names }) => [nameKey(module), new Map(names)]));
    this.#naming = new Map(Object.entries(naming).map(([field, label]) => [nameKey(field), label]));
    this.learns = learns;
  }

  /** False where nobody said what is known: the command line, other editors, a client that has not begun. */
  get isTold(): boolean {
    return this !== KnownData.none;
  }

  /** What is known after a change. */
  with({ fields, gone, records }: PlatformDataChange): KnownData {
    const { learns, connection } = this;
    const next = new KnownData({ fields: [], records: [], naming: {}, learns }, connection);
    const ofFields = new Map(this.#fields);
    for (const { module, field } of gone) ofFields.delete(keyOf(module, field));
    for (const each of fields) ofFields.set(keyOf(each.module, each.field), each);
    const ofRecords = new Map(this.#records);
    for (const change of records) {
      const names = new Map(ofRecords.get(nameKey(change.module)));
      for (const id of change.gone) names.delete(id);
      for (const [id, name] of change.names) names.set(id, name);
      ofRecords.set(nameKey(change.module), names);
    }
    [next.#fields, next.#records, next.#naming] = [ofFields, ofRecords, this.#naming];
    return next;
  }

  /** The values of a field, as far as they were learnt. */
  field(module: string, field: string): KnownField | undefined {
    return this.#fields.get(keyOf(module, field));
  }

  /** The name of a record. */
  nameOf(module: string, id: string): string | undefined {
    return this.#records.get(nameKey(module))?.get(id);
  }

  /** Names by ID of all records of a module that are known. */
  recordsOf(module: string): ReadonlyMap<string, string> {
    return this.#records.get(nameKey(module)) ?? new Map<string, string>();
  }

  /** True where no record's name is known. */
  get namesNothing(): boolean {
    return this.#records.size === 0;
  }

  /** The fields for which the user set where their records' names stand. */
  get namedFields(): Iterable<string> {
    return this.#naming.keys();
  }

  /** What the user set for a field that holds IDs: `Course.Label`. */
  namingOf(field: string): string | undefined {
    return this.#naming.get(nameKey(field));
  }
}

/** No name holds a line break. */
const keyOf = (module: string, field: string): string => `${nameKey(module)}\n${nameKey(field)}`;
