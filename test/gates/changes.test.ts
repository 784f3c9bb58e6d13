/** The list of changes in the editor: what it shows, exports and opens, and that it sends nothing. */
import '../support/fake-vscode';
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { ApiError } from '#core/remote/api-error';
import { ChangeLog } from '#core/writing/change-log';
import type { PlannedChange } from '#core/writing/planned-change';
import { clearKeptRecords, showChanges, undoLastChange } from '#editor/writing/show-changes';
import type { TakeBackParts } from '#editor/writing/take-back';
import { put, ROOT, writeOf } from '../core/writing/support/changes';
import { fake, resetFake } from '../support/fake-vscode';

const ACME = { id: 'acme', name: 'Acme', root: ROOT };
const HOSTILE = '[go](command:x) $(flame)';

describe('the list of changes', () => {
  let folder: string;
  let log: ChangeLog;
  let undoFiles: string[];
  beforeEach(() => {
    resetFake();
    folder = mkdtempSync(join(tmpdir(), 'apq-changes-'));
    log = new ChangeLog({ folder, keep: () => 1000, tell: assert.fail });
    undoFiles = [];
  });
  afterEach(() => {
    resetFake();
    rmSync(folder, { recursive: true });
  });

  const unreachable = {
    connection: { root: ROOT },
    traits: {},
    send: async () => Promise.reject(new ApiError('unreachable')),
  };
  /** The platform of the changes can't be reached. It is in use, as it need not be when the file is run. */
  const parts = (
    all: readonly { readonly id: string; readonly name: string; readonly root: string }[] = [ACME],
  ) =>
    ({
      changeLog: { log, addUndoFile: (uri: unknown) => undoFiles.push(String(uri)) },
      connections: {
        all,
        active: all[0],
        named: (name: string) => all.find((each) => each.name === name),
        isSample: () => false,
        client: () => unreachable,
      },
      metadata: { of: () => undefined },
    }) as unknown as TakeBackParts;
  const write = async (change: PlannedChange, more: Parameters<typeof writeOf>[1] = {}) => {
    const begun = await log.begin(writeOf(change, more));
    await begun.end({ kind: 'done', status: 200, milliseconds: 1 });
    return begun.id;
  };
  const texts = () => fake.shown.flatMap((each) => each.texts).join('\n');

  it('is empty at first', async () => {
    for (const show of [showChanges, undoLastChange]) await show(parts());
    assert.match(texts(), /(No changes are in the list yet.*\n?){2}/);
  });
  it('has values, and no link and no icon of foreign text', async () => {
    await write(put('1', HOSTILE, 'York'), { title: HOSTILE, connection: { name: HOSTILE, root: ROOT } });
    fake.answers = [undefined];
    await showChanges(parts());
    assert.match(texts(), /Changed User 1 \(Ng\)/);
    assert.match(texts(), /Town: “.*go.*” → “York”/);
    assert.doesNotMatch(texts(), /\$\(flame/);
  });
  it('opens what takes a change back, for the connection of the change, and sends nothing', async () => {
    const id = await write(put('1'));
    await undoLastChange(parts(), id);
    const [text = ''] = fake.documents;
    assert.match(text, /^### Undo: Changed User 1 \(Ng\)\n# @connection Acme\n# Takes back/);
    assert.match(text, /PUT User\/1\n\{\n {2}"Town": "Leeds"\n\}/);
    assert.deepEqual(undoFiles, ['untitled:1']);
  });
  it('opens nothing where no connection leads to the platform, whatever another is called', async () => {
    const id = await write(put('1'));
    await undoLastChange(parts([{ ...ACME, root: `${ROOT}sandbox` }]), id);
    assert.deepEqual(fake.documents, []);
    assert.match(texts(), /^No connection leads to http.* any more\. Add it/);
  });
  it('takes a run back as one, without what was refused', async () => {
    for (const id of ['1', '2']) await write(put(id), { source: 'import', run: 'r' });
    const refused = await log.begin(writeOf(put('3'), { source: 'import', run: 'r' }));
    await refused.end({ kind: 'refused', message: 'No.' });
    await undoLastChange(parts(), 'r');
    assert.deepEqual(fake.documents[0]?.match(/^PUT .*/gm), ['PUT User/2', 'PUT User/1']);
    assert.doesNotMatch(fake.documents[0], /User 3/);
  });
  it('saves a table of many', async () => {
    for (let id = 1; id <= 21; id++) await write(put(String(id)), { source: 'import', run: 'r' });
    fake.saveAs = join(folder, 'undo.csv');
    await undoLastChange(parts(), 'r');
    assert.deepEqual(fake.documents, []);
    assert.match(readFileSync(fake.saveAs, 'utf8'), /^\uFEFFID,Town\r\n(\d+,Leeds\r\n){21}$/);
    assert.match(texts(), /The old values of 21 records are in .*undo\.csv/);
  });
  it('shows and exports the changes of one connection', async () => {
    await write(put('1'));
    await write(put('2'), { connection: { name: 'Other', root: ROOT } });
    fake.saveAs = join(folder, 'changes.ndjson');
    fake.answers = ['$(filter) Only One Connection…', 'Other', '$(export) Export as NDJSON…'];
    await showChanges(parts());
    const lines = readFileSync(fake.saveAs, 'utf8').trim().split('\n');
    assert.equal(lines.length, 1);
    assert.match(lines[0] ?? '', /"name":"Other"/);
    assert.match(texts(), /1 change was exported to/);
  });
  it('clears old records only when the user agrees', async () => {
    await write(put('1'));
    fake.answers = [undefined];
    await clearKeptRecords({ changeLog: parts().changeLog });
    assert.equal(await log.countKept(), 1);
    fake.answers = ['Clear'];
    await clearKeptRecords({ changeLog: parts().changeLog });
    assert.equal(await log.countKept(), 0);
    await clearKeptRecords({ changeLog: parts().changeLog });
    assert.match(texts(), /No old records are kept\./);
  });
});
