/** Asks for a change until the user agrees to just what it does at that moment, or does not agree. */
import type { PlannedChange } from './planned-change';
import { secondLook } from './stale';

export interface ConsentPort {
  /** Shows what a change does; `why` it is shown again, in a sentence. Returns whether the user agrees to it. */
  ask(change: PlannedChange, why: string | undefined): Promise<boolean>;
  /** Reads once more what the change does. */
  foresee(): Promise<PlannedChange>;
}

/** A change that the user agreed to. */
export interface Agreed {
  /** As it was read last. */
  readonly change: PlannedChange;
  /** What else of the record was changed meanwhile, in a sentence. */
  readonly note?: string;
}

/** Undefined where the user does not agree. */
export async function askFor(change: PlannedChange, port: ConsentPort): Promise<Agreed | undefined> {
  let [shown, why]: [PlannedChange, string | undefined] = [change, undefined];
  while (await port.ask(shown, why)) {
    const now = await port.foresee();
    const look = secondLook(shown, now);
    if (look.kind === 'holds')
      return { change: now, ...(look.note === undefined ? {} : { note: look.note }) };
    [shown, why] = [now, look.why];
  }
  return undefined;
}
