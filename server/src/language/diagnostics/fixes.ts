/** The fixes of diagnostics, as edits of the file. */
import type { FileSymbols } from '../analysis/symbols';
import type { DiagnosticCode } from '../syntax/codes';
import { editsInFile } from '../syntax/edits-in-file';
import type { BlockTree, Item } from '../syntax/nodes';
import type { Fix } from '../syntax/problems';
import { type Block, difference, type SourceFile } from '../syntax/source-file';
import {
  applyEdits,
  changeBetween,
  editsAt,
  endOf,
  firstFrom,
  meets,
  meetsAny,
  shift,
  type Span,
  type TextEdit,
} from '../text/span';
import type { Steps } from '../text/steps';
import type { ParameterName } from '../vocabulary/parameters';
import type { Diagnostic } from './check';
import { blockReader, BROKEN, correctionOf, errorsIn, itemsWith } from './corrections';
import type { FileDiagnostics } from './diagnose';
import { itemAt } from './items';
import { bringsNone, isGone, type Place, type Reading } from './trial';

/** A fix with offsets of the file. */
export interface FileFix {
  readonly title: string;
  readonly preferred: boolean;
  /** True where no error is left in what it changes. */
  readonly ends?: boolean;
  readonly edits: readonly TextEdit[];
  readonly diagnostic: Diagnostic;
}

/** A sure fix that was made. */
export interface MadeFix {
  readonly code: DiagnosticCode;
  readonly title: string;
  /** The text that it mended, in which others were made before it, and where it did. */
  readonly text: string;
  readonly offset: number;
}

/** All sure fixes of a file. */
export interface SureFixes {
  readonly edits: TextEdit[];
  readonly made: readonly MadeFix[];
}

/** How many fixes are tried at once, and how much text is read for it: more than anyone chooses from. */
const MAX_TRIED = 200;
const MAX_READ = 1_000_000;

/**
 * Fixes of the diagnostics that touch the span. Each was tried, and is right by itself; what is left when the limits are
 * reached is not offered, as for the selection of a long file.
 */
export function* fixesAt(
  version: Version,
  where: Span,
  edited: Edited,
  diagnose: Diagnose,
): Steps<FileFix[]> {
  const right: FileFix[] = [];
  let [tried, read] = [0, 0];
  for (const { block, diagnostic, fix } of touchedBy(version.found, where)) {
    if (tried >= MAX_TRIED || read >= MAX_READ) break;
    tried++;
    read += block.tree.text.length;
    const edits = editsOf(fix, block, version.file);
    if (edits === undefined) continue;
    const next = edited(edits);
    const [before, after] = readings(block.tree, version, next, diagnose);
    const place = placeAfter(edits, block.offset + diagnostic.offset, next.file);
    if (isGone(diagnostic, place, before, after) && bringsNone(diagnostic, before, after))
      right.push({
        title: fix.title,
        preferred: fix.preferred === true,
        ends: after.every(({ diagnostics }) => diagnostics.every(({ severity }) => severity !== 'error')),
        edits,
        diagnostic: { ...diagnostic, ...shift(diagnostic, block.offset) },
      });
    yield;
  }
  return yield* withCorrections(version, where, right, edited, diagnose);
}

/** How many parts of requests are corrected whole: more than anyone has selected to read the fixes of. */
const MAX_CORRECTED = 10;

/** One fix for an item that has several errors: it is the first, and the only one that is preferred. */
function* withCorrections(
  { found }: Version,
  where: Span,
  fixes: readonly FileFix[],
  edited: Edited,
  diagnose: Diagnose,
): Steps<FileFix[]> {
  let rest = [...fixes];
  const corrections: FileFix[] = [];
  for (const each of found) {
    const { block } = each;
    const own = shift(where, -block.offset);
    const reading = readingOf(each);
    for (const item of itemsWith(reading)) {
      const errors = errorsIn(reading, item);
      const [touched] = errors.filter((error) => meets(error, own));
      if (touched === undefined || corrections.length >= MAX_CORRECTED) continue;
      const correction = yield* correctionOf(reading, item, blockReader(block, edited, diagnose));
      const isOwn = ({ diagnostic }: FileFix) =>
        diagnostic.severity === 'error' && meets(diagnostic, shift(item, block.offset));
      const sure = rest.filter((fix) => fix.preferred && isOwn(fix));
      // Broken grammar is not mended in part; and what one fix mends needs no other.
      const isPart = sure.length > 1 && !errors.some(({ code }) => BROKEN.has(code));
      if (correction === undefined || (!correction.isWhole && !isPart)) {
        rest = withOnePreferred(rest, isOwn);
        continue;
      }
      const mends = correction.isWhole ? undefined : sure[0]?.diagnostic;
      const edits = editsAt([changeBetween(block.tree.text, correction.text)], block.offset);
      const same = rest.find(
        (fix) =>
          isOwn(fix) && applyEdits(block.tree.text, editsAt(fix.edits, -block.offset)) === correction.text,
      );
      // A single mistake has its fix, and no other one.
      if (same !== undefined && errors.length === 1) {
        const { offset } = same.diagnostic;
        rest = withOnePreferred(rest, (fix) => isOwn(fix) && fix.diagnostic.offset === offset);
        continue;
      }
      corrections.push(
        same === undefined
          ? {
              title: correction.title,
              preferred: true,
              edits,
              diagnostic: mends ?? { ...touched, ...shift(touched, block.offset) },
            }
          : { ...same, preferred: true },
      );
      rest = rest.flatMap((fix) => {
        if (fix === same) return [];
        return isOwn(fix) ? [{ ...fix, preferred: false }] : [fix];
      });
    }
  }
  return [...corrections, ...rest];
}

