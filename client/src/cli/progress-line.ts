/** How far a fetch is, on standard error: one line that is rewritten on a terminal, a line now and then elsewhere. */
import { describeProgress, type FetchProgress } from '#core/running/progress';
import { harmless } from '#core/text/foreign-text';

const REDRAW_MS = 100;
const SPARSE_MS = 30_000;

export class ProgressLine {
  #shown = '';
  #last: number;

  /** `live`: a terminal that shows nothing else meanwhile. */
  constructor(
    private readonly out: { write(text: string): unknown; readonly columns?: number },
    private readonly live: boolean,
    private readonly now: () => number = Date.now,
  ) {
    this.#last = live ? 0 : now();
  }

  update(progress: FetchProgress): void {
    if (this.now() - this.#last < (this.live ? REDRAW_MS : SPARSE_MS)) return;
    this.#last = this.now();
    const text = harmless(describeProgress(progress));
    if (!this.live) this.out.write(`${text}\n`);
    // Some terminals say 0.
    else this.#draw(text.slice(0, (this.out.columns || 80) - 1));
  }

  /** A line of its own, above the one that is rewritten. */
  say(text: string): void {
    const shown = this.#shown;
    this.clear();
    this.out.write(`${harmless(text)}\n`);
    if (shown !== '') this.#draw(shown);
  }

  clear(): void {
    if (this.#shown !== '') this.#draw('');
  }

  #draw(text: string): void {
    this.out.write(`\r\u001b[K${text}`);
    this.#shown = text;
  }
}
