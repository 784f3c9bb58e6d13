/** How a run of several requests ended, and a sentence about what was not sent. */
import type { Step } from './plan';
import { titleOf } from './query-file';
import type { Refusal } from './refusal';

export interface RunEnd {
  /** All that were to run, in order. */
  readonly steps: readonly Step[];
  /** Those that were sent, whatever came of them. */
  readonly sent: ReadonlySet<Step>;
  /** The step after which the port did not go on; undefined when it went on after each. */
  readonly at: Step | undefined;
  /** Why `at` was not sent; undefined where it was. */
  readonly refusal: Refusal | undefined;
}

/** Returns which requests were sent and which were not; empty where all were, or there was only one. */
export function describeUnsent({ steps, sent, at }: RunEnd): string {
  const unsent = steps.filter((step) => !sent.has(step));
  if (unsent.length === 0 || steps.length === 1) return '';
  if (sent.size === 0) return 'No request was sent.';
  // The one at which it ended is named before.
  const before = steps.filter((step) => sent.has(step) && step !== at);
  const names = (of: readonly Step[]) => of.map((step) => nameIn(steps, step)).join(', ');
  return `${before.length > 0 ? `Sent: ${names(before)}. ` : ''}Not sent: ${names(unsent)}.`;
}

/** `Delete course (2 of 3)`; empty where there was only one. */
export function placeOf({ steps, at }: RunEnd): string {
  return at === undefined || steps.length === 1
    ? ''
    : `${titleOf(at.request)} (${steps.indexOf(at) + 1} of ${steps.length})`;
}

/** The title, with its number in the run where others have the same: `Remove (3)`. */
function nameIn(steps: readonly Step[], step: Step): string {
  const title = titleOf(step.request);
  const isOnly = steps.every((other) => other === step || titleOf(other.request) !== title);
  return isOnly ? title : `${title} (${steps.indexOf(step) + 1})`;
}
