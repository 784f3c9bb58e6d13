/** What an import leaves behind: its counts, its files of rows, and its journal, whatever happened meanwhile. */
import assert from 'node:assert/strict';
import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { apq } from '../support/apq-process';
import { type RunningPlatform, startPlatformProcess } from '../support/platform-process';
import { skipUnless } from '../support/skip';

describe('what an import leaves behind', () => {
  let platform: RunningPlatform;
  let folder: string;
  let files = 0;
  before(async () => {
    platform = await startPlatformProcess('--records', '60');
    folder = mkdtempSync(join(tmpdir(), 'apq-outcomes-'));
  });
  after(async () => {
    await platform.stop();
    rmSync(folder, { recursive: true });
  });
  beforeEach(() => platform.control({ reset: true }));

  /** A name of its own for each test, without an ending. */
  const fresh = () => `rows${++files}`;
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
  const read = (name: string) => readFileSync(join(folder, name), 'utf8').replace('\uFEFF', '');
  const isThere = (name: string) => existsSync(join(folder, name));
  const journalOf = (name: string) => `.${name}.apq-journal.ndjson`;
  const run = async (name: string, args: string, watch?: () => NodeJS.Signals | undefined) =>
    apq(['import', name, '--module', 'user', '--root', platform.root, '--yes', ...args.split(' ')], {
      env: { APQ_API_KEY: platform.apiKey, XDG_STATE_HOME: join(folder, 'state') },
      cwd: folder,
      ...(watch && { watch }),
    });
  /** Does something once, when so many lines of a journal hold this text. */
  const when = (name: string, text: string, count: number, act: () => NodeJS.Signals | undefined) => {
    let isOver = false;
    return () => {
      if (isOver || !isThere(journalOf(name)) || read(journalOf(name)).split(text).length <= count)
        return undefined;
      isOver = true;
      return act();
    };
  };
  const people = (count: number, mine: string) =>
    `Email,Surname\n${Array.from({ length: count }, (_, index) => `${mine}.${index}@left.example,${mine}`).join('\n')}\n`;
  const made = async (surname: string) => {
    const address = `${platform.root}/api/v2/user?$select=ID,Surname&$top=50&$filter=${encodeURIComponent(`Surname eq '${surname}'`)}`;
    const answer = await fetch(address, { headers: { authorization: `Bearer ${platform.apiKey}` } });
    return ((await answer.json()) as { results: unknown[] }).results.length;
  };

  it('refuses to go on where nothing was begun', async () => {
    const name = `${fresh()}.csv`;
    write(name, 'Surname\nNobody here\n');
    const { code, err } = await run(name, '--create --resume');
    assert.equal(code, 2);
    assert.match(err, new RegExp(`There is no import of ${name} to go on with`));
    assert.equal(await made('Nobody here'), 0);
  });

  it('ends an import of creations that was killed, and says which rows to compare', async () => {
    const name = `${fresh()}.csv`;
    write(name, 'Surname\nKilled\nKilled\nKilled\nKilled\nKilled\nKilled\n');
    await platform.control({ latency: 1000 });
    await run(
      name,
      '--create',
      when(name, '"sending"', 4, () => 'SIGKILL'),
    );
    await platform.control({ latency: 0 });
    for (const time of ['first', 'second']) {
      const { code, out, err } = await run(name, '--create --resume');
      assert.deepEqual(
        [code, out],
        [1, '6 rows: 2 created, 4 with an unknown outcome.\n'],
        `${time}: ${err}`,
      );
      assert.equal(err.match(/Row \d: It was being sent when the import was interrupted/g)?.length, 4);
    }
  });

  it('overwrites no file that it has not written', async () => {
    const name = fresh();
    write(`${name}.csv`, people(1, name));
    write(`${name}.tsv`, people(1, `${name}x`).replaceAll(',', '\t'));
    write(`${name}.done.csv`, 'my own list\n');
    mkdirSync(join(folder, `${name}.done-2.csv`));
    const first = await run(`${name}.csv`, '--upsert Email');
    assert.equal(first.code, 0, first.err);
    assert.match(first.err, new RegExp(`Rows that were done are in ${name}\\.done-3\\.csv`));
    await run(`${name}.tsv`, '--upsert Email');
    assert.equal(read(`${name}.done.csv`), 'my own list\n');
    assert.match(read(`${name}.done-3.csv`), new RegExp(`^Email,Surname,apq-id\r\n${name}\\.0@`));
    assert.match(read(`${name}.done-4.csv`), new RegExp(`\r\n${name}x\\.0@`));
    await run(`${name}.csv`, '--upsert Email --resume');
    assert.equal(isThere(`${name}.done-5.csv`), false, 'its own file is replaced');
  });

  it('keeps failed rows that were mended, and removes those of an earlier import', async () => {
    const name = fresh();
    const failures = `${name}.failed.csv`;
    write(`${name}.csv`, 'ID,Town\n999999,X\n');
    assert.equal((await run(`${name}.csv`, '--update ID')).code, 1);
    write(failures, read(failures).replace('999999', '999998'));
    const again = await run(`${name}.csv`, '--update ID --restart');
    assert.match(again.err, new RegExp(`Rows that failed are in ${name}\\.failed-2\\.csv`));
    assert.match(read(failures), /999998/);
    write(`${name}.csv`, people(1, name));
    const well = await run(`${name}.csv`, '--upsert Email --restart');
    assert.equal(well.code, 0, well.err);
    assert.match(well.err, new RegExp(`${name}\\.failed\\.csv is of an earlier import`));
    assert.deepEqual([isThere(failures), isThere(`${name}.failed-2.csv`)], [true, false]);
  });

  it('gives its files the rights of the imported one', async function () {
    skipUnless(this, process.platform !== 'win32', 'Windows has no such rights');
    const name = fresh();
    write(`${name}.csv`, people(1, name));
    chmodSync(join(folder, `${name}.csv`), 0o600);
    await run(`${name}.csv`, '--upsert Email');
    assert.equal(statSync(join(folder, `${name}.done.csv`)).mode & 0o777, 0o600);
  });

  for (const [what, signal, status] of [
    ['whose file changes meanwhile', undefined, 0],
    ['whose file changes before Ctrl+C', 'SIGINT', 130],
  ] as const)
    it(`counts the rows of an import ${what}`, async () => {
      const name = fresh();
      write(`${name}.csv`, people(8, name));
      await platform.control({ latency: 100 });
      const change = () => {
        appendFileSync(join(folder, `${name}.csv`), '\n');
        return signal;
      };
      const { code, out, err } = await run(
        `${name}.csv`,
        '--upsert Email --concurrency 1',
        when(`${name}.csv`, '"done"', 2, change),
      );
      assert.equal(code, status, err);
      assert.match(
        out,
        signal === undefined ? /^8 rows: 8 created\.\n$/ : /^8 rows: \d created, \d not sent\.\n$/,
      );
      assert.match(err, new RegExp(`${name}\\.csv has changed since it was read, so ${name}\\.done\\.csv`));
      assert.match(
        read(`${name}.done.csv`),
        new RegExp(`^Email,Surname,apq-id\r\n${name}\\.0@left\\.example,${name},\\d+\r\n`),
      );
    });

  it('keeps no values in the journal of a finished import', async () => {
    const name = fresh();
    write(`${name}.csv`, `${people(2, name)},Nobody\n`);
    await run(`${name}.csv`, '--upsert Email');
    const journal = read(journalOf(`${name}.csv`));
    assert.doesNotMatch(journal, /@left\.example|Nobody/);
    const again = await run(`${name}.csv`, '--upsert Email');
    assert.match(again.err, /This file was imported already \(2 created, 1 refused\)/);
    const resumed = await run(`${name}.csv`, '--upsert Email --resume');
    assert.deepEqual([resumed.code, resumed.out], [1, '3 rows: 2 created, 1 refused.\n']);
    assert.match(read(`${name}.failed.csv`), /^Email,Surname,apq-reason\r\n,Nobody,\"Column A .* is blank/);
  });
});
