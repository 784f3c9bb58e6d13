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

const assertNone = (faults: readonly Fault[]) => assert.deepEqual(faults.map(shown), []);

/**
 * Text that nobody would write may still get a wrong fix, about once in 2,000 texts, whatever the seed. A test run, whose
 * seed changes with each commit, allows for that and for no more; `npm run fuzz` allows for nothing, so as to find them.
 */
const ALLOWED = process.env['FUZZ_MINUTES'] === undefined ? 1 / 300 : 0;

const wrong: string[] = [];
let tried = 0;

/** Keeps the faults of a text for the count at the end, or throws where none is allowed. */
const keep =
  (faultsOf: (text: string) => readonly Fault[]) =>
  (text: string): void => {
    const faults = faultsOf(text);
    if (ALLOWED === 0) assertNone(faults);
    tried++;
    if (faults.length > 0) wrong.push(faults.map(shown).join('\n'));
  };

describe('fixes', () => {
  const texts = anyLineEnds(anyRequest);

  property('fixes: each ends its problem and brings no new error', 900, texts, keep(faultsOfFixes));

  property(
    'fixes: fix all brings no error and changes nothing the second time',
    1500,
    texts,
    keep(faultsOfFixAll),
  );

  it('fixes: those of all fixtures are right', () => {
    for (const text of FIXTURES) assertNone([...faultsOfFixes(text), ...faultsOfFixAll(text)]);
  });

  after(() => {
    assert.ok(wrong.length <= tried * ALLOWED, `${wrong.length} of ${tried} texts:\n${wrong.join('\n\n')}`);
    const { texts: others, fixes, fixAllTexts, fixAlls } = judged;
    assert.ok(fixes >= others, `only ${fixes} fixes in ${others} texts`);
    assert.ok(fixAlls >= fixAllTexts / 5, `fix all changed only ${fixAlls} texts of ${fixAllTexts}`);
  });
});
