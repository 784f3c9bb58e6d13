/** What the command line notes of its changes, in a folder of the user's. */
import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, beforeEach, describe, it } from 'mocha';
import { ChangeLog } from '#core/writing/change-log';
import { apq, type ApqOptions } from '../support/apq-process';
import { type RunningPlatform, startPlatformProcess } from '../support/platform-process';
import { skipUnless } from '../support/skip';

const NOBODY = 65534;

describe('changes of the command line', () => {
  let platform: RunningPlatform;
  let folder: string;
  before(async () => {
    platform = await startPlatformProcess('--records', '50');
  });
  after(async () => platform.stop());
  beforeEach(() => {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
    folder = mkdtempSync(join(tmpdir(), 'apq-changes-'));
    chmodSync(folder, 0o755);
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  /** Runs all requests of a text. `sent`: the methods that arrived at the platform. */
  async function run(
    text: string,
    args: readonly string[] = [],
    { env = {}, ...options }: ApqOptions = {},
    command = 'run',
    next: readonly object[] = [],
  ) {
    const path = join(folder, 'a.apq');
    writeFileSync(path, text);
    await platform.control({ reset: true, next });
    const given = [...(command === 'run' ? ['--request', 'all'] : []), '--yes', '--root', platform.root];
    const ended = await apq([command, path, ...given, ...args], {
      env: { APQ_API_KEY: platform.apiKey, XDG_STATE_HOME: folder, LOCALAPPDATA: folder, ...env },
      cwd: folder,
      ...options,
    });
    const sent = (await platform.requests()).map((line) => line.split(' ')[0]).join(' ');
    return { ...ended, sent };
  }
  const log = () => new ChangeLog({ folder: join(folder, 'apq'), keep: () => 1000, tell: assert.fail });
  const put = (id: number, town: string) => `PUT user/${id}\n{ "Town": "${town}" }\n`;

  it('are noted with their outcome, and their old records are kept', async () => {
    const { code, err, sent } = await run(`### Move\n${put(1001, 'York')}### Gone\n${put(999999, 'York')}`);
    assert.deepEqual([code, sent], [1, 'GET PUT GET PUT'], err);
    const entries = await log().entries();
    assert.deepEqual(
      entries.map(({ title, source, outcome }) => [title, source, outcome.kind]),
      [
        ['Gone', 'command line', 'refused'],
        ['Move', 'command line', 'done'],
      ],
    );
    const [, moved] = entries;
    assert.ok(moved);
    assert.equal(moved.connection.root, platform.root);
    const kept = (await log().kept(entries)).get(moved.id);
    assert.deepEqual([kept?.of, kept?.fields], ['1001', ['Town']]);
    assert.notEqual(kept?.record['Town'], 'York');
    assert.equal(readdirSync(join(folder, 'apq', 'kept')).length, 1);
  });
  it('are noted by a test, too', async () => {
    const { code, err } = await run(`### Move\n# @expect status 200\n${put(1002, 'York')}`, [], {}, 'test');
    assert.equal(code, 0, err);
    assert.equal((await log().entries())[0]?.title, 'Move');
  });
  for (const [title, args, env] of [
    ['--no-keep', ['--no-keep'], {}],
    ['APQ_KEEP=0', [], { APQ_KEEP: '0' }],
  ] as const)
    it(`are noted without a record, and without reading it, with ${title}`, async () => {
      const { code, err, sent } = await run(put(1003, 'York'), args, { env });
      assert.deepEqual([code, sent], [0, 'PUT'], err);
      const [entry] = await log().entries();
      assert.deepEqual([entry?.planned, entry?.kept, entry?.outcome.kind], ['unforeseen', undefined, 'done']);
    });
  it('are sent where the record can’t be read', async () => {
    await platform.control({ reset: true });
    const { code, err, sent } = await run(put(1004, 'York').replace('user', 'NoSuch'), ['--retries', '0']);
    assert.deepEqual([code, sent], [1, 'GET PUT'], err);
    assert.equal((await log().entries())[0]?.planned, 'unforeseen');
  });
  for (const [fault, status, arrived] of [
    [{ status: 503 }, 4, 'GET'],
    [{ status: 429 }, 4, 'GET'],
    [{ drop: true }, 3, 'GET'],
    // Who may not read may still write.
    [{ status: 403 }, 0, 'GET PUT'],
  ] as const)
    it(`${status === 0 ? 'are sent' : 'wait'} where reading the record meets ${JSON.stringify(fault)}`, async () => {
      const { code, err, sent } = await run(put(1007, 'York'), [], {}, 'run', [fault]);
      assert.deepEqual([code, sent], [status, arrived], err);
      assert.match(
        err,
        status === 0 ? /can’t be taken back/ : /the change was not sent\. --no-keep sends it/,
      );
    });
  it('refuses a number that is none', async () => {
    const { code, err, sent } = await run(put(1005, 'York'), [], { env: { APQ_KEEP: 'many' } });
    assert.deepEqual([code, sent], [2, '']);
    assert.match(err, /^APQ_KEEP must be a number from 0 to 100,000\.$/m);
  });
  it('are not noted where nothing was sent', async () => {
    const { code } = await run(put(1006, 'York'), [], { env: { APQ_API_KEY: '' } });
    assert.equal(code, 3);
    assert.deepEqual(await log().entries(), []);
  });
  it('are sent all the same, and told once, where the folder can only be read', async function () {
    skipUnless(this, process.getuid?.() === 0, 'only root can start a program as somebody else');
    mkdirSync(join(folder, 'state'), { mode: 0o555 });
    const { code, err, sent } = await run(`### A\n${put(1007, 'York')}### B\n${put(1008, 'York')}`, [], {
      env: { XDG_STATE_HOME: join(folder, 'state') },
      user: NOBODY,
    });
    assert.deepEqual([code, sent], [0, 'GET PUT GET PUT'], err);
    assert.equal(
      err.match(/The list of changes can’t be written \(.*\): permission denied\./g)?.length,
      1,
      err,
    );
  });
  it('hold no key, wherever it was written', async () => {
    const { code, err } = await run(`### ${platform.apiKey}\n${put(1009, platform.apiKey)}`);
    assert.equal(code, 0, err);
    const state = join(folder, 'apq');
    const files = [
      join(state, 'changes.ndjson'),
      ...readdirSync(join(state, 'kept')).map((name) => join(state, 'kept', name)),
    ];
    for (const file of files) assert.ok(!readFileSync(file, 'utf8').includes(platform.apiKey), file);
    assert.equal((await log().entries())[0]?.masked, true);
  });
});
