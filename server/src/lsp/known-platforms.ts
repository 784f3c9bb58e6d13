/** The platforms that the server knows: from a metadata file, or from the client for each of its connections. */
import {
  Catalog,
  type KnownConnection,
  KnownData,
  parseMetadata,
  type PlatformData,
  type PlatformDataChange,
  Platforms,
} from '#language';
import type { ConnectionDescription } from '#protocol';

/** What the user of a connection knows of a platform. */
interface Knowledge {
  readonly root: string;
  readonly known: KnownData;
}

export class KnownPlatforms {
  /** Without what is known of the platforms’ data. */
  readonly #byRoot = new Map<string, Catalog>();
  /** By the name of the connection. */
  readonly #knowledge = new Map<string, Knowledge>();
  /** The same catalog as long as nothing changes: much hangs on it. By the name of the connection. */
  readonly #catalogs = new Map<string, Catalog>();
  #connections: readonly ConnectionDescription[] | undefined;
  #active: string | undefined;
  #only: Catalog | undefined;

  /** Sets the only platform, from a metadata file. Returns the reason when the text can't be read; then nothing changes. */
  setOnly(text: string | undefined): string | undefined {
    if (text === undefined) {
      this.#only = undefined;
      return undefined;
    }
    const parsed = parseMetadata(text);
    if (!parsed.ok) return parsed.message;
    this.#only = new Catalog(parsed.metadata);
    return undefined;
  }

  /** Sets the client's connections, and the name of the active one. Metadata of any other platform is forgotten. */
  setConnections(connections: readonly ConnectionDescription[], active: string | undefined): void {
    const roots = new Map(connections.map(({ name, root }) => [name, root]));
    const used = new Set(roots.values());
    this.#connections = connections;
    this.#active = active;
    for (const root of this.#byRoot.keys()) if (!used.has(root)) this.#byRoot.delete(root);
    for (const [name, { root }] of this.#knowledge)
      if (roots.get(name) !== root) this.#knowledge.delete(name);
    for (const name of this.#catalogs.keys()) if (!roots.has(name)) this.#catalogs.delete(name);
  }

  /** Sets one platform's metadata. Returns the reason when the text can't be read; then nothing changes. */
  setMetadata(root: string, text: string | null): string | undefined {
    if (text === null) {
      this.#byRoot.delete(root);
      return undefined;
    }
    const parsed = parseMetadata(text);
    if (!parsed.ok) return parsed.message;
    this.#byRoot.set(root, new Catalog(parsed.metadata));
    return undefined;
  }

  /** Sets what is known about one platform's data on a connection; `null` forgets it. */
  setKnownData(connection: string, root: string, data: PlatformData | null): void {
    if (data === null) this.#knowledge.delete(connection);
    else this.#knowledge.set(connection, { root, known: new KnownData(data, connection) });
  }

  /** Changes it. Returns false where nothing is known that could change, such as after a restart. */
  changeKnownData(connection: string, root: string, change: PlatformDataChange): boolean {
    const before = this.#knowledge.get(connection);
    if (before?.root !== root) return false;
    this.#knowledge.set(connection, { root, known: before.known.with(change) });
    return true;
  }

  get catalogs(): Iterable<Catalog> {
    return this.#catalogs.values();
  }

  /** With what the user of this connection knows: that of another connection to the same platform may not. */
  #catalogOn({ name, root }: ConnectionDescription): Catalog | undefined {
    const own = this.#byRoot.get(root);
    const knowledge = this.#knowledge.get(name);
    const known = knowledge?.root === root ? knowledge.known : KnownData.none;
    const made = this.#catalogs.get(name);
    if (made !== undefined && made.metadata === own?.metadata && made.known === known) return made;
    const catalog = known === KnownData.none ? own : own?.withKnown(known);
    if (catalog === undefined) this.#catalogs.delete(name);
    else this.#catalogs.set(name, catalog);
    return catalog;
  }

  /** All of it, in the form that the language takes. */
  platforms(): Platforms {
    if (this.#connections === undefined) return new Platforms(this.#only);
    const connections = this.#connections.map((each): KnownConnection => ({
      name: each.name,
      root: each.root,
      production: each.production,
      catalog: this.#catalogOn(each),
    }));
    return new Platforms(connections.find(({ name }) => name === this.#active)?.catalog, connections);
  }
}
