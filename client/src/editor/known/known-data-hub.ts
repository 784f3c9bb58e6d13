/**
 * What is known of the platforms’ data in this window: values that were learnt from answers, and names of records. It
 * tells the language server, of each connection what its user may know.
 */
import * as vscode from 'vscode';
import type { Connection } from '#core/connections/connection';
import { bothLearning, KnownNames, nameLearning, readNaming } from '#core/known/known-names';
import { KnownPushes, type PushPorts } from '#core/known/known-pushes';
import { KnownStore } from '#core/known/known-store';
import { GATHER_MS, IN_MEMORY, KnownValues, type Stay } from '#core/known/known-values';
import { knownFieldOf, type LearntField } from '#core/known/learnt-field';
import type { People } from '#core/known/people';
import type { Learning } from '#core/remote/api';
import { nameKey } from '#core/text/names';
import type { KnownValue, ModuleInfo, WireRequest } from '#language';
import type { Connections } from '../connections/connections';
import type { EditorMetadata } from '../metadata/editor-metadata';
import type { LanguageServer } from '../workbench/language-server';
import type { Output } from '../workbench/output';
import { setting } from '../workbench/settings';

export interface KnownDataParts {
  readonly connections: Pick<
    Connections,
    'all' | 'isSample' | 'userOf' | 'useLearning' | 'onDidChange' | 'onDidChangeUsers'
  >;
  readonly metadata: Pick<EditorMetadata, 'of'>;
  readonly server: Pick<LanguageServer, 'setKnownData' | 'changeKnownData'>;
  readonly output: Pick<Output, 'info' | 'error'>;
}

export class KnownDataHub implements vscode.Disposable {
  /** Learnt values, and how they are learnt. */
  readonly values: KnownValues;
  readonly #names = new KnownNames();
  readonly #changed = new vscode.EventEmitter<Connection>();
  /** Fires when other values or names are known of a connection. */
  readonly onDidChange = this.#changed.event;
  readonly #forgot = new vscode.EventEmitter<void>();
  /** Fires when names were forgotten: what was asked before is to be asked anew. */
  readonly onDidForget = this.#forgot.event;
  readonly #pushes: KnownPushes;
  readonly #subscriptions: vscode.Disposable[];
  #started = false;
  #following: Promise<void> = Promise.resolve();
  /** Connections whose names are told soon, together. */
  readonly #gathered = new Map<string, NodeJS.Timeout>();

