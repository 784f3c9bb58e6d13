/** Asks the SQL engine about the statements of open files, beside the typing path: a moment after the last change. */
import path from 'node:path';
import { askEngine } from '#engine/ask';
import { SqlError } from '#engine/faults';
import { SqlEngine } from '#engine/sql-engine';
import type { LanguageService } from '#language';
import type { Documents } from './documents';
import type { Guard } from './guard';
import { inSlices } from './slices';

/** Changes that come sooner one after the other are asked about once. */
const PAUSE_MS = 150;

interface Options {
  readonly documents: Documents;
  readonly service: LanguageService;
  readonly guard: Guard;
  /** Diagnostics of a document are others now. */
  readonly onFound: (uri: string) => void;
  /** The engine can’t be asked: said once. */
  readonly onFailure: (message: string) => void;
}

export class SqlChecks {
  readonly #options: Options;
  readonly #timers = new Map<string, NodeJS.Timeout>();
  /** Starts when it is first asked: with the first SQL request. */
  readonly #engine = new SqlEngine({ program: path.join(__dirname, 'sql-worker.js') });
  #hasFailed = false;

  constructor(options: Options) {
    this.#options = options;
  }

  schedule(uri: string): void {
    if (this.#hasFailed) return;
    clearTimeout(this.#timers.get(uri));
    const timer = setTimeout(() => {
      this.#timers.delete(uri);
      void this.#options.guard.run('SQL', undefined, () => this.#ask(uri));
    }, PAUSE_MS);
    this.#timers.set(uri, timer);
  }

  async stop(): Promise<void> {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    await this.#engine.dispose();
  }

  async #ask(uri: string): Promise<void> {
    const { documents, service, onFound, onFailure } = this.#options;
    const current = documents.get(uri)?.current;
    if (current === undefined) return;
    // Another version has its own turn.
    const isOver = () => documents.get(uri)?.current !== current;
    const checks = await inSlices(service.sqlChecksInSteps(current), () => (isOver() ? [] : undefined));
    if (checks.length === 0) return;
    try {
      if (await askEngine(this.#engine, service, checks, isOver)) onFound(uri);
    } catch (error) {
      if (!(error instanceof SqlError)) throw error;
      if (this.#hasFailed || error.fault.kind !== 'engine') return;
      this.#hasFailed = true;
      onFailure(`SQL is checked without its engine. ${error.message}`);
    }
  }
}
