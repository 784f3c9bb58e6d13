/** Shows how far a fetch is, on standard error: a line that is rewritten on a terminal, elsewhere an occasional line. */
import { describeProgress, type FetchProgress } from '#core/running/progress';
import { harmlessSentence } from '#core/text/foreign-text';
import { told } from './terminal';

/**
 * The line of this process, which `--quiet` hides. `live`: on a terminal that shows nothing else meanwhile; else a line comes
 * every `sparseMs` milliseconds.
 */
export const progressLine = (live: boolean, sparseMs?: number): ProgressLine =>
  new ProgressLine(
    told() === 'quiet' ? { write: () => undefined } : process.stderr,
    live && told() === 'normal',
    Date.now,
    sparseMs,
  );

const REDRAW_MS = 100;
const SPARSE_MS = 30_000;
const LONG_WAIT_MS = 5000;

export class ProgressLine {
  #shown = '';
  #last: number;

  /** `live`: for a terminal that shows nothing else meanwhile. */
  constructor(
    private readonly out: { write(text: string): unknown; readonly columns?: number },
    private readonly live: boolean,
    private readonly now: () => number = Date.now,
    private readonly sparseMs = SPARSE_MS,
  ) {
    this.#last = live ? 0 : now();
  }

  update(progress: FetchProgress): void {
    this.show(() => describeProgress(progress));
  }

  /** Shows a text, unless another one was shown a moment ago. */
  show(describe: () => string): void {
    if (this.now() - this.#last < (this.live ? REDRAW_MS : this.sparseMs)) return;
    this.#last = this.now();
    const text = harmlessSentence(describe());
    if (!this.live) this.out.write(`${text}\n`);
    // Some terminals report 0 columns.
    else this.#draw(text.slice(0, (this.out.columns || 80) - 1));
  }

  /** Shows why nothing goes on for a while; a line of its own for each short wait would be too many. */
  wait(milliseconds: number, why: string): void {
    if (milliseconds >= LONG_WAIT_MS) this.say(why);
    else this.show(() => why);
  }

  /** Writes a line above the one that is rewritten. */
  say(text: string): void {
    const shown = this.#shown;
    this.clear();
    this.out.write(`${harmlessSentence(text)}\n`);
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
