/** Messages between the extension and the results view: plain data only, never a secret. */
import type { ExportFormat } from '#core/results/formats';
import type { ShownResponse } from '#core/text/shown-response';
import type { FieldChange } from '#core/writing/planned-change';
import type { SqlGroups } from '#language/vocabulary/groups';

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
  /** Computed: its numbers may have a fraction, also where none of these has one. */
  readonly real?: boolean;
  readonly label?: string;
  readonly filterable: boolean;
  readonly sortable: boolean;
  readonly writable: boolean;
  /** Known values, in the spelling of the API; another one may be written, too. */
  readonly values?: readonly string[];
  /** True where the user set which records its values name. */
  readonly names?: boolean;
}

/** An earlier answer to the same request. */
export interface PreviousAnswer {
  readonly run: string;
  /** When it was started, ISO 8601. */
  readonly startedAt: string;
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
  /** The answer to the same request before this one, which is kept to be compared with. */
  readonly previous?: PreviousAnswer;
  /** The titles of the results behind this one, which holds related records; the first is the run’s own. */
  readonly trail?: readonly string[];
  /** The locale of dates and numbers (BCP 47); the browser's by default. */
  readonly locale?: string;
}

/** Whether a run was to change records. */
export const changesRecords = ({ method }: Pick<ViewHead, 'method'>): boolean =>
  method !== 'GET' && method !== 'SQL';

/** The records that changes of cells belong to: the same for all runs of a request on the same platform. */
export const targetOf = ({ request, module, address }: ViewHead): string =>
  [request, module, address.split(/\/api\/v2(?:\/|$)/i, 1)[0]].join(' ');

/** A result to compare the shown one with, by `ID`. */
export interface ViewOther {
  readonly title: string;
  /** JSON array of records. */
  readonly json: string;
}

/** Records of a module that are related to one record. */
export interface ViewRelation {
  readonly id: string;
  /** Whether the record names them, or they name it. */
  readonly direction: 'names' | 'namedBy';
  readonly module: string;
  /** The field that holds the IDs. */
  readonly field: string;
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
  /** What is related to the record of that number; `note`: what else the user should know. */
  | {
      readonly type: 'relations';
      readonly record: number;
      readonly relations: readonly ViewRelation[];
      readonly note?: string;
    }
  /** How many records there are of a relation; `problem`: why that is not known. */
  | {
      readonly type: 'relationCount';
      readonly record: number;
      readonly relation: string;
      readonly count?: number;
      readonly problem?: string;
    }
  /** Names of the records whose IDs a column holds; undefined: there are none, so they are not shown any more. */
  | {
      readonly type: 'names';
      readonly column: string;
      readonly names?: readonly (readonly [id: string, name: string])[];
    }
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

/** A table that the view made of its records. */
export interface ViewTable {
  /** A JSON array of records. */
  readonly json: string;
  readonly columns: readonly {
    readonly name: string;
    readonly type: FieldChange['type'];
    /** A double of which no digit was sent, such as an average. */
    readonly computed?: boolean;
  }[];
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
      /** Records of the view's own that are written instead, such as groups. */
      readonly table?: ViewTable;
    }
  /** Sorting and filters of the view become `$orderby` and `$filter` of the request, shown as an edit. */
  | {
      readonly type: 'writeBack';
      readonly orderby?: readonly { readonly column: string; readonly descending: boolean }[];
      readonly filter?: readonly ViewCondition[];
    }
  /** Asks for the names of the records whose IDs these columns hold. */
  | { readonly type: 'names'; readonly columns: readonly string[] }
  /** Asks what is related to the record of that number, by arrival. */
  | { readonly type: 'relations'; readonly record: number }
  /** Counts these relations, and no others any more. */
  | { readonly type: 'countRelations'; readonly record: number; readonly relations: readonly string[] }
  /** Shows related records in place of the result: those of a relation, or those that a field such as `CourseID` names. */
  | ({ readonly type: 'follow'; readonly record: number } & (
      { readonly relation: string } | { readonly field: string }
    ))
  /** Goes back to a result of the trail. */
  | { readonly type: 'back'; readonly to: number }
  /** Groups of the records become a SQL request below theirs, shown as an edit. */
  | { readonly type: 'writeSql'; readonly groups: SqlGroups }
  /** Writes a PUT request with just this field into a new file; nothing is sent. */
  | { readonly type: 'edit'; readonly id: string; readonly column: string; readonly value: string }
  /** The changes of cells that are not sent yet, after each of them: a text of `keptEdits`. `target`: `targetOf` the head. */
  | { readonly type: 'edits'; readonly target: string; readonly json: string }
  /** Shows what these changes will do, and sends them when the user agrees. */
  | { readonly type: 'review'; readonly json: string }
  /** A picture of the chart: SVG text, or PNG as base64. */
  | { readonly type: 'picture'; readonly format: 'svg' | 'png'; readonly data: string };
