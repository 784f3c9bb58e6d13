/** All that is known of platforms: the active connection's catalog, and those of connections that requests may name. */
import { nameKey } from '../text/names';
import type { Catalog } from './catalog';

/** A connection as the language sees it: a name for `# @connection`, and what is known of its platform. Never a secret. */
export interface KnownConnection {
  readonly name: string;
  /** The site's root: `https://platform.accessplanit.com/accessplan`. */
  readonly root: string;
  /** Undefined: nothing has been fetched yet. */
  readonly catalog: Catalog | undefined;
  /** Writing there changes live records. */
  readonly production?: boolean;
}

/** Immutable: what is known anew makes a new one. */
export class Platforms {
  static readonly none = new Platforms(undefined);

  /** `connections` is undefined where nobody said which there are (the command line, other editors). */
  constructor(
    readonly active: Catalog | undefined,
    readonly connections?: readonly KnownConnection[],
  ) {}

  /** By name, in any case. */
  connection(name: string): KnownConnection | undefined {
    const wanted = nameKey(name.trim());
    return (
      this.connections?.find((each) => each.name === name.trim()) ??
      this.connections?.find((each) => nameKey(each.name) === wanted)
    );
  }

  /** What is known for a request that asks for this connection; the active one's where it asks for none, or nobody knows which there are. */
  catalogFor(connection: string | undefined): Catalog | undefined {
    return connection === undefined || this.connections === undefined
      ? this.active
      : this.connection(connection)?.catalog;
  }
}
