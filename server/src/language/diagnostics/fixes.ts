/** The fixes of diagnostics, as edits of the file. */
import type { DiagnosticCode } from '../syntax/codes';
import { editsInFile } from '../syntax/edits-in-file';
import type { BlockTree } from '../syntax/nodes';
import { FILE_START, type Fix } from '../syntax/problems';
import type { SourceFile } from '../syntax/source-file';
import { applyEdits, editsAt, endOf, meets, shift, type Span, type TextEdit } from '../text/span';
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

/** How much text may be read to try fixes, so that a file full of mistakes does not hold the editor up. */
const MAX_READ = 500_000;

/** The diagnostics of a text that stands in the file in place of a block. */
export type ReadBlock = (text: string) => readonly Diagnostic[];

/** Fixes of the diagnostics that touch the span. One that would leave its problem where it is, as in text that is broken elsewhere, is none. */
export const fixesAt = (found: readonly FileDiagnostics[], where: Span, read: ReadBlock): FileFix[] =>
  found.flatMap(({ block, diagnostics }) => {
    const local = shift(where, -block.offset);
    const touched = diagnostics.filter((each) => meets(each, local));
    const count = touched.reduce((sum, { fixes }) => sum + fixes.length, 0);
    const { tree } = block;
    const tried = count * block.tree.text.length <= MAX_READ;
    return touched.flatMap((diagnostic) =>
      safeFixes(tree, diagnostic).flatMap((fix) => {
        const edits = editsInFile(block, fix.edits);
        // What is written elsewhere in the file can't be judged by the block.
        const isOwn = fix.edits.every(({ offset }) => offset !== FILE_START);
        if (tried && isOwn && !mends({ block, diagnostics }, diagnostic, edits, read)) return [];
        return {
          title: fix.title,
          preferred: fix.preferred === true,
          edits,
          diagnostic: { ...diagnostic, ...shift(diagnostic, block.offset) },
        };
      }),
    );
  });

/** The fixes without those that would make a variable of braces that an address has as text, `%7B%7Bx%7D%7D`. */
const safeFixes = ({ text, references }: BlockTree, { fixes }: Diagnostic): readonly Fix[] =>
  /%7B/i.test(text)
    ? fixes.filter(({ edits }) =>
        edits.every((edit) =>
          [...edit.text.matchAll(/\{\{([^{}]*)/g)].every(([, inner = '']) =>
            references.some((each) => each.text === inner.trim()),
          ),
        ),
      )
    : fixes;

function mends(
  { block, diagnostics }: FileDiagnostics,
  problem: Diagnostic,
  edits: readonly TextEdit[],
  read: ReadBlock,
): boolean {
  const local = editsAt(edits, -block.offset);
  const moved = local
    .filter((edit) => endOf(edit) <= problem.offset)
    .reduce((offset, edit) => offset + edit.text.length - edit.length, problem.offset);
  const same = ({ code, message }: Diagnostic) => code === problem.code && message === problem.message;
  const left = read(applyEdits(block.tree.text, local)).filter(same);
  return left.length < diagnostics.filter(same).length || !left.some(({ offset }) => offset === moved);
}

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
export function sureFixes(version: Version, read: (text: string) => Version): TextEdit[] {
  const first = sureEdits(version.found);
  let last = version;
  let rounds = 0;
  for (let edits = first; edits.length > 0 && rounds < MAX_ROUNDS; rounds++) {
    last = read(applyEdits(last.file.text, edits));
    edits = sureEdits(last.found);
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
const sureEdits = (found: readonly FileDiagnostics[]): TextEdit[] =>
  found.flatMap(({ block, diagnostics }) => {
    if (diagnostics.some(({ code }) => BROKEN.has(code))) return [];
    const taken: TextEdit[] = [];
    const added = new Set<ParameterName>();
    for (const { preferred, edits, adds } of diagnostics.flatMap((each) => safeFixes(block.tree, each))) {
      if (preferred !== true || edits.some((edit) => taken.some((other) => clash(edit, other)))) continue;
      if (adds !== undefined && added.has(adds)) continue;
      if (adds !== undefined) added.add(adds);
      taken.push(...edits);
    }
    return editsInFile(block, taken);
  });

/** True when the two change the same text, or insert at the same place. */
const clash = (a: TextEdit, b: TextEdit): boolean =>
  (a.offset < endOf(b) && b.offset < endOf(a)) || a.offset === b.offset;
