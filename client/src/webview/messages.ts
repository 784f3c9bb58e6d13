/** Messages between the extension and the results view: plain data only, never a secret. */
import type { ExportFormat } from '#core/results/formats';
import type { ShownResponse } from '#core/text/shown-response';
import type { FieldChange } from '#core/writing/planned-change';

/** A button that the view offers; the extension knows what it does. */
export interface ViewAction {
  readonly id: string;
  readonly label: string;
}

type ViewState = 'running' | 'paused' | 'done' | 'stopped' | 'failed';

/** How far a run is: records so far, the total if it is known, and the rest in words (`1,200 a second, 12 s left`). */
interface ViewProgress {
  readonly done: number;
  readonly of?: number;
  readonly text: string;
}

/** The metadata of a field. */
export interface ViewField {
  readonly name: string;
  readonly type: FieldChange['type'];
  readonly label?: string;
  readonly filterable: boolean;
  readonly sortable: boolean;
  readonly writable: boolean;
  /** Known values, in the spelling of the API; another one may be written, too. */
  readonly values?: readonly string[];
}

/** Everything about a run except its records. */
export interface ViewHead {
  /** Different for each run, while columns that the user arranged stay for all runs of the request. */
  readonly run: string;
  /** The same for each run of the same request. */
  readonly request: string;
  readonly title: string;
  readonly state: ViewState;
  readonly method: string;
  /** The canonical name if it is known. */
  readonly module: string;
  /** The whole address that was called, without secrets. */
  readonly address: string;
  readonly connection: string;
  /** Whether the site is the production one, which the view shows. */
  readonly production: boolean;
  /** When it was started, ISO 8601. */
  readonly startedAt: string;
  /** One line: records, total, time. */
  readonly summary: string;
  readonly progress?: ViewProgress;
  /** What else the user should know: notes of the run, problems of the response, expectations that failed. */
  readonly notes: readonly string[];
  /** One clear sentence, when the run failed or stopped. */
  readonly error?: string;
  readonly actions: readonly ViewAction[];
  /** Whether there are more records than those here, or may be. */
  readonly part?: boolean;
  /** The fields that `$select` names, in its order; empty when the default ones were requested. */
  readonly select: readonly string[];
  /** The fields of the module, if they are known. */
  readonly fields: readonly ViewField[];
  /** Why no cell can be edited: a sentence. Undefined where cells can be. */
  readonly readOnly?: string;
  /** Whether later runs must leave this view alone. */
  readonly pinned: boolean;
  /** Why this is an earlier answer: a later run was refused, or a record of it was changed from here since. */
  readonly earlier?: 'refused' | 'changed';
  /** The locale of dates and numbers (BCP 47); the browser's by default. */
  readonly locale?: string;
}

/** The records that changes of cells belong to: the same for all runs of a request on the same platform. */
export const targetOf = ({ request, module, address }: ViewHead): string =>
  [request, module, address.split(/\/api\/v2(?:\/|$)/i, 1)[0]].join(' ');

/** A result to compare the shown one with, by `ID`. */
export interface ViewOther {
  readonly title: string;
  /** JSON array of records. */
  readonly json: string;
}

export type ToView =
  | { readonly type: 'head'; readonly head: ViewHead }
  /** A run begins: the records of the last one are removed. */
  | { readonly type: 'reset' }
  /** A JSON array of records as the API sent them; the first of them has the number `start`. */
  | { readonly type: 'records'; readonly start: number; readonly json: string }
  | { readonly type: 'responses'; readonly responses: readonly ShownResponse[] }
  /** Changes that were not sent before the view was closed: a text of `keptEdits`. */
  | { readonly type: 'edits'; readonly json: string }
  /** What became of changes that were sent: a text of `Written`, with values as `writeJson` writes them. */
  | { readonly type: 'written'; readonly json: string }
  /** Shows the comparison with another result; undefined ends it. */
  | { readonly type: 'compare'; readonly other?: ViewOther };

/** Numbers of rows (by arrival) in the order to use; `all` means the order of arrival. */
export type RowSelection = 'all' | readonly number[];

/** A condition that the view shows as a filter of a column and that `$filter` can express. */
export interface ViewCondition {
  readonly column: string;
  readonly operator: 'eq' | 'ne' | 'lt' | 'le' | 'gt' | 'ge' | 'contains' | 'startswith' | 'endswith';
  readonly value: string;
}

export type FromView =
  | { readonly type: 'ready' }
  /** A button of the head, or `pin`, `unpin`, `rename`, `compare` or `snapshot`, which always exist. */
  | { readonly type: 'action'; readonly id: string }
  /** `what` describes what was copied: `12 cells`. */
  | { readonly type: 'copy'; readonly text: string; readonly what: string }
  /** The extension writes the file, as it has all records; columns keep the order of the view. */
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
  /** Opens the record that a value of the column `CourseID` or the like points at. */
  | { readonly type: 'openLinked'; readonly column: string; readonly value: string }
  /** Writes a PUT request with just this field into a new file; nothing is sent. */
  | { readonly type: 'edit'; readonly id: string; readonly column: string; readonly value: string }
  /** The changes of cells that are not sent yet, after each of them: a text of `keptEdits`. */
  | { readonly type: 'edits'; readonly json: string }
  /** Shows what these changes will do, and sends them when the user agrees. */
  | { readonly type: 'review'; readonly json: string }
  /** A picture of the chart: SVG text, or PNG as base64. */
  | { readonly type: 'picture'; readonly format: 'svg' | 'png'; readonly data: string };
