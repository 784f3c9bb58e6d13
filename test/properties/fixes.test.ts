/**
 * Fixes, on random files. After a fix its problem is gone and no new error is there; after *fix all* there is no error that
 * was not there before, and a second one changes nothing; what they write has spaces where a reader expects them.
 */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { applyEdits, type Diagnostic, type DiagnosticCode, type Span, type TextEdit } from '#language';
import { serviceWith } from '../language/support/language';
import { anyLineEnds, anyRequest, FIXTURES } from './support/files';
import { layoutFaults } from './support/layout';
import { property } from './support/property';
import { newWords } from './support/word-diff';

const service = serviceWith();

/** Grammar that a fix mends; then the checks see what they could not read before. */
const GRAMMAR: ReadonlySet<DiagnosticCode> = new Set<DiagnosticCode>([
  ...(['missing-and-or', 'missing-operator', 'missing-value', 'missing-module', 'bad-arguments'] as const),
  ...(['unterminated-value', 'unexpected-text', 'unsupported-parameter', 'invalid-json'] as const),
  ...(['invalid-expectation', 'invalid-directive'] as const),
]);

/** Errors in a fix's own words that show what the user wrote: the fix makes it readable, and is right. */
const REVEALED: Readonly<Partial<Record<DiagnosticCode, readonly DiagnosticCode[]>>> = {
  'unknown-field': [
    'type-mismatch',
    'unsupported-filter',
    'bad-date',
    'field-not-sortable',
    'field-not-filterable',
  ],
  'unknown-method': [
    'body-required',
    'body-not-allowed',
    'missing-id',
    'clause-not-allowed',
    'unexpected-id',
  ],
  'unsupported-parameter': ['missing-value', 'clause-not-allowed', 'duplicate-clause'],
  'unknown-operator': ['missing-value', 'unsupported-filter', 'unexpected-text'],
  'missing-and-or': ['missing-value', 'unexpected-text'],
  'unsupported-filter': ['bad-arguments'],
  'undefined-variable': ['invalid-reference'],
  'unexpected-id': ['clause-not-allowed'],
  'unknown-directive': ['invalid-directive', 'invalid-expectation'],
};

/** Errors that fixes of `mended` codes bring: of which there are more than before, in words that are new and that no wrong grammar hid. */
function newErrors(before: Found, after: Found, mended: readonly DiagnosticCode[]): string[] {
  const left = before.errors.map(({ code }) => code);
  const revealed = new Set(mended.flatMap((code) => REVEALED[code] ?? []));
  const wasBroken = mended.some((code) => GRAMMAR.has(code));
  const words = newWords(before.text, after.text);
  return after.errors
    .filter(({ code }) => {
      const at = left.indexOf(code);
      if (at >= 0) left.splice(at, 1);
      return at < 0 && !revealed.has(code) && !(wasBroken && !GRAMMAR.has(code));
    })
    .filter((error) => words.some((word) => overlap(word, error)))
    .filter((error) => !isUsersOwn(before.text, textOf(after.text, error)))
    .map(({ code, message }) => `${code}: ${message}`);
}

const textOf = (text: string, { offset, length }: Span) => text.slice(offset, offset + length);

/** True when all words of the part were in the text before. */
function isUsersOwn(before: string, part: string): boolean {
  const words = (text: string) => text.toLowerCase().match(/[\p{L}\p{N}_$]+/gu) ?? [];
  const known = new Set(words(before));
  return words(part).every((word) => known.has(word));
}

const overlap = (a: Span, b: Span) =>
  a.offset < b.offset + Math.max(1, b.length) && b.offset < a.offset + a.length;

/** Whether the same problem is reported as often as before, and at the same place. */
function isStillThere(problem: Diagnostic, edits: readonly TextEdit[], before: Found, after: Found): boolean {
  const moved = edits
    .filter((edit) => edit.offset + edit.length <= problem.offset)
    .reduce((offset, edit) => offset + edit.text.length - edit.length, problem.offset);
  const same = ({ all }: Found) =>
    all.filter(({ code, message }) => code === problem.code && message === problem.message);
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

const shown = (before: string, after: string, title: string) =>
  `${title}\n${JSON.stringify(before)}\n${JSON.stringify(after)}`;

function checkText(before: string, edits: readonly TextEdit[], title: string): string {
  const after = applyEdits(before, edits);
  assert.deepEqual(layoutFaults(before, after), [], shown(before, after, title));
  return after;
}

function checkFixes(text: string): void {
  const document = service.parse(text);
  const before = find(text);
  const fixes = service.fixes(document, { offset: 0, length: text.length });
  for (const { title, edits, diagnostic } of fixes) {
    const after = checkText(text, edits, title);
    const found = find(after);
    const say = shown(text, after, `${diagnostic.code}: ${diagnostic.message} [${title}]`);
    assert.ok(!isStillThere(diagnostic, edits, before, found), `the problem is still there: ${say}`);
    assert.deepEqual(newErrors(before, found, [diagnostic.code]), [], `new errors: ${say}`);
  }
}

function checkFixAll(text: string): void {
  const document = service.parse(text);
  const edits = service.fixAll(document);
  if (edits.length === 0) return;
  const after = checkText(text, edits, 'fix all');
  const mended = service
    .fixes(document, { offset: 0, length: text.length })
    .flatMap(({ preferred, diagnostic }) => (preferred ? [diagnostic.code] : []));
  assert.deepEqual(
    newErrors(find(text), find(after), mended),
    [],
    shown(text, after, 'new errors after fix all'),
  );
  const again = applyEdits(after, service.fixAll(service.parse(after)));
  assert.equal(again, after, shown(text, after, 'a second fix all'));
}

describe('fixes', () => {
  const texts = anyLineEnds(fc.oneof({ weight: 8, arbitrary: anyRequest }, fc.constantFrom(...FIXTURES)));

  property('fixes: each ends its problem and brings no new error', 300, texts, (text) => {
    checkFixes(text);
  });

  property('fixes: fix all brings no error and changes nothing the second time', 1500, texts, checkFixAll);
});
