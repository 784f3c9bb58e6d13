/** LibreOffice opens the workbooks that we write, and reads the same values. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { exportText } from '#core/results/export';
import type { ApiRecord } from '#core/results/read-page';
import { readJson } from '#core/values/read-json';
import { ensureLibreOffice } from '#scripts/lib/debian';

const RECORDS: ApiRecord[] = [
  { ID: '001', Label: '=1+1', Cost: 12.5, Start: '2025-03-01T09:00:00', Day: '2025-03-01', Online: true },
  {
    ID: '2',
    Label: 'Zoë "q" <b>& 日本 😀\tx',
    Cost: null,
    Start: '1850-01-01T00:00:00',
    Online: false,
    Tags: ['a', 'b'],
  },
  { ID: '3', Label: '-2+3', Cost: 1e15, Start: 'not a date', Nested: { a: 1 } },
  {
    ID: '_x0041_',
    Label: 'constructor',
    Cost: readJson('9223372036854775807'),
    Start: '2025-02-31T00:00:00',
  },
  { ID: '4', Label: 'x'.repeat(40_000) },
];
const COLUMNS = ['ID', 'Label', 'Cost', 'Start', 'Day', 'Online', 'Tags', 'Nested'];

describe('workbooks in LibreOffice', function () {
  this.timeout(20 * 60_000);
  let office: string;
  let folder: string;
  before(async () => {
    office = await ensureLibreOffice();
    folder = mkdtempSync(join(tmpdir(), 'apq-'));
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  it('have the values that were written', async () => {
    const file = join(folder, 'out.xlsx');
    const worker = join(import.meta.dirname, '../../dist/export-worker.js');
    const chunks: Uint8Array[] = [];
    for await (const chunk of exportText(RECORDS, { format: 'xlsx', columns: COLUMNS, worker }))
      chunks.push(chunk);
    writeFileSync(file, Buffer.concat(chunks));
    // As shown, in UTF-8; texts are in quotes, so that a cell without them is a number, a date or a boolean.
    const filter = 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,true,false';
    await promisify(execFile)(office, [
      `-env:UserInstallation=${pathToFileURL(join(folder, 'profile')).href}`,
      ...['--headless', '--convert-to', filter, '--outdir', folder, file],
    ]);
    const rows = readFileSync(join(folder, 'out.csv'), 'utf8')
      .replace(/^\uFEFF/, '')
      .split('\n');
    assert.deepEqual(rows.slice(0, 5), [
      '"ID","Label","Cost","Start","Day","Online","Tags","Nested"',
      '"001","=1+1",12.5,2025-03-01 09:00:00,2025-03-01,TRUE,,',
      '"2","Zoë ""q"" <b>& 日本 😀\tx",,"1850-01-01T00:00:00",,FALSE,"a; b",',
      '"3","-2+3",1000000000000000,"not a date",,,,"{""a"":1}"',
      '"_x0041_","constructor","9223372036854775807","2025-02-31T00:00:00",,,,',
    ]);
    assert.equal(rows[5]?.length, '"4","",,,,,,'.length + 32_767);
  });
});
