/** Messages between the extension and the changes view: plain data only, never a secret. */
import type { ChangeQuery, ChangeState, NumberedChange } from '#core/writing/change-source';
import type { ViewAction } from '../messages';

/** `asking`: the user has to agree. `sending`: the changes are sent. `ended`: the report is shown. */
type ChangesPhase = 'asking' | 'sending' | 'ended';

interface ShownProgress {
  readonly done: number;
  readonly of: number;
  readonly failed: number;
  readonly text: string;
  readonly paused: boolean;
}

interface ShownReport {
  readonly sentence: string;
  readonly notes: readonly string[];
  readonly actions: readonly ViewAction[];
}

/** Everything except the changes. */
export interface ChangesHead {
  readonly title: string;
  /** What will happen, in one sentence. */
  readonly sentence: string;
  readonly connection: string;
  readonly production: boolean;
  readonly phase: ChangesPhase;
  /** The label of the button; absent where nothing can be done. */
  readonly deed?: string | undefined;
  /** What has to be typed before the button works. */
  readonly typed?: string;
  readonly notes: readonly string[];
  /** Why it is shown again: a sentence. */
  readonly why?: string;
  readonly size: number;
  readonly counts: Readonly<Partial<Record<ChangeState, number>>>;
  /** Another number whenever changes are other ones, or in other states: those in sight are asked for again. */
  readonly version: number;
  readonly progress?: ShownProgress;
  readonly report?: ShownReport;
  /** The locale of dates and numbers (BCP 47). */
  readonly locale: string;
}

/** A change with what is said about it. */
export interface ShownChange extends NumberedChange {
  /** What it is about: `user 1027`. */
  readonly what: string;
  /** The record's own name, such as that of a person; '' where it is not known. */
  readonly name: string;
  /** What would be sent: method, address and body; where nothing else tells what will happen. */
  readonly sends?: string;
}

export type ToChanges =
  | { readonly type: 'head'; readonly head: ChangesHead }
  /** The answer to `slice`: `json` is a list of `ShownChange`, with values as the API sent them. */
  | { readonly type: 'slice'; readonly id: number; readonly total: number; readonly json: string };

export type FromChanges =
  | { readonly type: 'ready' }
  /** `typed`: what the user typed, if that was asked for. `version`: the head that the user saw. */
  | { readonly type: 'agree'; readonly typed: string; readonly version: number }
  | { readonly type: 'cancel' }
  /** Opens a page with the request of a row, as it would be sent. */
  | { readonly type: 'request'; readonly row: number }
  /** `pause`, `continue`, `stop`, or an action of the report. */
  | { readonly type: 'press'; readonly id: string }
  | {
      readonly type: 'slice';
      readonly id: number;
      readonly query: ChangeQuery;
      readonly from: number;
      readonly count: number;
    };
