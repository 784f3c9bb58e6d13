/** The fixes of diagnostics, as edits of the file. */
import type { DiagnosticCode } from '../syntax/codes';
import { editsInFile } from '../syntax/edits-in-file';
import type { SourceFile } from '../syntax/source-file';
import { applyEdits, endOf, firstFrom, meets, shift, type Span, type TextEdit } from '../text/span';
import type { Steps } from '../text/steps';
import type { ParameterName } from '../vocabulary/parameters';
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
          edits: editsInFile(block, fix.edits),
          diagnostic: { ...diagnostic, ...shift(diagnostic, block.offset) },
        })),
      );
  });

/** A version of a file, with its diagnostics. */
interface Version {
  readonly file: SourceFile;
  readonly found: readonly FileDiagnostics[];
}

/** More rounds than a mistake behind a mistake needs. */
const MAX_ROUNDS = 10;

/**
 * Edits of the fixes that are sure, and of those that are sure after them, until nothing changes. They don't overlap. A
 * request whose grammar is broken is left alone: only the user knows what was meant.
 */
export function* sureFixes(version: Version, read: (text: string) => Steps<Version>): Steps<TextEdit[]> {
  const first = yield* sureEdits(version.found);
  let last = version;
  let rounds = 0;
  for (let edits = first; edits.length > 0 && rounds < MAX_ROUNDS; rounds++) {
    last = yield* read(applyEdits(last.file.text, edits));
    edits = yield* sureEdits(last.found);
  }
  if (rounds < 2) return first;
  const [before, after] = [version.file, last.file];
  if (before.blocks.length !== after.blocks.length) return [difference(before.text, after.text, 0)];
  return before.blocks.flatMap(({ offset, tree }, index) => {
    const text = after.blocks[index]?.tree.text ?? '';
    return text === tree.text ? [] : [difference(tree.text, text, offset)];
  });
}

/** One edit that makes `after` of `before`, which begins at `start`. */
function difference(before: string, after: string, start: number): TextEdit {
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before[head] === after[head]) head++;
  let tail = 0;
  while (tail < most - head && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  return {
    offset: start + head,
    length: before.length - head - tail,
    text: after.slice(head, after.length - tail),
  };
}

/** The sure fixes that don't get in each other's way. */
function* sureEdits(found: readonly FileDiagnostics[]): Steps<TextEdit[]> {
  const all: TextEdit[] = [];
  for (const { block, diagnostics } of found) {
    yield;
    if (diagnostics.some(({ code }) => BROKEN.has(code))) continue;
    const taken: TextEdit[] = [];
    const added = new Set<ParameterName>();
    for (const { preferred, edits, adds } of diagnostics.flatMap(({ fixes }) => fixes)) {
      if (preferred !== true || edits.some((edit) => clashes(edit, taken))) continue;
      if (adds !== undefined && added.has(adds)) continue;
      if (adds !== undefined) added.add(adds);
      for (const edit of edits) taken.splice(firstFrom(taken, edit.offset), 0, edit);
    }
    if (taken.length > 0) for (const edit of editsInFile(block, taken)) all.push(edit);
  }
  return all;
}

/** True when the edit changes what one of those taken changes, or inserts at the same place. Those taken are in the order of the text. */
function clashes(edit: TextEdit, taken: readonly TextEdit[]): boolean {
  const index = firstFrom(taken, edit.offset);
  const [before, after] = [taken[index - 1], taken[index]];
  return (
    (before !== undefined && endOf(before) > edit.offset) ||
    (after !== undefined && (after.offset === edit.offset || after.offset < endOf(edit)))
  );
}
