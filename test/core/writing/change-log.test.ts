/** The log of writes and the kept old records: shared by programs, limited, without secrets, never in the way. */
import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { userFolder } from '#core/files/user-folder';
import { hide } from '#core/text/mask';
import { ExactNumber } from '#core/values/exact-number';
import { type ChangeEntry, takeLine } from '#core/writing/change-entry';
import { ChangeLog } from '#core/writing/change-log';
import type { PlannedChange } from '#core/writing/planned-change';
import type { BegunWrite } from '#core/writing/write-log';
import { skipUnless } from '../../support/skip';
import { put, ROOT, writeOf } from './support/changes';

const DAY_MS = 24 * 60 * 60_000;

describe('the folder of the user', () => {
  const home = () => '/home/ann';
  const nobody = () => {
    throw new Error('no such user');
  };
  const CASES: readonly [
    title: string,
    Record<string, string>,
    NodeJS.Platform,
    () => string,
    string | undefined,
  ][] = [
    ['Linux', {}, 'linux', home, '/home/ann/.local/state/apq'],
    ['Linux, as XDG says', { XDG_STATE_HOME: '/state' }, 'linux', home, '/state/apq'],
    [
      'a relative path, which XDG has ignored',
      { XDG_STATE_HOME: 'x' },
      'linux',
      home,
      '/home/ann/.local/state/apq',
    ],
    ['macOS', { XDG_STATE_HOME: '/state' }, 'darwin', home, '/home/ann/Library/Application Support/apq'],
    ['Windows', { LOCALAPPDATA: 'C:\\Users\\Ann\\Local' }, 'win32', nobody, 'C:\\Users\\Ann\\Local\\apq'],
    ['Windows, bare', {}, 'win32', () => 'C:\\Users\\Ann', 'C:\\Users\\Ann\\AppData\\Local\\apq'],
    ['nobody', {}, 'linux', nobody, undefined],
    ['an empty home', {}, 'linux', () => '', undefined],
  ];
  for (const [title, environment, platform, at, folder] of CASES)
    it(title, () => assert.equal(userFolder(environment, platform, at), folder));
});

