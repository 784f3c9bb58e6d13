/** A report of findings: written file by file, so that however many there are, none of it is held in memory. */
import type { Diagnostic, LineIndex } from '#language';
import type { Text } from '../color';

/** A file with what was found in it. */
export interface CheckedFile {
  /** As the user names it. */
  readonly name: string;
  readonly lines: LineIndex;
  readonly findings: readonly Diagnostic[];
}

/** The texts of a report, in order. */
export interface Report {
  readonly begin: string;
  readonly file: (checked: CheckedFile) => Text;
  /** `problems`: why something that was named could not be checked, in sentences. */
  readonly end: (problems: readonly string[]) => string;
}

/** Where a finding is, as people and most formats count: from 1. The end is the column behind its last character. */
export function placeOf(
  lines: LineIndex,
  { offset, length }: Diagnostic,
): { readonly line: number; readonly column: number; readonly endLine: number; readonly endColumn: number } {
  const [start, end] = [lines.positionAt(offset), lines.positionAt(offset + length)];
  return {
    line: start.line + 1,
    column: start.character + 1,
    endLine: end.line + 1,
    endColumn: end.character + 1,
  };
}

/** Puts a text before each of its calls except the first: the commas of a list. */
export function separator(text: string): () => string {
  let first = true;
  return () => {
    const before = first ? '' : text;
    first = false;
    return before;
  };
}
