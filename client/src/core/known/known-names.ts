/** Names of records by ID, in memory only: by connection, then by module. Bounded; what came longest ago goes first. */
import {
  CatalogModule,
  type KnownRecords,
  type ModuleInfo,
  type NamesChange,
  recordsOf,
  type WireRequest,
} from '#language';
import type { Learning } from '../remote/api';
import { nameKey } from '../text/names';
import { namesIn } from './record-request';

/** Names of so many records are remembered of a module, and of a connection. */
const MOST_OF_MODULE = 5000;
const MOST = 20_000;

type Entries = Iterable<readonly [id: string, name: string]>;

interface Names {
  readonly module: string;
  readonly names: Map<string, string>;
  /** What changed since changes were taken last. */
  readonly fresh: Map<string, string>;
  readonly gone: Set<string>;
}

const NONE: ReadonlyMap<string, string> = new Map();

export class KnownNames {
  readonly #byConnection = new Map<string, Map<string, Names>>();
  /** Connections of which something was forgotten since changes were taken last. */
  readonly #forgotten = new Set<string>();

  /** The names of a module’s records, by ID. */
  of(connection: string, module: string): ReadonlyMap<string, string> {
    return this.#byConnection.get(connection)?.get(nameKey(module))?.names ?? NONE;
  }

  all(connection: string): KnownRecords[] {
    const modules = this.#byConnection.get(connection)?.values() ?? [];
    return Array.from(modules, ({ module, names }) => ({ module, names: [...names] }));
  }

  add(connection: string, module: string, entries: Entries): void {
    const modules = this.#byConnection.get(connection) ?? new Map<string, Names>();
    this.#byConnection.set(connection, modules);
    const known: Names = modules.get(nameKey(module)) ?? {
      ...{ module, names: new Map(), fresh: new Map(), gone: new Set() },
    };
    // The latest stand last.
    modules.delete(nameKey(module));
    modules.set(nameKey(module), known);
    for (const [id, name] of entries) {
      if (known.names.get(id) !== name) known.fresh.set(id, name);
      known.gone.delete(id);
      known.names.delete(id);
      known.names.set(id, name);
    }
    drop(known, known.names.size - MOST_OF_MODULE);
    let over = [...modules.values()].reduce((sum, { names }) => sum + names.size, 0) - MOST;
    for (const each of modules.values()) {
      if (over <= 0) break;
      const { size } = each.names;
      drop(each, over);
      over -= size - each.names.size;
    }
  }

  /** What changed since it was called last; undefined where something was forgotten, so that all is to be told anew. */
  takeChanges(connection: string): NamesChange[] | undefined {
    const modules = [...(this.#byConnection.get(connection)?.values() ?? [])];
    const changes = modules
      .filter(({ fresh, gone }) => fresh.size > 0 || gone.size > 0)
      .map(({ module, fresh, gone }) => ({ module, names: [...fresh], gone: [...gone] }));
    for (const { fresh, gone } of modules) {
      fresh.clear();
      gone.clear();
    }
    return this.#forgotten.delete(connection) ? undefined : changes;
  }

  /** Forgets the names of one connection, or of all. */
  forget(connection?: string): void {
    for (const each of connection === undefined ? [...this.#byConnection.keys()] : [connection]) {
      this.#byConnection.delete(each);
      this.#forgotten.add(each);
    }
  }
}

function drop({ names, fresh, gone }: Names, count: number): void {
  let left = count;
  for (const id of names.keys()) {
    if (left-- <= 0) return;
    names.delete(id);
    fresh.delete(id);
    gone.add(id);
  }
}

/**
 * Gathers the names that the answer to a request brings, and tells them at its end. Undefined where it brings none, or
 * where the metadata don’t tell which field names a record.
 */
export function nameLearning(
  { method, endpoint = 'data' }: Pick<WireRequest, 'method' | 'endpoint'>,
  module: ModuleInfo | undefined,
  tell: (names: Entries) => void,
): Learning | undefined {
  const records = module === undefined ? undefined : recordsOf(new CatalogModule(module));
  if (method !== 'GET' || endpoint !== 'data' || records === undefined || records.labels.length === 0)
    return undefined;
  const found = new Map<string, string>();
  return {
    take: (page) => {
      if (found.size < MOST_OF_MODULE)
        for (const [id, name] of namesIn(page, records.labels)) found.set(id, name);
    },
    end: () => {
      if (found.size > 0) tell(found);
    },
  };
}

/** Both learn of the same answer. */
export const bothLearning = (one: Learning | undefined, other: Learning | undefined): Learning | undefined =>
  one === undefined || other === undefined
    ? (one ?? other)
    : {
        take: (records) => {
          one.take(records);
          other.take(records);
        },
        end: () => {
          one.end();
          other.end();
        },
      };

/** The user’s own label fields, `{"CourseID": "Course.Label"}`; whatever else stands there is said to be wrong by the language. */
export function readNaming(value: unknown): Record<string, string> {
  if (typeof value !== 'object' || value === null) return {};
  return Object.fromEntries(Object.entries(value).map(([field, label]) => [field, String(label)]));
}
