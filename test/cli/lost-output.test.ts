/** Standard output without a reader, on a full disk: what else is due is done, and the status stays true. */
import assert from 'node:assert/strict';
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, afterEach, before, describe, it } from 'mocha';
import { apq, type ApqOptions, type Ended } from '../support/apq-process';
import { type RunningPlatform, startPlatformProcess } from '../support/platform-process';
import { skipUnless } from '../support/skip';

const MIXED = `### Read
GET user
$select = ID
### Change
PUT coursedate/2024
{ "Status": "Full" }
`;
const FULL = /^Standard output can’t be written: no space left on the device\.\n/;

describe('command line: standard output that is lost', () => {
  let platform: RunningPlatform;
  let folder: string;
  before(async () => {
    platform = await startPlatformProcess();
    folder = mkdtempSync(join(tmpdir(), 'apq-lost-'));
    const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
    write('m.apq', MIXED);
    write('all.apq', 'GET user\n');
    write('bad.apq', "GET user\n$filter = a = 'x'\n");
    write('untidy.apq', 'GET   user\n');
    write('long.apq', 'GET user\n$select = ID\n$top = 2\n');
    write('judged.apq', 'GET user\n# @expect count == -1\n$top = 1\n');
  });
  after(async () => {
    await platform.stop();
    rmSync(folder, { recursive: true });
  });
  afterEach(async () => platform.control({ reset: true }));

  const start = async (command: string, options: ApqOptions = {}): Promise<Ended> =>
    apq(command.split(' '), {
      cwd: folder,
      env: { APQ_API_KEY: platform.apiKey, APQ_ROOT: platform.root },
      ...options,
    });
  const unread = async (command: string) => start(command, { stdout: 'closed' });
  const full = async (command: string) => {
    const device = openSync('/dev/full', 'w');
    try {
      return await start(command, { stdout: device });
    } finally {
      closeSync(device);
    }
  };

  it('sends the change that follows where nobody reads, and writes the report', async () => {
    const { code, err } = await unread('run m.apq --request all --yes --report junit=r.xml');
    assert.equal(code, 0, err);
    // Nobody got the records, so only the change is told of.
    assert.match(err, /^Change: Changed · 200 · \d+ ms · [^\n]*\n$/);
    assert.match(readFileSync(join(folder, 'r.xml'), 'utf8'), /classname="Change"/);
  });

  it('tells nothing of records that nobody reads', async () =>
    // A table without $select leaves columns out, and says so where it is read.
    assert.deepEqual(await unread('run all.apq'), { code: 0, out: '', err: '' }));

  for (const [command, status] of [
    ['check bad.apq', 1],
    ['format --diff untidy.apq', 1],
    ['run judged.apq -q', 1],
    ['test judged.apq', 1],
    ['test judged.apq -q', 1],
    ['run m.apq --request all', 2],
    ['run m.apq --request all --yes -f json -q', 0],
    ['--help', 0],
    ['--version', 0],
  ] as const)
    it(`keeps the status ${status} of “${command}”`, async () =>
      assert.equal((await unread(command)).code, status));

  for (const format of ['csv', 'ndjson', 'json'])
    it(`stops a long read that nobody reads (${format}), quietly`, async () => {
      const ended = await unread(`run long.apq --pages all --concurrency 1 -f ${format} --verbose`);
      assert.equal(ended.code, 0, ended.err);
      // One under way, and those that were asked for while the first was written.
      const asked = [...ended.err.matchAll(/^> GET /gm)].length;
      assert.ok(asked > 0 && asked <= 4, ended.err);
      const { err } = await unread(`run long.apq --pages all -f ${format}`);
      assert.equal(err, '');
    });

  for (const command of [
    '--version',
    '--help',
    'help run',
    'check bad.apq',
    'format --diff untidy.apq',
    'format -',
    'convert long.apq --as curl',
    'completion bash',
    'metadata',
    'test judged.apq',
    'run m.apq',
    'run m.apq -f json',
    'run long.apq --pages all -f csv',
  ])
    it(`says that the disk is full: “${command}”`, async function () {
      skipUnless(this, existsSync('/dev/full'), 'there is no device that is full');
      const { code, err } = await full(command);
      assert.equal(code, 1, err);
      assert.match(err, new RegExp(FULL, 'm'));
      assert.doesNotMatch(err, /\n {4}at |Something went wrong/);
    });

  it('sends the change that follows where the disk is full', async function () {
    skipUnless(this, existsSync('/dev/full'), 'there is no device that is full');
    const { code, err } = await full('run m.apq --request all --yes');
    assert.equal(code, 1);
    assert.match(err, /^Standard output can’t be written: no space left on the device\.\nChange: Changed/);
  });
});
