/** What is wrong with the fixes of a text: the judge of the properties of fixes. */
import { applyEdits, type Diagnostic, type DiagnosticCode, type Span, type TextEdit } from '#language';
import { serviceWith } from '../../language/support/language';
import { layoutFaults } from './layout';

const service = serviceWith();

/** A property that a fix breaks. */
export interface Fault {
  /** The code of the fix's diagnostic; `fix all` for all of them. */
  readonly of: string;
  readonly kind: 'layout' | 'still there' | 'new error' | 'second time';
  readonly what: string;
  readonly title: string;
  readonly before: string;
  readonly after: string;
}

/** Errors of which there are more than before, but for those that the fix has uncovered. */
function newErrors(before: Found, after: Found, change: Change): string[] {
  const at = (offset: number) => movedBy(change.edits, offset);
  const left = before.errors.filter((each) => each !== change.mended);
  const stages: ((a: Diagnostic, b: Diagnostic) => boolean)[] = [
    (a, b) => isSame(a, b) && a.offset === at(b.offset),
    isSame,
    (a, b) => a.code === b.code,
  ];
  const fresh = stages.reduce((errors, matches) => without(errors, left, matches), after.errors);
  return fresh
    .filter((error) => !isUncovered(error, before, after, change))
    .map(({ code, message }) => `${code}: ${message}`);
}

const isSame = (a: Diagnostic, b: Diagnostic) => a.code === b.code && a.message === b.message;

/** The list without those that match one of `left`, from which that one is taken. */
const without = <T>(list: readonly T[], left: T[], matches: (a: T, b: T) => boolean): readonly T[] =>
  list.filter((each) => {
    const at = left.findIndex((other) => matches(each, other));
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });

/**
 * True for a mistake of the user's own behind the mended one, which nobody could see before: in a clause that the fix
 * changes; where it makes a request readable (`REQUEST`), in that request.
 */
function isUncovered(error: Diagnostic, before: Found, after: Found, change: Change): boolean {
  const written = writtenSpans(change.edits);
  if (!isUsersOwn(error, before, after, written)) return false;
  if (change.opened.some((each) => overlap(each, error))) return true;
  const clause = itemAt(after.text, error.offset);
  return written.some((each) => each.offset <= endOf(clause) && clause.offset <= endOf(each));
}

/** Where the edits' texts are in the text after them. */
function writtenSpans(edits: readonly TextEdit[]): Span[] {
  let moved = 0;
  return [...edits]
    .sort((a, b) => a.offset - b.offset)
    .map(({ offset, length, text }) => {
      const span = { offset: offset + moved, length: text.length };
      moved += text.length - length;
      return span;
    });
}

const movedBy = (edits: readonly TextEdit[], offset: number): number =>
  edits
    .filter((edit) => endOf(edit) <= offset)
    .reduce((moved, edit) => moved + edit.text.length - edit.length, offset);

/** True when no word of the error is the fix's. */
function isUsersOwn(error: Span, before: Found, after: Found, written: readonly Span[]): boolean {
  const known = new Set(wordsOf(before.text));
  const isWritten = (word: Span) => written.some((each) => overlap(each, word));
  return [...after.text.slice(error.offset, endOf(error)).matchAll(WORD)].every(
    ({ 0: text, index }) =>
      known.has(text.toLowerCase()) || !isWritten({ offset: error.offset + index, length: text.length }),
  );
}

const WORD = /[\p{L}\p{N}_]+/gu;
const wordsOf = (text: string): string[] => (text.match(WORD) ?? []).map((word) => word.toLowerCase());

const endOf = ({ offset, length }: Span) => offset + length;

/** The clause, body or other item of the text at the offset. */
function itemAt(text: string, offset: number): Span {
  const block = service.parse(text).file.blockAt(offset);
  const item = block.tree.items.findLast((each) => each.offset <= offset - block.offset);
  return { offset: block.offset + (item?.offset ?? 0), length: item?.length ?? 0 };
}

const overlap = (a: Span, b: Span) => a.offset < endOf(b) && b.offset < endOf(a);

