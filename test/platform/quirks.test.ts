/** What the guide leaves open, turned round: each quirk beside a platform without any. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { findModule } from '#platform/catalog';
import { compileFilter } from '#platform/filter';
import { type Quirk, QUIRK_NAMES } from '#platform/quirks';
import type { Row } from '#platform/values';
import { usePlatform } from './support';

const USERS: readonly Row[] = [
  { ID: '1', Surname: "O'Neill", Town: 'York', MoodleID: 10, HasEmail: true },
  { ID: '2', Surname: 'Ward', Town: 'Leeds', MoodleID: 9, HasEmail: false },
  { ID: '3', Surname: 'C:\\temp', Town: 'york', MoodleID: 9, HasEmail: true },
];

/** Filter, what it finds with the quirks, and what without. */
const FILTERS: readonly (readonly [quirks: readonly Quirk[], filter: string, then: string, plain: string])[] =
  [
    [['parentheses'], "Town eq 'Leeds' and (MoodleID eq '9' or MoodleID eq '10')", '2', 'refused'],
    [['parentheses'], "(Town eq 'York' or Town eq 'Leeds') and MoodleID eq '9'", '2 3', 'refused'],
    [['parentheses'], "((Town eq 'York')or(Town eq 'Leeds'))and MoodleID eq '9'", 'refused', 'refused'],
    [['parentheses'], "((Town eq 'York')or (Town eq 'Leeds'))and MoodleID eq '9'", '2 3', 'refused'],
    [['parentheses'], "( contains(Town,'o') and ( MoodleID eq '9' ) )", '3', 'refused'],
    [['parentheses'], "(Town eq 'York'", 'refused', 'refused'],
    [['parentheses'], "Town eq 'York')", 'refused', 'refused'],
    [['parentheses'], '()', 'refused', 'refused'],
    [['parentheses'], "Town eq ('York')", 'refused', 'refused'],
    [['parentheses'], "Town in ('York')", 'refused', 'refused'],
    [['parentheses'], "not (Town eq 'York')", 'refused', 'refused'],
    [['parentheses'], `${'('.repeat(100)}Town eq 'York'${')'.repeat(100)}`, '1 3', 'refused'],
    [['parentheses'], `${'('.repeat(101)}Town eq 'York'${')'.repeat(101)}`, 'refused', 'refused'],
    [['in'], "Town in ('York','Leeds')", '1 2 3', 'refused'],
    [['in'], "MoodleID in ( 9 , '10' ) and Town IN ('Leeds')", '2', 'refused'],
    [['in'], "Town in ('York')and MoodleID eq '9'", '3', 'refused'],
    [['in'], 'HasEmail in (true)', '1 3', 'refused'],
    [['in'], 'Town in ()', 'refused', 'refused'],
    [['in'], "Town in 'York'", 'refused', 'refused'],
    [['in'], "Town in('York')", 'refused', 'refused'],
    [['in'], "Town in ('York' 'Leeds')", 'refused', 'refused'],
    [['in'], "MoodleID in ('x')", 'refused', 'refused'],
    [['not'], "not contains(Town,'o')", '2', 'refused'],
    [['not'], "not (Town eq 'York' or MoodleID eq '10')", '2', 'refused'],
    [['not'], "not (not (Town eq 'York')) and MoodleID eq '9'", '3', 'refused'],
    [['not'], "Town eq 'Leeds' or not (MoodleID eq '9')", '1 2', 'refused'],
    [['not'], "not Town eq 'York'", 'refused', 'refused'],
    [['not'], "not(Town eq 'York')", 'refused', 'refused'],
    [['not'], "(Town eq 'York')", 'refused', 'refused'],
    [['left-to-right'], "Town eq 'York' or Town eq 'Leeds' and MoodleID eq '9'", '2 3', '1 2 3'],
    [['left-to-right'], "MoodleID eq '9' and Town eq 'Leeds' or Town eq 'York'", '1 2 3', '1 2 3'],
    [
      ['left-to-right', 'parentheses'],
      "Town eq 'York' or (Town eq 'Leeds' and MoodleID eq '9')",
      '1 2 3',
      'refused',
    ],
    [['backslash-quotes'], "Surname eq 'O\\'Neill'", '1', 'refused'],
    [['backslash-quotes'], "Surname eq 'O''Neill'", 'refused', '1'],
    [['backslash-quotes'], "Surname eq 'C:\\\\temp'", '3', ''],
    [['backslash-quotes'], "Surname eq 'C:\\temp'", '3', '3'],
    [['backslash-quotes'], "Surname eq 'C:\\'", 'refused', ''],
    [['backslash-quotes'], "Surname ne ''", '1 2 3', '1 2 3'],
    [['bare-refused'], 'MoodleID eq 9', 'refused', '2 3'],
    [['bare-refused'], 'HasEmail eq true', 'refused', '1 3'],
    [['bare-refused'], "MoodleID eq '9' and HasEmail eq 'true'", '3', '3'],
    [['lower-keywords'], "Town EQ 'York'", 'refused', '1 3'],
    [['lower-keywords'], "Town eq 'York' AND MoodleID eq '9'", 'refused', '3'],
    [['lower-keywords'], "Contains(Town,'York')", 'refused', '1 3'],
    [['lower-keywords'], "town eq 'York'", '1 3', '1 3'],
    [['text-case'], "Town eq 'York'", '1', '1 3'],
    [['text-case'], "Town ne 'York'", '2 3', '2'],
    [['text-case'], "startswith(Town,'y')", '3', '1 3'],
  ];

