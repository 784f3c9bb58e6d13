/** Workbooks and Parquet files that `apq run` writes, read by other libraries; and what --dry-run leaves alone. */
import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parquetReadObjects } from 'hyparquet';
import readWorkbook from 'read-excel-file/node';
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

describe('binary files of the command line', () => {
  let platform: RunningPlatform;
  let folder: string;
  before(async () => {
    platform = await startPlatformProcess();
    folder = mkdtempSync(join(tmpdir(), 'apq-binary-'));
    writeFileSync(join(folder, 'a.apq'), QUERIES);
  });
  beforeEach(() => {
    for (const name of readdirSync(folder)) if (name !== 'a.apq') rmSync(join(folder, name));
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

  it('a fetch that fails leaves none', async () => {
    await platform.control({ next: [{ status: 403 }] });
    const { code } = await run('-o', 'out.xlsx');
    assert.equal(code, 1);
    assert.deepEqual(readdirSync(folder), ['a.apq']);
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
