/** Metadata in the editor: loaded, fetched and refreshed at the right moment, and passed to the language server. */
import * as vscode from 'vscode';
import { languageHere } from '#core/client';
import type { Connection } from '#core/connections/connection';
import { MetadataStore } from '#core/metadata/store';
import { isCancelled } from '#core/remote/api-error';
import type { LanguageService, Metadata, PlatformFindings } from '#language';
import type { MetadataWantedParams } from '#protocol';
import type { Connections } from '../connections/connections';
import type { SamplePlatform } from '../sample/sample-platform';
import { showError } from '../workbench/errors';
import type { LanguageServer } from '../workbench/language-server';
import { showInformation, showWarning } from '../workbench/messages';
import type { Output } from '../workbench/output';
import { inNotification, inStatusBar, type Task } from '../workbench/progress';
import { setting } from '../workbench/settings';
import type { TextPages } from '../workbench/text-pages';
import { DriftReports } from './drift-reports';

/** Requests that arrive within this time are fetched together. */
const GATHER_MS = 150;
/** Metadata younger than this is not fetched again. */
const YOUNG_MS = 60 * 60_000;
const DAY_MS = 24 * 60 * 60_000;

export interface EditorMetadataParts {
  readonly connections: Connections;
  readonly server: LanguageServer;
  readonly output: Output;
  readonly pages: TextPages;
  readonly sample: SamplePlatform;
}

export class EditorMetadata implements vscode.Disposable {
  readonly #store: MetadataStore;
  readonly #subscriptions: vscode.Disposable[];
  readonly #changed = new vscode.EventEmitter<string>();
  /** Fires with the root of a platform whose metadata changed. */
  readonly onDidChange = this.#changed.event;
  readonly #wanted = new Map<string, MetadataWantedParams>();
  readonly #busy = new Map<string, AbortController>();
  readonly #reports: DriftReports;
  #gathering: NodeJS.Timeout | undefined;
  /** By root. */
  readonly #languages = new Map<
    string,
    { readonly metadata: Metadata | undefined; readonly service: LanguageService }
  >();

