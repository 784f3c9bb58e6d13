/** Files that another program puts in the place of ours while we look: each guard alone must refuse them. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import crypto from 'node:crypto';
import {
  chmodSync,
  closeSync,
  constants,
  existsSync,
  linkSync,
  lstatSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { Lock } from '#core/files/lock';
import { OutputFile } from '#core/files/output-file';
import { openOwn, removeOwn } from '#core/files/own-file';
import { TemporaryFile } from '#core/files/temporary-file';
import { meanwhile } from '../support/meanwhile';

describe('a file that another program changes at that moment', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'apq-races-'));
    writeFileSync(path('precious'), 'text', { mode: 0o600 });
    writeFileSync(path('own'), 'own', { mode: 0o600 });
  });
  afterEach(() => {
    // Whoever waits for the other end of a pipe goes on.
    for (const name of readdirSync(folder))
      if (lstatSync(path(name)).isFIFO()) closeSync(openSync(path(name), constants.O_RDWR));
    rmSync(folder, { recursive: true });
  });
  const path = (name: string) => join(folder, name);
  const fresh = () => statSync(path('precious'));
  const replaced = (name: string, by: () => void) => () => {
    rmSync(path(name));
    by();
  };

  describe('beside an output', () => {
    for (const [title, plant, why] of [
      ['a link', () => symlinkSync(path('precious'), path('own')), /own can’t be opened, so it is not used/],
      ['a second name of a file', () => linkSync(path('precious'), path('own')), /own is a link, so/],
      ['a pipe', () => spawnSync('mkfifo', [path('own')]), /own is not a file, so/],
    ] as const)
      it(`is not opened where ${title} took its place`, async () =>
        assert.rejects(
          meanwhile('after', 'lstat', replaced('own', plant), async () => openOwn(path('own'), fresh())),
          { refused: true, message: why },
        ));

    it('is none where it was removed', async () =>
      assert.equal(
        await meanwhile(
          'after',
          'lstat',
          () => rmSync(path('own')),
          async () => openOwn(path('own'), fresh()),
        ),
        undefined,
      ));

    it('is removed only where it would be opened', async () => {
      symlinkSync(path('precious'), path('link'));
      for (const name of ['link', 'own', 'none']) await removeOwn(path(name), fresh());
      assert.deepEqual(readdirSync(folder).sort(), ['link', 'precious']);
    });

    it('may have the rights that every file has there', async () => {
      const { uid } = fresh();
      writeFileSync(path('shared'), '', { mode: 0o600 });
      chmodSync(path('shared'), 0o666);
      await assert.rejects(openOwn(path('shared'), { uid, mode: 0o644 }), /can be changed by other users/);
      const handle = await openOwn(path('shared'), { uid, mode: 0o666 });
      await handle?.close();
      assert.ok(handle !== undefined);
    });

    it('is made anew only under a name that nothing has', async () => {
      const id = '0f8fad5b-d9cb-469f-a165-70867728950e';
      const original = crypto.randomUUID;
      const planted = path(`.out.${id}.tmp`);
      symlinkSync(path('precious'), planted);
      Object.assign(crypto, { randomUUID: () => id });
      try {
        await assert.rejects(TemporaryFile.create(path('out')), { code: 'EEXIST' });
      } finally {
        Object.assign(crypto, { randomUUID: original });
      }
      assert.equal(readFileSync(path('precious'), 'utf8'), 'text');
    });
  });

  describe('as a lock', () => {
    const LOCK = '.out.apq-lock';
    const holder = (token: string, pid = process.ppid) => JSON.stringify({ pid, host: hostname(), token });
    const lock = (token: string, pid?: number) => writeFileSync(path(LOCK), holder(token, pid));
    const dead = () => spawnSync(process.execPath, ['-e', '']).pid;
    const create = async () => OutputFile.create(path('out'));

    for (const [title, plant, why] of [
      [
        'a link',
        () => symlinkSync(path('precious'), path(LOCK)),
        /lock can’t be read: it is a link\. Remove/,
      ],
      ['a pipe', () => spawnSync('mkfifo', [path(LOCK)]), /^Another run is writing/],
    ] as const)
      it(`is not waited for, nor believed, where ${title} took its place`, async () => {
        lock('a');
        await assert.rejects(meanwhile('after', 'lstat', replaced(LOCK, plant), create), {
          refused: true,
          message: why,
        });
      });

    for (const [title, when, call] of [
      ['was looked at', 'after', 'readFile'],
      ['is moved away', 'before', 'rename'],
    ] as const)
      it(`of a dead process stays with the run that took it over when it ${title}`, async () => {
        lock('dead', dead());
        await assert.rejects(
          meanwhile(when, call, () => lock('quicker'), create),
          { refused: true, message: /^Another run \(process \d+\) is writing/ },
        );
        assert.equal(readFileSync(path(LOCK), 'utf8'), holder('quicker', process.ppid));
        assert.deepEqual(readdirSync(folder).sort(), [LOCK, 'own', 'precious']);
      });

    it('that was taken over when it was looked at is not moved, not even for a moment', async () => {
      lock('dead', dead());
      await assert.rejects(
        meanwhile(
          'before',
          'rename',
          () => undefined,
          async () => meanwhile('after', 'readFile', () => lock('quicker'), create),
        ),
        /rename was not called/,
      );
    });

    it('that was released before it was moved away is free', async () => {
      lock('dead', dead());
      const file = await meanwhile('before', 'rename', () => rmSync(path(LOCK)), create);
      await file.discard();
      assert.deepEqual(readdirSync(folder).sort(), ['own', 'precious']);
    });

    it('that vanished when it was looked at is free', async () => {
      lock('a');
      const file = await meanwhile('before', 'readFile', () => rmSync(path(LOCK)), create);
      await file.discard();
      assert.ok(!existsSync(path(LOCK)));
    });

    it('shows now and then that its process is alive', async () => {
      const original = globalThis.setInterval;
      let beat: (() => void) | undefined;
      Object.assign(globalThis, {
        setInterval: (act: () => void) => {
          beat = act;
          return original(() => undefined, 1e6);
        },
      });
      const taken = await Lock.take(path('out')).finally(() =>
        Object.assign(globalThis, { setInterval: original }),
      );
      utimesSync(path(LOCK), new Date(0), new Date(0));
      beat?.();
      while (statSync(path(LOCK)).mtimeMs === 0) await new Promise((resolve) => setImmediate(resolve));
      await taken.release();
      assert.ok(!existsSync(path(LOCK)));
    });
  });
});
