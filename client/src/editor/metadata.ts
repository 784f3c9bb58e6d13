/** Metadata of the active connection: from the cache at once, from the platform when asked; handed to the language server. */
import * as vscode from 'vscode';
import type { Metadata } from '../../../server/src/language/service';
import type { Connection } from '../core/connections/connection';
import { cachePath, readMetadata, writeMetadata } from '../core/metadata/cache-file';
import { fetchMetadata } from '../core/metadata/fetch';
import type { Connections } from './connections';
import type { Language } from './language-client';
import type { Output } from './output';
import { showError } from './errors';

/** Modules asked for at the same moment are fetched together. */
const GATHER_MS = 150;

export class MetadataStore implements vscode.Disposable {
  readonly #subscriptions: vscode.Disposable[];
  readonly #known = new Map<string, Metadata>();
  readonly #wanted = new Set<string>();
  #gathering: NodeJS.Timeout | undefined;
  #work: Promise<void> = Promise.resolve();

  constructor(
    private readonly folder: string,
    private readonly connections: Connections,
    private readonly language: Language,
    private readonly output: Output,
    private readonly sampleRuns: () => boolean,
  ) {
    this.#subscriptions = [
      connections.onDidChange(() => void this.load()),
      language.onModuleWanted((module) => this.#want(module)),
    ];
  }

  /** What is known of a connection's platform. */
  of(connection: Connection): Metadata | undefined {
    return this.#known.get(connection.root);
  }

  /** Reads the active connection's cache and hands it to the server; fetches what was never fetched. */
  async load(): Promise<void> {
    const connection = this.connections.active;
    if (connection === undefined) {
      await this.language.setMetadata(undefined);
      return;
    }
    const sample = this.connections.isSample(connection);
    if (!this.#known.has(connection.root) && !sample) {
      const cached = await readMetadata(cachePath(this.folder, connection.root)).catch((error: unknown) => {
        this.output.error(`The metadata cache can’t be read: ${String(error)}`);
        return undefined;
      });
      // What can't be read stays where it is until the user refreshes.
      if (cached?.ok === false)
        void vscode.window
          .showWarningMessage(cached.message, 'Refresh Metadata')
          .then((choice) => (choice === undefined ? undefined : this.refresh()));
      if (cached?.ok === true) this.#known.set(connection.root, cached.metadata);
    }
    await this.#push(connection);
    // A sample platform of an earlier window is gone: it is started again when it is needed.
    if (!this.#known.has(connection.root) && !(sample && !this.sampleRuns()))
      await this.refresh({ quiet: true });
  }

  /** Fetches names of all modules and the fields of all of them. */
  async refresh({ quiet = false }: { quiet?: boolean } = {}): Promise<void> {
    const connection = this.connections.active;
    if (connection === undefined) return;
    await vscode.window.withProgress(
      {
        location: quiet ? vscode.ProgressLocation.Window : vscode.ProgressLocation.Notification,
        title: `APQ: fetching metadata of ${connection.name}`,
        cancellable: !quiet,
      },
      async (progress, token) => {
        const abort = new AbortController();
        const subscription = token.onCancellationRequested(() => abort.abort());
        try {
          // Names first: they come at once, and the open files' modules are asked for next.
          if (!this.#known.has(connection.root)) await this.#fetch(connection, [], abort.signal);
          await this.#fetch(connection, 'all', abort.signal, (done, of) =>
            progress.report({ message: `${done} of ${of} modules`, increment: 100 / Math.max(of, 1) }),
          );
        } catch (error) {
          showError(error, this.output, () => void this.refresh());
        } finally {
          subscription.dispose();
        }
      },
    );
  }

  #want(module: string): void {
    this.#wanted.add(module);
    clearTimeout(this.#gathering);
    this.#gathering = setTimeout(() => {
      const modules = [...this.#wanted];
      this.#wanted.clear();
      const connection = this.connections.active;
      if (connection === undefined) return;
      this.#work = this.#work
        .then(() => this.#fetch(connection, modules))
        .catch((error: unknown) => this.output.error(`Fields of ${modules.join(', ')}: ${String(error)}`));
    }, GATHER_MS);
  }

  async #fetch(
    connection: Connection,
    modules: 'all' | readonly string[],
    signal?: AbortSignal,
    onProgress?: (done: number, of: number) => void,
  ): Promise<void> {
    const previous = this.#known.get(connection.root);
    const { metadata, problems, stoppedBy } = await fetchMetadata(this.connections.client(connection), {
      modules,
      ...(previous === undefined ? {} : { previous }),
      ...(signal === undefined ? {} : { signal }),
      ...(onProgress === undefined ? {} : { onProgress }),
    });
    for (const problem of problems) this.output.info(`Metadata of ${connection.name}: ${problem}`);
    this.#known.set(connection.root, metadata);
    // The sample platform has another address each time: nothing to keep.
    if (!this.connections.isSample(connection))
      await writeMetadata(cachePath(this.folder, connection.root), metadata);
    await this.#push(connection);
    if (stoppedBy !== undefined && stoppedBy.kind !== 'cancelled') throw stoppedBy;
  }

  async #push(connection: Connection): Promise<void> {
    if (this.connections.active?.root !== connection.root) return;
    const metadata = this.#known.get(connection.root);
    await this.language.setMetadata(metadata === undefined ? undefined : JSON.stringify(metadata));
  }

  dispose(): void {
    clearTimeout(this.#gathering);
    for (const each of this.#subscriptions) each.dispose();
  }
}
