/** Metadata of all connections: from the cache file at once, from the platform when it is needed. */
import { type FSWatcher, watch } from 'node:fs';
import { basename } from 'node:path';
import type { Metadata, ParsedMetadata } from '#language';
import type { Connection } from '../connections/connection';
import type { ApiClient } from '../remote/api';
import { type Log, silent } from '../text/log';
import { cachePath, readMetadata, writeMetadata } from './cache-file';
import { fetchMetadata, type FetchMetadataOptions } from './fetch';
import { mergeMetadata } from './merge';

export interface MetadataStoreOptions {
  /** Where the cache files lie. */
  readonly folder: string;
  readonly client: (connection: Connection) => ApiClient;
  /** False for a platform whose address is another one each time: nothing to keep. All when absent. */
  readonly keeps?: (connection: Connection) => boolean;
  readonly log?: Log;
  readonly now?: () => Date;
  /** Called when what is known of a root has changed. */
  readonly changed?: (root: string) => void;
}

export interface Progress {
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, of: number) => void;
}

/** How many modules are fetched before what came is written and handed on. */
const PORTION = 12;
/** In the background so few calls run at the same time: somebody may be working. */
const POLITE = 2;
const OFTEN_ENOUGH_MS = 100;

export class MetadataStore {
  readonly #known = new Map<string, Metadata>();
  /** What stands in each cache file, to notice what other windows write. */
  readonly #written = new Map<string, string>();
  readonly #roots = new Map<string, string>();
  #watcher: FSWatcher | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly options: MetadataStoreOptions) {}

  /** What is known of a root. */
  of(root: string): Metadata | undefined {
    return this.#known.get(root);
  }

  /**
   * Reads a connection's cache file, unless its metadata are known. Undefined when there is no file, or none is kept;
   * a file that can't be read is left alone and reported by `ok: false`. Never throws.
   */
  async read(connection: Connection): Promise<ParsedMetadata | undefined> {
    const { root } = connection;
    if (this.#known.has(root) || !this.#keeps(connection)) return undefined;
    const path = cachePath(this.options.folder, root);
    const read = await readMetadata(path);
    this.#roots.set(basename(path), root);
    this.#watch();
    if (read?.ok === true) this.#learn(root, read.metadata);
    return read;
  }

  /** The list of modules. Throws `ApiError`; problems go to the log. */
  async fetchModules(connection: Connection, signal?: AbortSignal): Promise<void> {
    await this.#fetch(connection, { modules: 'none', ...(signal === undefined ? {} : { signal }) });
  }

  /** Fields of some modules, without asking for the list of modules again where there is one. */
  async fetchFields(connection: Connection, modules: readonly string[], signal?: AbortSignal): Promise<void> {
    await this.#fetch(connection, {
      modules,
      listed: this.#known.has(connection.root),
      ...(signal === undefined ? {} : { signal }),
    });
  }

  /**
   * Fields of all modules that have none yet, a few at a time; what came is kept when it is cancelled or fails.
   * Throws `ApiError` at the first failure that would meet the rest, too.
   */
  async fetchRest(connection: Connection, { signal, onProgress }: Progress = {}): Promise<void> {
    const missing = () =>
      this.#known.get(connection.root)?.modules.filter(({ fields }) => fields === undefined) ?? [];
    const tried = new Set<string>();
    const all = missing().length;
    for (;;) {
      // Somebody may have needed some of them meanwhile; what the platform would not tell is not asked for again.
      const portion = missing()
        .filter(({ name }) => !tried.has(name))
        .slice(0, PORTION)
        .map(({ name }) => name);
      if (portion.length === 0 || signal?.aborted === true) return;
      for (const name of portion) tried.add(name);
      await this.#fetch(connection, {
        modules: portion,
        listed: true,
        concurrency: POLITE,
        ...(signal === undefined ? {} : { signal }),
      });
      onProgress?.(tried.size, all);
    }
  }

  /** All of it anew. Gives what was known before. Throws `ApiError`; what came until then is kept. */
  async refresh(
    connection: Connection,
    { signal, onProgress }: Progress = {},
  ): Promise<Metadata | undefined> {
    const before = this.#known.get(connection.root);
    await this.#fetch(connection, {
      modules: 'all',
      ...(signal === undefined ? {} : { signal }),
      ...(onProgress === undefined ? {} : { onProgress }),
    });
    return before;
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#watcher?.close();
  }

  async #fetch(connection: Connection, fetching: FetchMetadataOptions): Promise<void> {
    const { client, log = silent, now } = this.options;
    const previous = this.#known.get(connection.root);
    const { metadata, problems, stoppedBy } = await fetchMetadata(client(connection), {
      ...fetching,
      ...(previous === undefined ? {} : { previous }),
      ...(now === undefined ? {} : { now }),
    });
    for (const problem of problems) log.info(`Metadata of ${connection.name}: ${problem}`);
    await this.#keep(connection, metadata);
    if (stoppedBy !== undefined) throw stoppedBy;
  }

  /** Keeps what was fetched together with what others fetched meanwhile, here and in other windows. */
  async #keep(connection: Connection, fetched: Metadata): Promise<void> {
    const { root } = connection;
    const here = this.#known.get(root);
    let metadata = here === undefined ? fetched : mergeMetadata(fetched, here);
    if (this.#keeps(connection)) {
      const path = cachePath(this.options.folder, root);
      this.#roots.set(basename(path), root);
      const disk = await readMetadata(path);
      if (disk?.ok === true && disk.metadata.root === root) metadata = mergeMetadata(metadata, disk.metadata);
      this.#learn(root, metadata);
      try {
        // A newer version's file is the newer version's: it stays.
        if (disk?.ok !== false || disk.reason !== 'newer') await writeMetadata(path, metadata);
        this.#watch();
      } catch (error) {
        this.options.log?.error(
          `The metadata can’t be written, so they will be fetched again: ${String(error)}`,
        );
      }
    } else this.#learn(root, metadata);
  }

  #learn(root: string, metadata: Metadata): void {
    const text = JSON.stringify(metadata);
    if (this.#written.get(root) === text) return;
    this.#written.set(root, text);
    this.#known.set(root, metadata);
    this.options.changed?.(root);
  }

  #keeps(connection: Connection): boolean {
    return this.options.keeps?.(connection) ?? true;
  }

  /** Other windows write the same files: what they fetched counts here, too. */
  #watch(): void {
    if (this.#watcher !== undefined) return;
    try {
      this.#watcher = watch(this.options.folder, { persistent: false }, (_event, name) => {
        if (name !== null && !this.#roots.has(name)) return;
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => void this.#reread(), OFTEN_ENOUGH_MS);
      });
      this.#watcher.on('error', () => this.#watcher?.close());
    } catch {
      // No folder yet, or a file system that can't be watched: other windows' work is read at the next start.
    }
  }

  async #reread(): Promise<void> {
    for (const root of this.#roots.values()) {
      const read = await readMetadata(cachePath(this.options.folder, root));
      const here = this.#known.get(root);
      if (read?.ok === true)
        this.#learn(root, here === undefined ? read.metadata : mergeMetadata(here, read.metadata));
    }
  }
}
