/**
 * What the language server knows of each connection’s data, and what it is told next: all of it at first and where
 * something is to be forgotten, else what changed. So an answer costs what it brought, however much is known.
 */
import type { KnownField, PlatformData, PlatformDataChange } from '#language';
import type { Connection } from '../connections/connection';
import { nameKey } from '../text/names';
import { writeJson } from '../values/write-json';
import type { KnownNames } from './known-names';

type Of = Pick<Connection, 'name' | 'root'>;

export interface PushPorts {
  readonly set: (of: Of, data: PlatformData) => Promise<void>;
  readonly change: (of: Of, change: PlatformDataChange) => Promise<void>;
  /** What is known by now; undefined where there is no such connection any more. */
  readonly known: (id: string) => (Omit<PlatformData, 'records'> & { readonly of: Of }) | undefined;
  readonly failed: (error: unknown) => void;
}

interface Told {
  readonly of: Of;
  /** All but fields and names: where it is another one, all is told. */
  readonly head: string;
  readonly fields: ReadonlyMap<string, ToldField>;
}

interface ToldField {
  readonly field: KnownField;
  readonly text: string;
}

export class KnownPushes {
  /** By the id of the connection. */
  readonly #told = new Map<string, Told>();
  #telling: Promise<void> = Promise.resolve();

  constructor(
    private readonly names: KnownNames,
    private readonly ports: PushPorts,
  ) {}

  /**
   * Tells what is known of a connection by the time when all pushes before it are out, so that none overtakes another.
   * Settles when the server has it.
   */
  async push(id: string): Promise<void> {
    this.#telling = this.#telling
      .then(async () => this.#tell(id))
      .catch((error: unknown) => {
        // Nobody knows what arrived.
        this.#told.delete(id);
        this.ports.failed(error);
      });
    await this.#telling;
  }

  /** The server knows nothing any more: all is told at the next push. */
  forget(): void {
    this.#told.clear();
  }

  /**
   * To be called when the server is told which connections there are: it forgets what it knew of all others, even if
   * they come back.
   */
  keep(connections: readonly Of[]): void {
    for (const [id, { of }] of this.#told)
      if (!connections.some(({ name, root }) => name === of.name && root === of.root)) this.#told.delete(id);
  }

  /** Settles when all is told. */
  async settled(): Promise<void> {
    await this.#telling;
  }

  async #tell(id: string): Promise<void> {
    const known = this.ports.known(id);
    if (known === undefined) return;
    const { of, fields, ...rest } = known;
    const before = this.#told.get(id);
    const records = this.names.takeChanges(id);
    const next: Told = { of, head: writeJson([of.name, of.root, rest]), fields: toldFields(fields) };
    this.#told.set(id, next);
    if (before?.head !== next.head || records === undefined)
      return this.ports.set(of, { ...rest, fields, records: this.names.all(id) });
    const change: PlatformDataChange = { ...fieldsChanged(before.fields, next.fields), records };
    const isEmpty = change.fields.length === 0 && change.gone.length === 0 && records.length === 0;
    if (!isEmpty) await this.ports.change(of, change);
  }
}

const toldFields = (fields: readonly KnownField[]): Map<string, ToldField> =>
  new Map(
    fields.map((field) => [
      `${nameKey(field.module)}\n${nameKey(field.field)}`,
      { field, text: writeJson(field) },
    ]),
  );

const fieldsChanged = (
  before: Told['fields'],
  now: Told['fields'],
): Pick<PlatformDataChange, 'fields' | 'gone'> => ({
  fields: Array.from(now).flatMap(([key, { field, text }]) =>
    before.get(key)?.text === text ? [] : [field],
  ),
  gone: Array.from(before).flatMap(
    ([
      key,
      {
        field: { module, field },
      },
    ]) => (now.has(key) ? [] : [{ module, field }]),
  ),
});