/**
 * Of the fixes of errors in a part, one stays preferred, as an editor takes one: the first that leaves no error, which then
 * comes first, else the first.
 */
function withOnePreferred(fixes: readonly FileFix[], isOwn: (fix: FileFix) => boolean): FileFix[] {
  const sure = fixes.filter((fix) => fix.preferred && isOwn(fix));
  const ending = sure.find(({ ends }) => ends === true);
  const chosen = ending ?? sure[0];
  const rest = fixes.map((fix) =>
    sure.includes(fix) && fix !== chosen ? { ...fix, preferred: false } : fix,
  );
  return ending === undefined ? rest : [ending, ...rest.filter((fix) => fix !== ending)];
}

/** With those in another request; undefined where that is not in the file. */
function editsOf({ edits, elsewhere }: Fix, block: Block, file: SourceFile): TextEdit[] | undefined {
  const own = editsInFile(block, edits);
  if (elsewhere === undefined) return own;
  const other = file.blocks.find(({ tree }) => tree === elsewhere.tree);
  return other && [...own, ...editsInFile(other, elsewhere.edits)];
}

/** The fixes of the diagnostics that touch the span, as they are made. */
const touchedBy = (found: readonly FileDiagnostics[], where: Span) =>
  found.flatMap(({ block, diagnostics }) =>
    diagnostics
      .filter((each) => each.fixes.length > 0 && meets(each, shift(where, -block.offset)))
      .flatMap((diagnostic) => diagnostic.fixes.map((fix) => ({ block, diagnostic, fix }))),
  );

/** What the edits of a fix change, before and after them: its request, and another one where it writes into that. */
function readings(
  own: BlockTree,
  before: Names,
  after: Names,
  diagnose: Diagnose,
): readonly [Reading[], Reading[]] {
  const { removed, added } = difference(before.file, after.file);
  const others = removed.includes(own) ? [] : [own];
  const read = (trees: readonly BlockTree[], { symbols }: Names) =>
    [...trees, ...others].map((tree) => ({ tree, diagnostics: diagnose(tree, symbols) }));
  return [read(removed, before), read(added, after)];
}

/** Where what stood at the offset stands after the edits. */
function placeAfter(edits: readonly TextEdit[], offset: number, file: SourceFile): Place {
  const moved = edits
    .filter((edit) => endOf(edit) <= offset)
    .reduce((sum, edit) => sum + edit.text.length - edit.length, offset);
  const { tree, offset: start } = file.blockAt(moved);
  return { tree, offset: moved - start };
}

/** A version of a file with its names. */
interface Names {
  readonly file: SourceFile;
  readonly symbols: FileSymbols;
}

/** The version after edits of the file, of which only the requests that they touch are read again. */
type Edited = (edits: readonly TextEdit[]) => Names;

type Diagnose = (tree: BlockTree, symbols: FileSymbols) => readonly Diagnostic[];

/** A version of a file, with its diagnostics. */
interface Version extends Names {
  readonly found: readonly FileDiagnostics[];
}

/** More rounds than a mistake behind a mistake needs. */
const MAX_ROUNDS = 10;

/**
 * Edits of the fixes that are sure, and of those that are sure after them, until nothing changes. They don't overlap. A
 * part of a request whose grammar is broken is left alone: only the user knows what was meant. So is a request where the
 * fixes together bring an error.
 */
