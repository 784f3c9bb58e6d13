/** The one guard around everything that the server does: a fault costs one response, is logged, and ends nothing. */

export class Guard {
  constructor(private readonly log: (message: string) => void) {}

  /** Returns what `work` returns; where it throws, or its promise is rejected, the fault is logged as that of `name`. */
  run<R, F>(name: string, fallback: F, work: () => R | Promise<R>): R | F | Promise<R | F> {
    const failed = (fault: unknown): F => {
      this.log(`${name}: ${fault instanceof Error ? (fault.stack ?? fault.message) : String(fault)}`);
      return fallback;
    };
    try {
      const result = work();
      return result instanceof Promise ? result.catch(failed) : result;
    } catch (fault) {
      return failed(fault);
    }
  }
}
