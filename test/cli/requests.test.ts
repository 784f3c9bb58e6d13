/** `apq run`: which requests, with which values, from which file, and where the API's refusals belong. */
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { apq, type Ended } from '../support/apq-process';
import { type RunningPlatform, startPlatformProcess } from '../support/platform-process';

const QUERIES = `### By name
GET user
$select = ID
$filter = Surname eq '{{who}}'
### Wrong
GET user
$select = ID
$filter = Colour eq '1'
### All
# @name every
GET user
$select = ID
$top = 2
### Declared
@top = 1
GET user
$select = ID
$top = {{top}}
### Answer
GET user?$filter=ID eq '{{nobody.results[0].ID}}'
### Judged
# @expect count == 1
GET user
$filter = Colour eq '1'
`;

describe('apq run: requests and values', () => {
  let platform: RunningPlatform;
  let folder: string;
  before(async () => {
    platform = await startPlatformProcess();
    folder = mkdtempSync(join(tmpdir(), 'apq-requests-'));
    writeFileSync(join(folder, 'a.apq'), QUERIES);
  });
  beforeEach(() => platform.control({ reset: true }));
  after(async () => {
    await platform.stop();
    rmSync(folder, { recursive: true });
  });

  const run = async (words: readonly string[], input?: string): Promise<Ended> =>
    apq(['run', ...words], {
      env: { APQ_API_KEY: platform.apiKey, APQ_ROOT: platform.root },
      cwd: folder,
      ...(input !== undefined && { input }),
    });
  const titles = (json: string) => (JSON.parse(json) as { request: string }[]).map(({ request }) => request);

  describe('a refusal by the API', () => {
    const WHY = "The filter is not valid at character 1: User has no field 'Colour'.";
    it('has its place, as a diagnostic of apq check has', async () => {
      const { code, err } = await run(['a.apq', '--request', 'Wrong']);
      assert.deepEqual(
        [code, err],
        [
          1,
          `a.apq:8:11: error api: Wrong: “${WHY}” The API refused the request (400). Correct what the API names, then run the request again.\n`,
        ],
      );
    });
    it('has its place among several requests', async () => {
      const { err } = await run(['a.apq', '--request', 'Declared', '--request', 'wrong']);
      assert.match(err, /^a\.apq:8:11: error api: Wrong \(1 of 2\): “.*Not sent: Declared\.$/m);
    });
    it('has its place where an expectation judges it', async () => {
      const { code, err } = await run(['a.apq', '--request', 'Judged']);
      assert.equal(code, 1);
      assert.match(err, /^a\.apq:24:11: error api: Judged: “.*\n {2}FAILED {2}Expected count/m);
    });
    for (const [status, place] of [
      [403, 'a.apq:11:1: error api: All: '],
      [404, 'a.apq:11:1: error api: All: '],
      [503, '“The sample'],
      [401, '127.0.0.1:'],
    ] as const)
      it(`with ${status} is told as “${place}…”`, async () => {
        await platform.control({ next: [{ status }] });
        const { err } = await run(['a.apq', '--request', 'every', '--retries', '0']);
        assert.ok(err.startsWith(place), err);
      });
  });

  describe('--var', () => {
    for (const [words, code, told] of [
      [['--var', 'who=Singh'], 0, /^By name: \d+ records/],
      [
        [],
        1,
        /^a\.apq:4:23: error undefined-variable: There is no variable “who”.*\nThe request was not sent: correct the file first, or give --var who=VALUE\.\n$/,
      ],
      [['--var', 'woh=x'], 2, /^a\.apq has no variable “woh”\. Did you mean who\?\n$/],
      [['--var', 'nobody=x'], 2, /^a\.apq has no variable “nobody”/],
      [['--var', 'top=2', '--request', 'Declared'], 0, /^Declared: 2 records/],
      [
        ['--request', 'Answer'],
        1,
        /No request in this file has the name “nobody”.*\nThe request was not sent: correct the file first\.\n$/,
      ],
    ] as const)
      it(`${words.join(' ') || 'absent'} ends with ${code}`, async () => {
        const ended = await run(['a.apq', ...words]);
        assert.equal(ended.code, code, ended.err);
        assert.match(ended.err, told);
      });

    it('gives a name that is only used in a dry run, too', async () => {
      const { code, out } = await run(['a.apq', '--var', 'who=O’Neil', '--dry-run']);
      assert.equal(code, 0);
      assert.match(decodeURIComponent(out), /Surname eq 'O’Neil'/);
    });
  });

  describe('--request, more than once,', () => {
    const some = ['--request', 'declared', '--request', 'every', '--request', '2'];
    it('runs each once, in the order of the file', async () => {
      const { code, out } = await run(['a.apq', ...some, '-f', 'json']);
      assert.deepEqual([code, titles(out)], [0, ['every', 'Declared']]);
    });
    it('writes a CSV for each', async () => {
      const { code, err } = await run(['a.apq', ...some, '-o', 'out.csv']);
      assert.equal(code, 0, err);
      const files = readdirSync(folder).filter((name) => name.startsWith('out'));
      assert.deepEqual(files, ['out-all.csv', 'out-declared.csv']);
      assert.match(readFileSync(join(folder, 'out-declared.csv'), 'utf8'), /^ID\r\n\d+\r\n$/);
      for (const name of files) rmSync(join(folder, name));
    });
    it('refuses one that does not exist', async () => {
      const { code, err } = await run(['a.apq', '--request', 'every', '--request', 'none']);
      assert.equal(code, 2);
      assert.match(err, /^No request is called “none”\. There are:\n/);
    });
  });

  describe('standard input', () => {
    const TEXT = 'GET user\n$select = ID\n$top = 1\n';
    for (const [words, code, out, told] of [
      [['-', '-f', 'csv'], 0, /^ID\r\n\d+\r\n$/, /^1 record/],
      [['-', '--stdin-filepath', 'x/y.apq', '--request', 'no'], 2, /^$/, /^No request is called “no”/],
      [
        ['a.apq', '--stdin-filepath', 'x.apq'],
        2,
        /^$/,
        /^--stdin-filepath says what standard input is called/,
      ],
      [
        ['-', '--api-key-stdin'],
        2,
        /^$/,
        /^Standard input can’t be both the file \(-\) and the key \(--api-key-stdin\)\. Set APQ_API_KEY instead\.\n$/,
      ],
    ] as const)
      it(`${words.join(' ')} ends with ${code}`, async () => {
        const ended = await run(words, TEXT);
        assert.equal(ended.code, code, ended.err);
        assert.match(ended.out, out);
        assert.match(ended.err, told);
      });
    it('is named as --stdin-filepath says', async () => {
      const { code, err } = await run(['-', '--stdin-filepath', 'x/y.apq'], 'GET user\n$filter = ID = 1\n');
      assert.equal(code, 1);
      assert.match(err, /^x\/y\.apq:2:14: error /);
    });
  });
});