describe('the log of changes', () => {
  let folder: string;
  let told: string[];
  let keep: number;
  let now: Date;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'apq-'));
    [told, keep, now] = [[], 1000, new Date('2026-01-31T10:00:00Z')];
  });
  afterEach(async () => rm(folder, { recursive: true }));
  const user = () => join(folder, 'apq');
  const open = (at: string | undefined = user()) =>
    new ChangeLog({ folder: at, keep: () => keep, tell: (line) => told.push(line), now: () => now });
  const DONE = { kind: 'done', status: 200, milliseconds: 7 } as const;
  const write = async (log: ChangeLog, change: PlannedChange, run?: string) =>
    (await log.begin(writeOf(change, run === undefined ? {} : { run }))).end(DONE);
  const text = () => readFileSync(join(user(), 'changes.ndjson'), 'utf8');
  const keptFiles = () => readdirSync(join(user(), 'kept'));
  const idsOf = (entries: readonly ChangeEntry[]) => entries.map(({ request }) => request.id).join(' ');

  it('has each write with its outcome, the latest first', async () => {
    const log = open();
    const ends: BegunWrite[] = [];
    for (const id of ['1', '2', '3', '4'])
      ends.push(await log.begin(writeOf(put(id), { title: `Change ${id}` })));
    await ends[0]?.end({ kind: 'done', status: 201, id: '77', milliseconds: 12 });
    await ends[1]?.end({ kind: 'refused', status: 400, message: 'No.' });
    await ends[2]?.end({ kind: 'unknown', message: 'Lost.' });
    const entries = await log.entries();
    assert.equal(idsOf(entries), '4 3 2 1');
    assert.deepEqual(
      entries.map(({ outcome }) => outcome.kind),
      ['unknown', 'unknown', 'refused', 'done'],
    );
    assert.match(JSON.stringify(entries[0]?.outcome), /No answer was noted/);
    const { id, run, kept, ...entry } = entries[3] ?? assert.fail();
    assert.deepEqual([id, run], [ends[0]?.id, ends[0]?.id]);
    assert.ok(keptFiles().includes(kept ?? ''));
    assert.deepEqual(entry, {
      at: '2026-01-31T10:00:00.000Z',
      source: 'editor',
      title: 'Change 1',
      connection: { name: 'Acme', root: ROOT },
      request: { method: 'PUT', module: 'User', id: '1', query: [], body: '{"Town":"York"}' },
      planned: 'update',
      outcome: { kind: 'done', status: 201, id: '77', milliseconds: 12 },
    });
  });
  it('keeps the old record, in all digits of its numbers', async () => {
    const log = open();
    const digits = new ExactNumber('9223372036854775807');
    await write(log, put('1', digits));
    const [kept] = [...(await log.kept(await open().entries())).values()];
    assert.deepEqual(kept?.record, { ID: '1', Town: digits, Surname: 'Ng' });
    assert.deepEqual([kept.of, kept.fields], ['1', ['Town']]);
  });
  it('keeps nothing of a creation, of what changes nothing, and where it is switched off', async () => {
    const log = open();
    const { request, fields } = put('1');
    await write(log, { outcome: 'create', request, fields });
    await write(log, { outcome: 'unchanged', id: '1', record: { ID: '1' }, request, fields });
    await write(log, { outcome: 'unforeseen', reason: 'No right to read it.', request, fields });
    keep = 0;
    await write(log, put('2'));
    assert.equal((await log.entries()).filter(({ kept }) => kept !== undefined).length, 0);
    assert.equal(await log.countKept(), 0);
  });
  it('takes one file for the records of a run', async () => {
    const log = open();
    await Promise.all(Array.from({ length: 500 }, async (_, at) => write(log, put(String(at)), 'import')));
    assert.equal(keptFiles().length, 1);
    const entries = await log.entries();
    assert.equal(entries.length, 500);
    assert.equal((await log.kept(entries)).size, 500);
  });
  it('belongs to the user alone', async function () {
    skipUnless(this, process.platform !== 'win32', 'Windows has no such rights');
    await write(open(), put('1'));
    const mode = (...path: string[]) => statSync(join(user(), ...path)).mode & 0o777;
    assert.deepEqual([mode(), mode('kept')], [0o700, 0o700]);
    assert.deepEqual([mode('changes.ndjson'), mode('kept', keptFiles()[0] ?? '')], [0o600, 0o600]);
  });
  it('clears the old records, and nothing else', async () => {
    const log = open();
    await write(log, put('1'));
    await log.clearKept();
    assert.equal(await log.countKept(), 0);
    assert.equal((await log.entries()).length, 1);
    assert.equal((await log.kept(await log.entries())).size, 0);
    await write(log, put('2'));
    assert.equal((await log.kept(await log.entries())).size, 1);
  });

  describe('is limited', () => {
    it('to a number of runs', async () => {
      const log = open();
      keep = 3;
      for (let at = 0; at < 21; at++) {
        now = new Date(now.getTime() + 1000);
        await write(log, put(String(at)));
      }
      // What is too much is looked for when a program begins to write.
      await write(open(), put('last'));
      const kept = await open().kept(await open().entries());
      assert.deepEqual([...kept.values()].map(({ of }) => of).sort(), ['18', '19', '20', 'last']);
    });
    it('to an age, and what is switched off leaves what is there', async () => {
      await write(open(), put('old'));
      now = new Date(now.getTime() + 89 * DAY_MS);
      await write(open(), put('new'));
      now = new Date(now.getTime() + 2 * DAY_MS);
      keep = 0;
      await write(open(), put('newer'));
      const kept = await open().kept(await open().entries());
      assert.deepEqual(
        [...kept.values()].map(({ of }) => of),
        ['new'],
      );
    });
    it('to 50 MB of old records, and always keeps the last run', async () => {
      const log = open();
      for (const id of ['1', '2', '3']) {
        now = new Date(now.getTime() + 1000);
        await write(log, put(id));
      }
      for (const name of keptFiles()) appendFileSync(join(user(), 'kept', name), ' '.repeat(30 * 2 ** 20));
      await write(open(), put('4'));
      assert.equal(keptFiles().length, 2);
    });
    it('to two files of writes, of which the older is a year old at most', async () => {
      const log = open();
      await write(log, put('1'));
      appendFileSync(join(user(), 'changes.ndjson'), `${' '.repeat(20 * 2 ** 20)}\n`);
      const begun = await log.begin(writeOf(put('2')));
      await begun.end(DONE);
      assert.equal(idsOf(await log.entries()), '2 1');
      assert.deepEqual(
        (await log.entries()).map(({ outcome }) => outcome.kind),
        ['done', 'done'],
      );
      const older = join(user(), 'changes.older.ndjson');
      assert.ok(statSync(older).size > 20 * 2 ** 20);
      utimesSync(older, now, new Date(now.getTime() - 366 * DAY_MS));
      await write(open(), put('3'));
      assert.equal(idsOf(await open().entries()), '3');
      now = new Date(now.getTime() + 366 * DAY_MS);
      assert.equal(idsOf(await open().entries()), '');
    });
  });

  describe('is shared by programs', () => {
    const program = (name: string, count: string): ChildProcess =>
      spawn(
        process.execPath,
        ['--import=tsx', join(import.meta.dirname, 'support/appending.ts'), user(), name, count],
        { stdio: ['ignore', 'pipe', 'inherit'] },
      );
    it('that write at once', async () => {
      const ended = ['a', 'b'].map(async (name) => once(program(name, '200'), 'exit'));
      await Promise.all(ended);
      const entries = await open().entries();
      assert.equal(entries.length, 400);
      assert.ok(entries.every(({ outcome }) => outcome.kind === 'done'));
      assert.equal((await open().kept(entries)).size, 400);
    });
    it('one of which is killed before the answer', async () => {
      const child = program('a', 'hangs');
      assert.ok(child.stdout);
      await once(child.stdout, 'data');
      child.kill('SIGKILL');
      await once(child, 'exit');
      const [entry] = await open().entries();
      assert.equal(entry?.outcome.kind, 'unknown');
      assert.equal((await open().kept([entry])).size, 1);
    });
    it('one of which was killed within a line', async () => {
      await write(open(), put('1'));
      appendFileSync(join(user(), 'changes.ndjson'), '{"id":"cut');
      await write(open(), put('2'));
      assert.equal(idsOf(await open().entries()), '2 1');
    });
  });

  describe('never stops a write', () => {
    const tellsOnce = async (log: ChangeLog, reason: RegExp) => {
      for (const id of ['1', '2']) await write(log, put(id));
      assert.equal(told.length, 1);
      assert.match(told[0] ?? '', reason);
      assert.match(told[0] ?? '', /Changes are sent all the same, but APQ can’t take them back\.$/);
      assert.deepEqual(await log.entries(), []);
    };
    it('without a home', async () =>
      tellsOnce(
        new ChangeLog({ folder: undefined, keep: () => 1, tell: (line) => told.push(line) }),
        /no home/,
      ));
    it('in a folder that can’t be made', async () => {
      writeFileSync(user(), '');
      await tellsOnce(open(join(user(), 'apq')), /is not a folder|a part of the path/);
    });
  });

  describe('has no secret', () => {
    const CANARY = 'canary-7741-secret';
    it('of a body, an address, a title, an answer or a record', async () => {
      hide(CANARY);
      const change = put('1', CANARY, CANARY, 'Notes');
      const request = {
        ...change.request,
        body: `{"Notes":"${CANARY}","Password":"hunter2-aaa","Pin":9}`,
        query: [{ name: '$upsert', value: `Notes eq '${CANARY}' or ApiKey eq 'hunter2-bbb'` }],
      };
      const record = { ID: '1', Notes: CANARY, Password: 'hunter2-ccc', Town: 'Leeds' };
      const log = open();
      const begun = await log.begin(
        writeOf({ ...change, request, record } as PlannedChange, { title: `Say ${CANARY}` }),
      );
      await begun.end({ kind: 'refused', status: 400, message: `Not ${CANARY}` });
      const all =
        text() +
        keptFiles()
          .map((name) => readFileSync(join(user(), 'kept', name), 'utf8'))
          .join('');
      assert.doesNotMatch(all, /7741|hunter2/);
      const [entry] = await log.entries();
      assert.equal(entry?.masked, true);
      const kept = (await log.kept([entry])).get(entry.id);
      assert.deepEqual(kept?.masked, ['Notes', 'Password']);
      assert.equal(kept.record['Town'], 'Leeds');
    });
    it('that the platform’s words quote', async () => {
      const log = open();
      const begun = await log.begin(writeOf(put('1', null, 'hunter2-ddd', 'Password')));
      await begun.end({ kind: 'refused', status: 400, message: 'hunter2-ddd is too short.' });
      assert.deepEqual((await log.entries())[0]?.outcome, {
        kind: 'refused',
        status: 400,
        message: '*** is too short.',
      });
    });
    it('but keeps what only looks like one, as it could not be restored', async () => {
      const log = open();
      await write(log, put('1', 'password: see the blue book'));
      const [kept] = (await log.kept(await log.entries())).values();
      assert.equal(kept?.record['Town'], 'password: see the blue book');
    });
  });

  it('names no file but one of kept records', () => {
    const entries = new Map<string, ChangeEntry>();
    const line = { at: 'x', source: 'editor', connection: { name: 'A', root: ROOT }, planned: 'update' };
    const request = { method: 'PUT', module: 'User', id: '1', query: [] };
    for (const kept of ['../../x', '20260131T100000000Z-a.ndjson', '/etc/passwd'])
      takeLine(entries, { ...line, request, id: '1', run: '1', kept });
    assert.equal(entries.size, 0);
  });
});
