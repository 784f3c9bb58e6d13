/** What the extension and the results view tell each other. Plain data only; never a secret. */
import type { ExportFormat } from '#core/results/formats';

/** A button that the view offers; the extension knows what it does. */
export interface ViewAction {
  readonly id: string;
  readonly label: string;
}

type ViewState = 'running' | 'paused' | 'done' | 'stopped' | 'failed';

/** How far a run is: records so far, of how many where that is known, and the rest in words (`1,200 a second, 12 s left`). */
interface ViewProgress {
  readonly done: number;
  readonly of?: number;
  readonly text: string;
}

/** What the metadata say of a field. */
export interface ViewField {
  readonly name: string;
  readonly type: string;
  readonly label?: string;
  readonly filterable: boolean;
  readonly sortable: boolean;
  readonly writable: boolean;
}

/** Everything about a run but its records. */
export interface ViewHead {
  /** Another one for each run: what the user did to the columns of the last run of the same request stays. */
  readonly run: string;
  /** The same for each run of the same request. */
  readonly request: string;
  readonly title: string;
  readonly state: ViewState;
  readonly method: string;
  /** Canonical name where it is known. */
  readonly module: string;
  /** The whole address that was called, without secrets. */
  readonly address: string;
  readonly connection: string;
  /** The site is the production one: the view says so. */
  readonly production: boolean;
  /** When it was started, ISO 8601. */
  readonly startedAt: string;
  /** One line: records, total, time. */
  readonly summary: string;
  readonly progress?: ViewProgress;
  /** What the user should know beside: notes of the run, problems of the answer, expectations that failed. */
  readonly notes: readonly string[];
  /** The one clear sentence, when the run failed or stopped. */
  readonly error?: string;
  readonly actions: readonly ViewAction[];
  /** The fields that `$select` names, in its order; empty when all usual ones were asked for. */
  readonly select: readonly string[];
  /** Of the module, where they are known. */
  readonly fields: readonly ViewField[];
  /** A later run does not take this view. */
  readonly pinned: boolean;
  /** For dates and numbers (BCP 47); without it the browser's. */
  readonly locale?: string;
}

/** One answer as it came: of a run of several pages the first and the last. */
export interface ViewResponse {
  readonly status: number;
  readonly statusText: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Milliseconds; bytes of the body. */
  readonly milliseconds: number;
  readonly bytes: number;
  /** Cut after some 200,000 characters, which `cut` says. */
  readonly body: string;
  readonly cut: boolean;
}

/** A result to compare the shown one with, by `ID`. */
export interface ViewOther {
  readonly title: string;
  /** JSON array of records. */
  readonly json: string;
}

export type ToView =
  | { readonly type: 'head'; readonly head: ViewHead }
  /** A run begins: the records of the last one go. */
  | { readonly type: 'reset' }
  /** A JSON array of records as the API sent them; the first of them has the number `start`. */
  | { readonly type: 'records'; readonly start: number; readonly json: string }
  | { readonly type: 'responses'; readonly responses: readonly ViewResponse[] }
  /** Shows the comparison with another result; undefined ends it. */
  | { readonly type: 'compare'; readonly other?: ViewOther };

/** Rows by their numbers in the order of arrival, in the order to be used; `all`: as they came. */
export type RowSelection = 'all' | readonly number[];

/** A condition that the view shows as a filter of a column and that `$filter` can express. */
export interface ViewCondition {
  readonly column: string;
  readonly operator: 'eq' | 'ne' | 'lt' | 'le' | 'gt' | 'ge' | 'contains' | 'startswith' | 'endswith';
  readonly value: string;
}

export type FromView =
  | { readonly type: 'ready' }
  /** A button of the head; also `pin`, `unpin`, `rename`, `compare`, `snapshot`, which are always there. */
  | { readonly type: 'action'; readonly id: string }
  /** `what` says what was copied: `12 cells`. */
  | { readonly type: 'copy'; readonly text: string; readonly what: string }
  /** The extension writes the file, as it knows all records; columns in the order of the view. */
  | {
      readonly type: 'export';
      readonly format: ExportFormat;
      readonly to: 'file' | 'clipboard';
      readonly columns: readonly string[];
      readonly rows: RowSelection;
    }
  /** Sorting and filters of the view become `$orderby` and `$filter` of the request, shown as an edit. */
  | {
      readonly type: 'writeBack';
      readonly orderby?: readonly { readonly column: string; readonly descending: boolean }[];
      readonly filter?: readonly ViewCondition[];
    }
  /** The record that `ID` in the column `CourseID` or the like points at. */
  | { readonly type: 'openLinked'; readonly column: string; readonly value: string }
  /** Writes a PUT request with just this field into a new file; nothing is sent. */
  | { readonly type: 'edit'; readonly id: string; readonly column: string; readonly value: string }
  /** A picture of the chart: SVG text, or PNG as base64. */
  | { readonly type: 'picture'; readonly format: 'svg' | 'png'; readonly data: string };
