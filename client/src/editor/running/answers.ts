/** The last answers of named requests, by file: `{{name.results[0].ID}}` reads them. In memory only. */
import { valueAt } from '#core/results/value-at';

interface Kept {
  readonly json: unknown;
  readonly connection: string;
  readonly at: Date;
}

/** The oldest go: an answer may be large. */
const MOST = 100;

/** An ID of one platform means another record on the next: an answer counts only on the connection that gave it. */
export class Answers {
  readonly #answers = new Map<string, Kept>();

  /** `connection` is the ID of the one that answered. */
  keep(file: string, name: string, connection: string, json: unknown, at = new Date()): void {
    const key = keyOf(file, name);
    this.#answers.delete(key);
    this.#answers.set(key, { json, connection, at });
    const [oldest] = this.#answers.keys();
    if (this.#answers.size > MOST && oldest !== undefined) this.#answers.delete(oldest);
  }

  /** When the request was answered last; undefined when that was on another connection. */
  time(file: string, name: string, connection: string | undefined): Date | undefined {
    return this.#on(file, name, connection)?.at;
  }

  value(
    file: string,
    name: string,
    connection: string | undefined,
    path: readonly (string | number)[],
  ): string | undefined {
    return valueAt(this.#on(file, name, connection)?.json, path);
  }

  #on(file: string, name: string, connection: string | undefined): Kept | undefined {
    const kept = this.#answers.get(keyOf(file, name));
    return kept?.connection === connection ? kept : undefined;
  }
}

const keyOf = (file: string, name: string) => `${file} ${name}`;
