/** What a row is going to do, and what became of it: the one model of a plan in a journal and of one in memory. */
import type { ChangeState } from '../writing/change-source';
import type { PlannedChange } from '../writing/planned-change';

/** By what the record of a row is found again. */
export interface RowKey {
  /** `ID`, or the field of an upsert. */
  readonly field: string;
  readonly value: string;
}

export interface PlannedRow {
  /** Its number in the file, from 1. */
  readonly row: number;
  readonly change: PlannedChange;
  /** Undefined for a creation: nothing tells its record apart. */
  readonly key?: RowKey;
}

/** What became of a row that was to be sent. */
export type RowOutcome =
  | {
      readonly kind: 'done';
      readonly deed: 'created' | 'changed' | 'unchanged';
      /** As the platform gave it. */
      readonly id?: string;
    }
  /** The platform refused it, or it was not sent for a reason of its own: a sentence. */
  | { readonly kind: 'failed'; readonly message: string }
  /** It may have been done, or may still be: `slow` where the platform was given up while it was at it. */
  | { readonly kind: 'unknown'; readonly message: string; readonly slow?: boolean }
  /** It was certainly not done, and can be sent again. */
  | { readonly kind: 'unsent' };

/** From when on a row of unknown outcome can be looked up, in milliseconds since 1970, but for the usual moment. */
export const lookedUpFrom = ({ slow = false }: Extract<RowOutcome, { kind: 'unknown' }>): number =>
  Date.now() + (slow ? SLOW_MS : 0);

/** A platform that did not answer in time may still carry out what it was asked. */
export const SLOW_MS = 30_000;

/** Where a row is. The order is that of the numbers in which a journal keeps them. */
export const ROW_STATES = [
  'create',
  'update',
  'unchanged',
  'refused',
  'unforeseen',
  'sending',
  'created',
  'changed',
  'already',
  'failed',
  'unknown',
] as const;
export type RowState = (typeof ROW_STATES)[number];

/** How many rows are in each state. */
export type RowCounts = Readonly<Record<RowState, number>>;

export const noRows = (): Record<RowState, number> => ({
  create: 0,
  update: 0,
  unchanged: 0,
  refused: 0,
  unforeseen: 0,
  sending: 0,
  created: 0,
  changed: 0,
  already: 0,
  failed: 0,
  unknown: 0,
});

/** The state after an outcome; undefined where the row is as it was planned. */
export function stateAfter(outcome: RowOutcome): RowState | undefined {
  switch (outcome.kind) {
    case 'done':
      return outcome.deed === 'unchanged' ? 'already' : outcome.deed;
    case 'failed':
    case 'unknown':
      return outcome.kind;
    case 'unsent':
      return undefined;
  }
}

/** The state of a planned row. Throws for a deletion, which no import plans. */
export function plannedState({ outcome }: PlannedChange): RowState {
  if (outcome === 'delete') throw new RangeError('an import deletes nothing');
  return outcome;
}

/** States that are an end for a view of changes; the others are what was planned. */
const SHOWN: Readonly<Partial<Record<RowState, ChangeState>>> = {
  sending: 'unknown',
  created: 'done',
  changed: 'done',
  already: 'done',
};

/** As a view of changes names it. `over`: whether the run has ended, so that what was not sent says so. */
export function shownState(state: RowState, over: boolean): ChangeState {
  if (over && (state === 'create' || state === 'update')) return 'unsent';
  return SHOWN[state] ?? (state as Exclude<RowState, 'sending' | 'created' | 'changed' | 'already'>);
}

/** Each row once: the sum is the number of rows of the plan. */
export interface Tally {
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly refused: number;
  readonly failed: number;
  readonly unknown: number;
  readonly unsent: number;
}

export const tallyOf = (counts: RowCounts): Tally => ({
  created: counts.created,
  changed: counts.changed,
  unchanged: counts.unchanged + counts.already,
  refused: counts.refused + counts.unforeseen,
  failed: counts.failed,
  unknown: counts.unknown + counts.sending,
  unsent: counts.create + counts.update,
});

/** `created`, `changed`, …: those that are not 0, in words; `nothing to do` where all are. */
export function describeTally(tally: Tally): string {
  const parts = Object.entries({
    created: tally.created,
    changed: tally.changed,
    unchanged: tally.unchanged,
    refused: tally.refused,
    failed: tally.failed,
    'with an unknown outcome': tally.unknown,
    'not sent': tally.unsent,
  }).flatMap(([name, count]) => (count === 0 ? [] : [`${count.toLocaleString('en-GB')} ${name}`]));
  return parts.length === 0 ? 'nothing to do' : parts.join(', ');
}
