/** Sends diagnostics to clients that don't ask for them: a moment after a change, and only where they differ from those sent. */
import type { LanguageService } from '#language';
import type { Client } from './client';
import type { Documents } from './documents';
import type { Guard } from './guard';
import { MAX_CHECKED, type Reports } from './reports';
import { inSlices } from './slices';

/** After a change, more changes are waited for: less where the list is short and quickly made. */
const SHORT_MS = 20;
const LONG_MS = 200;

export class Publisher {
  readonly #timers = new Map<string, NodeJS.Timeout>();
  /** The list that each client document has. */
  readonly #published = new Map<string, string>();

  constructor(
    private readonly documents: Documents,
    private readonly service: LanguageService,
    private readonly reports: Reports,
    private readonly client: Client,
    private readonly guard: Guard,
  ) {}

  /** Soon sends the diagnostics of the newest version. */
  schedule(uri: string): void {
    const known = this.#timers.get(uri);
    const isLong = this.reports.isLong(uri);
    // A short list does not wait until typing pauses.
    if (known !== undefined && !isLong) return;
    clearTimeout(known);
    const timer = setTimeout(
      () => {
        this.#timers.delete(uri);
        void this.guard.run('diagnostics', undefined, () => this.#publish(uri));
      },
      isLong ? LONG_MS : SHORT_MS,
    );
    this.#timers.set(uri, timer);
  }

  /** Removes the diagnostics of a document. */
  clear(uri: string): void {
    clearTimeout(this.#timers.get(uri));
    this.#timers.delete(uri);
    this.#published.delete(uri);
    this.reports.forget(uri);
    this.client.unpublish(uri);
  }

  stop(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
  }

  async #publish(uri: string): Promise<void> {
    const document = this.documents.get(uri);
    if (document === undefined) return;
    const { current } = document;
    const found = await inSlices(this.service.diagnoseBlocksInSteps(current, MAX_CHECKED), () =>
      this.documents.get(uri)?.current === current ? undefined : 'superseded',
    );
    if (found === 'superseded') return;
    const report = this.reports.of(uri, found);
    if (this.#published.get(uri) === report.id) return;
    this.#published.set(uri, report.id);
    this.client.publish(document, report);
  }
}
