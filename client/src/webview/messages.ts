/** What the extension and the results view tell each other. Texts and numbers only; never a secret. */

/** A button that the view offers; the extension knows what it does. */
export interface ViewAction {
  readonly id: string;
  readonly label: string;
}

export type ViewState = 'running' | 'done' | 'stopped' | 'failed';

/** Everything about a run but its rows. */
export interface ViewHead {
  readonly title: string;
  readonly state: ViewState;
  readonly method: string;
  /** The whole address that was called, without secrets. */
  readonly address: string;
  readonly connection: string;
  /** The site is the production one: the view says so. */
  readonly production: boolean;
  /** One line: records, total, time. */
  readonly summary: string;
  /** What the user should know beside: notes of the run, problems of the answer. */
  readonly notes: readonly string[];
  /** The one clear sentence, when the run failed or stopped. */
  readonly error?: string;
  readonly actions: readonly ViewAction[];
  readonly columns: readonly string[];
  /** Columns whose values are numbers stand on the right. */
  readonly numeric: readonly boolean[];
}

export type ToView =
  | { readonly type: 'head'; readonly head: ViewHead }
  /** Replaces the rows from `start` on. */
  | { readonly type: 'rows'; readonly start: number; readonly rows: readonly (readonly string[])[] };

export type FromView =
  | { readonly type: 'ready' }
  | { readonly type: 'action'; readonly id: string }
  | { readonly type: 'copy'; readonly text: string };
