/** The changes that the page has, of all that there are: it asks for those that are looked at. */
import type { ChangeQuery } from '#core/writing/change-source';
import type { ShownChange } from '../messages';

const PAGE = 100;
/** How many pages are kept. */
const MOST_PAGES = 30;

interface KeptPage {
  /** The version of the changes that it is of. */
  readonly version: number;
  readonly changes: readonly ShownChange[];
}

interface Asked {
  readonly page: number;
  readonly version: number;
}

type Ask = (id: number, query: ChangeQuery, from: number, count: number) => void;

export class ChangePages {
  /** How many changes the query finds; undefined before the first answer. */
  total: number | undefined;
  /** The version of the changes that came last; undefined before the first. */
  came: number | undefined;
  /** The one used last stands last. */
  readonly #pages = new Map<number, KeptPage>();
  readonly #asked = new Map<number, Asked>();
  #query: ChangeQuery = { states: 'all', text: '' };
  #version = 0;
  #lastId = 0;

  constructor(private readonly ask: Ask) {}

  get query(): ChangeQuery {
    return this.#query;
  }

  /** Looks for others. */
  find(query: ChangeQuery): void {
    this.#query = query;
    this.total = undefined;
    this.#pages.clear();
    this.#asked.clear();
    this.#want(0);
  }

  /** The changes are other ones now, or in other states. What is there stays until the new comes. */
  renew(version: number): void {
    if (version === this.#version) return;
    this.#version = version;
    // A page that nobody looks at must not hold an old total.
    if (this.#asked.size === 0) this.#want([...this.#pages.keys()].at(-1) ?? 0);
  }

  /** Returns a change by its position; undefined until it has come. */
  at(index: number): ShownChange | undefined {
    const number = Math.floor(index / PAGE);
    const page = this.#pages.get(number);
    if (page?.version !== this.#version) this.#want(number);
    if (page === undefined) return undefined;
    this.#pages.delete(number);
    this.#pages.set(number, page);
    return page.changes[index - number * PAGE];
  }

  /** Takes an answer; returns the positions that it brings, or undefined for one that is no longer wanted. */
  take(id: number, total: number, changes: readonly ShownChange[]): { from: number; to: number } | undefined {
    const asked = this.#asked.get(id);
    this.#asked.delete(id);
    if (asked === undefined) return undefined;
    this.total = total;
    this.came = asked.version;
    this.#pages.delete(asked.page);
    this.#pages.set(asked.page, { version: asked.version, changes });
    for (const oldest of this.#pages.keys()) {
      if (this.#pages.size <= MOST_PAGES) break;
      this.#pages.delete(oldest);
    }
    const from = asked.page * PAGE;
    return { from, to: from + changes.length };
  }

  #want(page: number): void {
    // One that is under way is waited for, even if it is of an older version: a slow source would only be slower.
    for (const asked of this.#asked.values()) if (asked.page === page) return;
    const id = ++this.#lastId;
    this.#asked.set(id, { page, version: this.#version });
    this.ask(id, this.#query, page * PAGE, PAGE);
  }
}
