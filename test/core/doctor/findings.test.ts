/** What people read about a check: the page, and what of it is kept. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { findingsOf, inShort, keptAfter } from '#core/doctor/findings';
import { pageOf } from '#core/doctor/page';
import { type PlatformFindings, TRAIT_NAMES } from '#language';

const PLATFORM: PlatformFindings = {
  checkedAt: '2026-01-31T12:00:00Z',
  traits: { parentheses: true, largestTop: 1000, countNames: { total: 'total' }, rateLimit: {} },
  evidence: [
    {
      trait: 'parentheses',
      asked: [{ address: '/api/v2/Course?$filter=ID%20eq%20%271%27', status: 200, records: 1, ids: ['1'] }],
    },
    {
      trait: 'not',
      unknown: 'A [trap](command:x).',
      asked: [{ address: '/%zz', status: 500, words: '<b>*x*</b>' }],
    },
  ],
};

describe('findings of a check', () => {
  it('have a row for every question, with what is found beside what is assumed', () => {
    const rows = findingsOf(PLATFORM);
    assert.deepEqual(
      rows.map(({ trait }) => trait),
      TRAIT_NAMES,
    );
    assert.deepEqual(
      rows.filter(({ differs }) => differs).map(({ trait, found }) => `${trait}: ${inShort(found)}`),
      ['parentheses: yes', 'largestTop: 1,000'],
    );
    for (const { means, assumedMeans, why, used } of rows)
      for (const sentence of [means, assumedMeans, why, used]) assert.match(sentence, /^\S.*\.$/);
  });

  it('are a page in which foreign text is text', () => {
    const page = pageOf({
      platform: PLATFORM,
      name: 'A | *b*',
      root: 'https://a.example/accessplan',
      sent: 12,
      notes: ['Course can’t be read, so another module was asked.'],
      ended: 'The sign-in was refused.',
    });
    assert.match(page, /^# What A \\\| \\\*b\\\* supports$/m);
    assert.match(page, /^\*\*The check ended early\.\*\* The sign-in was refused\.$/m);
    assert.match(page, /^4 of 17 questions were answered; 2 answers are other than APQ assumed\./m);
    assert.match(page, /^\| Parentheses in a filter \| \*\*yes\*\* \| no \| /m);
    assert.match(page, /^- `\/api\/v2\/Course\?\$filter=ID eq '1'` {2}\n {2}→ 200: 1 record, ID `1`$/m);
    assert.match(page, /^ {2}→ 500: \\<b\\>\\\*x\\\*\\<\/b\\>$/m);
    assert.doesNotMatch(page, /[^\\]\]\(command/);
  });

  it('replace those of an earlier check, unless the check ended early', () => {
    const before: PlatformFindings = { checkedAt: '2025', traits: { in: true, parentheses: false } };
    assert.deepEqual(keptAfter({ platform: PLATFORM }, before), PLATFORM);
    const kept = keptAfter({ platform: PLATFORM, endedBy: new Error() }, before);
    assert.deepEqual(
      [kept.checkedAt, kept.traits.in, kept.traits.parentheses],
      [PLATFORM.checkedAt, true, true],
    );
  });
});
