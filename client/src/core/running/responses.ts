/** The last responses of named requests, by file: `{{name.results[0].ID}}` reads them. In memory only. */
import type { RequestInfo, ResponseValue } from '#language';
import type { Connection } from '../connections/connection';
import { valueAt } from '../results/value-at';
import type { PreparePort } from './prepare';

interface Kept {
  readonly file: string;
  readonly json: unknown;
  readonly connection: string;
  readonly at: Date;
}

/** Responses may be large, so the oldest of other files are dropped; those of the file that runs may still be needed. */
const MAX_RESPONSES = 100;

/** An ID means another record on another platform: a response is used only on the connection that it came from. */
export class Responses {
  readonly #responses = new Map<string, Kept>();

  /** `file` is the ID of a `QueryFile`, `connection` that of the connection. */
  keep(file: string, name: string, connection: string, json: unknown, at = new Date()): void {
    const key = keyOf(file, name);
    this.#responses.delete(key);
    this.#responses.set(key, { file, json, connection, at });
    if (this.#responses.size <= MAX_RESPONSES) return;
    const oldest = [...this.#responses].find(([, kept]) => kept.file !== file);
    if (oldest !== undefined) this.#responses.delete(oldest[0]);
  }

  /** Returns when the request was answered last; undefined when that was on another connection. */
  time(file: string, name: string, connection: string | undefined): Date | undefined {
    return this.#on(file, name, connection)?.at;
  }

  value(
    file: string,
    name: string,
    connection: string | undefined,
    path: readonly (string | number)[],
  ): ResponseValue {
    return valueAt(this.#on(file, name, connection)?.json, path);
  }

  #on(file: string, name: string, connection: string | undefined): Kept | undefined {
    const kept = this.#responses.get(keyOf(file, name));
    return kept?.connection === connection ? kept : undefined;
  }
}

const keyOf = (file: string, name: string) => `${file} ${name}`;

/** Returns values of kept responses, each of the connection on which its request would run now. */
export const valuesFrom =
  (
    responses: Responses,
    connectionOf: (request: RequestInfo) => Connection | undefined,
  ): PreparePort['response'] =>
  (file, name, path) => {
    const request = file.requests.find((each) => each.name === name);
    return request === undefined
      ? undefined
      : responses.value(file.id, name, connectionOf(request)?.id, path);
  };
