/** Long work in slices of a few milliseconds, so that the page answers meanwhile. */

/** A newer order makes the work needless. */
export class Superseded extends Error {
  override readonly name = 'Superseded';
}

export class Slices {
  #began = performance.now();

  constructor(
    private readonly signal?: AbortSignal,
    private readonly milliseconds = 10,
  ) {}

  /** To be asked every few hundred steps; if so, `pause` is to be awaited. */
  due(): boolean {
    return performance.now() - this.#began > this.milliseconds;
  }

  /** Lets the page paint and answer. Throws `Superseded` when the work was called off. */
  async pause(): Promise<void> {
    await nextTask();
    if (this.signal?.aborted === true) throw new Superseded();
    this.#began = performance.now();
  }
}

const nextTask = async () => new Promise<void>((resolve) => setTimeout(resolve, 0));
