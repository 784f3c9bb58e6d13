/** Imports in the editor, without a window: nothing is sent that the user did not agree to, and no row twice. */
import '../support/fake-vscode';
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { ImportDraft } from '#core/bulk/import-draft';
import { journalPath, lockJournal } from '#core/bulk/journal';
import { readTable } from '#core/bulk/reading/read-table';
import { shownIn } from '#core/bulk/table';
import type { Connection } from '#core/connections/connection';
import { offerResume, planAndRun } from '#editor/importing/journals';
import type { ImportParts } from '#editor/importing/parts';
import type { ResultPanel } from '#editor/results/panel';
import { useAsImport } from '#editor/results/use-as-import';
import type {
  ChangesPress,
  ChangesProgress,
  ChangesReport,
  ChangesToShow,
  ChangesView,
} from '#editor/writing/changes';
import { useImports } from '../core/bulk/support/imports';
import { CONNECTION } from '../core/support/runs';
import { fake, resetFake } from '../support/fake-vscode';

/** A user in front of the view of changes. */
class User {
  shown: ChangesToShow | undefined;
  report: ChangesReport | undefined;
  agrees = true;
  /** What they press when so many rows are done. */
  presses: { readonly at: number; readonly press: ChangesPress } | undefined;
  readonly #heard: ((press: ChangesPress) => void)[] = [];

  open(what: ChangesToShow): ChangesView {
    this.shown = what;
    return {
      closed: false,
      agreed: async () => {
        const agreed = this.agrees && what.deed !== undefined;
        if (!agreed) this.press('closed');
        return Promise.resolve(agreed);
      },
      show: () => undefined,
      progress: (progress) => this.#look(progress),
      end: (report) => (this.report = report),
      onPress: (heard) => void this.#heard.push(heard),
      close: () => undefined,
    };
  }

  press(press: ChangesPress): void {
    for (const heard of this.#heard) heard(press);
  }

  #look({ done }: ChangesProgress): void {
    if (this.presses === undefined || done < this.presses.at) return;
    const { press } = this.presses;
    this.presses = undefined;
    this.press(press);
  }
}

