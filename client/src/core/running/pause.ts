/** A switch that suspends a fetch: what is under way comes in, nothing new is asked for. */
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

  /** At once when it is off; also when the signal aborts. */
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