export function* sureFixes(version: Version, read: (text: string) => Steps<Version>): Steps<SureFixes> {
  if (!(yield* hasSureFixes(version.found))) return { edits: [], made: [] };
  const refused = new Set<number>();
  const rounds: TextEdit[][] = [];
  const made: MadeFix[] = [];
  let last: readonly FileDiagnostics[] = blocksOf(version);
  while (rounds.length < MAX_ROUNDS) {
    const text = last.map(({ block }) => block.tree.text).join('');
    const round = yield* sureRound(last, refused, function* (edits) {
      return blocksOf(yield* read(applyEdits(text, edits)));
    });
    if (round === undefined) break;
    rounds.push(round.edits);
    for (const each of round.made) made.push({ ...each, text });
    last = round.next;
  }
  if (rounds.length < 2) return { edits: rounds[0] ?? [], made };
  const edits = version.file.blocks.flatMap(({ offset, tree }, index) => {
    const text = last[index]?.block.tree.text ?? '';
    return text === tree.text ? [] : editsAt([changeBetween(tree.text, text)], offset);
  });
  return { edits, made };
}

function* hasSureFixes(found: readonly FileDiagnostics[]): Steps<boolean> {
  for (const each of found) {
    yield;
    if (sureOf(each).edits.length > 0) return true;
  }
  return false;
}

/** One round of sure fixes, with what comes of it; undefined where there is nothing to mend. */
function* sureRound(
  before: readonly FileDiagnostics[],
  refused: Set<number>,
  edited: (edits: readonly TextEdit[]) => Steps<readonly FileDiagnostics[]>,
): Steps<(Sure & { readonly next: readonly FileDiagnostics[] }) | undefined> {
  const sure: Sure[] = [];
  for (const [index, each] of before.entries()) {
    if (each.diagnostics.length > 0) yield;
    sure.push(refused.has(index) ? NONE : sureOf(each));
  }
  if (sure.every(({ edits }) => edits.length === 0)) return undefined;
  const all = together(sure);
  const next = yield* edited(all.edits);
  // A request that would become two is not mended.
  if (next.length !== before.length) return undefined;
  const wrong = before.flatMap((old, index) => {
    const now = next[index];
    if (sure[index]?.edits.length === 0 || now === undefined) return [];
    return bringsNone(undefined, [readingOf(old)], [readingOf(now)]) ? [] : [index];
  });
  if (wrong.length === 0) return { ...all, next };
  for (const index of wrong) {
    refused.add(index);
    sure[index] = NONE;
  }
  const rest = together(sure);
  return { ...rest, next: yield* edited(rest.edits) };
}

const readingOf = ({ block: { tree }, diagnostics }: FileDiagnostics): Reading => ({ tree, diagnostics });

/** All blocks of the version, also those without diagnostics. */
function blocksOf({ file, found }: Version): FileDiagnostics[] {
  const known = new Map(found.map(({ block, diagnostics }) => [block.tree, diagnostics]));
  return file.blocks.map((block) => ({ block, diagnostics: known.get(block.tree) ?? [] }));
}

/** Those of one text. */
interface Sure {
  readonly edits: TextEdit[];
  readonly made: readonly Omit<MadeFix, 'text'>[];
}

const NONE: Sure = { edits: [], made: [] };

const together = (sure: readonly Sure[]): Sure => ({
  edits: sure.flatMap(({ edits }) => edits),
  made: sure.flatMap(({ made }) => made),
});

/** The sure fixes of a block that don't get in each other's way. */
function sureOf({ block, diagnostics }: FileDiagnostics): Sure {
  if (diagnostics.length === 0) return NONE;
  const broken = brokenItems(block.tree, diagnostics);
  if (broken === undefined) return NONE;
  const isBroken = meetsAny(broken);
  const made: Omit<MadeFix, 'text'>[] = [];
  const taken: TextEdit[] = [];
  const added = new Set<ParameterName>();
  const offered = diagnostics.flatMap(({ fixes, code, offset }) =>
    fixes.map((fix) => ({ fix, code, offset: offset + block.offset })),
  );
  for (const { fix, code, offset } of offered) {
    const { preferred, edits, adds, title } = fix;
    if (preferred !== true || edits.some((edit) => clashes(edit, taken) || isBroken(edit))) continue;
    if (adds !== undefined && added.has(adds)) continue;
    if (adds !== undefined) added.add(adds);
    for (const edit of edits) taken.splice(firstFrom(taken, edit.offset), 0, edit);
    if (edits.length > 0) made.push({ code, title, offset });
  }
  return { edits: editsInFile(block, taken), made };
}

/** The parts whose grammar is broken; undefined where what is broken belongs to none. */
function brokenItems(tree: BlockTree, diagnostics: readonly Diagnostic[]): Item[] | undefined {
  const broken: Item[] = [];
  for (const { code, offset } of diagnostics) {
    if (!BROKEN.has(code)) continue;
    const item = itemAt(tree, offset);
    if (item === undefined) return undefined;
    broken.push(item);
  }
  return broken;
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
