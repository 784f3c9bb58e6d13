/** The keywords of SQLite's queries, as its parser treats them. All in lower case. */

/** Never a name without quotes. */
export const RESERVED_WORDS: ReadonlySet<string> = new Set(
  (
    'add all alter and as autoincrement between case check collate commit constraint create default deferrable ' +
    'delete distinct drop else escape except exists foreign from group having in index insert intersect into is ' +
    'isnull join limit not nothing notnull null on or order primary references returning select set table then to ' +
    'transaction union unique update using values when where'
  ).split(' '),
);

/** Names of columns and functions, too, but no aliases without `as`. */
export const JOIN_WORDS: ReadonlySet<string> = new Set([
  'cross',
  'full',
  'inner',
  'left',
  'natural',
  'outer',
  'right',
]);

/** Keywords at some places of a query, and names at all others. */
export const CONTEXT_WORDS: ReadonlySet<string> = new Set(
  (
    'asc by cast current current_date current_time current_timestamp desc end exclude filter first following glob ' +
    'groups indexed last like match materialized no nulls offset others over partition preceding range recursive ' +
    'regexp row rows ties unbounded window with'
  ).split(' '),
);

/** First words of statements that are no queries. */
export const WRITING_WORDS: ReadonlySet<string> = new Set(
  (
    'alter analyze attach begin commit create delete detach drop end explain insert pragma reindex release replace ' +
    'rollback savepoint update vacuum'
  ).split(' '),
);

/** Values that are written as words. */
export const VALUE_WORDS: ReadonlySet<string> = new Set([
  'current_date',
  'current_time',
  'current_timestamp',
  'null',
]);

/** Operators between two values that are written as words; `not` may stand in front of most. */
export const OPERATOR_WORDS: ReadonlySet<string> = new Set([
  'and',
  'between',
  'collate',
  'escape',
  'glob',
  'in',
  'is',
  'isnull',
  'like',
  'match',
  'not',
  'notnull',
  'or',
  'regexp',
]);

/** Names of the row itself that no column needs to have. */
export const ROW_WORDS: ReadonlySet<string> = new Set(['rowid', 'oid', '_rowid_']);

/** Operators that ask whether two values are the same. */
export const EQUALS: ReadonlySet<string> = new Set(['=', '==', '<>', '!=']);
/** Operators that ask which of two values comes first. */
const ORDERS: ReadonlySet<string> = new Set(['<', '>', '<=', '>=']);
export const ARITHMETIC: ReadonlySet<string> = new Set(['+', '-', '*', '/', '%']);
/** Operators on the bits of whole numbers. */
export const BITWISE: ReadonlySet<string> = new Set(['&', '|', '<<', '>>', '~']);
/** Clauses whose expression is true or false for a record. */
export const CONDITION_CLAUSES: ReadonlySet<string> = new Set(['where', 'on', 'having']);
/** Operators with a value on each side that are true or false. */
export const COMPARES: ReadonlySet<string> = new Set([
  ...EQUALS,
  ...ORDERS,
  'is',
  'is not',
  'is distinct from',
  'is not distinct from',
]);
