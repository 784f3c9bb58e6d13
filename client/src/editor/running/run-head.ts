/** The head of a results view at the end of a run: its texts and buttons. */
import { isCancelled } from '#core/remote/api-error';
import { describe } from '#core/remote/describe-error';
import type { RunOutcome } from '#core/running/pipeline';
import { summaryOf } from '#core/running/send';
import type { Verdict } from '#core/testing/judge';
import type { Method } from '#language';
import type { ViewAction, ViewHead } from '#webview/messages';
import { RESUME } from '../results/panels';
import { buttonsFor } from '../workbench/errors';

const AGAIN: ViewAction = { id: 'again', label: 'Run Again' };
const FETCH_AGAIN: ViewAction = { id: 'again', label: 'Fetch Again' };
const FETCH_ALL: ViewAction = { id: 'fetchAll', label: 'Fetch All' };
/** Opens what restores the record. */
const UNDO: ViewAction = { id: 'undo', label: 'Undo' };
export const STOP: ViewAction = { id: 'stop', label: 'Stop' };
export const PAUSE: ViewAction = { id: 'pause', label: 'Pause' };
export const CONTINUE: ViewAction = { id: 'continue', label: 'Continue' };

const isRead = (method: Method | 'SQL'): boolean => method === 'GET' || method === 'SQL';

type End = Partial<ViewHead> & Pick<ViewHead, 'state' | 'summary'>;

/** `notes` are the run's; those of its result follow. A change can't be run again from here. */
export function headOfEnd(outcome: RunOutcome, method: Method | 'SQL', notes: readonly string[]): End {
  const again = isRead(method) ? [AGAIN] : [];
  if (outcome.kind === 'failed') return headOfFailure(outcome.error, method, notes, again);
  const { result } = outcome;
  const isPart = result.extent.kind !== 'whole';
  const head = { summary: summaryOf(result, method), notes: [...notes, ...result.notes], part: isPart };
  if (outcome.kind === 'answered') {
    const { written } = outcome;
    const undo = written === undefined || written.change.outcome === 'unchanged' ? [] : [UNDO];
    return { ...head, state: 'done', actions: [...(isPart ? [FETCH_ALL] : []), ...again, ...undo] };
  }
  if (outcome.kind === 'doubtful')
    return {
      ...head,
      state: 'stopped',
      error: outcome.reason,
      actions: isRead(method) ? [method === 'SQL' ? AGAIN : FETCH_AGAIN] : [],
    };
  return {
    ...head,
    state: 'stopped',
    error: isCancelled(outcome.error)
      ? 'Stopped. The records that had arrived are kept.'
      : `Not all pages arrived; those that did are kept. ${describe(outcome.error).sentence}`,
    actions: [RESUME, ...again],
  };
}

function headOfFailure(
  failure: unknown,
  method: Method | 'SQL',
  notes: readonly string[],
  again: readonly ViewAction[],
): End {
  const { sentence, actions } = describe(failure);
  if (isCancelled(failure))
    return {
      state: 'stopped',
      summary: 'Stopped before an answer arrived.',
      // A change may have been made nevertheless; the sentence warns of it.
      ...(isRead(method) ? {} : { error: sentence }),
      actions: again,
    };
  const buttons: ViewAction[] = buttonsFor(actions).map(({ id, label }) => ({ id, label }));
  return {
    state: 'failed',
    summary: 'No answer to show.',
    error: sentence,
    notes,
    actions: actions.includes('retry') ? [...again, ...buttons] : [...buttons, ...again],
  };
}

/** Returns a sentence for each expectation that is not met, or one that all are met. */
export function sentencesOf(verdicts: readonly Verdict[]): string[] {
  if (verdicts.length === 0) return [];
  const failed = verdicts.filter(({ passed }) => !passed).map(({ message }) => message);
  if (failed.length > 0) return failed;
  return [verdicts.length === 1 ? 'The expectation is met.' : `All ${verdicts.length} expectations are met.`];
}