  /** `folder`: of the learnt values, in the storage of the user. */
  constructor(
    folder: string,
    private readonly parts: KnownDataParts,
  ) {
    const { connections, output, server } = parts;
    this.#pushes = new KnownPushes(this.#names, {
      set: async ({ name, root }, data) => server.setKnownData({ connection: name, root, data }),
      change: async ({ name, root }, change) => server.changeKnownData({ connection: name, root, change }),
      known: (id) => this.#knownOf(id),
      failed: (error) => output.error(`Learnt values: ${String(error)}`),
    });
    this.values = new KnownValues({
      store: new KnownStore(folder, output),
      keyOf: async (each) => (connections.isSample(each) ? IN_MEMORY : connections.userOf(each)),
      fieldsOf: (each, module) => this.#moduleOf(each, module)?.fields,
      learns: () => setting('completion.learnValues'),
      changed: (each, anew) => this.#noteChange(each, anew),
      log: output,
    });
    connections.useLearning((each, request) =>
      bothLearning(this.values.learning(each, request), this.#learnNames(each, request)),
    );
    this.#subscriptions = [
      connections.onDidChange(() => {
        this.#pushes.keep(connections.all);
        void this.#follow();
      }),
      connections.onDidChangeUsers(() => void this.#follow()),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (event.affectsConfiguration('apq.completion')) void this.#pushAll();
      }),
      vscode.window.onDidChangeWindowState(({ focused }) => {
        if (focused) void this.values.reload();
      }),
      this.#changed,
      this.#forgot,
      this.values,
    ];
  }

  /** To be called when the server runs: tells it what is known, from now on. */
  async start(): Promise<void> {
    this.#started = true;
    await this.#follow();
  }

  /** To be called when the server was started anew: tells it all. */
  async restart(): Promise<void> {
    this.#pushes.forget();
    await this.#pushAll();
  }

  /** The values that are known of a field, the most frequent first; names match in any case. */
  valuesOf(connection: Connection, module: string, field: string): readonly KnownValue[] {
    return this.values.field(connection, module, field)?.values ?? [];
  }

  /** Those whom answers named. */
  peopleOf(connection: Connection): People {
    return this.values.peopleOf(connection);
  }

  /** The names that are known of a module’s records, by ID. */
  namesOf(connection: Connection, module: string): ReadonlyMap<string, string> {
    return this.#names.of(connection.id, module);
  }

  /** To be called before the platform is asked for what is to be remembered. */
  stay(connection: Connection): Stay {
    return this.values.stay(connection);
  }

  /**
   * Remembers names of records by ID, which were asked for in a stay, as long as the window is open and the same user is
   * signed in. Settles when the server knows.
   */
  async rememberNames(
    connection: Connection,
    stay: Stay,
    module: string,
    entries: Iterable<readonly [id: string, name: string]>,
  ): Promise<void> {
    const added = await stay.within(() => this.#names.add(connection.id, module, entries));
    if (!added) return;
    this.#changed.fire(connection);
    await this.#push(connection);
  }

  /** Keeps what was looked up in a stay. Settles when the server knows. */
  async keepLookedUp(connection: Connection, stay: Stay, learnt: LearntField): Promise<void> {
    await this.values.lookedUp(connection, stay, learnt);
    await this.#push(connection);
  }

  /** Settles when the server knows all that is known here. */
  async settled(): Promise<void> {
    await this.#following;
    await this.#pushes.settled();
  }

  /** Forgets values and names of a connection, or of all. */
  async forget(connection?: Connection): Promise<void> {
    // From here on, no answer that is under way is taken.
    const forgetting = this.values.forget(connection);
    for (const { id } of connection === undefined ? this.parts.connections.all : [connection])
      this.#names.forget(id);
    this.#forgot.fire();
    await forgetting;
    await this.#pushAll();
  }

  #noteChange(connection: Connection, anew: boolean): void {
    // Another user may not see the same records, and what another window forgot is not kept here either.
    if (anew) {
      this.#names.forget(connection.id);
      this.#forgot.fire();
    }
    this.#changed.fire(connection);
    void this.#push(connection);
  }

  #moduleOf(connection: Connection, module: string): ModuleInfo | undefined {
    const { modules = [] } = this.parts.metadata.of(connection) ?? {};
    return modules.find(({ name }) => nameKey(name) === nameKey(module));
  }

  #learnNames(connection: Connection, request: WireRequest): Learning | undefined {
    if (!setting('completion.learnValues')) return undefined;
    const stay = this.stay(connection);
    return nameLearning(
      request,
      this.#moduleOf(connection, request.module),
      (names) => void this.#gatherNames(connection, stay, request.module, names),
    );
  }

  /** Answers that come one after another are told together. */
  async #gatherNames(
    ...[connection, stay, module, entries]: Parameters<KnownDataHub['rememberNames']>
  ): Promise<void> {
    if (!(await stay.within(() => this.#names.add(connection.id, module, entries)))) return;
    if (this.#gathered.has(connection.id)) return;
    const tell = () => {
      this.#gathered.delete(connection.id);
      this.#changed.fire(connection);
      void this.#push(connection);
    };
    this.#gathered.set(connection.id, setTimeout(tell, GATHER_MS));
  }

  async #follow(): Promise<void> {
    this.#following = this.#following
      .then(async () => this.values.follow(this.parts.connections.all))
      .catch((error: unknown) => this.parts.output.error(`Learnt values: ${String(error)}`));
    await this.#following;
    await this.#pushAll();
  }

  async #pushAll(): Promise<void> {
    await Promise.all(this.parts.connections.all.map(async (each) => this.#push(each)));
  }

  async #push({ id }: Connection): Promise<void> {
    if (this.#started) await this.#pushes.push(id);
  }

  /** With learning switched off, the server is told just that. */
  #knownOf(id: string): ReturnType<PushPorts['known']> {
    const of = this.parts.connections.all.find((each) => each.id === id);
    if (of === undefined) return undefined;
    return {
      of,
      fields: this.values
        .of(of)
        .filter(({ refused }) => refused === undefined)
        .map(knownFieldOf),
      naming: readNaming(setting('completion.recordNames')),
      learns: setting('completion.learnValues'),
    };
  }

  dispose(): void {
    for (const timer of this.#gathered.values()) clearTimeout(timer);
    for (const each of this.#subscriptions) each.dispose();
  }
}