  constructor(
    folder: string,
    private readonly parts: EditorMetadataParts,
  ) {
    const { connections, server, output, pages } = parts;
    this.#reports = new DriftReports(pages);
    this.#store = new MetadataStore({
      folder,
      client: (connection) => connections.client(connection),
      keeps: (connection) => !connections.isSample(connection),
      log: output,
      changed: (root) => void this.#push(root),
    });
    connections.useTraits((root) => this.#store.of(root)?.platform?.traits);
    this.#subscriptions = [
      connections.onDidChange(() => void this.load()),
      server.onMetadataWanted((wanted) => this.#want(wanted)),
      this.#changed,
      { dispose: () => this.#store.dispose() },
    ];
  }

  /** Returns the loaded metadata of a connection's platform. */
  of(connection: Connection): Metadata | undefined {
    return this.#store.of(connection.root);
  }

  /** Returns the metadata in memory or in the cache; never asks the platform. */
  async cached(connection: Connection): Promise<Metadata | undefined> {
    await this.#read(connection);
    return this.of(connection);
  }

  /** Returns the language with the known metadata of a connection's platform; never asks the platform. */
  async language(connection: Connection): Promise<LanguageService> {
    const metadata = await this.cached(connection);
    const known = this.#languages.get(connection.root);
    if (known !== undefined && known.metadata === metadata) return known.service;
    const service = languageHere();
    service.setMetadata(metadata);
    this.#languages.set(connection.root, { metadata, service });
    return service;
  }

  /** Passes the known metadata to the server; fetches it where it is missing or old. */
  async load(): Promise<void> {
    const { active, all } = this.parts.connections;
    await this.parts.server.setConnections({
      active: active?.name ?? null,
      connections: all.map((each) => ({
        name: each.name,
        root: each.root,
        production: this.parts.connections.isProduction(each),
      })),
    });
    for (const { root } of all) if (this.#store.of(root) !== undefined) await this.#push(root);
    if (active === undefined) return;
    await this.#read(active);
    // The sample platform of an earlier window has ended; it is started again when it is needed.
    if (this.parts.connections.isSample(active) && !this.parts.sample.running) return;
    const known = this.of(active);
    if (known === undefined) await this.#fetchAtFirst(active);
    else if (this.#isOld(known)) await this.#refreshQuietly(active);
    else await this.#fetchRest(active);
  }

  /** *Refresh Metadata*: fetches all of it again, with progress and a report of what changed. */
  async refresh(connection: Connection | undefined = this.parts.connections.active): Promise<void> {
    if (connection === undefined) return;
    this.#busy.get(connection.root)?.abort();
    await inNotification(
      `APQ: fetching metadata of ${connection.name}`,
      async ({ signal, report }) => {
        try {
          const before = await this.#store.refresh(connection, {
            signal,
            onProgress: (done, of) => report(`${done} of ${of} modules`, (done / Math.max(of, 1)) * 100),
          });
          await this.#compare(connection, before, true);
        } catch (error) {
          if (!isCancelled(error))
            showError(error, this.parts.output, () => void this.refresh(connection), connection);
        }
      },
      { cancellable: true },
    );
  }

  /** Fetches the fields of one module, for the view of connections and new queries. Throws `ApiError`. */
  async fields(connection: Connection, module: string, signal?: AbortSignal): Promise<void> {
    await this.#store.fetchFields(connection, [module], signal);
  }

  /** Reads the cache, or else fetches the list of modules, for the view of connections. Throws `ApiError`. */
  async modules(connection: Connection): Promise<void> {
    await this.#read(connection);
    if (this.of(connection) === undefined) await this.#store.fetchModules(connection);
  }

  /** Keeps what a check found out about the platform; the list of its modules must be known. */
  async keepFindings(connection: Connection, platform: PlatformFindings): Promise<void> {
    await this.#store.keepFindings(connection, platform);
  }

  async #read(connection: Connection): Promise<void> {
    const read = await this.#store.read(connection);
    // An unreadable cache file stays until the user refreshes.
    if (read?.ok === false)
      void showWarning(read.message, 'Refresh Metadata').then((choice) =>
        choice === undefined ? undefined : this.refresh(connection),
      );
  }

  async #fetchAtFirst(connection: Connection): Promise<void> {
    try {
      // Names first: they arrive at once, and the open files' modules are asked for next.
      await inStatusBar(`APQ: fetching the modules of ${connection.name}`, async () =>
        this.#store.fetchModules(connection),
      );
      await this.#fetchRest(connection);
    } catch (error) {
      showError(error, this.parts.output, () => void this.load(), connection);
    }
  }

  /** Fetches the rest in the background; what a file needs does not wait for it. */
  async #fetchRest(connection: Connection): Promise<void> {
    const missing = this.of(connection)?.modules.some(({ fields }) => fields === undefined) ?? false;
    if (!missing || !setting('metadata.fetchInBackground')) return;
    await this.#inBackground(connection, 'fetching the fields', async (signal, report) =>
      this.#store.fetchRest(connection, {
        signal,
        onProgress: (done, of) => report(`${done} of ${of} modules`),
      }),
    );
  }

  #isOld({ fetchedAt }: Metadata): boolean {
    const days = setting('metadata.refreshAfterDays');
    return days > 0 && Date.now() - Date.parse(fetchedAt) > days * DAY_MS;
  }

  /** Stays silent without the network, since the known metadata still serves. */
  async #refreshQuietly(connection: Connection): Promise<void> {
    await this.#inBackground(connection, 'refreshing the metadata', async (signal) => {
      const before = await this.#store.refresh(connection, { signal });
      await this.#compare(connection, before, false);
    });
  }

  /** Runs one task for a platform at a time. Nothing waits for it, so a failure is only logged; the next start tries again. */
  async #inBackground(
    { name, root }: Connection,
    what: string,
    work: (signal: AbortSignal, report: Task['report']) => Promise<void>,
  ): Promise<void> {
    if (this.#busy.has(root)) return;
    const abort = new AbortController();
    this.#busy.set(root, abort);
    try {
      await inStatusBar(`APQ: ${what} of ${name}`, async ({ report }) => work(abort.signal, report));
    } catch (error) {
      if (!isCancelled(error)) this.parts.output.error(`Metadata of ${name}: ${String(error)}`);
    } finally {
      this.#busy.delete(root);
    }
  }

  async #compare(connection: Connection, before: Metadata | undefined, asked: boolean): Promise<void> {
    const after = this.of(connection);
    if (after === undefined) return;
    if (before === undefined) {
      // There is nothing to compare with, but a user who asked is told.
      if (asked)
        void showInformation(
          `The metadata of ${connection.name} was fetched: ${after.modules.length} modules.`,
        );
      return;
    }
    await this.#reports.show(connection.name, before, after, asked);
  }

  #want(wanted: MetadataWantedParams): void {
    this.#wanted.set(`${wanted.root} ${wanted.module ?? ''}`, wanted);
    clearTimeout(this.#gathering);
    this.#gathering = setTimeout(() => {
      const all = [...this.#wanted.values()];
      this.#wanted.clear();
      for (const root of new Set(all.map((each) => each.root)))
        void this.#fetchWanted(
          root,
          all.filter((each) => each.root === root),
        );
    }, GATHER_MS);
  }

  async #fetchWanted(root: string, wanted: readonly MetadataWantedParams[]): Promise<void> {
    // Of several connections to a site, use the active one: others may have no key.
    const { active, all } = this.parts.connections;
    const connection = active?.root === root ? active : all.find((each) => each.root === root);
    if (connection === undefined) return;
    try {
      if (this.of(connection) === undefined) {
        await this.#read(connection);
        if (this.of(connection) === undefined) await this.#store.fetchModules(connection);
        return;
      }
      const needed = wanted.filter((each) => !each.doubted || this.#mayBeOld(connection, each.module));
      if (needed.some(({ module }) => module === null)) await this.#store.fetchModules(connection);
      const modules = needed.flatMap(({ module }) => module ?? []);
      if (modules.length > 0) await this.#store.fetchFields(connection, modules);
    } catch (error) {
      this.parts.output.error(`Metadata of ${connection.name}: ${String(error)}`);
    }
  }

  #mayBeOld(connection: Connection, module: string | null): boolean {
    const metadata = this.of(connection);
    const fetchedAt =
      module === null
        ? metadata?.fetchedAt
        : metadata?.modules.find(({ name }) => name === module)?.fetchedAt;
    return Date.now() - Date.parse(fetchedAt ?? '1970-01-01') > YOUNG_MS;
  }

  async #push(root: string): Promise<void> {
    const metadata = this.#store.of(root);
    this.#changed.fire(root);
    await this.parts.server.setMetadata(root, metadata === undefined ? undefined : JSON.stringify(metadata));
  }

  dispose(): void {
    clearTimeout(this.#gathering);
    for (const abort of this.#busy.values()) abort.abort();
    for (const each of this.#subscriptions) each.dispose();
  }
}
