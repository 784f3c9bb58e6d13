/** The last answers of named requests, by file: `{{name.results[0].ID}}` reads them. In memory only. */
import { valueAt } from '../../core/results/value-at';

interface Kept {
  readonly json: unknown;
  readonly at: Date;
}

/** The oldest go: an answer may be large. */
const MOST = 100;

export class Answers {
  readonly #answers = new Map<string, Kept>();

  keep(file: string, name: string, json: unknown, at = new Date()): void {
    const key = keyOf(file, name);
    this.#answers.delete(key);
    this.#answers.set(key, { json, at });
    const [oldest] = this.#answers.keys();
    if (this.#answers.size > MOST && oldest !== undefined) this.#answers.delete(oldest);
  }

  /** When the request was answered last. */
  time(file: string, name: string): Date | undefined {
    return this.#answers.get(keyOf(file, name))?.at;
  }

  value(file: string, name: string, path: readonly (string | number)[]): string | undefined {
    return valueAt(this.#answers.get(keyOf(file, name))?.json, path);
  }
}

const keyOf = (file: string, name: string) => `${file} ${name}`;
