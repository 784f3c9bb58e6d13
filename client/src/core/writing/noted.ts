/** Sends a write between the two lines of its log. */
import { ApiError } from '../remote/api-error';
import { describe } from '../remote/describe-error';
import type { PlannedChange } from './planned-change';
import type { NewWrite, WriteLog, WriteOutcome } from './write-log';

/** A write that was sent. */
export interface Written {
  readonly change: PlannedChange;
  /** Identifies it in the log. */
  readonly entry: string;
}

/** What an answer to a write tells the log. */
interface Answer {
  readonly status: number;
  readonly milliseconds: number;
  /** The ID of a new record. */
  readonly createdId?: string;
}

/** Tells the log before the write is sent, and what became of it. Throws what `send` throws. */
export async function noted<T extends Answer>(
  log: WriteLog,
  write: NewWrite,
  send: () => Promise<T>,
): Promise<{ readonly result: T; readonly entry: string }> {
  const begun = await log.begin(write);
  try {
    const result = await send();
    const { status, milliseconds, createdId } = result;
    const id = createdId ?? ('id' in write.change ? write.change.id : undefined);
    await begun.end({ kind: 'done', status, milliseconds, ...(id === undefined ? {} : { id }) });
    return { result, entry: begun.id };
  } catch (error) {
    await begun.end(outcomeOf(error));
    throw error;
  }
}

/** Only an answer of the API, or a call that was not even made, says that nothing was done. */
function outcomeOf(error: unknown): WriteOutcome {
  const message = describe(error).sentence;
  if (!(error instanceof ApiError) || error.outcomeUnknown) return { kind: 'unknown', message };
  return { kind: 'refused', message, ...(error.status === undefined ? {} : { status: error.status }) };
}
