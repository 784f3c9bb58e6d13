import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { appendFileSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { differenceFrom } from '#core/bulk/import-file';
import { Journal, journalPath, lockJournal } from '#core/bulk/journal';
import { JournalChanges } from '#core/bulk/journal-changes';
import type { JournalHead } from '#core/bulk/journal-lines';
import { writeOutcomes } from '#core/bulk/outcome-files';
import { tallyOf } from '#core/bulk/planned-row';
import type { RunStore } from '#core/bulk/run-store';
import { unlockedAtEnd, useImports } from './support/imports';
import { tableOf } from './support/tables';

const CREATE = { kind: 'create' } as const;
const rowsIn = async (rows: ReturnType<RunStore['pending']>): Promise<number[]> => {
  const found: number[] = [];
  for await (const { row } of rows) found.push(row);
  return found;
};

describe('the journal of an import', () => {
  const importing = useImports({ records: 60 });
  let files = 0;
  const table = (count: number) =>
    tableOf(
      ['Surname', 'apq-reason'],
      Array.from({ length: count }, (_, index) => [`Name ${index}`, 'old']),
    );
  /** A journal with the plan of so many rows, and the name of its file. */
  const planned = async (count: number) => {
    const name = `j${++files}.csv`;
    return { journal: await importing().journal({ table: table(count), deed: CREATE }, name), name };
  };
  const reopen = async (path: string) => {
    const lock = await lockJournal(path);
    try {
      const journal = await Journal.open(path, lock);
      if (journal !== undefined) return unlockedAtEnd(journal, lock);
    } catch (error) {
      await lock.release();
      throw error;
    }
    await lock.release();
    return undefined;
  };
  /** Closes a journal, and opens it as another program would. */
  const again = async (journal: Journal): Promise<Journal> => {
    await journal.close();
    const found = await reopen(journal.path);
    assert.ok(found !== undefined, 'there is a journal');
    return found;
  };

  it('knows after a crash which rows are to be sent, are done, or may be', async () => {
    const { journal } = await planned(6);
    for (const row of [2, 3, 4, 5, 6]) await journal.sending(row);
    await journal.settle(2, { kind: 'done', deed: 'created', id: '77' });
    await journal.settle(3, { kind: 'failed', message: 'No.' });
    await journal.settle(4, { kind: 'unknown', message: 'Lost.' });
    await journal.settle(5, { kind: 'unsent' });
    const found = await again(journal);
    const doubtful: number[] = [];
    for await (const { planned: row, lostAt } of found.doubtful()) {
      doubtful.push(row.row);
      assert.ok(Math.abs(lostAt - Date.now()) < 60_000);
    }
    assert.deepEqual(
      [await rowsIn(found.pending()), doubtful],
      [
        [5, 7],
        [4, 6],
      ],
    );
    assert.deepEqual(tallyOf(found.counts), {
      created: 1,
      changed: 0,
      unchanged: 0,
      refused: 0,
      failed: 1,
      unknown: 2,
      unsent: 2,
    });
    const [done, failed] = [await found.rowAt(0), await found.rowAt(1)];
    assert.deepEqual([done.id, failed.message], ['77', 'No.']);
    await found.close();
  });

  it('is for its user only, and beside the file', async () => {
    const { journal, name } = await planned(1);
    assert.equal(journal.path, join(importing().folder, `.${name}.apq-journal.ndjson`));
    if (process.platform !== 'win32') assert.equal(statSync(journal.path).mode & 0o777, 0o600);
    await journal.close();
  });

  it('does without what a crash left behind its last whole line', async () => {
    const { journal } = await planned(3);
    await journal.sending(2);
    await journal.close();
    for (const torn of ['{"line":"done","row":2,"de', '{"line":"do\n', '\u0000\u0000\u0000\n', '']) {
      const whole = statSync(journal.path).size;
      appendFileSync(journal.path, torn);
      const found = await reopen(journal.path);
      assert.ok(found !== undefined);
      await found.settle(2, { kind: 'unknown', message: torn });
      await found.close();
      const lines = readFileSync(journal.path, 'utf8').slice(whole);
      assert.match(lines, /^\{"line":"unknown","row":2,"at":\d+,"message":".*"\}\n/, JSON.stringify(lines));
      truncateSync(journal.path, whole);
    }
  });

  it('is refused where it is damaged', async () => {
    const { journal } = await planned(3);
    await journal.sending(2);
    await journal.settle(2, { kind: 'done', deed: 'created' });
    await journal.close();
    const lines = readFileSync(journal.path, 'utf8').split('\n');
    for (const damage of [
      (all: string[]) => all.toSpliced(2, 1, 'rubbish'),
      (all: string[]) => all.toSpliced(0, 1),
      (all: string[]) => [...all.slice(0, -1), all[1] ?? '', ''],
      (all: string[]) => [...all.slice(0, -1), '{"line":"sending","row":99,"at":1}', ''],
      (all: string[]) => [...all.slice(0, -1), all[0] ?? '', ''],
    ]) {
      writeFileSync(journal.path, damage(lines).join('\n'));
      await assert.rejects(reopen(journal.path), /is damaged, so it is not known which rows were sent/);
    }
  });

  it('is none without a whole plan: nothing was sent then', async () => {
    const path = journalPath(join(importing().folder, 'half.csv'));
    const lock = await lockJournal(path);
    const { journal } = await planned(1);
    const half = await Journal.create(path, journal.head, lock);
    await half.add([(await journal.rowAt(0)).planned]);
    await half.close();
    assert.equal(await Journal.open(path, lock), undefined);
    await lock.release();
    await journal.close();
  });

  for (const [kind, damage] of [
    ['whole', undefined],
    ['damaged', '{"line":"x"}\n{"line":"y"}\n'],
  ] as const)
    it(`keeps its place until another plan takes it (${kind})`, async () => {
      const { journal } = await planned(2);
      await journal.sending(2);
      await journal.close();
      if (damage !== undefined) appendFileSync(journal.path, damage);
      const before = readFileSync(journal.path, 'utf8');
      const beside = () =>
        readdirSync(importing().folder).filter(
          (name) => name.startsWith(`.${basename(journal.path)}.`) && name.endsWith('.tmp'),
        );
      const lock = await lockJournal(journal.path);
      for (const end of ['close', 'closeFinished', 'discard'] as const) {
        const another = await Journal.create(journal.path, { ...journal.head, run: 'second' }, lock);
        await another.planned(0);
        await assert.rejects(another.sending(2), /has not taken its place/);
        assert.equal(beside().length, 1);
        await another[end]();
        assert.deepEqual(beside(), []);
        assert.equal(readFileSync(journal.path, 'utf8'), before);
      }
      // One that was killed is swept.
      const killed = join(importing().folder, `.${basename(journal.path)}.${randomUUID()}.tmp`);
      writeFileSync(killed, 'killed');
      const another = await Journal.create(journal.path, { ...journal.head, run: 'second' }, lock);
      await another.planned(0);
      await another.takePlace();
      await another.wrote({ kind: 'failed', name: 'later', sha256: '' });
      await another.close();
      assert.deepEqual(beside(), []);
      if (process.platform !== 'win32') assert.equal(statSync(journal.path).mode & 0o777, 0o600);
      const found = await Journal.open(journal.path, lock);
      assert.deepEqual([found?.head.run, found?.files.length], ['second', 1]);
      await found?.close();
      await lock.release();
    });

  it('is one program’s at a time', async () => {
    const path = journalPath(join(importing().folder, 'locked.csv'));
    const lock = await lockJournal(path);
    await assert.rejects(lockJournal(path), /Another run/);
    await lock.release();
  });

  it('is written no more by a program that stood still until another had it', async () => {
    const { journal } = await planned(3);
    await journal.sending(2);
    // As after some minutes of sleep: the other one has its own lock.
    const lock = join(importing().folder, `..${basename(journal.path).slice(1)}.apq-lock`);
    writeFileSync(lock, JSON.stringify({ pid: process.pid, host: 'another', token: 'its own' }));
    const before = readFileSync(journal.path, 'utf8');
    const { now } = Date;
    Date.now = () => now() + 1000;
    const { stoppedBy, threw } = await importing()
      .send(journal, { module: await importing().module() })
      .then(
        (ending) => ({ ...ending, threw: undefined }),
        (error: unknown) => ({ stoppedBy: undefined, threw: error }),
      )
      .finally(() => (Date.now = now));
    assert.equal(stoppedBy, undefined);
    assert.match(String(threw), /is written by another run by now, as this one stood still/);
    assert.equal(readFileSync(journal.path, 'utf8'), before);
    assert.deepEqual((await importing().writes()).sent, []);
    await journal.close();
  });

  it('reads no row anew for the next slice of a text', async () => {
    const { journal } = await planned(40);
    const source = new JournalChanges(journal);
    const read = journal.rowAt.bind(journal);
    let reads = 0;
    journal.rowAt = async (index) => {
      reads++;
      return read(index);
    };
    const find = async (from: number) => source.slice({ states: 'all', text: 'name 1' }, from, 5);
    assert.equal((await find(0)).total, 11);
    reads = 0;
    assert.equal((await find(5)).changes.length, 5);
    assert.equal(reads, 5);
    await journal.sending(3);
    await journal.settle(3, { kind: 'failed', message: 'Not name 1, or so.' });
    assert.equal((await source.slice({ states: 'all', text: 'or so' }, 0, 5)).total, 1);
    await journal.close();
  });

  it('keeps the order of many rows that are sent at a time', async () => {
    const { journal } = await planned(200);
    await Promise.all(
      Array.from({ length: 200 }, async (_, index) => {
        await journal.sending(index + 2);
        await journal.settle(index + 2, { kind: 'done', deed: 'created', id: String(index) });
      }),
    );
    const found = await again(journal);
    assert.equal(found.counts.created, 200);
    assert.ok(found.finished);
    for (const index of [0, 57, 199]) assert.equal((await found.rowAt(index)).id, String(index));
    await found.close();
  });

  it('keeps numbers in all their digits', async () => {
    const venues = tableOf(['Label', 'DailyRate'], [['A', '12345678901234567890.5']]);
    const journal = await importing().journal(
      { table: venues, deed: CREATE, module: 'venue' },
      `j${++files}.csv`,
    );
    const found = await again(journal);
    assert.match((await found.rowAt(0)).planned.change.request.body ?? '', /12345678901234567890\.5/);
    await found.close();
  });

  it('shows its rows by slices, those with a problem first', async () => {
    const { journal } = await planned(30);
    await journal.sending(20);
    await journal.settle(20, { kind: 'failed', message: 'No.' });
    await journal.sending(5);
    await journal.settle(5, { kind: 'done', deed: 'created', id: '77' });
    let over = false;
    const source = new JournalChanges(journal, () => over);
    assert.deepEqual([source.size, source.counts()], [30, { create: 28, failed: 1, done: 1 }]);
    const first = await source.slice({ states: 'all', text: '' }, 0, 3);
    assert.deepEqual(
      [first.total, first.changes.map(({ row, sent }) => [row, sent?.text])],
      [
        30,
        [
          [20, 'No.'],
          [2, undefined],
          [3, undefined],
        ],
      ],
    );
    const done = await source.slice({ states: ['done'], text: '' }, 0, 10);
    assert.deepEqual(
      done.changes.map(({ row, sent }) => [row, sent]),
      [[5, { outcome: 'done', text: 'ID 77' }]],
    );
    const named = await source.slice({ states: 'all', text: ' NAME 17 ' }, 0, 10);
    assert.deepEqual(
      named.changes.map(({ row }) => row),
      [19],
    );
    over = true;
    assert.deepEqual(source.counts(), { unsent: 28, failed: 1, done: 1 });
    await journal.close();
  });

  it('writes the rows that failed, are done, or may be, with what became of them', async () => {
    const { journal, name } = await planned(4);
    for (const row of [2, 3, 4, 5]) await journal.sending(row);
    await journal.settle(2, { kind: 'done', deed: 'created', id: '77' });
    await journal.settle(3, { kind: 'failed', message: 'It says “no, thanks”, and why.' });
    await journal.settle(4, { kind: 'unknown', message: 'Lost.' });
    const {
      files: { failed = '', done = '', unknown = '' },
    } = await writeOutcomes(join(importing().folder, name), () => table(4), journal);
    const texts = [failed, done, unknown].map((path) => readFileSync(path, 'utf8').replace('\uFEFF', ''));
    assert.deepEqual(texts, [
      'Surname,apq-reason\r\nName 1,"It says “no, thanks”, and why."\r\n',
      'Surname,apq-id\r\nName 0,77\r\n',
      'Surname,apq-reason\r\nName 2,Lost.\r\nName 3,"It was sent, and its answer was lost."\r\n',
    ]);
    await journal.close();
  });

  it('says where it can’t be written', async () => {
    const path = join(importing().folder, 'a file');
    writeFileSync(path, '');
    await assert.rejects(
      lockJournal(journalPath(join(path, 'people.csv'))),
      /nothing can be written to .*a file: a part of the path is not a folder\. Copy the file to a folder of your own/,
    );
  });

  it('says in what another import differs from its own', async () => {
    const { journal } = await planned(1);
    const { head } = journal;
    const differs = (more: Partial<JournalHead>) => differenceFrom(head, { ...head, ...more });
    assert.equal(differs({ run: 'another', file: { ...head.file, name: 'moved.csv' } }), undefined);
    assert.match(differs({ root: 'https://a.accessplanit.com/accessplan' }) ?? '', /begun on http/);
    assert.match(differs({ file: { ...head.file, sha256: 'y' } }) ?? '', /the file has changed/);
    assert.match(differs({ module: 'Venue' }) ?? '', /for User, not for Venue/);
    assert.match(differs({ deed: 'update' }) ?? '', /as a creation, not as an update/);
    assert.match(differs({ fields: [] }) ?? '', /columns were taken for other fields/);
    assert.match(differs({ choices: { delimiter: ';' } }) ?? '', /read in another way/);
    await journal.close();
  });
});
