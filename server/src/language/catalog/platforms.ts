/** The catalogs of platforms: that of the active connection, and those of connections that requests may name. */
import { ByName } from '../text/names';
import type { Catalog } from './catalog';

/** A connection as the language sees it: a name for `# @connection`, and its platform's catalog. Never a secret. */
export interface KnownConnection {
  readonly name: string;
  /** The site's root: `https://platform.accessplanit.com/accessplan`. */
  readonly root: string;
  /** Undefined: no metadata has been fetched yet. */
  readonly catalog: Catalog | undefined;
  /** True when writing there changes live records. */
  readonly production?: boolean;
}

/** Immutable. */
export class Platforms {
  #byName: ByName<KnownConnection> | undefined;

  readonly connectionNames: readonly string[];

  static readonly none = new Platforms(undefined);

  /** `connections` is undefined where the language was not told of any (the command line, other editors). */
  constructor(
    readonly active: Catalog | undefined,
    readonly connections?: readonly KnownConnection[],
  ) {
    this.connectionNames = (connections ?? []).map(({ name }) => name);
  }

  /** The connection of that name, in any case. */
  connection(name: string): KnownConnection | undefined {
    this.#byName ??= new ByName(this.connections ?? []);
    return this.#byName.get(name.trim());
  }

  /** The catalog for a request with this `# @connection`; the active one where it has none, or where connections are unknown. */
  catalogFor(connection: string | undefined): Catalog | undefined {
    return connection === undefined || this.connections === undefined
      ? this.active
      : this.connection(connection)?.catalog;
  }
}
