/** The fixes of diagnostics, as edits of the file. */
import type { DiagnosticCode } from '../syntax/codes';
import { editInFile } from '../syntax/edits-in-file';
import { meets, shift, type Span, type TextEdit } from '../text/span';
import type { Diagnostic } from './check';
import type { FileDiagnostics } from './diagnose';

/** A fix with offsets of the file. */
export interface FileFix {
  readonly title: string;
  readonly preferred: boolean;
  readonly edits: readonly TextEdit[];
  readonly diagnostic: Diagnostic;
}

/** Codes of broken grammar, where a fix is a guess. */
const BROKEN: ReadonlySet<DiagnosticCode> = new Set([
  'missing-and-or',
  'missing-operator',
  'missing-value',
  'unexpected-text',
  'unterminated-value',
  'bad-arguments',
  'missing-module',
]);

/** Fixes of the diagnostics that touch the span. */
export const fixesAt = (found: readonly FileDiagnostics[], where: Span): FileFix[] =>
  found.flatMap(({ block, diagnostics }) => {
    const local = shift(where, -block.offset);
    return diagnostics
      .filter((each) => meets(each, local))
      .flatMap((diagnostic) =>
        diagnostic.fixes.map((fix) => ({
          title: fix.title,
          preferred: fix.preferred === true,
          edits: fix.edits.map((edit) => editInFile(block, edit)),
          diagnostic: { ...diagnostic, ...shift(diagnostic, block.offset) },
        })),
      );
  });

/**
 * Edits of the fixes that are sure; they don't overlap. A request whose grammar is broken is left alone: only the user
 * knows what was meant.
 */
export function sureFixes(found: readonly FileDiagnostics[]): TextEdit[] {
  const taken: TextEdit[] = [];
  for (const { block, diagnostics } of found) {
    if (diagnostics.some(({ code }) => BROKEN.has(code))) continue;
    for (const fix of diagnostics.flatMap(({ fixes }) => fixes)) {
      if (fix.preferred !== true) continue;
      const edits = fix.edits.map((edit) => editInFile(block, edit));
      if (!edits.some((edit) => taken.some((other) => meets(edit, other)))) taken.push(...edits);
    }
  }
  return taken;
}
