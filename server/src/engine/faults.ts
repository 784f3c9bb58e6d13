/** The engine's errors in words for users. */
import type { SqlFault } from './types';

/** A statement that could not be run, or a table that could not be loaded. */
export class SqlError extends Error {
  override readonly name = 'SqlError';
  constructor(readonly fault: SqlFault) {
    super(fault.message);
  }
}

export const FAULTS = {
  empty: {
    kind: 'statement',
    isSyntax: true,
    message: 'There is no statement: write one, such as `select * from` and a name.',
  },
  second: {
    kind: 'statement',
    isSyntax: true,
    message: 'A SQL request has one statement: write the second as a request of its own.',
  },
  refused: {
    kind: 'refused',
    isSyntax: true,
    message:
      'SQL only reads here: a statement begins with `select`, `with` or `values`, and changes, attaches or sets nothing.',
  },
  memory: {
    kind: 'memory',
    message:
      'The statement takes more memory than it may: join by what the tables have in common, select fewer columns, or add a limit.',
  },
  value: {
    kind: 'memory',
    message: 'The statement makes a value that is longer than one may be: shorten it with `substr`.',
  },
  answer: {
    kind: 'memory',
    message: 'The result takes more memory than it may: select fewer columns, or add a limit.',
  },
  /** What failed follows. */
  broken: {
    kind: 'engine',
    message:
      'The SQL engine failed and was ended: run the request again, and report it if it fails once more. ',
  },
  missing: {
    kind: 'engine',
    message:
      'The SQL engine is missing: its files sql-worker.js and sqlite3.wasm.br belong beside the program. Install APQ again.',
  },
  cancelled: { kind: 'cancelled', message: 'The statement was cancelled.' },
} as const satisfies Record<string, SqlFault>;

/** What other databases have where the engine stops, in lower case, and what to write here. */
const INSTEAD: ReadonlyMap<string, string> = new Map([
  ['ilike', 'write `like`, which ignores the case of plain letters'],
  ['isnull', 'write `ifnull(value, otherwise)`, or `value is null` as a condition'],
  ['first', 'write the number at the end, as in `limit 10`'],
  ['fetch', 'write the number at the end, as in `limit 10`'],
  ['top', 'write the number at the end, as in `limit 10`'],
  ['rollup', 'write a second query for the total, joined by `union all`'],
  ['&', 'conditions are joined by `and`'],
  ['from', 'something is missing before it, or a comma stands there'],
  [')', 'something is missing before it, or a comma stands there'],
]);

/** Words of SQL that tables and columns are called by, too. */
const NAMES = /^(?:order|group|index|table|values|select|where|default|check|to|case|set|limit|when)$/i;

function unexpected(word: string): string {
  const instead = INSTEAD.get(word.toLowerCase());
  if (instead !== undefined) return `SQL does not expect “${word}” here: ${instead}.`;
  const quoted = NAMES.test(word) ? ` If it is a name, write it in double quotes: \`"${word}"\`.` : '';
  return `SQL does not expect “${word}” here.${quoted}`;
}

/** Patterns of the engine's messages, and what they are in our words. What is not listed stays as the engine says it. */
const WORDS: readonly (readonly [RegExp, (...parts: string[]) => string])[] = [
  [
    /^no such column: "([^]*)" - should this be a string literal in single-quotes\?$/,
    (name) => `No table of the statement has a column ${name}. If it is a text, put it in single quotes.`,
  ],
  [/^no such column: ([^]*)$/, (name) => `No table of the statement has a column ${name}.`],
  [
    /^no such table: ([^]*)$/,
    (name) => `There is no table ${name}: name a request of this file by its \`# @name\`.`,
  ],
  [/^no such function: ([^]*)$/, (name) => `SQL has no function ${name}.`],
  [
    // The engine names the column by its table only where `*` means all columns of each.
    /^ambiguous column name: main\.([^.]*)\.[^]*$/,
    (table) =>
      `The table ${table} stands here twice, so “*” can’t say which one is meant: give each a name of its own, as in \`${table} a, ${table} b\`.`,
  ],
  [
    /^ambiguous column name: ([^]*)$/,
    (name) => `Several tables have a column ${name}: write the table before it, as in \`t.${name}\`.`,
  ],
  [
    /^wrong number of arguments to function ([^]*)\(\)$/,
    (name) =>
      name.toLowerCase() === 'count'
        ? "count takes one value, or `*` for all rows: join several, as in `count(distinct a || '|' || b)`."
        : `The function ${name} takes another number of arguments.`,
  ],
  [
    /^misuse of (?:aggregate|aggregate function|window function)[: ]*([^]*?)(?:\(\))?$/,
    (name) =>
      `${name}() can’t stand here: it works on groups of rows, so not in \`where\` nor inside another such function. A condition on groups stands behind \`having\`.`,
  ],
  [
    /^(?:Recursion limit|parser stack overflow|Expression tree is too large.*)$/,
    () => 'The statement is nested deeper than the engine can read: divide it, with `with`.',
  ],
  [
    /^unable to use function MATCH in the requested context$/i,
    () => '`match` searches in indexes that tables do not have here: write `like`.',
  ],
  [/^incomplete input$/, () => 'The statement ends too early: something is missing at its end.'],
  [/^near "([^]*)": syntax error$/, unexpected],
  [
    /^SELECTs to the left and right of (UNION ALL|UNION|INTERSECT|EXCEPT) do not have the same number of result columns$/,
    (name) =>
      `Both sides of \`${name.toLowerCase()}\` need the same number of columns: name as many in each.`,
  ],
  [/^unrecognized token: "([^]*)"$/, (word) => `SQL can’t read ${word} here.`],
  [
    /^too many columns on ([^]*)$/,
    (name) =>
      `The table ${name} has more than 2,000 columns, which is the most: choose some with \`$select\`.`,
  ],
  [
    /^too many columns in result set$/,
    () => 'The result has more than 2,000 columns, which is the most: name those that you need.',
  ],
  [
    /^object name reserved for internal use: ([^]*)$/,
    (name) => `A table can’t be called ${name}: names that begin with sqlite_ are the engine’s own.`,
  ],
];

/** What the engine says about a statement, in our words where they help more. */
export function messageOf(engine: string): string {
  for (const [pattern, words] of WORDS) {
    const found = pattern.exec(engine);
    if (found !== null) return words(...found.slice(1));
  }
  const sentence = engine.charAt(0).toUpperCase() + engine.slice(1);
  return sentence.endsWith('.') ? sentence : `${sentence}.`;
}

/** Whether a message of the engine says that it can't read the statement. */
export const isSyntaxError = (engine: string): boolean =>
  /^(?:near ".*": syntax error|incomplete input|unrecognized token|Recursion limit|parser stack overflow)/s.test(
    engine,
  );
