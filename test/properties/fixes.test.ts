/**
 * Fixes, on random files. After a fix its problem is gone and no new error is there; after *fix all* there is no error that
 * was not there before, and a second one changes nothing; what they write has spaces where a reader expects them.
 */
import assert from 'node:assert/strict';
import { anyLineEnds, anyRequest, FIXTURES } from './support/files';
import { type Fault, faultsOfFixAll, faultsOfFixes, judged, refused } from './support/fix-faults';
import { property } from './support/property';

const shown = ({ of, kind, what, title, before, after }: Fault) =>
  `${of}: ${kind} ${what} ${title}\n${JSON.stringify(before)}\n${JSON.stringify(after)}`;

const assertNone = (faults: readonly Fault[]) => assert.deepEqual(faults.map(shown), []);

/** The defence that tries each fix is the last one: nearly all are right where they are made. */
const MAX_REFUSED = 1 / 1000;

describe('fixes', () => {
  const texts = anyLineEnds(anyRequest);

  property('fixes: each ends its problem and brings no new error', 300, texts, (text) =>
    assertNone(faultsOfFixes(text)),
  );

  property('fixes: fix all brings no error and changes nothing the second time', 600, texts, (text) =>
    assertNone(faultsOfFixAll(text)),
  );

  it('fixes: those of all fixtures are right', () => {
    for (const text of FIXTURES) assertNone([...faultsOfFixes(text), ...faultsOfFixAll(text)]);
  });

  after(() => {
    const { texts: others, fixes, fixAllTexts, fixAlls } = judged;
    assert.ok(
      refused.length <= Math.ceil(others * MAX_REFUSED),
      `fixes are refused in\n${refused.join('\n\n')}`,
    );
    assert.ok(fixes >= others, `only ${fixes} fixes in ${others} texts`);
    assert.ok(fixAlls >= fixAllTexts / 5, `fix all changed only ${fixAlls} texts of ${fixAllTexts}`);
  });
});
