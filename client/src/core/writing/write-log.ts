/** What every write tells before and after it is sent, so that it can be listed, and taken back. */
import type { Connection } from '../connections/connection';
import type { PlannedChange, WriteSource } from './planned-change';

/** A write that is about to be sent. */
export interface NewWrite {
  readonly change: PlannedChange;
  readonly connection: Pick<Connection, 'name' | 'root'>;
  readonly source: WriteSource;
}

/** `unknown`: the platform may have done it, or not. */
export type WriteOutcome =
  | { readonly kind: 'done'; readonly status: number; readonly id?: string; readonly milliseconds: number }
  | { readonly kind: 'refused'; readonly status?: number; readonly message: string }
  | { readonly kind: 'unknown'; readonly message: string };

export interface WriteLog {
  /**
   * Keeps the old record and notes the intent, before anything is sent. Returns how to tell the outcome. Never throws: a
   * log that can't be written is told, and the write goes on.
   */
  begin(write: NewWrite): Promise<(outcome: WriteOutcome) => Promise<void>>;
}
