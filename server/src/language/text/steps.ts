/** Long work in steps, so that its caller can do something else, or drop it, between two of them. */

/** Yields where it can be paused, and returns the result. */
export type Steps<T> = Generator<undefined, T, undefined>;

/** What takes a moment is done so often in one step: where work passes through many hands, each step costs more than a little of it. */
const IN_A_STEP = 64;

/** True for every so many of a list: there a step ends. */
export const endsStep = (index: number): boolean => index % IN_A_STEP === IN_A_STEP - 1;

/** Takes all steps at once. */
export function finish<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}
