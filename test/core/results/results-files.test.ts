/** Results on disk while they are shown, exports, workbooks, snapshots, linked records, and blame for a refusal. */
import assert from 'node:assert/strict';
import { appendFile, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { exportText } from '#core/results/export';
import { exportColumns } from '#core/results/export-column';
import type { ExportFormat } from '#core/results/formats';
import type { ApiRecord } from '#core/results/read-page';
import { recordWriter } from '#core/results/record-writer';
import { readSnapshot, writeSnapshot } from '#core/results/snapshot';
import { readSpool, removeOldSpools, ResultSpool } from '#core/results/spool';
import { readJson } from '#core/values/read-json';
import { linkedModule } from '#language/analysis/linked-module';

const WORKER = join(import.meta.dirname, '../../../dist/export-worker.js');
const RECORDS: ApiRecord[] = [
  { ID: '1', Label: '=1+1', Cost: 12.5, StartDate: '2025-03-01T09:00:00', Online: true, Tags: ['a', 'b'] },
  { ID: '2', Label: 'Zoë "q" <b>&', Cost: null, StartDate: '2025-03-02T00:00:00' },
];
const COLUMNS = ['ID', 'Label', 'Cost', 'StartDate', 'Online', 'Tags'];

describe('results on disk', () => {
  let folder: string;
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'apq-'))));
  afterEach(async () => rm(folder, { recursive: true, force: true }));

  it('are read as they were written', async () => {
    const spool = new ResultSpool(folder, 'run-1');
    spool.head({ title: 'x' });
    spool.add(RECORDS);
    spool.add([{ ID: '3' }]);
    spool.head({ title: 'y' });
    await spool.written();
    assert.deepEqual(await readSpool(folder, 'run-1'), {
      head: { title: 'y' },
      records: [...RECORDS, { ID: '3' }],
    });
  });
  it('keep all digits', async () => {
    const spool = new ResultSpool(folder, 'exact');
    spool.head({});
    spool.add([{ ID: readJson('9223372036854775807') }]);
    await spool.written();
    assert.deepEqual((await readSpool(folder, 'exact'))?.records, [{ ID: readJson('9223372036854775807') }]);
  });
  it('survive a crash in the middle of a line', async () => {
    const spool = new ResultSpool(folder, 'r');
    spool.head({});
    spool.add(RECORDS);
    await spool.written();
    await appendFile(join(folder, 'r', 'records.ndjson'), '{"ID":"4","La');
    assert.equal((await readSpool(folder, 'r'))?.records.length, 2);
    // Longer than what is read at once, with line separators that don't end a line.
    const long = { Text: 'é\u2028'.repeat(100_000) };
    const other = new ResultSpool(folder, 'long');
    other.head({});
    other.add([long, long]);
    await other.written();
    assert.deepEqual((await readSpool(folder, 'long'))?.records, [long, long]);
  });
  it('are removed with their view, and after a week', async () => {
    const spool = new ResultSpool(folder, 'r');
    spool.head({});
    spool.remove();
    await spool.written();
    assert.equal(await readSpool(folder, 'r'), undefined);
    const old = new ResultSpool(folder, 'old');
    old.head({});
    await old.written();
    await utimes(join(folder, 'old'), 0, 0);
    await removeOldSpools(folder);
    assert.equal(await readSpool(folder, 'old'), undefined);
  });
  it('stay longer than a week while their window is open', async () => {
    const spool = new ResultSpool(folder, 'long-open', undefined, 5);
    spool.head({});
    await spool.written();
    await utimes(join(folder, 'long-open'), 0, 0);
    await new Promise((resolve) => setTimeout(resolve, 50));
    await spool.written();
    await removeOldSpools(folder);
    assert.ok(await readSpool(folder, 'long-open'));
    spool.remove();
  });
  it('are not read from another folder', async () => {
    await writeFile(join(folder, 'head.json'), '{}');
    assert.equal(await readSpool(folder, '..'), undefined);
    assert.equal(await readSpool(folder, ''), undefined);
  });
  it('report a failure to write, and don’t throw', async () => {
    const errors: unknown[] = [];
    const spool = new ResultSpool('/dev/null/no', 'r', (error) => errors.push(error));
    spool.add(RECORDS);
    await spool.written();
    assert.ok(errors.length > 0);
  });
});

