/** What every write tells before and after it is sent, so that it can be listed, and taken back. */
import type { Connection } from '../connections/connection';
import type { PlannedChange, WriteSource } from './planned-change';

/** A write that is about to be sent. */
export interface NewWrite {
  readonly change: PlannedChange;
  readonly connection: Pick<Connection, 'name' | 'root'>;
  readonly source: WriteSource;
  /** Writes that belong together, as the rows of an import do, share it: they are listed, and taken back, as one. */
  readonly run?: string;
  /** What the list of changes calls it: the title of its request, the name of the file that is imported. */
  readonly title?: string;
}

/** `unknown`: the platform may have done it, or not. */
export type WriteOutcome =
  | { readonly kind: 'done'; readonly status: number; readonly id?: string; readonly milliseconds: number }
  | { readonly kind: 'refused'; readonly status?: number; readonly message: string }
  | { readonly kind: 'unknown'; readonly message: string };

/** A write that was noted, and may be sent now. */
export interface BegunWrite {
  /** Identifies it in the list of changes, for *Undo*. */
  readonly id: string;
  /** Notes the outcome. Never throws. */
  end(outcome: WriteOutcome): Promise<void>;
}

export interface WriteLog {
  /**
   * Keeps the old record and notes the intent, before anything is sent. Never throws: a log that can't be written is
   * told, and the write goes on.
   */
  begin(write: NewWrite): Promise<BegunWrite>;
}
