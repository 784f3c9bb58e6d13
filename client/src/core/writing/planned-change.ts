/** What a write will do to one record, found out by reading only: the one model of previews, reviews and plans. */
import type { FieldType, WireRequest } from '#language';
import type { ApiRecord } from '../results/read-page';

/** A field that a write names. */
export interface FieldChange {
  /** In the metadata's spelling, where they know it. */
  readonly name: string;
  /** `unknown` without metadata. */
  readonly type: FieldType;
  /** The value that the record has; undefined for a new record, and where the platform did not show it. */
  readonly before: unknown;
  readonly after: unknown;
  /** False where the record has this value already, by the field's type: `1.50` is 1.5. */
  readonly changes: boolean;
  /** Why the platform would refuse the value, as far as the metadata tell: a sentence. */
  readonly problem?: string;
}

interface Planned {
  readonly request: WireRequest;
  /** Those that the request names, in its order. For a deletion, none. */
  readonly fields: readonly FieldChange[];
}

interface OfRecord extends Planned {
  readonly id: string;
  /** The record as it was read, with as many fields as the platform showed. */
  readonly record: ApiRecord;
}

export type PlannedChange =
  | (Planned & { readonly outcome: 'create' })
  | (OfRecord & { readonly outcome: 'update' })
  /** A PUT or upsert after which the record is as before. */
  | (OfRecord & { readonly outcome: 'unchanged' })
  /** `step`: D, the first DELETE of a user marks it as deleted, the second removes it. */
  | (OfRecord & { readonly outcome: 'delete'; readonly step: 'mark' | 'remove' })
  /** The platform would not do it. `matches`: the records of an `$upsert` that fits several. `reason`: a sentence. */
  | (Planned & {
      readonly outcome: 'refused';
      readonly reason: string;
      readonly matches: readonly ApiRecord[];
    })
  /** What it would do can't be read; `reason` is a sentence that says why. `failure`: of the read, where it failed. */
  | (Planned & {
      readonly outcome: 'unforeseen';
      readonly reason: string;
      readonly failure?: Error;
    });

export type PlannedOutcome = PlannedChange['outcome'];

/** Where a write comes from. */
export type WriteSource = 'editor' | 'grid' | 'import' | 'undo' | 'command line';
