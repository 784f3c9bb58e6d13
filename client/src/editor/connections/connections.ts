/** The user's connections: kept per user, not per workspace, so that no workspace can add or change one. */
import * as vscode from 'vscode';
import { type ChangeLevel, strictest } from '#core/connections/change-level';
import { type Connection, isProduction, levelOf, parseConnections } from '#core/connections/connection';
import { type Credentials, CredentialVault } from '#core/connections/credentials';
import { ApiClient, type ChangeBar, type ClientOptions, type Learning } from '#core/remote/api';
import { HttpTransport } from '#core/remote/http';
import { Session } from '#core/remote/session';
import { ByName, type PlatformTraits, type WireRequest } from '#language';
import type { Output } from '../workbench/output';
import { setting } from '../workbench/settings';
import { levelOfSettings } from './change-settings';
import { EditorSecretStore } from './secret-store';

const LIST = 'apq.connections';
const ACTIVE = 'apq.activeConnection';
/** IDs of the connections whose key or password is known not to work, or is missing. */
const SIGNED_OUT = 'apq.signedOutConnections';
/** The sample platform's connection: its address changes with each start. */
export const SAMPLE_ID = 'sample';

export class Connections implements vscode.Disposable {
  readonly #vault: CredentialVault;
  readonly #clients = new Map<string, ApiClient>();
  #traitsOf: (root: string) => PlatformTraits | undefined = () => undefined;
  #learningOf: (connection: Connection, request: WireRequest) => Learning | undefined = () => undefined;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changed.event;
  /** Fires when another key or password is kept, in whichever window: somebody else may be signed in. */
  readonly onDidChangeUsers: vscode.Event<unknown>;

  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly output: Output,
  ) {
    this.onDidChangeUsers = context.secrets.onDidChange;
    this.#vault = new CredentialVault(new EditorSecretStore(context.secrets));
  }

  /** From now on, requests are sent as fits what was found out about their platform. */
  useTraits(of: (root: string) => PlatformTraits | undefined): void {
    this.#traitsOf = of;
  }

  /** From now on, somebody learns of the records that pass. */
  useLearning(of: (connection: Connection, request: WireRequest) => Learning | undefined): void {
    this.#learningOf = of;
  }

  /** Names who is signed in on a connection; see `CredentialVault.userOf`. */
  async userOf(connection: Connection): Promise<string | undefined> {
    return this.#vault.userOf(connection);
  }

  get all(): readonly Connection[] {
    const { connections, skipped } = parseConnections(this.context.globalState.get<unknown>(LIST));
    if (skipped > 0)
      this.output.error(`${skipped} stored connections could not be read and were left alone.`);
    return connections;
  }

  /** Replaces one entry of the stored list; entries that this version doesn't understand stay. */
  async #store(id: string, connection?: Connection): Promise<void> {
    const stored = this.context.globalState.get<unknown>(LIST);
    const list = Array.isArray(stored) ? (stored as readonly unknown[]) : [];
    const is = (each: unknown) => parseConnections([each]).connections[0]?.id === id;
    const replaced =
      connection === undefined
        ? list.filter((each) => !is(each))
        : list.some(is)
          ? list.map((each) => (is(each) ? connection : each))
          : [...list, connection];
    await this.context.globalState.update(LIST, replaced);
  }

  /** The one in use: this workspace's choice, else the user's last, else the only one, if it is signed in. */
  get active(): Connection | undefined {
    const all = this.all;
    const id =
      this.context.workspaceState.get<unknown>(ACTIVE) ?? this.context.globalState.get<unknown>(ACTIVE);
    const [only] = all.length === 1 ? all : [];
    return all.find((each) => each.id === id) ?? (only && this.isSignedOut(only) ? undefined : only);
  }

  /** True when its key or password was refused or is missing: it must not look as if it were connected. */
  isSignedOut({ id }: Connection): boolean {
    return this.#signedOut.includes(id);
  }

  get #signedOut(): readonly unknown[] {
    const stored = this.context.globalState.get<unknown>(SIGNED_OUT);
    return Array.isArray(stored) ? (stored as readonly unknown[]) : [];
  }

  /** Returns whether that is news. */
  async #markSignedOut({ id }: Connection, signedOut: boolean): Promise<boolean> {
    const others = this.#signedOut.filter((each) => each !== id);
    if (this.#signedOut.includes(id) === signedOut) return false;
    await this.context.globalState.update(SIGNED_OUT, signedOut ? [...others, id] : others);
    return true;
  }

  /** Finds a connection by the name in `# @connection`; letter case does not matter. */
  named(name: string): Connection | undefined {
    return new ByName(this.all).get(name);
  }

  /** Returns the connection that a request names, else the one in use. */
  of({ connection }: { readonly connection: string | undefined }): Connection | undefined {
    return this.ofRun({ connection }, this.active);
  }

  /** Does the same for a request of a run: `active` was in use when the run began. */
  ofRun(
    { connection }: { readonly connection: string | undefined },
    active: Connection | undefined,
  ): Connection | undefined {
    return connection === undefined ? active && this.now(active) : this.named(connection);
  }

  /** Returns a connection as it is by now; undefined where it is gone, or leads to another platform. */
  now({ id, root }: Connection): Connection | undefined {
    return this.all.find((each) => each.id === id && (each.root === root || this.isSample(each)));
  }

  /** Why no change may be sent on it by now. */
  #barOf(connection: Connection): ChangeBar | undefined {
    const now = this.now(connection);
    if (now === undefined) return 'connection-changed';
    return this.levelOf(now) === 'readOnly' ? 'read-only' : undefined;
  }

  isSample(connection: Connection): boolean {
    return connection.id === SAMPLE_ID;
  }

  /** Whether changes there are real. */
  isProduction(connection: Connection): boolean {
    return isProduction(connection) && !this.isSample(connection);
  }

  /** How freely records may be changed there; the settings can only make it stricter. */
  levelOf(connection: Connection): ChangeLevel {
    return strictest(levelOf(connection, this.isProduction(connection)), levelOfSettings());
  }

  /** Adds it, or replaces the one with its id, with credentials that work, and makes it the active one. */
  async add(connection: Connection, credentials: Credentials): Promise<void> {
    await this.#replace(connection, credentials, false);
    await this.activate(connection);
  }

  /** Adds it, or replaces the one with its id, without a key or with credentials that don't work (yet). */
  async keepSignedOut(connection: Connection, credentials?: Credentials): Promise<void> {
    await this.#replace(connection, credentials, true);
  }

  /** Replaces the one with its id. Without new credentials, which work, it keeps the old ones, for the address for which they were entered. */
  async update(connection: Connection, credentials?: Credentials): Promise<void> {
    await this.#replace(connection, credentials, credentials === undefined ? undefined : false);
  }

  async #replace(connection: Connection, credentials?: Credentials, signedOut?: boolean): Promise<void> {
    if (credentials !== undefined) await this.#vault.write(connection, credentials);
    this.#clients.delete(connection.id);
    await this.#store(connection.id, connection);
    if (signedOut !== undefined) await this.#markSignedOut(connection, signedOut);
    this.#changed.fire();
  }

  async activate(connection: Connection): Promise<void> {
    await this.#remember(connection);
    this.#changed.fire();
  }

  async #remember({ id }: Connection): Promise<void> {
    await this.context.workspaceState.update(ACTIVE, id);
    await this.context.globalState.update(ACTIVE, id);
  }

  async remove(connection: Connection): Promise<void> {
    await this.#vault.forget(connection);
    this.#clients.delete(connection.id);
    await this.#store(connection.id);
    await this.#markSignedOut(connection, false);
    this.#changed.fire();
  }

  /**
   * The API of a connection; signing in is remembered while the window is open. Whoever sends a change with it, and how
   * long they have had it: it is sent only if the connection still leads there, and allows changes.
   */
  client(connection: Connection): ApiClient {
    const known = this.#clients.get(connection.id);
    if (known?.connection.root === connection.root) return known;
    const client: ApiClient = this.#newClient(connection, () => this.#vault.read(connection), {
      barOf: () => this.#barOf(connection),
      learning: (request) => this.#learningOf(connection, request),
      onSignIn: (accepted) => {
        // A call that began before the connection was changed says nothing about its new key.
        if (this.#clients.get(connection.id) === client) void this.#noteSignIn(connection, accepted);
      },
    });
    this.#clients.set(connection.id, client);
    return client;
  }

  /** A client for credentials that are not stored (yet). */
  clientWith(connection: Connection, credentials: Credentials): ApiClient {
    return this.#newClient(connection, () => Promise.resolve(credentials));
  }

  #newClient(
    connection: Connection,
    credentials: () => Promise<Credentials | undefined>,
    options: Pick<ClientOptions, 'barOf' | 'onSignIn' | 'learning'> = {},
  ): ApiClient {
    const transport = new HttpTransport({ timeoutMs: Math.max(1, setting('requestTimeout')) * 1000 });
    return new ApiClient(connection, new Session(connection, credentials, transport), transport, {
      log: this.output,
      traits: () => this.#traitsOf(connection.root),
      ...options,
    });
  }

  async #noteSignIn(connection: Connection, accepted: boolean): Promise<void> {
    // The one in use stays in use, even if it was that for being the only one.
    if (!accepted && this.active?.id === connection.id) await this.#remember(connection);
    if (await this.#markSignedOut(connection, !accepted)) this.#changed.fire();
  }

  /** To be called when the settings changed on which `levelOf` depends. */
  noteSettings(): void {
    this.#changed.fire();
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
