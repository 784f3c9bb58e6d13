/** What the SQL engine is asked and what it answers: shared by those who start it (the server, the client) and its worker. */
import type { FieldType } from '#language';

export interface SqlColumn {
  readonly name: string;
  /** Of a column that is computed: `unknown`. */
  readonly type: FieldType;
  /** It is computed, and its numbers may have a fraction, also where none of these has one. */
  readonly real?: boolean;
}

export interface SqlTable {
  /** As statements name it. */
  readonly name: string;
  /** No two have the same name in any case. */
  readonly columns: readonly SqlColumn[];
}

/** A number that neither a double nor 64 bits hold, as it was sent. It compares as a number near it. */
export interface Digits {
  readonly digits: string;
}

/** A value of a table or of an answer. Of a column of lists: JSON. */
export type SqlCell = string | number | bigint | boolean | null | Digits;

/** A table with its rows. */
export interface TableContent extends SqlTable {
  /** The same for the same rows: the engine keeps tables from one statement to the next. */
  readonly key: string;
  /** In the order of the columns. */
  readonly rows: Iterable<readonly SqlCell[]>;
}

export interface SqlFault {
  /**
   * `statement`: it has an error. `refused`: it would do more than read. `memory` and `rows`: it would take more than the
   * bounds allow. `engine`: the engine itself failed.
   */
  readonly kind: 'statement' | 'refused' | 'memory' | 'rows' | 'cancelled' | 'engine';
  /** One sentence or two, for a user. */
  readonly message: string;
  /** Where in the statement, in UTF-16 units. */
  readonly offset?: number;
  /** True where the statement can't be read, whatever the tables are. */
  readonly isSyntax?: boolean;
}

/** What preparing a statement against empty tables told. */
export type SqlFinding =
  | {
      readonly ok: true;
      readonly columns: readonly SqlColumn[];
      /** The columns of tables that the statement reads, each once. */
      readonly reads: readonly { readonly table: string; readonly column: string }[];
    }
  | { readonly ok: false; readonly fault: SqlFault };

export interface SqlQuestion {
  readonly statement: string;
  /** Of its parameters ?1, ?2, … */
  readonly values: readonly (string | number | bigint)[];
  readonly tables: readonly TableContent[];
  readonly signal?: AbortSignal;
  /** How many rows may come; the answer then says that it is not whole. */
  readonly mostRows?: number;
}

export interface SqlAnswer {
  /** Their names are unique: a later one of the same name is `ID_2`. */
  readonly columns: readonly SqlColumn[];
  readonly rows: readonly (readonly SqlCell[])[];
  /** False where there are more rows than `mostRows`. */
  readonly whole: boolean;
  /** Sentences: a sum that is rounded, and the like. */
  readonly notes: readonly string[];
  /** How often a sum left out a text that is no number; undefined: never. */
  readonly leftOut?: number;
}
