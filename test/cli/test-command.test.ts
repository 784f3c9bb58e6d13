/** `apq test`: verdicts of several files, statuses, the report; and what `apq run` writes of changes and answers. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { apq, type Ended } from '../support/apq-process';
import { type RunningPlatform, startPlatformProcess } from '../support/platform-process';

const FILES = {
  'good/a.apq': `### People
# @expect count == 2
# @expect status 200
GET user
$select = ID
$top = 2
### Not judged
GET user
$top = {{nothing}}
`,
  'good/b.apq': '### Named\n# @expect count <= {{most}}\nGET user\n$top = {{most}}\n',
  'bad.apq': '### Bad\n# @expect count == 3\nGET user\n$select = ID\n$top = 2\n',
  'change.apq': `### New
# @name new
# @expect status 201
POST user
{ "Surname": "Ng", "Forenames": "A" }
### Found
# @expect count == 1
GET user?$filter=ID eq '{{new.results[0].ID}}'
`,
  'refused.apq': "### Refused\n# @expect status 400\nGET user\n$filter = Colour eq '1'\n",
  'broken.apq': '### Broken\n# @expect count > 0\nGET user\n$filter = ID = 1\n',
  'none.apq': 'GET user\n',
  'writes.apq': `### New
POST user
{ "Surname": "Ng", "Forenames": "A" }
### Mod
PUT user/1001
{ "Surname": "Ng" }
### Gone
DELETE user/1003
### One
GET user
$select = ID
$top = 1
`,
};

describe('apq test, and what is written of changes', () => {
  let platform: RunningPlatform;
  let folder: string;
  before(async () => {
    platform = await startPlatformProcess();
    folder = mkdtempSync(join(tmpdir(), 'apq-test-'));
    mkdirSync(join(folder, 'good'));
    for (const [name, text] of Object.entries(FILES)) writeFileSync(join(folder, name), text);
  });
  beforeEach(() => platform.control({ reset: true }));
  after(async () => {
    await platform.stop();
    rmSync(folder, { recursive: true });
  });

  const start = async (line: string, input = ''): Promise<Ended> =>
    apq(line.split(' '), {
      env: { APQ_API_KEY: platform.apiKey, APQ_ROOT: platform.root },
      cwd: folder,
      input,
    });

  for (const [line, code, out, err] of [
    [
      'test good --var most=3',
      0,
      'ok      good/a.apq:2: People: count == 2\nok      good/a.apq:3: People: status 200\nok      good/b.apq:2: Named: count <= {{most}}\n',
      /^Expectations met: 3 of 3\.\n$/,
    ],
    [
      'test bad.apq good/a.apq -q',
      1,
      'FAILED  bad.apq:2: Bad: Expected count == 3, but it is 2.\n',
      /^Expectations FAILED: 1 of 3\.\n$/,
    ],
    [
      'test change.apq',
      0,
      'skipped change.apq:3: New: it changes records, which needs --yes\nskipped change.apq:7: Found: it changes records, which needs --yes\n',
      /^2 requests skipped\.\n$/,
    ],
    ['test refused.apq', 0, 'ok      refused.apq:2: Refused: status 400\n', /as expected/],
    [
      'test broken.apq good/a.apq -q',
      1,
      '',
      /^broken\.apq:4:14: error .*\nThe request was not sent: correct the file first\.\n$/,
    ],
    ['test none.apq', 2, '', /^No request has an # @expect line, so there is nothing to test\.\n$/],
    [
      'test bad.apq missing.apq -q',
      1,
      'FAILED  bad.apq:2: Bad: Expected count == 3, but it is 2.\n',
      /missing/,
    ],
    ['test good/a.apq missing.apq -q', 2, '', /missing\.apq/],
    [
      'test good bad.apq --var mst=3',
      2,
      '',
      /^None of the 3 files has a variable “mst”\. Did you mean most\?\n$/,
    ],
  ] as const)
    it(`apq ${line} ends with ${code}`, async () => {
      const ended = await start(line);
      assert.deepEqual([ended.code, ended.out], [code, out], ended.err);
      assert.match(ended.err, err);
    });

  it('sends changes with --yes', async () => {
    const { out } = await start('test change.apq --yes');
    assert.match(out, /^ok {6}change\.apq:3: New: status 201\n/);
    assert.match((await platform.requests())[0] ?? '', /^POST /);
  });

  it('reads standard input', async () => {
    const { code, out } = await start('test - --stdin-filepath x.apq', FILES['bad.apq']);
    assert.deepEqual([code, out], [1, 'FAILED  x.apq:2: Bad: Expected count == 3, but it is 2.\n']);
  });

  for (const [fault, code] of [
    [{ status: 503 }, 4],
    [{ status: 429 }, 4],
    [{ drop: true }, 3],
    [{ status: 401 }, 3],
  ] as const)
    it(`ends with ${code} where the platform fails: ${JSON.stringify(fault)}`, async () => {
      await platform.control({ next: [fault] });
      const ended = await start('test bad.apq good/a.apq --retries 0 --report junit=r.xml');
      assert.deepEqual([ended.code, ended.out], [code, '']);
      assert.match(ended.err, /No more files are tested\.$/m);
      const xml = readFileSync(join(folder, 'r.xml'), 'utf8');
      assert.equal(xml.match(/<error /g)?.length, 3);
    });

  it('reports a suite for each file, with places, times and what was skipped', async () => {
    await start('test bad.apq change.apq good/a.apq --report junit=r.xml');
    const xml = readFileSync(join(folder, 'r.xml'), 'utf8');
    assert.match(
      xml,
      /<testsuite name="bad\.apq" tests="1" failures="1" errors="0" time="0\.\d{3}" file="bad\.apq">/,
    );
    assert.match(xml, /<testsuite name="change\.apq" tests="2" failures="0" errors="0" skipped="2" /);
    assert.match(
      xml,
      /<testcase classname="People" name="status 200" time="0\.000" file="good\/a\.apq" line="3"\/>/,
    );
  });

  describe('apq run --format json, of a change', () => {
    for (const [line, expected] of [
      ['--request Mod -f json', { request: 'Mod', status: 200, outcome: 'changed', ID: '1001' }],
      ['--request Gone -f json', { request: 'Gone', status: 200, outcome: 'deleted', ID: '1003' }],
      ['--request Mod -f ndjson', { request: 'Mod', status: 200, outcome: 'changed', ID: '1001' }],
    ] as const)
      it(`${line}: ${expected.outcome}`, async () => {
        const { code, out, err } = await start(`run writes.apq --yes ${line}`);
        assert.equal(code, 0, err);
        assert.deepEqual(JSON.parse(out), expected);
      });
    it('stands in its place among the results of several requests', async () => {
      const { out } = await start('run writes.apq --yes --request New --request One -f json');
      const [created, one] = JSON.parse(out) as [Record<string, unknown>, unknown];
      assert.match(String(created['ID']), /^\d+$/);
      assert.deepEqual({ ...created, ID: '' }, { request: 'New', status: 201, outcome: 'created', ID: '' });
      assert.deepEqual(one, { request: 'One', results: [{ ID: '1001' }] });
    });
  });

  describe('apq run --raw', () => {
    it('writes the answer as it came', async () => {
      const { code, out } = await start('run writes.apq --request One --raw');
      assert.deepEqual([code, JSON.parse(out)], [0, { results: [{ ID: '1001' }] }]);
      assert.doesNotMatch(out, /\n/);
    });
    for (const line of ['-f json', '--pages all', '--request Mod', '--dry-run', '--resume -o x.csv'])
      it(`is refused with ${line}`, async () => {
        const { code, err } = await start(`run writes.apq --request One --raw ${line}`);
        assert.deepEqual([code, err.startsWith('--raw ')], [2, true], err);
      });
  });
});