describe('imports in the editor, without a window', () => {
  const importing = useImports({ records: 60 });
  beforeEach(async () => {
    resetFake();
    await importing().platform.controlWith({ reset: true });
  });
  afterEach(resetFake);
  let number = 0;

  /** A file whose rows create people with a name of their own. */
  const fileOf = (rows: number) => {
    const path = join(importing().folder, `people-${++number}.csv`);
    const lines = Array.from({ length: rows }, (_, row) => `g${number}.${row}@new.example,New ${row}`);
    writeFileSync(path, `Email,Surname\n${lines.join('\n')}\n`);
    return path;
  };
  /** `offline`: whether the connection is lost when the rows are planned. */
  interface Circumstances {
    readonly level?: string;
    readonly root?: string;
    readonly offline?: boolean;
  }
  const partsOf = (user: User, { level = 'askEachTime', root, offline = false }: Circumstances) => {
    const home: Connection = { ...CONNECTION, root: importing().platform.platform.root };
    const connection = root === undefined ? home : { ...home, name: 'Other', root };
    const module = importing().module();
    const connections = {
      ...{ all: [home], active: connection },
      levelOf: () => level,
      isProduction: () => false,
      client: () => {
        if (offline) throw new Error('offline');
        return importing().api;
      },
    };
    const log = { begin: async () => Promise.resolve({ id: '1', end: async () => Promise.resolve() }) };
    const metadata = {
      modules: async () => Promise.resolve(),
      fields: async () => Promise.resolve(),
      of: () => ({ modules: [known] }),
    };
    let known: Awaited<typeof module> | undefined;
    const ready = module.then((found) => (known = found));
    const parts = { connections, metadata, changes: user, changeLog: { log } } as unknown as ImportParts;
    return { parts, connection, ready };
  };
  const run = async (path: string, user: User, circumstances: Circumstances = {}) => {
    const { parts, connection, ready } = partsOf(user, circumstances);
    const module = await ready;
    const draft = await ImportDraft.of(path);
    draft.useModule(module);
    draft.useDeed({ kind: 'upsert', field: 'Email' });
    const { outcome } = draft;
    assert.ok(outcome?.ok);
    return planAndRun({ draft, mapping: outcome.mapping, module, connection }, parts);
  };
  const resume = async (path: string, user: User, circumstances: Circumstances = {}) => {
    const { parts, connection, ready } = partsOf(user, circumstances);
    await ready;
    return offerResume(path, connection, parts);
  };
  const sent = async () => (await importing().writes()).sent.length;
  /** Nobody holds the journal any more. */
  const isFree = async (path: string) => {
    await (await lockJournal(journalPath(path))).release();
    return true;
  };

  it('sends nothing, and leaves nothing behind, where the user does not agree', async () => {
    const [path, user] = [fileOf(3), new User()];
    user.agrees = false;
    assert.equal(await run(path, user), false);
    assert.equal(user.shown?.sentence, 'This creates 3 records of User.');
    assert.equal(user.shown.deed, 'Create 3');
    assert.equal(await sent(), 0);
    assert.ok(!existsSync(journalPath(path)));
    assert.ok(await isFree(path));
  });

  it('has no button on a read-only connection', async () => {
    const [path, user] = [fileOf(2), new User()];
    assert.equal(await run(path, user, { level: 'readOnly' }), false);
    assert.equal(user.shown?.deed, undefined);
    assert.equal(await sent(), 0);
  });

  it('sends all rows, reports them, and asks before it does so again', async () => {
    const [path, user] = [fileOf(5), new User()];
    assert.equal(await run(path, user), true);
    assert.equal(await sent(), 5);
    assert.equal(user.report?.sentence, 'The import is over: 5 created.');
    assert.match(readFileSync(path.replace('.csv', '.done.csv'), 'utf8'), /^\uFEFFEmail,Surname,apq-id\r\n/);
    assert.equal(await resume(path, new User()), 'none');
    assert.equal(await run(path, new User()), false);
    assert.match(fake.shown.at(-1)?.texts.join(' ') ?? '', /was imported already\. 5 created\./);
    assert.equal(await sent(), 5);
  });

  for (const press of ['stop', 'closed'] as const)
    it(`goes on after ${press === 'stop' ? 'Stop' : 'its tab was closed'}, and sends each row once`, async () => {
      const [path, user] = [fileOf(40), new User()];
      user.presses = { at: 5, press };
      assert.equal(await run(path, user), true);
      const before = await sent();
      assert.ok(before >= 5 && before < 40, String(before));
      assert.match(user.report?.sentence ?? '', /^The import stopped: \d+ created, \d+ not sent\.$/);
      fake.answers = [undefined];
      assert.equal(await resume(path, new User()), 'cancelled');
      assert.match(fake.shown.at(-1)?.texts[0] ?? '', /was interrupted/);
      fake.answers = ['Begin Anew'];
      assert.equal(await resume(path, new User()), 'anew');
      assert.equal(await sent(), before);
      fake.answers = ['Resume Import'];
      const later = new User();
      assert.equal(await resume(path, later), 'resumed');
      assert.equal(later.shown?.deed, `Create ${40 - before}`);
      assert.equal(await sent(), 40);
      assert.equal(later.report?.sentence, 'The import is over: 40 created.');
      assert.ok(await isFree(path));
    });

  /** Plans once more, and neither agrees nor gets to the end of the plan. */
  const planInVain = async (path: string, deed: string) => {
    const user = new User();
    user.agrees = false;
    fake.answers = [deed];
    assert.equal(await run(path, user), false);
    assert.ok(user.shown !== undefined);
    fake.answers = [deed];
    await assert.rejects(run(path, new User(), { offline: true }), /offline/);
    assert.deepEqual(
      readdirSync(importing().folder).filter((name) => name.endsWith('.tmp')),
      [],
    );
  };

  it('remembers an import where the plan of a second one is not agreed to', async () => {
    const [path, user] = [fileOf(3), new User()];
    await run(path, user);
    await planInVain(path, 'Import Again');
    fake.answers = [undefined];
    assert.equal(await run(path, new User()), false);
    assert.match(fake.shown.at(-1)?.texts.join(' ') ?? '', /csv was imported already\. 3 created\./);
    assert.equal(await sent(), 3);
  });

  it('can go on with an interrupted import where the plan of a second one is not agreed to', async () => {
    const [path, user] = [fileOf(40), new User()];
    user.presses = { at: 5, press: 'stop' };
    await run(path, user);
    const before = await sent();
    await planInVain(path, 'Begin Anew');
    assert.equal(await sent(), before);
    fake.answers = ['Resume Import'];
    const later = new User();
    assert.equal(await resume(path, later), 'resumed');
    assert.equal(later.report?.sentence, 'The import is over: 40 created.');
    assert.equal(await sent(), 40);
  });

  it('forgets an interrupted import where the plan of a second one is agreed to', async () => {
    const [path, user] = [fileOf(40), new User()];
    user.presses = { at: 5, press: 'stop' };
    await run(path, user);
    const before = await sent();
    fake.answers = ['Begin Anew'];
    const second = new User();
    assert.equal(await run(path, second), true);
    assert.equal(second.report?.sentence, `The import is over: ${40 - before} created, ${before} unchanged.`);
    assert.equal(await sent(), 40);
    assert.equal(await resume(path, new User()), 'none');
  });

  it('names the connection of an earlier import where it is another', async () => {
    const [path, user] = [fileOf(40), new User()];
    const { name, root } = { ...CONNECTION, root: importing().platform.platform.root };
    const other = { root: `${root}sandbox` };
    const place = `into ${name} (${root})`;
    user.presses = { at: 5, press: 'stop' };
    await run(path, user);
    assert.equal(await resume(path, new User(), other), 'cancelled');
    assert.ok(fake.shown.at(-1)?.texts[0]?.endsWith(`.csv ${place} was interrupted.`));
    assert.equal(await run(path, new User(), other), false);
    assert.ok(fake.shown.at(-1)?.texts[0]?.endsWith(`.csv was imported in part ${place}.`));
    assert.match(fake.shown.at(-1)?.texts[1] ?? '', /not sent\. What was done there stays done\.$/);
  });

  it('does not go on with a file that has changed', async () => {
    const [path, user] = [fileOf(40), new User()];
    user.presses = { at: 5, press: 'stop' };
    await run(path, user);
    const before = await sent();
    writeFileSync(path, 'Email,Surname\nx@new.example,Other\n');
    fake.answers = ['Resume Import'];
    assert.equal(await resume(path, new User()), 'cancelled');
    assert.match(fake.shown.at(-1)?.texts[0] ?? '', /can’t go on: the file has changed since then/);
    assert.equal(await sent(), before);
  });

  it('begin with the records of a result, as they were fetched, in a file of the user’s', async () => {
    const records = [{ ID: '1', Code: '007', Notes: '=1+1' }, { ID: '2' }];
    const head = { select: ['ID', 'Code'] };
    const panel = { title: 'People', head, records } as unknown as ResultPanel;
    await useAsImport(panel);
    assert.equal(fake.commands.length, 0);
    fake.saveAs = join(importing().folder, 'result.csv');
    await useAsImport(panel);
    assert.deepEqual(
      fake.commands.map(([name]) => name),
      ['apq.importRecords'],
    );
    const reading = await readTable(fake.saveAs, {});
    const rows: (readonly string[])[] = [];
    for await (const { cells } of reading.rows()) rows.push(cells.map(shownIn));
    assert.deepEqual(
      [reading.columns.map(({ name }) => name), ...rows],
      [
        ['ID', 'Code', 'Notes'],
        ['1', '007', '=1+1'],
        ['2', '', ''],
      ],
    );
  });
});