describe('export', () => {
  const bytes = async (format: ExportFormat, records = RECORDS, columns = COLUMNS, signal?: AbortSignal) => {
    const chunks: Uint8Array[] = [];
    for await (const chunk of exportText(records, {
      format,
      columns: exportColumns(columns, []),
      worker: WORKER,
      ...(signal && { signal }),
    }))
      chunks.push(chunk);
    return Buffer.concat(chunks);
  };
  const text = async (format: ExportFormat, records?: ApiRecord[], columns?: string[]) =>
    (await bytes(format, records, columns)).toString('utf8');

  it('guards formulas in CSV, and begins with a byte order mark', async () =>
    assert.equal(
      await text('csv'),
      '\uFEFFID,Label,Cost,StartDate,Online,Tags\r\n1,\'=1+1,12.5,2025-03-01T09:00:00,true,a; b\r\n2,"Zoë ""q"" <b>&",,2025-03-02T00:00:00,,\r\n',
    ));
  it('writes the columns’ values as sent, in the columns’ order, as JSON and NDJSON', async () => {
    assert.deepEqual(JSON.parse(await text('json')), RECORDS);
    assert.equal(
      await text('ndjson', RECORDS, ['Cost', 'ID']),
      '{"Cost":12.5,"ID":"1"}\n{"Cost":null,"ID":"2"}\n',
    );
    assert.deepEqual(JSON.parse(await text('json', [])), []);
  });
  it('writes the same bytes as Fetch All to File', async () => {
    const records = [...RECORDS, { ID: '3', Label: '+44 1632 960000' }, { ID: '4', Label: '@x' }];
    for (const format of ['csv', 'ndjson', 'json'] as const) {
      let fetched = '';
      const out = (part: string) => Promise.resolve(void (fetched += part));
      const writer = recordWriter(format, out, { csv: { bom: true } });
      for (const record of records) await writer.write([record]);
      await writer.end();
      assert.equal(await text(format, records), fetched);
    }
  });
  it('says how many cells the formula guard changed', async () => {
    let notes: readonly string[] = [];
    const options = {
      format: 'csv',
      columns: exportColumns(COLUMNS, []),
      worker: WORKER,
      onNotes: (told: readonly string[]) => (notes = told),
    } as const;
    for await (const chunk of exportText(RECORDS, options)) assert.ok(chunk.length >= 0);
    assert.match(notes.join(), /^1 cell begins like a formula/);
  });
  it('writes all digits in every format', async () => {
    const records = [{ ID: readJson('9223372036854775807'), Cost: readJson('0.12345678901234567891') }];
    for (const format of ['csv', 'json', 'ndjson'] as const)
      assert.match(
        await text(format, records, ['ID', 'Cost']),
        /9223372036854775807,\s*(?:"Cost": ?)?0\.12345678901234567891/,
      );
  });
  it('writes many records in chunks that fit together', async () => {
    const many = Array.from({ length: 5001 }, (_, i) => ({ ID: String(i) }));
    assert.deepEqual(JSON.parse(await text('json', many, ['ID'])), many);
    assert.equal((await text('csv', many, ['ID'])).split('\r\n').length, 5003);
    assert.equal((await text('ndjson', many, ['ID'])).split('\n').length, 5002);
  });
  it('ends when it is cancelled', async () => {
    for (const format of ['csv', 'xlsx'] as const)
      await assert.rejects(bytes(format, RECORDS, COLUMNS, AbortSignal.abort()));
  });
});

describe('snapshots', () => {
  const snapshot = {
    title: 'x',
    savedAt: '2026-01-01T00:00:00Z',
    connection: 'Acme',
    address: 'https://a',
    records: RECORDS,
  };
  for (const [title, records] of [
    ['are read as they were written', RECORDS],
    ['are read without records', []],
    ['keep all digits', [{ ID: readJson('9223372036854775807') }]],
    [
      'are read with more than one chunk',
      Array.from({ length: 4001 }, (_, ID) => ({ ID, Text: '\u2028\n' })),
    ],
  ] as const)
    it(title, async () => {
      const chunks: Uint8Array[] = [];
      for await (const chunk of writeSnapshot({ ...snapshot, records })) chunks.push(chunk);
      assert.deepEqual(
        { ...readSnapshot(Buffer.concat(chunks).toString('utf8'), 'f'), version: 0 },
        { ...snapshot, records, version: 0 },
      );
    });
  it('may be a plain list of records', () =>
    assert.deepEqual(readSnapshot(JSON.stringify(RECORDS), 'f.json')?.records, RECORDS));
  it('never throw, whatever the file holds', () =>
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        readSnapshot(text, 'f');
      }),
    ));
});

describe('linked records', () => {
  const modules = ['Course', 'CourseDate', 'User', 'Company', 'Venue', 'Caf\u00e9'];
  const cases: readonly (readonly [string, string | undefined])[] = [
    ['CourseID', 'Course'],
    ['CourseDateID', 'CourseDate'],
    ['courseid', 'Course'],
    ['MainCompanyID', 'Company'],
    ['TrainerUserID', 'User'],
    ['ParentID', 'Venue'],
    ['ID', undefined],
    ['Label', undefined],
    ['WombatID', undefined],
    ['Paid', undefined],
    ['Cafe\u0301ID', 'Caf\u00e9'],
    ['constructorID', undefined],
  ];
  for (const [field, module] of cases)
    it(`${field} → ${module ?? 'none'}`, () => assert.equal(linkedModule(field, 'Venue', modules), module));
});
