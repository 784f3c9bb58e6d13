/**
 * Fixes, on random files. After a fix its problem is gone and no new error is there; after *fix all* there is no error that
 * was not there before, and a second one changes nothing; what they write has spaces where a reader expects them.
 */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { applyEdits, type Diagnostic, type TextEdit } from '#language';
import { serviceWith } from '../language/support/language';
import { anyLineEnds, anyRequest, FIXTURES } from './support/files';
import { layoutFaults } from './support/layout';
import { property } from './support/property';

const service = serviceWith();
const diagnose = (text: string): Diagnostic[] => service.diagnose(service.parse(text));

const count = (diagnostics: readonly Diagnostic[], { code, message }: Diagnostic) =>
  diagnostics.filter((each) => each.code === code && each.message === message).length;

/** Codes of errors of which there are more than before. */
function newErrors(before: readonly Diagnostic[], after: readonly Diagnostic[]): string[] {
  const errors = (all: readonly Diagnostic[]) =>
    all.filter(({ severity }) => severity === 'error').map(({ code }) => code);
  const left = errors(before);
  return errors(after).filter((code) => {
    const at = left.indexOf(code);
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
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
  const before = service.diagnose(document);
  const fixes = service.fixes(document, { offset: 0, length: text.length });
  for (const { title, edits, diagnostic } of fixes) {
    const after = checkText(text, edits, title);
    const found = diagnose(after);
    const say = shown(text, after, `${diagnostic.code}: ${diagnostic.message} [${title}]`);
    assert.ok(count(found, diagnostic) < count(before, diagnostic), `the problem is still there: ${say}`);
    assert.deepEqual(newErrors(before, found), [], `new errors: ${say}`);
  }
}

function checkFixAll(text: string): void {
  const edits = service.fixAll(service.parse(text));
  if (edits.length === 0) return;
  const after = checkText(text, edits, 'fix all');
  assert.deepEqual(
    newErrors(diagnose(text), diagnose(after)),
    [],
    shown(text, after, 'new errors after fix all'),
  );
  const again = applyEdits(after, service.fixAll(service.parse(after)));
  assert.equal(again, after, shown(text, after, 'a second fix all'));
}

describe('fixes', () => {
  const texts = anyLineEnds(fc.oneof({ weight: 8, arbitrary: anyRequest }, fc.constantFrom(...FIXTURES)));

  property('fixes: each ends its problem and brings no new error', 8000, texts, (text) => {
    checkFixes(text);
  });

  property('fixes: fix all brings no error and changes nothing the second time', 4000, texts, checkFixAll);
});