/** Request, and the answer with the quirk and without: a status, how many records, and the first. */
const READS: readonly (readonly [quirk: Quirk, path: string, then: string, plain: string])[] = [
  ['unknown-select', 'user?$top=1&$select=ID,Wombat', '400', '200: 1'],
  ['unknown-select', 'user?$top=1&$select=ID', '200: 1', '200: 1'],
  ['lower-keywords', 'user?$top=1&$orderby=ID%20DESC', '400', '200: 1'],
  ['top-20', 'user?$top=30', '200: 20', '200: 30'],
  ['top-20', 'user?$top=7', '200: 7', '200: 7'],
  ['top-refused', 'user?$top=101', '400', '200: 101'],
  ['top-refused', 'user?$top=100', '200: 100', '200: 100'],
  ['top-all', 'coursedate?$top=-1&$select=ID', '200: 200', '400'],
  ['top-all', 'coursedate?$top=-1&$skip=1', '200: 0', '400'],
  ['no-top-all', 'coursedate?$top=-1', '200: 50', '400'],
  ['plus-literal', "user?$filter=ID+eq+'1'", '400', '200: 0'],
  ['plus-literal', "user?$filter=ID%20eq%20'1'", '200: 0', '200: 0'],
];

describe('sample platform: quirks', () => {
  const module = findModule('USER');
  const found = (filter: string, quirks: readonly Quirk[]): string => {
    assert.ok(module);
    try {
      const predicate = compileFilter(filter, module, new Set(quirks));
      return USERS.filter(predicate)
        .map((row) => row['ID'])
        .join(' ');
    } catch {
      return 'refused';
    }
  };
  for (const [quirks, filter, then, plain] of FILTERS)
    it(`${quirks.join(', ')}: ${filter.length > 80 ? `${filter.slice(0, 80)}…` : filter}`, () => {
      assert.equal(found(filter, quirks), then);
      assert.equal(found(filter, []), plain);
    });

  const plainly = usePlatform();
  for (const quirk of QUIRK_NAMES) {
    const reads = READS.filter(([name]) => name === quirk);
    if (reads.length === 0) continue;
    describe(quirk, () => {
      const client = usePlatform({ quirks: new Set([quirk]) });
      for (const [, path, then, plain] of reads)
        it(path, async () => {
          for (const [at, expected] of [
            [client(), then],
            [plainly(), plain],
          ] as const) {
            const { status, results } = await at.data(path);
            assert.equal(status === 200 ? `200: ${results.length}` : String(status), expected);
          }
        });
    });
  }

  describe('skip-records', () => {
    const client = usePlatform({ quirks: new Set(['skip-records']) });
    it('leaves out as many records as $skip says', async () => {
      const ids = async (query: string) =>
        (await client().data(`user?$select=ID&${query}`)).results.map(({ ID }) => ID);
      const all = await ids('$top=10');
      assert.deepEqual(await ids('$top=5&$skip=3'), all.slice(3, 8));
      const { json } = await client().data('user?$top=5&$skip=10&$count=true');
      assert.equal(json['pageIndex'], 2);
    });
  });

  describe('short-address', () => {
    const client = usePlatform({ quirks: new Set(['short-address']) });
    it('refuses an address above 1000 characters with 414', async () => {
      const start = `${client().platform.root}/api/v2/user?$top=1&$filter=ID%20eq%20%27`;
      const address = (length: number) => `${start}${'x'.repeat(length - start.length - 3)}%27`;
      assert.equal((await client().ask(address(1000))).status, 200);
      assert.equal((await client().ask(address(1001))).status, 414);
    });
  });

  describe('count-names', () => {
    const client = usePlatform({ quirks: new Set(['count-names']) });
    it('counts under other names', async () => {
      const { json } = await client().data('user?$top=5&$skip=1&$count=true');
      assert.deepEqual(Object.keys(json), ['results', 'thisPage', 'recordsHere', 'recordsFound']);
      assert.deepEqual([json['thisPage'], json['recordsHere']], [1, 5]);
    });
  });

  describe('rate-limit', () => {
    let now = Date.now();
    const client = usePlatform({ quirks: new Set(['rate-limit']), clock: () => now });
    it('tells what is left, refuses with 429, and allows again after a second', async () => {
      for (let left = 9; left >= 0; left--) {
        const { status, headers } = await client().data('user?$top=1');
        assert.deepEqual([status, headers.get('x-ratelimit-remaining')], [200, String(left)]);
        assert.equal(headers.get('x-ratelimit-limit'), '10');
      }
      const refused = await client().data('user', { method: 'POST', body: { Surname: 'x' } });
      assert.deepEqual([refused.status, refused.headers.get('retry-after')], [429, '1']);
      now += 1000;
      assert.equal((await client().data('user?$top=1')).status, 200);
    });
  });
});
