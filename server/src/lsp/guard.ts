/** The one guard around everything that the server does: a fault costs one response, is logged, and doesn't end the server. */

export class Guard {
  constructor(private readonly log: (message: string) => void) {}

  /** Returns what `work` returns. Where it throws, logs the fault under `name` and returns undefined. */
  attempt<R>(name: string, work: () => R): R | undefined {
    try {
      return work();
    } catch (fault) {
      this.#log(name, fault);
      return undefined;
    }
  }

  /** Returns what `work` returns. Where it throws or rejects, logs the fault under `name` and returns `fallback`. */
  run<R, F>(name: string, fallback: F, work: () => R | Promise<R>): R | F | Promise<R | F> {
    const failed = (fault: unknown): F => {
      this.#log(name, fault);
      return fallback;
    };
    try {
      const result = work();
      return result instanceof Promise ? result.catch(failed) : result;
    } catch (fault) {
      return failed(fault);
    }
  }
  #log(name: string, fault: unknown): void {
    this.log(`${name}: ${fault instanceof Error ? (fault.stack ?? fault.message) : String(fault)}`);
  }
}
