/** What the query builder shows of a request, and the changes that it can ask for. Plain data: the builder knows no grammar. */
import type { FieldType } from '../../catalog/catalog';

/** A request as the builder shows it. The text of the file stays the only model. */
export interface BuilderState {
  /** The title of the request, or how it is called without one. */
  readonly title: string;
  /** Why the request can't be built here: one sentence. The rest is empty then. */
  readonly refused?: string;
  /** In the spelling of the file; empty where none is written. */
  readonly module: string;
  /** One sentence about it, plain text. */
  readonly moduleText?: string;
  /** All modules that can be chosen, the most common first. Empty without metadata. */
  readonly modules: readonly BuilderModule[];
  /** All fields of the module; empty while they are not known. */
  readonly fields: readonly BuilderField[];
  /** What may be done with fields, by their type: those of the fields above. */
  readonly types: readonly BuilderType[];
  /** What `$select` names, in its order; undefined: there is no `$select`, so the platform sends its own choice. */
  readonly select?: readonly BuilderPart[];
  readonly conditions: readonly BuilderCondition[];
  /** How conditions joined by both `and` and `or` are read: one sentence. */
  readonly reading?: string;
  readonly order: readonly BuilderOrder[];
  /** What stands behind `$top`, or undefined. */
  readonly top?: string;
  /** How many records come, as far as is known, where nothing says how many. */
  readonly pageSize: number;
  /** What stands behind `# @pages`, or undefined. */
  readonly pages?: string;
  /** Parts that the builder shows, but can't change: they stand there twice, or can't be read. */
  readonly locked: readonly BuilderPartName[];
  /** Lines of the request that the builder shows, locked, and does not change: other clauses, what can't be read. */
  readonly others: readonly string[];
  /** Errors of the request, beside those of its conditions, that keep it from being run: sentences. */
  readonly problems: readonly string[];
}

export type BuilderPartName = 'module' | 'select' | 'conditions' | 'order' | 'top' | 'pages';

export interface BuilderModule {
  readonly name: string;
  /** One sentence, plain text. */
  readonly text?: string;
}

/** A field. What may be done with it says the row of its type. */
export interface BuilderField {
  readonly name: string;
  readonly type: FieldType;
  /** One sentence, plain text. */
  readonly text?: string;
  readonly filterable: boolean;
  readonly sortable: boolean;
  /** Values of this field to choose from, the most frequent first. Others may be written. */
  readonly values: readonly BuilderValue[];
  /** The module whose records its values name, where it is known. */
  readonly linked?: string;
}

/** A type of fields. */
export interface BuilderType {
  readonly type: FieldType;
  /** In words: `date and time`. */
  readonly name: string;
  /** Comparisons and functions that make sense for it, the likeliest first. */
  readonly operators: readonly BuilderOperator[];
  /** Values that any field of the type may have, such as days relative to today. */
  readonly values: readonly BuilderValue[];
  /** What a number in the place of `#` may mean: `in # days`. */
  readonly counted?: readonly string[];
}

export interface BuilderOperator {
  /** As the API has it: `eq`, `contains`. */
  readonly name: string;
  /** In words: `is`, `is not`, `is before`. */
  readonly meaning: string;
}

export interface BuilderValue {
  /** As it is written, without quotes: `Available`, `{{$today + 30d}}`. */
  readonly value: string;
  /** How people say it: `in 30 days`. */
  readonly label?: string;
  /** What it is now, or how often it came: `Thursday 26 November 2026`, `in 312 of 1,000 records`. */
  readonly text?: string;
}

/** A part of a list; `locked` where it is not a plain field, and stays as it is until it is removed. */
export interface BuilderPart {
  readonly text: string;
  readonly locked: boolean;
}

export interface BuilderOrder extends BuilderPart {
  readonly descending: boolean;
}

/** A condition of the filter, in its order. `and` binds, or does not, as the platform reads it: see `joining`. */
export interface BuilderCondition {
  /** How it is joined with the one before; undefined for the first. */
  readonly join?: 'and' | 'or';
  /** The condition as it is written. */
  readonly text: string;
  /** Undefined: the builder does not understand it, and shows it locked. */
  readonly parts?: { readonly field: string; readonly operator: string; readonly value: string };
  /** The name of the record whose ID the value is; the day of a date; what a variable stands for now. */
  readonly name?: string;
  /** How people say the value: `in 45 days`. */
  readonly label?: string;
  /** Its errors, as sentences. */
  readonly problems?: readonly string[];
  /** Why it may find nothing, though it has no error: sentences. */
  readonly notes?: readonly string[];
  /** What mends it, or makes it mean more: what the builder can do at once, the likeliest first. */
  readonly fixes?: readonly string[];
}

/** One change of a request. Indices are those of the state that it was made from. */
export type BuilderChange =
  | { readonly kind: 'module'; readonly name: string }
  /** Undefined: no `$select` any more. A locked part is named by its text. */
  | { readonly kind: 'select'; readonly fields: readonly string[] | undefined }
  | { readonly kind: 'add-condition'; readonly join: 'and' | 'or'; readonly condition: BuilderConditionParts }
  | { readonly kind: 'set-condition'; readonly index: number; readonly condition: BuilderConditionParts }
  | { readonly kind: 'set-join'; readonly index: number; readonly join: 'and' | 'or' }
  | { readonly kind: 'remove-condition'; readonly index: number }
  /** `fix` is one of those of the condition. */
  | { readonly kind: 'fix-condition'; readonly index: number; readonly fix: string }
  | {
      readonly kind: 'order';
      readonly order: readonly { readonly text: string; readonly descending: boolean }[];
    }
  | { readonly kind: 'top'; readonly top: string | undefined }
  | { readonly kind: 'pages'; readonly pages: string | undefined };

/** A change that the builder writes itself. A fix is written by the check that offers it. */
export type WrittenChange = Exclude<BuilderChange, { kind: 'fix-condition' }>;

export interface BuilderConditionParts {
  readonly field: string;
  readonly operator: string;
  /** Plain text, or a reference such as `{{$today}}`; it is quoted by the language. */
  readonly value: string;
}
