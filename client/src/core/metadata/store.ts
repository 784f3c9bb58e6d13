/** Metadata of all connections: read from the cache file at once, and fetched from the platform when needed. */
import { type FSWatcher, watch } from 'node:fs';
import { basename } from 'node:path';
import type { Metadata, ParsedMetadata, PlatformFindings } from '#language';
import type { Connection } from '../connections/connection';
import type { ApiClient } from '../remote/api';
import { type Log, silent } from '../text/log';
import { cachePath, readMetadata, writeMetadata } from './cache-file';
import { fetchMetadata, type FetchMetadataOptions } from './fetch';
import { mergeMetadata } from './merge';

export interface MetadataStoreOptions {
  /** The folder of the cache files. */
  readonly folder: string;
  readonly client: (connection: Connection) => ApiClient;
  /** False for a platform whose address changes each time, so that a cache is of no use. By default all are kept. */
  readonly keeps?: (connection: Connection) => boolean;
  readonly log?: Log;
  readonly now?: () => Date;
  /** Called when the metadata of a root has changed. */
  readonly changed?: (root: string) => void;
}

export interface Progress {
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, of: number) => void;
}

/** How many modules are fetched before their fields are written and passed on. */
const MODULES_AT_A_TIME = 12;
/** Calls that run at the same time in the background; few, as users may be working. */
const BACKGROUND_CONCURRENCY = 2;
/** Waits until a burst of file events is over. */
const DEBOUNCE_MS = 100;

export class MetadataStore {
  readonly #known = new Map<string, Metadata>();
  /** The text of each cache file, to notice what other windows write. */
  readonly #written = new Map<string, string>();
  readonly #roots = new Map<string, string>();
  #watcher: FSWatcher | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(private readonly options: MetadataStoreOptions) {}

  /** Returns the metadata of a root, as far as it is known. */
  of(root: string): Metadata | undefined {
    return this.#known.get(root);
  }

  /**
   * Reads a connection's cache file, unless its metadata is known. Returns undefined when there is no file, or none is
   * kept; a file that can't be read is left alone and reported by `ok: false`. Never throws.
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

  /** Fetches the list of modules. Throws `ApiError`; problems go to the log. */
  async fetchModules(connection: Connection, signal?: AbortSignal): Promise<void> {
    await this.#fetch(connection, { modules: 'none', ...(signal === undefined ? {} : { signal }) });
  }

  /** Fetches the fields of some modules, without asking for the list of modules again where there is one. */
  async fetchFields(connection: Connection, modules: readonly string[], signal?: AbortSignal): Promise<void> {
    await this.#fetch(connection, {
      modules,
      listed: this.#known.has(connection.root),
      ...(signal === undefined ? {} : { signal }),
    });
  }

  /**
   * Fetches the fields of all modules that have none yet, a few at a time; fields that have arrived are kept when it is
   * cancelled or fails. Throws `ApiError` at the first failure that would affect the rest as well.
   */
  async fetchRest(connection: Connection, { signal, onProgress }: Progress = {}): Promise<void> {
    const missing = () =>
      this.#known.get(connection.root)?.modules.filter(({ fields }) => fields === undefined) ?? [];
    const tried = new Set<string>();
    const all = missing().length;
    for (;;) {
      // Others may have fetched some of them meanwhile; modules that failed are not asked for again.
      const modules = missing()
        .filter(({ name }) => !tried.has(name))
        .slice(0, MODULES_AT_A_TIME)
        .map(({ name }) => name);
      if (modules.length === 0 || signal?.aborted === true) return;
      for (const name of modules) tried.add(name);
      await this.#fetch(connection, {
        modules,
        listed: true,
        concurrency: BACKGROUND_CONCURRENCY,
        ...(signal === undefined ? {} : { signal }),
      });
      onProgress?.(tried.size, all);
    }
  }

  /** Fetches everything again. Returns what was known before. Throws `ApiError`; what arrived until then is kept. */
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

  /** Keeps the outcome of a check of the platform with its metadata. The list of modules must have been fetched. */
  async keepFindings(connection: Connection, platform: PlatformFindings): Promise<void> {
    const known = this.#known.get(connection.root);
    if (known === undefined) throw new Error('There are no metadata to keep the findings with.');
    await this.#keep(connection, { ...known, platform });
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

  /** Keeps what was learned together with what others learned meanwhile, here and in other windows. */
  async #keep(connection: Connection, learned: Metadata): Promise<void> {
    const { root } = connection;
    const here = this.#known.get(root);
    let metadata = here === undefined ? learned : mergeMetadata(learned, here);
    if (this.#keeps(connection)) {
      const path = cachePath(this.options.folder, root);
      this.#roots.set(basename(path), root);
      const disk = await readMetadata(path);
      if (disk?.ok === true && disk.metadata.root === root) metadata = mergeMetadata(metadata, disk.metadata);
      this.#learn(root, metadata);
      try {
        // A file that a newer version of APQ wrote is left alone.
        if (disk?.ok !== false || disk.reason !== 'newer') await writeMetadata(path, metadata);
        this.#watch();
      } catch (error) {
        this.options.log?.error(
          `The metadata can’t be written, so it will be fetched again: ${String(error)}`,
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

  /** Other windows write the same files: this one uses what they fetched. */
  #watch(): void {
    if (this.#watcher !== undefined) return;
    try {
      this.#watcher = watch(this.options.folder, { persistent: false }, (_event, name) => {
        if (name !== null && !this.#roots.has(name)) return;
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => void this.#reread(), DEBOUNCE_MS);
      });
      this.#watcher.on('error', () => this.#watcher?.close());
    } catch {
      // No folder yet, or a file system that can't be watched: what other windows fetch is read at the next start.
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
