/** Messages between the extension and the page of an import: plain data only, never a secret. */

interface Option {
  readonly value: string;
  readonly label: string;
}

/** How the file is read in one respect. */
interface ShownChoice {
  readonly name: string;
  readonly label: string;
  /** '' where the user has to say. */
  readonly value: string;
  readonly options: readonly Option[];
  /** What was found, or what is asked. */
  readonly sentence: string;
}

interface ShownColumn {
  readonly letter: string;
  readonly name: string;
  /** What stands in the first rows. */
  readonly sample: string;
  /** '' where the column is left out. */
  readonly field: string;
  /** The type of the field; '' where it is not known. */
  readonly type: string;
  readonly mode: string;
  /** What the column is for, where it is no field: a word. The user can't change that. */
  readonly role: string;
  /** Why the column is left out, or what is wrong: a sentence. */
  readonly remark: string;
  readonly isWrong: boolean;
}

/** A cell that the platform would not take, or one that can't be read. */
export interface ShownProblem {
  readonly row: number;
  /** The index of its column; -1 where the whole row is wrong. */
  readonly column: number;
  readonly letter: string;
  readonly text: string;
  readonly message: string;
}

/** What becomes of the rows; '' until the user says. `by`: the letter of a column, or the name of a field. */
export interface ShownDeed {
  readonly kind: '' | 'create' | 'update' | 'upsert';
  readonly by: string;
}

export interface ImportState {
  /** Counts what was shown: a plan is one of what the user saw. */
  readonly version: number;
  readonly file: string;
  readonly connection: string;
  readonly production: boolean;
  /** Why the last choice was not taken: a sentence, else ''. */
  readonly error: string;
  readonly choices: readonly ShownChoice[];
  readonly notes: readonly string[];
  readonly columns: readonly ShownColumn[];
  readonly rows: readonly { readonly row: number; readonly cells: readonly string[] }[];
  readonly rowCount: number;
  readonly modules: readonly string[];
  readonly module: string;
  readonly deed: ShownDeed;
  readonly fields: readonly { readonly name: string; readonly detail: string }[];
  /** About the mapping as a whole: sentences. */
  readonly problems: readonly string[];
  readonly cells: readonly ShownProblem[];
  readonly cellCount: number;
  /** The label of the button. */
  readonly plan: string;
  /** Why there can't be a plan yet; '' where there can. */
  readonly missing: string;
}

export type ToImport =
  | { readonly type: 'state'; readonly state: ImportState }
  /** The extension works, until `text` is ''; what the user does meanwhile is done after it. */
  | { readonly type: 'busy'; readonly text: string };

export type FromImport =
  | { readonly type: 'ready' }
  | { readonly type: 'choose'; readonly name: string; readonly value: string }
  | { readonly type: 'module'; readonly name: string }
  | { readonly type: 'deed'; readonly deed: ShownDeed }
  /** `field`: '' leaves the column out. */
  | { readonly type: 'assign'; readonly column: number; readonly field: string; readonly mode: string }
  | { readonly type: 'edit'; readonly row: number; readonly column: number; readonly text: string }
  | { readonly type: 'plan'; readonly version: number }
  | { readonly type: 'cancel' };
