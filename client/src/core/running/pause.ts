/** A switch that suspends a fetch: calls under way are completed, and no new ones begin. */
export class Pause {
  #waiting: (() => void)[] = [];
  #on = false;

  get on(): boolean {
    return this.#on;
  }

  begin(): void {
    this.#on = true;
  }

  end(): void {
    this.#on = false;
    for (const wake of this.#waiting.splice(0)) wake();
  }

  /** Resolves when the pause is over, or the signal aborts. */
  async over(signal: AbortSignal): Promise<void> {
    if (!this.#on || signal.aborted) return;
    await new Promise<void>((resolve) => {
      const wake = () => {
        signal.removeEventListener('abort', wake);
        resolve();
      };
      signal.addEventListener('abort', wake, { once: true });
      this.#waiting.push(wake);
    });
  }
}
