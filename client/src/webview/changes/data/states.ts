/** How each state of a change reads: in words and by a mark, never by its colour alone. */
import type { ChangeState } from '#core/writing/change-source';

interface StateWords {
  /** In the list. */
  readonly word: string;
  /** Behind a number: `12 will be created`. */
  readonly counted: string;
  readonly mark: string;
}

export const STATES: Readonly<Record<ChangeState, StateWords>> = {
  create: { word: 'Create', counted: 'will be created', mark: '+' },
  update: { word: 'Change', counted: 'will be changed', mark: '~' },
  delete: { word: 'Delete', counted: 'will be deleted', mark: '−' },
  unchanged: { word: 'Unchanged', counted: 'stay as they are', mark: '=' },
  refused: { word: 'Refused', counted: 'refused', mark: '✕' },
  unforeseen: { word: 'Can’t be foreseen', counted: 'can’t be foreseen', mark: '?' },
  done: { word: 'Done', counted: 'done', mark: '✓' },
  failed: { word: 'Failed', counted: 'failed', mark: '✕' },
  unknown: { word: 'Outcome unknown', counted: 'with an unknown outcome', mark: '?' },
  unsent: { word: 'Not sent', counted: 'not sent', mark: '○' },
};

/** In the order of the table above. */
const ALL_STATES = Object.keys(STATES) as readonly ChangeState[];

type Counts = Readonly<Partial<Record<ChangeState, number>>>;

/** The states that occur, and how often. */
export const countsOf = (counts: Counts): (readonly [ChangeState, number])[] =>
  ALL_STATES.flatMap((state) => {
    const count = counts[state] ?? 0;
    return count === 0 ? [] : [[state, count] as const];
  });

/** A report's lines. Whatever was not sent is the rest, so that their sum is always the number of rows. */
export function sumsOf(
  counts: Counts,
  size: number,
): { readonly done: number; readonly failed: number; readonly unknown: number; readonly unsent: number } {
  const { done = 0, failed = 0, unknown = 0 } = counts;
  return { done, failed, unknown, unsent: size - done - failed - unknown };
}
