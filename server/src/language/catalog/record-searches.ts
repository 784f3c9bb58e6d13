/** Which searches for records by a part of their name were made, so that none is asked for twice. */
import { nameKey } from '../text/names';

/** How long a search counts as made, in milliseconds: records that were added meanwhile are found afterwards. */
const LASTS_MS = 5 * 60_000;
/** One that failed is made again sooner. */
const FAILURE_LASTS_MS = 15_000;

/** So many searches are remembered. */
const MOST = 500;

/** What is searched: the records of a module whose name has a text. */
export interface RecordQuery {
  /** The name of the connection whose user searches. */
  readonly connection: string;
  readonly module: string;
  readonly text: string;
}

/** How a search ended. */
export interface RecordSearchOutcome {
  /** True where all records that match came. */
  readonly whole: boolean;
  /** Why it failed, in a few words. */
  readonly problem?: string;
}

/** How long a search counts as made, in milliseconds. */
export const searchLastsMs = ({ problem }: RecordSearchOutcome): number =>
  problem === undefined ? LASTS_MS : FAILURE_LASTS_MS;

interface Made extends RecordSearchOutcome {
  readonly connection: string;
  readonly at: number;
}

export class RecordSearches {
  readonly #made = new Map<string, Made>();

  /** `now`: milliseconds. */
  add(query: RecordQuery, outcome: RecordSearchOutcome, now: number): void {
    const key = keyOf(query, query.text);
    this.#made.delete(key);
    this.#made.set(key, { ...outcome, connection: query.connection, at: now });
    for (const oldest of this.#made.keys()) {
      if (this.#made.size <= MOST) break;
      this.#made.delete(oldest);
    }
  }

  /** The outcome of the same search, or of one for a part of the text that brought all records. */
  find(query: RecordQuery, now: number): RecordSearchOutcome | undefined {
    const exact = this.#lasting(keyOf(query, query.text), now);
    if (exact !== undefined) return exact;
    const { length } = query.text;
    for (let end = length - 1; end > 0; end--) {
      const made = this.#lasting(keyOf(query, query.text.slice(0, end)), now);
      if (made?.whole === true) return made;
    }
    return undefined;
  }

  /** Another user may see other records. */
  forget(connection: string): void {
    for (const [key, made] of this.#made) if (made.connection === connection) this.#made.delete(key);
  }

  #lasting(key: string, now: number): Made | undefined {
    const made = this.#made.get(key);
    return made === undefined || now - made.at >= searchLastsMs(made) ? undefined : made;
  }
}

const keyOf = ({ connection, module }: RecordQuery, text: string): string =>
  [connection, nameKey(module), text].join('\n');
