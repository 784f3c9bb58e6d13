/** Commands of other tools that people paste where a request belongs. */

interface CommandRow {
  /** What users call it. */
  readonly tool: string;
  /** The names of the program, as a regular expression. */
  readonly names: string;
  /** True where an import reads it. */
  readonly isImported: boolean;
}

const ROWS: readonly CommandRow[] = [
  { tool: 'cURL', names: 'curl(?:\\.exe)?', isImported: true },
  { tool: 'PowerShell', names: 'Invoke-(?:RestMethod|WebRequest)|irm|iwr', isImported: false },
  { tool: 'wget', names: 'wget(?:\\.exe)?', isImported: false },
  { tool: 'HTTPie', names: 'https?|xhs?', isImported: false },
];

/** What may stand before it: a prompt, `$x = `, `sudo`, a folder. */
const LEAD =
  '^\\s*(?:[$%>]\\s+|PS\\b[^\\r\\n>]*>\\s*|[A-Z]:[^\\r\\n>]*>\\s*)?(?:\\$\\w+\\s*=\\s*)?\\(?(?:sudo\\s+)?(?:[\\w.:~\\\\/-]*[\\\\/])?';

/** One expression with a group for each row: each line of a file is tried. */
const COMMAND = new RegExp(`${LEAD}(?:${ROWS.map(({ names }) => `(${names})`).join('|')})\\s+\\S`, 'i');

export type ForeignCommand = Pick<CommandRow, 'tool' | 'isImported'>;

/** Returns whose command a line begins with; undefined where it begins with none. */
export function foreignCommandOf(line: string): ForeignCommand | undefined {
  const match = COMMAND.exec(line);
  return match === null ? undefined : ROWS[match.slice(1).findIndex((name) => name !== undefined)];
}
