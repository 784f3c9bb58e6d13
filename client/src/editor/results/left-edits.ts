/** Changes of cells whose view was closed: offered at once, and kept for the next run of the same request. */
import { targetOf, type ViewHead } from '#webview/messages';
import { showWarning } from '../workbench/messages';
import { readGridEdits } from './grid-edits';
import type { ResultPanel } from './panel';

const REOPEN = 'Open Again';
const DISCARD = 'Discard Changes';

export class LeftEdits {
  /** By what the changes belong to. */
  readonly #left = new Map<string, string>();

  /** Tells that a closed view had changes. Whoever closes the message finds them in the next run. */
  async offer(closed: ResultPanel, reopen: () => void): Promise<void> {
    const { edits, target, title } = closed;
    if (edits === undefined || target === undefined) return;
    this.#left.set(target, edits);
    const count = readGridEdits(edits).length;
    const choice = await showWarning(
      `“${title}” was closed with ${count === 1 ? 'a change that was' : `${count.toLocaleString('en-GB')} changes that were`} not sent. Open it again, or run the same request: the next run brings ${count === 1 ? 'it' : 'them'} back.`,
      REOPEN,
      DISCARD,
    );
    // The next run may have taken them by now.
    if (this.#left.get(target) !== edits || choice === undefined) return;
    this.#left.delete(target);
    if (choice === REOPEN) reopen();
  }

  /** Takes the changes that belong to the records of a run. */
  take(head: ViewHead): string | undefined {
    const target = targetOf(head);
    const edits = this.#left.get(target);
    this.#left.delete(target);
    return edits;
  }
}
