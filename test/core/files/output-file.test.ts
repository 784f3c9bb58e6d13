/** Files that are written whole or not at all, within one process; `test/cli/output-files.test.ts` has real processes. */
import assert from 'node:assert/strict';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { linesOf } from '#core/files/lines';
import { Lock } from '#core/files/lock';
import { OutputFile, writeWhole } from '#core/files/output-file';
import { TemporaryFile } from '#core/files/temporary-file';
import { textOfBytes } from '#core/files/text-of-bytes';
import { removeAllUnfinished, removeUnfinished } from '#core/files/unfinished';
import { meanwhile } from '../support/meanwhile';

describe('files that are written whole or not at all', () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'apq-output-'))));
  afterEach(() => rmSync(folder, { recursive: true }));
  const path = (name = 'out') => join(folder, name);
  const text = (name = 'out') => readFileSync(path(name), 'utf8');
  const files = () => readdirSync(folder).sort();

  it('appear when they are kept, and leave nothing when they are not', async () => {
    writeFileSync(path(), 'old');
    const dropped = await OutputFile.create(path());
    await dropped.write('new');
    assert.equal(text(), 'old');
    await dropped.discard();
    assert.deepEqual([files(), text()], [['out'], 'old']);
    await writeWhole(path(), 'new');
    assert.deepEqual([files(), text()], [['out'], 'new']);
  });

  it('are rewritten, a byte order mark and all, and leave nothing when that fails', async () => {
    const file = await OutputFile.create(path());
    await file.write(`\ufeff${'Zoë '.repeat(100_000)}`);
    await file.rewrite(async function* (before) {
      for await (const part of before) yield part.toUpperCase();
    });
    await assert.rejects(
      file.rewrite(async function* (before) {
        for await (const part of before) {
          yield part;
          throw new Error('no more');
        }
      }),
      /no more/,
    );
    await file.rewrite(async function* (before) {
      yield 'again';
      for await (const part of before) yield part.slice(part.length);
    });
    await file.keep();
    assert.deepEqual([files(), text()], [['out'], 'again']);
  });

  it('keep what was written when they are rewritten', async () => {
    const file = await OutputFile.create(path());
    const long = `\ufeff${'Zoë '.repeat(100_000)}`;
    await file.write(long);
    await file.rewrite((before) => before);
    await file.keep();
    assert.equal(text(), long);
  });

  it('have one writer at a time', async () => {
    const first = await OutputFile.create(path());
    await assert.rejects(OutputFile.create(path()), {
      refused: true,
      message: /^Another run \(process \d+\) is writing/,
    });
    symlinkSync(path(), path('link'));
    writeFileSync(path(), '');
    await assert.rejects(OutputFile.create(path('link')), /Another run/);
    // A short write waits.
    const waiting = writeWhole(path(), 'second');
    await first.write('first');
    await first.keep();
    await waiting;
    assert.equal(text(), 'second');
    assert.deepEqual(files(), ['link', 'out']);
    assert.ok(lstatSync(path('link')).isSymbolicLink());
  });

  it('are written by twenty writers one after the other', async () => {
    await Promise.all(Array.from({ length: 20 }, async (_, n) => writeWhole(path(), String(n).repeat(1000))));
    assert.match(text(), /^(\d{1,2})\1{999}$/);
    assert.deepEqual(files(), ['out']);
  });

  it('are not kept by who lost the lock, which is left to the other', async () => {
    const file = await OutputFile.create(path());
    await file.write('old');
    const lock = path('.out.apq-lock');
    const other = JSON.stringify({ pid: process.pid, host: hostname(), token: 'other' });
    writeFileSync(lock, other);
    await assert.rejects(file.keep(), { refused: false, message: /is written by another run by now/ });
    assert.equal(readFileSync(lock, 'utf8'), other);
    assert.deepEqual(files(), ['.out.apq-lock']);
    // A lock of this process that it does not hold is one of a dead process with the same number.
    await writeWhole(path(), 'new');
    assert.deepEqual(files(), ['out']);
  });

  it('leave nothing when the program ends before they are kept', async () => {
    const file = await OutputFile.create(path());
    await file.write('x');
    const another = OutputFile.create(path('another'));
    // There it may be before the program knows.
    while (!existsSync(path('.another.apq-lock'))) await new Promise((resolve) => setImmediate(resolve));
    await removeAllUnfinished();
    assert.deepEqual(files(), []);
    await Promise.all([file.discard(), another.then(async (each) => each.discard())]);
  });

  for (const [what, create] of [
    ['temporary file', async () => TemporaryFile.create(path())],
    ['lock', async () => Lock.take(path())],
  ] as const)
    it(`leave no ${what} that is being created when the program ends`, async () => {
      const created = create();
      await removeAllUnfinished();
      await created;
      assert.deepEqual(files(), []);
    });

  it('are on the disk before they have their names', async () => {
    const calls: string[] = [];
    const handle = await open(path('another'), 'w');
    await handle.close();
    const file = await OutputFile.create(path());
    const keep = async () =>
      meanwhile(
        'before',
        'rename',
        () => calls.push('rename'),
        async () => file.keep(),
      );
    const allFiles = Reflect.getPrototypeOf(handle) ?? {};
    await meanwhile('after', 'sync', () => calls.push('sync'), keep, allFiles);
    assert.deepEqual(calls, ['sync', 'rename']);
  });

  it('leave the lock of another process when the program ends', async () => {
    const file = await OutputFile.create(path());
    writeFileSync(path('.out.apq-lock'), JSON.stringify({ pid: 1, host: hostname(), token: 'other' }));
    removeUnfinished();
    assert.deepEqual(files(), ['.out.apq-lock']);
    await file.discard();
    assert.deepEqual(files(), ['.out.apq-lock']);
  });

  for (const [name, why] of [
    ['folder', /is a folder\. Name a file\.$/],
    ['new/', /is a folder\. Name a file\.$/],
    ['new/x', /new\/x can’t be written: the folder \S+\/new does not exist\. Create it first\.$/],
    ['file/x', /a part of the path is not a folder\.$/],
    // Long enough for the lock, and too long for the temporary file.
    ['y'.repeat(230), /the name is too long\.$/],
    ['x'.repeat(300), /the name is too long\.$/],
  ] as const)
    it(`are refused as ${name.slice(0, 20)}`, async () => {
      mkdirSync(path('folder'));
      writeFileSync(path('file'), '');
      await assert.rejects(OutputFile.create(path(name)), { refused: true, message: why });
      assert.ok(files().every((each) => !each.startsWith('.')));
    });

  it('replace a link that leads nowhere', async () => {
    symlinkSync(path('nowhere'), path());
    await writeWhole(path(), 'x');
    assert.deepEqual(files(), ['out']);
  });
});

