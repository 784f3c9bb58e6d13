/**
 * Fixes, on random files. After a fix its problem is gone and no new error is there; after *fix all* there is no error that
 * was not there before, and a second one changes nothing; what they write has spaces where a reader expects them.
 */
import assert from 'node:assert/strict';
import { anyLineEnds, anyRequest, FIXTURES } from './support/files';
import { type Fault, faultsOfFixAll, faultsOfFixes, judged } from './support/fix-faults';
import { property } from './support/property';

const shown = ({ of, kind, what, title, before, after }: Fault) =>
  `${of}: ${kind} ${what} ${title}\n${JSON.stringify(before)}\n${JSON.stringify(after)}`;

const checkFixes = (text: string) => assert.deepEqual(faultsOfFixes(text).map(shown), []);
const checkFixAll = (text: string) => assert.deepEqual(faultsOfFixAll(text).map(shown), []);

describe('fixes', () => {
  const texts = anyLineEnds(anyRequest);

  property('fixes: each ends its problem and brings no new error', 800, texts, checkFixes);

  property('fixes: fix all brings no error and changes nothing the second time', 1500, texts, checkFixAll);

  it('fixes: those of all fixtures are right', () => {
    for (const text of FIXTURES) {
      checkFixes(text);
      checkFixAll(text);
    }
  });

  after(() => {
    const { texts: tried, fixes, fixAllTexts, fixAlls } = judged;
    assert.ok(fixes >= tried, `only ${fixes} fixes in ${tried} texts`);
    assert.ok(
      fixAlls >= fixAllTexts / 5,
      `only ${fixAlls} texts of ${fixAllTexts} had something that fix all mends`,
    );
  });
});
