/** What the engine said about statements: asked beside the typing path, and kept by what was asked. */

/** An error of a statement. */
export interface SqlFault {
  /** One sentence or two, for a user. */
  readonly message: string;
  /** In the statement, in UTF-16 units; undefined: the statement as a whole. */
  readonly offset?: number;
  /** True where the statement can't be read, whatever its tables are. */
  readonly isSyntax?: boolean;
}

/** How many statements are remembered: more than anybody edits at a time. */
const MOST = 1_000;

export class SqlFindings {
  readonly #found = new Map<string, SqlFault | null>();
  #version: object = {};

  /** The same object as long as no further error is known. */
  get version(): object {
    return this.#version;
  }

  has(key: string): boolean {
    return this.#found.has(key);
  }

  faultOf(key: string): SqlFault | undefined {
    return this.#found.get(key) ?? undefined;
  }

  /** `fault`: undefined where there is none. */
  add(key: string, fault: SqlFault | undefined): void {
    this.#found.delete(key);
    this.#found.set(key, fault ?? null);
    if (fault !== undefined) this.#version = {};
    for (const oldest of this.#found.keys()) {
      if (this.#found.size <= MOST) break;
      this.#found.delete(oldest);
    }
  }
}
