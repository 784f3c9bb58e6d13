/**
 * The answer to a request that changes while it is built: asked for after a pause, called off by the next change, and
 * one at a time.
 */
import type { ShownAnswer } from '#webview/builder/messages';

/** What can be asked now. */
export interface Asked {
  /** The same where the text comes to the same. */
  readonly key: string;
  readonly send: (signal: AbortSignal) => Promise<ShownAnswer>;
  /** To be called when it was answered, or is not wanted any more. */
  readonly end: () => void;
}

export interface LivePort {
  /** Returns what is to be asked; a sentence where nothing can be. Asks the user nothing. */
  readonly prepare: () => Promise<Asked | string>;
  readonly show: (answer: ShownAnswer) => void;
}

const PAUSE_MS = 800;

export class LiveAnswer {
  #timer: NodeJS.Timeout | undefined;
  #abort = new AbortController();
  #last: Promise<void> = Promise.resolve();
  #answered: { readonly key: string; readonly answer: ShownAnswer } | undefined;

  constructor(
    private readonly port: LivePort,
    private readonly pause = PAUSE_MS,
  ) {}

  /** The request may be another one by now. */
  change(): void {
    this.stop();
    const { signal } = (this.#abort = new AbortController());
    this.#timer = setTimeout(() => {
      this.#last = this.#last.then(async () => this.#ask(signal));
    }, this.pause);
  }

  /** Nobody looks any more. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#abort.abort();
  }

  /** The same request may be answered in another way by now. */
  forget(): void {
    this.#answered = undefined;
  }

  async #ask(signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    const asked = await this.port.prepare();
    if (typeof asked === 'string') {
      if (!signal.aborted) this.port.show({ kind: 'none', text: asked });
      return;
    }
    try {
      await this.#answer(asked, signal);
    } finally {
      asked.end();
    }
  }

  async #answer(asked: Asked, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    if (this.#answered?.key === asked.key) {
      this.port.show(this.#answered.answer);
      return;
    }
    this.port.show({ kind: 'asking' });
    const answer = await asked.send(signal);
    if (signal.aborted) return;
    this.#answered = { key: asked.key, answer };
    this.port.show(answer);
  }
}
