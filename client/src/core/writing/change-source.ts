/** Changes as a view shows them: by slices, so that ten thousand cost no more than those in sight. */
import type { PlannedChange, PlannedOutcome } from './planned-change';

/** What became of a change that was agreed to. `unsent`: it was not, as the run ended before. */
export type SentOutcome = 'done' | 'failed' | 'unknown' | 'unsent';

/** What a change is at the moment: what it will do, or what became of it. Each change is in one state. */
export type ChangeState = PlannedOutcome | SentOutcome;

export interface NumberedChange {
  /** Its row in the file, as a spreadsheet numbers it; from 1 where there is no file. */
  readonly row: number;
  readonly change: PlannedChange;
  /** `text`: a sentence, such as why it failed, or the ID of the new record; may be ''. */
  readonly sent?: { readonly outcome: SentOutcome; readonly text: string };
}

/** Which changes to show. */
export interface ChangeQuery {
  readonly states: 'all' | readonly ChangeState[];
  /** Only changes that hold this text; without regard to case. */
  readonly text: string;
}

export interface ChangeSlice {
  /** How many changes the query finds. */
  readonly total: number;
  readonly changes: readonly NumberedChange[];
}

/** Where a view gets its changes from. */
export interface ChangeSource {
  /** How many changes there are: the sum of the counts. */
  readonly size: number;
  counts(): Readonly<Partial<Record<ChangeState, number>>>;
  /** By `urgencyOf` their states, then by row. */
  slice(query: ChangeQuery, from: number, count: number): Promise<ChangeSlice>;
}

export const stateOf = ({ change, sent }: NumberedChange): ChangeState => sent?.outcome ?? change.outcome;

/** What a user should look at first: 0 for what went wrong, 1 for what will, 2 for the rest. */
export type Urgency = 0 | 1 | 2;

export function urgencyOf(state: ChangeState): Urgency {
  switch (state) {
    case 'failed':
    case 'unknown':
      return 0;
    case 'refused':
    case 'unforeseen':
      return 1;
    default:
      return 2;
  }
}
