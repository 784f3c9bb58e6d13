/** Long work in steps, so that its caller can do something else, or drop it, between two of them. */

/** Yields where it can be paused, and returns the result. */
export type Steps<T> = Generator<undefined, T, undefined>;

/** Takes all steps at once. */
export function finish<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}
