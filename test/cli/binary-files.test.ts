/** Workbooks and Parquet files that `apq run` writes, read by other libraries; and what --dry-run leaves alone. */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import readWorkbook from 'read-excel-file/node';
import { partsOf } from '../core/results/workbook-parts';
import { apq } from '../support/apq-process';
import { type RunningPlatform, startPlatformProcess } from '../support/platform-process';

const QUERIES = `### People: all [of] them, and some more
GET user
$select = ID, Surname
$orderby = ID
$top = 7
### people: all [of] them, and some more
GET user
$select = ID
$filter = Surname eq 'Nobody at all'
###
# @name courses
GET coursedate
$select = ID, StartDate
$top = 2
`;

const KEPT: ReadonlySet<string> = new Set(['a.apq', 'typed.apq']);

describe('binary files of the command line', () => {
  let platform: RunningPlatform;
  let folder: string;
  before(async () => {
    platform = await startPlatformProcess();
    folder = mkdtempSync(join(tmpdir(), 'apq-binary-'));
    writeFileSync(join(folder, 'a.apq'), QUERIES);
  });
  beforeEach(() => {
    for (const name of readdirSync(folder)) if (!KEPT.has(name)) rmSync(join(folder, name));
  });
  after(async () => {
    await platform.stop();
    rmSync(folder, { recursive: true });
  });
  const run = async (...words: string[]) =>
    apq(['run', 'a.apq', '--root', platform.root, ...words], {
      env: { APQ_API_KEY: platform.apiKey },
      cwd: folder,
    });

  it('a workbook has a sheet for each request, with names that Excel allows', async () => {
    const { code, err } = await run('--request', 'all', '-o', 'out.xlsx');
    assert.equal(code, 0, err);
    const sheets = await readWorkbook(join(folder, 'out.xlsx'));
    assert.deepEqual(
      sheets.map(({ sheet, data }) => [sheet, data.length]),
      [
        ['People all of them, and some mo', 8],
        ['people all of them, and some 2', 1],
        ['courses', 3],
        ['About', 7],
      ],
    );
    assert.deepEqual(sheets[0]?.data[0], ['ID', 'Surname']);
    assert.ok(sheets[2]?.data[1]?.[1] instanceof Date);
  });

  it('all pages of a request go into one sheet', async () => {
    const { code, err } = await run('--pages', '3', '-o', 'out.xlsx');
    assert.equal(code, 0, err);
    assert.equal((await readWorkbook(join(folder, 'out.xlsx')))[0]?.data.length, 22);
  });

  it('Parquet files are one for each request', async () => {
    const { code, err } = await run('--request', 'all', '-o', 'out.parquet');
    assert.equal(code, 0, err);
    const files = readdirSync(folder).filter((name) => name.endsWith('.parquet'));
    assert.equal(files.length, 3);
    const bytes = readFileSync(join(folder, files.find((name) => name.includes('courses')) ?? ''));
    const rows = await parquetReadObjects({ file: new Uint8Array(bytes).buffer });
    assert.deepEqual(
      rows.map((row) => Object.keys(row)),
      [
        ['ID', 'StartDate'],
        ['ID', 'StartDate'],
      ],
    );
  });

  describe('have the types of the metadata', () => {
    before(() =>
      writeFileSync(
        join(folder, 'typed.apq'),
        `@password = ?Password
### Invoices
# @name invoices
# A comment.
GET Invoice
$select = ID, CompanyName, Outstanding, DateDue
$filter = Outstanding gt '0'
$orderby = ID
$top = 2
### Secret
GET user
$select = ID
$filter = Surname ne '{{password}}'
$top = 1
### Owed
SQL
select CompanyName, count(*) as n, sum(Outstanding) as owed, avg(Outstanding) as average, max(DateDue) as due
from invoices group by CompanyName order by owed desc
`,
      ),
    );
    const typedRun = async (...words: string[]) => {
      const env = { APQ_API_KEY: platform.apiKey };
      await apq(['metadata', '--root', platform.root, '-o', 'm.json'], { env, cwd: folder });
      const root = ['--root', platform.root, '--metadata', 'm.json'];
      return apq(['run', 'typed.apq', ...root, ...words], { env, cwd: folder });
    };

    it('in a workbook', async () => {
      const { code, err } = await typedRun('-o', 'out.xlsx');
      assert.equal(code, 0, err);
      const [sheet, about] = await readWorkbook(join(folder, 'out.xlsx'));
      for (const [id, company, outstanding, due] of sheet?.data.slice(1) ?? []) {
        assert.deepEqual([typeof id, typeof company, typeof outstanding], ['number', 'string', 'number']);
        assert.ok(due instanceof Date);
      }
      const told = new Map(about?.data.map(([label, text]) => [label, text]));
      assert.equal(told.get('Records'), '2 records; there may be more');
      assert.equal(told.get('Platform'), platform.root);
      assert.match(
        String(told.get('Query')),
        /^# @name invoices\n# A comment\.\nGET Invoice\n\$select = ID, CompanyName/,
      );
      assert.match(String(told.get('Fetched')), /^\d{4}-\d\d-\d\d \d\d:\d\d \(UTC/);
    });
    it('in a Parquet file', async () => {
      const { code, err } = await typedRun('-o', 'out.parquet');
      assert.equal(code, 0, err);
      const file = new Uint8Array(readFileSync(join(folder, 'out.parquet'))).buffer;
      const types = parquetMetadata(file)
        .schema.slice(1)
        .map(({ name, converted_type, logical_type }) => [name, converted_type ?? logical_type?.type]);
      assert.deepEqual(types, [
        ['ID', 'UTF8'],
        ['CompanyName', 'UTF8'],
        ['Outstanding', 'DECIMAL'],
        ['DateDue', 'TIMESTAMP'],
      ]);
    });
    it('of a SQL request as well, and what it worked out are numbers', async () => {
      const all = await typedRun('--request', 'all', '--var', 'password=none', '-o', 'out.xlsx');
      assert.equal(all.code, 0, all.err);
      const sheets = await readWorkbook(join(folder, 'out.xlsx'));
      assert.deepEqual(
        sheets.map(({ sheet }) => sheet),
        ['Invoices', 'Secret', 'Owed', 'About'],
      );
      const [head, row] = sheets[2]?.data ?? [];
      assert.deepEqual(head, ['CompanyName', 'n', 'owed', 'average', 'due']);
      const [company, n, owed, average, due] = row ?? [];
      assert.deepEqual(
        [company, n, owed, average].map((each) => typeof each),
        ['string', 'number', 'number', 'number'],
      );
      assert.ok(due instanceof Date || typeof due === 'string');
      assert.match(
        String(sheets[3]?.data.find(([label]) => label === 'Query')?.[3]),
        /^SQL\nselect CompanyName/,
      );
      const one = await typedRun('--request', 'Owed', '-o', 'owed.parquet');
      assert.equal(one.code, 0, one.err);
      const file = new Uint8Array(readFileSync(join(folder, 'owed.parquet'))).buffer;
      const types = parquetMetadata(file)
        .schema.slice(1, 3)
        .map(({ name, type, converted_type }) => [name, converted_type ?? type]);
      assert.deepEqual(types, [
        ['CompanyName', 'UTF8'],
        ['n', 'INT64'],
      ]);
    });
    it('and a workbook says no secret', async () => {
      const secret = 'correcthorsebattery';
      const { code, err } = await typedRun(
        '--request',
        'Secret',
        '--var',
        `password=${secret}`,
        '-o',
        'out.xlsx',
      );
      assert.equal(code, 0, err);
      for (const [name, part] of await partsOf(readFileSync(join(folder, 'out.xlsx'))))
        assert.ok(!part.includes(secret) && !part.includes(platform.apiKey), name);
    });
  });

  it('a fetch that fails leaves none', async () => {
    await platform.control({ next: [{ status: 403 }] });
    const { code } = await run('-o', 'out.xlsx');
    assert.equal(code, 1);
    assert.deepEqual(
      readdirSync(folder).filter((name) => !KEPT.has(name)),
      [],
    );
  });

  it('--dry-run writes to standard output, and leaves the file as it is', async () => {
    writeFileSync(join(folder, 'keep.csv'), 'old');
    const { code, out } = await run('--dry-run', '-o', 'keep.csv');
    assert.equal(code, 0);
    assert.match(out, /^### People/);
    assert.equal(readFileSync(join(folder, 'keep.csv'), 'utf8'), 'old');
    assert.ok(!existsSync(join(folder, '.keep.csv.apq-lock')));
  });

  for (const fault of [{ status: 500 }, { status: 503 }, { drop: true }, { truncate: true }, { html: true }])
    it(`a change after which nobody knows ends with 1: ${JSON.stringify(fault)}`, async () => {
      writeFileSync(join(folder, 'change.apq'), 'PUT user/1001\n{ "Surname": "Poole" }\n');
      await platform.control({ next: [fault] });
      const { code, err } = await apq(['run', 'change.apq', '--root', platform.root, '--yes', '--no-keep'], {
        env: { APQ_API_KEY: platform.apiKey },
        cwd: folder,
      });
      assert.match(err, /may or may not have been made/);
      assert.equal(code, 1, err);
    });
});
