/** The platforms that the server knows: from a metadata file, or from the client for each of its connections. */
import { Catalog, type KnownConnection, parseMetadata, Platforms } from '#language';
import type { ConnectionDescription } from '#protocol';

export class KnownPlatforms {
  readonly #byRoot = new Map<string, Catalog>();
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

  /** Sets the client's connections, and the root of the active one. Metadata of any other platform is forgotten. */
  setConnections(connections: readonly ConnectionDescription[], active: string | undefined): void {
    const roots = new Set(connections.map(({ root }) => root));
    this.#connections = connections;
    this.#active = active;
    for (const root of this.#byRoot.keys()) if (!roots.has(root)) this.#byRoot.delete(root);
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

  /** All of it, in the form that the language takes. */
  platforms(): Platforms {
    if (this.#connections === undefined) return new Platforms(this.#only);
    const connections = this.#connections.map(({ name, root, production }): KnownConnection => ({
      name,
      root,
      production,
      catalog: this.#byRoot.get(root),
    }));
    return new Platforms(
      this.#active === undefined ? undefined : this.#byRoot.get(this.#active),
      connections,
    );
  }
}
