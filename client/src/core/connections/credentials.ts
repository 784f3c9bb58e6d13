/** Keys and passwords, bound to the root for which they were entered. */
import { createHmac, randomBytes } from 'node:crypto';
import * as v from 'valibot';
import { ApiError } from '../remote/api-error';
import type { Connection } from './connection';

export type Credentials =
  | { readonly kind: 'apiKey'; readonly apiKey: string }
  | { readonly kind: 'password'; readonly username: string; readonly password: string };

/** False for a key that can't be sent. White space around it is a slip of copying; within it, no key has any. */
export const isSendableKey = (key: string): boolean => /^[\x21-\x7e]+$/.test(key.trim());

/** A place for secrets: the editor's secret storage, or memory in tests. */
export interface SecretStore {
  get(key: string): Promise<string | undefined>;
  set(key: string, value: string): Promise<void>;
  delete(key: string): Promise<void>;
}

export class MemorySecretStore implements SecretStore {
  readonly #entries = new Map<string, string>();

  get(key: string): Promise<string | undefined> {
    return Promise.resolve(this.#entries.get(key));
  }

  set(key: string, value: string): Promise<void> {
    this.#entries.set(key, value);
    return Promise.resolve();
  }

  delete(key: string): Promise<void> {
    this.#entries.delete(key);
    return Promise.resolve();
  }
}

const stored = v.object({
  root: v.string(),
  credentials: v.variant('kind', [
    v.object({ kind: v.literal('apiKey'), apiKey: v.string() }),
    v.object({ kind: v.literal('password'), username: v.string(), password: v.string() }),
  ]),
});

/** A secret goes only to the root for which it was entered, so changing a connection's address leaks no key. */
export class CredentialVault {
  constructor(private readonly store: SecretStore) {}

  /** Returns undefined when there are none. Throws `ApiError` of kind `rebound` when they belong to another root. */
  async read(connection: Connection): Promise<Credentials | undefined> {
    const text = await this.store.get(keyOf(connection));
    if (text === undefined) return undefined;
    let value: unknown;
    try {
      value = JSON.parse(text);
    } catch {
      return undefined;
    }
    const parsed = v.safeParse(stored, value);
    if (!parsed.success) return undefined;
    if (parsed.output.root !== connection.root)
      throw new ApiError('rebound', { host: new URL(connection.root).host });
    return parsed.output.credentials;
  }

  /**
   * Names the user of a connection: another text for each address, connection, and key or user name. Undefined where
   * nobody is signed in. The salt lies among the secrets, so whoever finds the text can't try out names.
   */
  async userOf(connection: Connection): Promise<string | undefined> {
    const credentials = await this.read(connection).catch((error: unknown) => {
      if (error instanceof ApiError) return undefined;
      throw error;
    });
    if (credentials === undefined) return undefined;
    const who = credentials.kind === 'apiKey' ? credentials.apiKey.trim() : credentials.username;
    return createHmac('sha256', await this.#salt())
      .update(JSON.stringify([connection.root, connection.id, credentials.kind, who]))
      .digest('hex');
  }

  async #salt(): Promise<string> {
    const known = await this.store.get(SALT);
    if (known !== undefined) return known;
    await this.store.set(SALT, randomBytes(32).toString('hex'));
    // Of two windows that begin at once, both use what the last one wrote.
    return (await this.store.get(SALT)) ?? '';
  }

  async write(connection: Connection, credentials: Credentials): Promise<void> {
    await this.store.set(keyOf(connection), JSON.stringify({ root: connection.root, credentials }));
  }

  async forget(connection: Connection): Promise<void> {
    await this.store.delete(keyOf(connection));
  }
}

const SALT = 'apq.userSalt';
const keyOf = (connection: Connection) => `apq.connection.${connection.id}`;
