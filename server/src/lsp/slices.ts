/**
 * Long work in slices: between two of them the server reads its messages, so that it can be told to drop the work, and
 * answers about other files come in between. Works that are under way at the same time take turns.
 */
import type { Steps } from '#language';

/** A slice ends after so many milliseconds, whatever of the work is left. */
const SLICE_MS = 8;

const waiting: (() => void)[] = [];

/** One work goes on for each round of the event loop: with several, each message would wait for a slice of all of them. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    if (waiting.push(resolve) === 1) setImmediate(turn);
  });
}

function turn(): void {
  waiting.shift()?.();
  if (waiting.length > 0) setImmediate(turn);
}

/** The result of the work, or what `dropped` returns once it returns anything: asked before each slice but the first. */
export function inSlices<T, D>(steps: Steps<T>, dropped: () => D | undefined): T | Promise<T | D> {
  const first = slice(steps);
  return first.done === true ? first.value : goOn(steps, dropped);
}

async function goOn<T, D>(steps: Steps<T>, dropped: () => D | undefined): Promise<T | D> {
  for (;;) {
    await nextTurn();
    const reason = dropped();
    if (reason !== undefined) return reason;
    const next = slice(steps);
    if (next.done === true) return next.value;
  }
}

function slice<T>(steps: Steps<T>): IteratorResult<undefined, T> {
  const end = performance.now() + SLICE_MS;
  let step = steps.next();
  while (step.done !== true && performance.now() < end) step = steps.next();
  return step;
}