describe('lines of a long file', () => {
  const lines = async (...chunks: string[]) => {
    const found: string[] = [];
    // eslint-disable-next-line @typescript-eslint/require-await
    const stream = async function* () {
      for (const chunk of chunks) yield Buffer.from(chunk);
    };
    for await (const line of linesOf(stream())) found.push(line.toString());
    return found;
  };
  it('end with a line feed, whatever else there is, and wherever a chunk ends', async () => {
    assert.deepEqual(await lines('a\u2028b\r\n\n', 'c', 'd', '\n', 'cut off'), ['a\u2028b\r', '', 'cd']);
  });
});

describe('the text of a file', () => {
  for (const [title, bytes, expected] of [
    ['UTF-8', Buffer.from('é'), 'é'],
    ['UTF-8 with a mark, which is kept', Buffer.from('\ufeffé'), '\ufeffé'],
    ['nothing', Buffer.alloc(0), ''],
  ] as const)
    it(`is read from ${title}`, () => assert.deepEqual(textOfBytes(bytes), { ok: true, text: expected }));
  for (const [title, bytes, problem] of [
    ['UTF-16 with a mark', Buffer.from('\ufeffa', 'utf16le'), 'is saved as UTF-16'],
    [
      'UTF-16, the big end first, with a mark',
      Buffer.from('\ufeffa', 'utf16le').swap16(),
      'is saved as UTF-16',
    ],
    ['UTF-16 without a mark', Buffer.from('GET course', 'utf16le'), 'is saved as UTF-16'],
    ['Latin-1', Buffer.from('é', 'latin1'), 'is not UTF-8'],
    ['half a character', Buffer.from('é').subarray(0, 1), 'is not UTF-8'],
    ['a NUL', Buffer.from('GET course with a long text\0'), 'holds NUL characters'],
  ] as const)
    it(`is not read from ${title}`, () =>
      assert.deepEqual(textOfBytes(bytes), {
        ok: false,
        problem: `${problem}, so it was not read. Save it as UTF-8 first`,
      }));
});
