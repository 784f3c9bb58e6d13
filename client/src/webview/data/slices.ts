/** Long work in slices of a few milliseconds, so that the page stays responsive. */

/** Thrown when newer work makes this work needless. */
export class Superseded extends Error {
  override readonly name = 'Superseded';
}

export class Slices {
  #began = performance.now();

  constructor(
    private readonly signal?: AbortSignal,
    private readonly milliseconds = 10,
  ) {}

  /** Whether a pause is due. Callers ask every few hundred steps and then await `pause`. */
  due(): boolean {
    return performance.now() - this.#began > this.milliseconds;
  }

  /**
   * Calls `step` for one chunk of `length` after the other. It is a separate function, since the engine optimizes functions
   * that are called often, while a loop that awaits starts slowly after each pause.
   */
  async each(length: number, step: (from: number, to: number) => void, chunk = 2048): Promise<void> {
    for (let from = 0; from < length; from += chunk) {
      step(from, Math.min(length, from + chunk));
      if (this.due()) await this.pause();
    }
  }

  /** Lets the page paint and respond. Throws `Superseded` when the work was cancelled. */
  async pause(): Promise<void> {
    await nextTask();
    if (this.signal?.aborted === true) throw new Superseded();
    this.#began = performance.now();
  }
}

const nextTask = async () => new Promise<void>((resolve) => setTimeout(resolve, 0));