/** What a fix did. */
interface Change {
  readonly edits: readonly TextEdit[];
  /** Undefined for all fixes together. */
  readonly mended: Diagnostic | undefined;
  /** The requests that could not be read before, where they are after it. */
  readonly opened: readonly Span[];
}

/** Without a module that is known, or its “###”, a request is not checked: what is wrong in it shows only then. */
const REQUEST: ReadonlySet<DiagnosticCode> = new Set<DiagnosticCode>(['unknown-module']);
const opensRequest = ({ code, message }: Diagnostic) =>
  REQUEST.has(code) || (code === 'unexpected-text' && message.includes('“###”'));

/** The requests of such problems, after the edits. */
const openedBy = (text: string, problems: readonly Diagnostic[], edits: readonly TextEdit[]): Span[] =>
  problems.filter(opensRequest).map(({ offset }) => {
    const { file } = service.parse(text);
    const { offset: from, tree } = file.blockAt(offset);
    const start = movedBy(edits, from);
    const end = from + tree.text.length;
    return { offset: start, length: movedBy(edits, end) - start };
  });

/** Whether the same problem is reported as often as before, and at the same place. */
function isStillThere(problem: Diagnostic, edits: readonly TextEdit[], before: Found, after: Found): boolean {
  const moved = movedBy(edits, problem.offset);
  const same = ({ all }: Found) => all.filter((each) => isSame(each, problem));
  return same(after).length >= same(before).length && same(after).some(({ offset }) => offset === moved);
}

interface Found {
  readonly text: string;
  readonly all: readonly Diagnostic[];
  readonly errors: readonly Diagnostic[];
}

function find(text: string): Found {
  const all = service.diagnose(service.parse(text));
  return { text, all, errors: all.filter(({ severity }) => severity === 'error') };
}

/** How many fixes were judged, so that a test can't quietly judge none: in texts for *fix all*, in others for each fix. */
export const judged = { texts: 0, fixes: 0, fixAllTexts: 0, fixAlls: 0 };

/** The texts with a fix that the last defence refuses, where it should have been right at its source. */
export const refused: string[] = [];

/** The faults of each fix that is offered for the text. */
export function faultsOfFixes(text: string): Fault[] {
  judged.texts++;
  const document = service.parse(text);
  const before = find(text);
  const offered = service.fixes(document, { offset: 0, length: text.length });
  if (offered.length < before.all.flatMap(({ fixes }) => fixes).length) refused.push(text);
  return offered.flatMap(({ title, edits, diagnostic }) => {
    judged.fixes++;
    const after = applyEdits(text, edits);
    const found = find(after);
    const fault = (kind: Fault['kind'], what: string): Fault => ({
      of: diagnostic.code,
      kind,
      what,
      title: `${diagnostic.message} [${title}]`,
      before: text,
      after,
    });
    return [
      ...layoutFaults(text, after).map((what) => fault('layout', what)),
      ...(isStillThere(diagnostic, edits, before, found) ? [fault('still there', '')] : []),
      ...newErrors(before, found, {
        edits,
        mended: before.all.find((each) => each.offset === diagnostic.offset && isSame(each, diagnostic)),
        opened: openedBy(text, [diagnostic], edits),
      }).map((what) => fault('new error', what)),
    ];
  });
}

/** The faults of *fix all*. */
export function faultsOfFixAll(text: string): Fault[] {
  judged.fixAllTexts++;
  const document = service.parse(text);
  const edits = service.fixAll(document);
  if (edits.length === 0) return [];
  judged.fixAlls++;
  const after = applyEdits(text, edits);
  const found = find(text);
  const again = applyEdits(after, service.fixAll(service.parse(after)));
  const fault = (kind: Fault['kind'], what: string): Fault => ({
    of: 'fix all',
    kind,
    what,
    title: '',
    before: text,
    after,
  });
  return [
    ...layoutFaults(text, after).map((what) => fault('layout', what)),
    ...newErrors(found, find(after), {
      edits,
      mended: undefined,
      opened: openedBy(text, found.all, edits),
    }).map((what) => fault('new error', what)),
    ...(again === after ? [] : [fault('second time', again)]),
  ];
}
