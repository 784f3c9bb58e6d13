/** Messages between the extension and the page of the query builder: plain data only, never a secret. */
import type { BuilderCondition, BuilderConditionParts, BuilderRecords, BuilderState } from '#language';

export type {
  BuilderConditionParts,
  BuilderField,
  BuilderOperator,
  BuilderOrder,
  BuilderPart,
} from '#language';

/** A condition with a name that it keeps while others come and go, so that the page keeps its row. */
export interface ShownCondition extends BuilderCondition {
  readonly key: string;
}

/** A request as the page shows it. */
export interface ShownRequest extends Omit<BuilderState, 'conditions'> {
  /** Which request it is: another one has another number. */
  readonly request: number;
  /** The number of the last wish that was carried out, or refused. */
  readonly done: number;
  readonly file: string;
  /** The name of the connection on which it would run; '' where there is none. */
  readonly connection: string;
  readonly production: boolean;
  readonly conditions: readonly ShownCondition[];
}

/**
 * What the user wants changed, in terms of what they saw. It stays right where other wishes are carried out before it,
 * which a list of indices or of all fields would not.
 */
export type Wish =
  | { readonly kind: 'module'; readonly name: string }
  | { readonly kind: 'add-field'; readonly field: string }
  | { readonly kind: 'remove-field'; readonly part: PartRef }
  | { readonly kind: 'move-field'; readonly part: PartRef; readonly by: -1 | 1 }
  | { readonly kind: 'all-fields' }
  /** `key` names the row that the page shows already. */
  | {
      readonly kind: 'add-condition';
      readonly key: string;
      readonly join: 'and' | 'or';
      readonly condition: BuilderConditionParts;
    }
  | { readonly kind: 'set-condition'; readonly key: string; readonly condition: BuilderConditionParts }
  | { readonly kind: 'set-join'; readonly key: string; readonly join: 'and' | 'or' }
  | { readonly kind: 'remove-condition'; readonly key: string }
  | { readonly kind: 'fix-condition'; readonly key: string; readonly fix: string }
  | { readonly kind: 'add-order'; readonly field: string }
  | {
      readonly kind: 'set-order';
      readonly part: PartRef;
      readonly text: string;
      readonly descending: boolean;
    }
  | { readonly kind: 'remove-order'; readonly part: PartRef }
  | { readonly kind: 'move-order'; readonly part: PartRef; readonly by: -1 | 1 }
  | { readonly kind: 'top'; readonly top: string | undefined }
  | { readonly kind: 'pages'; readonly pages: string | undefined };

/** A part of a list, as the page shows it. */
export interface PartRef {
  readonly text: string;
  readonly index: number;
}

/** The answer to the request as it stands. */
export type ShownAnswer =
  /** `text` says what it waits for, or why it is not asked: a sentence. */
  | { readonly kind: 'none'; readonly text: string }
  | { readonly kind: 'asking' }
  | {
      readonly kind: 'rows';
      /** `22 records`. */
      readonly count: string;
      /** How many there are, where the platform says so. */
      readonly total?: number;
      /** Those of the first records that are shown; none where there are none. */
      readonly columns: readonly string[];
      /** The first records, as JSON. */
      readonly json: string;
      /** How numbers and dates are written. */
      readonly locale: string;
      /** What the user should know besides, such as columns that are left out: a sentence, or ''. */
      readonly note: string;
    }
  | { readonly kind: 'failed'; readonly text: string };

export type ToBuilder =
  | { readonly type: 'request'; readonly shown: ShownRequest }
  /** There is nothing to build; `text` says what to do. */
  | { readonly type: 'nothing'; readonly file: string; readonly text: string }
  /** What the user wanted could not be done: a sentence; '' when the next was done. */
  | { readonly type: 'problem'; readonly text: string }
  | { readonly type: 'answer'; readonly answer: ShownAnswer; readonly on: boolean }
  /** The page is in use again. */
  | { readonly type: 'focus' }
  /** To the last `records` that was sent. */
  | ({ readonly type: 'records' } & FoundRecords);

/** Records whose names have the text, for the values of a field. */
export interface FoundRecords extends BuilderRecords {
  readonly field: string;
  readonly text: string;
}

export type FromBuilder =
  | { readonly type: 'ready' }
  /** `request`: the number of the request that the page showed. `id` counts the wishes, from 1. */
  | { readonly type: 'wish'; readonly request: number; readonly id: number; readonly wish: Wish }
  | { readonly type: 'undo' }
  | { readonly type: 'redo' }
  | { readonly type: 'run' }
  /** Goes to the text of the request. */
  | { readonly type: 'edit' }
  | { readonly type: 'preview'; readonly on: boolean }
  | { readonly type: 'look-up'; readonly field: string }
  /** Somebody types the name of a record where its ID belongs. */
  | { readonly type: 'records'; readonly field: string; readonly text: string }
  /** An empty file, where there is none to build in. */
  | { readonly type: 'new-file' };
