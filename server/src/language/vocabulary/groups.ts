/** Groups of records, as the results view makes them and the language writes them as SQL. */

/** What a column of the view holds. */
export type ColumnKind = 'text' | 'number' | 'boolean' | 'date' | 'datetime' | 'list' | 'object';

/** How a date is grouped; a week is that of ISO 8601, which begins on Monday. */
export const DATE_PARTS = ['day', 'week', 'month', 'quarter', 'year'] as const;
export type DatePart = (typeof DATE_PARTS)[number];

/** What is worked out of each group. */
export const FIGURES = ['count', 'sum', 'average', 'least', 'most', 'distinct'] as const;
export type Figure = (typeof FIGURES)[number];

export interface GroupColumn {
  readonly column: string;
  readonly kind: ColumnKind;
}

/** A filter of the view; its values are texts as the API writes them. */
export interface GroupCondition extends GroupColumn {
  readonly operator: string;
  readonly values: readonly string[];
}

/** The groups of a view, for SQL. */
export interface SqlGroups {
  /** The title of the new request. */
  readonly title: string;
  readonly levels: readonly (GroupColumn & { readonly by?: DatePart })[];
  readonly measures: readonly {
    readonly figure: Figure;
    /** None for `count`. */
    readonly of?: GroupColumn;
  }[];
  /** All of them hold. */
  readonly conditions: readonly GroupCondition[];
  /** Sorts by a measure, by its place; by the levels where there is none. */
  readonly sort?: { readonly measure: number; readonly descending: boolean };
  /** Whether there are more records than those here, or may be. */
  readonly part: boolean;
}
