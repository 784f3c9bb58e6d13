/** LibreOffice opens the workbooks that we write, and reads the same values. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { exportText } from '#core/results/export';
import { exportColumns } from '#core/results/export-column';
import type { ApiRecord } from '#core/results/read-page';
import { toWorkbook } from '#core/results/workbook/book';
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
const FIELDS = [
  { name: 'Cost', type: 'decimal' },
  { name: 'Start', type: 'datetime' },
  { name: 'Day', type: 'date' },
  { name: 'Label', type: 'string' },
] as const;
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

  /** Returns the lines of a sheet as LibreOffice reads it. `shown`: numbers and dates in their formats. */
  const linesOf = async (name: string, bytes: Uint8Array, { sheet = 0, shown = false } = {}) => {
    const file = join(folder, `${name}.xlsx`);
    writeFileSync(file, bytes);
    // In UTF-8; texts are in quotes, so that a cell without them is a number, a date or a boolean.
    const filter = `csv:Text - txt - csv (StarCalc):44,34,76,1,,0,true,true,${shown},false,false,${sheet}`;
    await promisify(execFile)(office, [
      `-env:UserInstallation=${pathToFileURL(join(folder, 'profile')).href}`,
      ...['--headless', '--convert-to', filter, '--outdir', folder, file],
    ]);
    const written = readdirSync(folder).find((each) => each.startsWith(name) && each.endsWith('.csv'));
    const text = readFileSync(join(folder, written ?? ''), 'utf8');
    rmSync(join(folder, written ?? ''));
    return text.replace(/^\uFEFF/, '').split('\n');
  };

  it('have the values that were written', async () => {
    const worker = join(import.meta.dirname, '../../dist/export-worker.js');
    const chunks: Uint8Array[] = [];
    for await (const chunk of exportText(RECORDS, {
      format: 'xlsx',
      columns: exportColumns(COLUMNS, FIELDS),
      worker,
    }))
      chunks.push(chunk);
    const rows = await linesOf('out', Buffer.concat(chunks));
    assert.deepEqual(rows.slice(0, 5), [
      '"ID","Label","Cost","Start","Day","Online","Tags","Nested"',
      '"001","=1+1",12.5,03/01/2025 09:00:00,03/01/2025,TRUE,,',
      '"2","Zoë ""q"" <b>& 日本 😀\tx",,"1850-01-01T00:00:00",,FALSE,"a; b",',
      '"3","-2+3",1000000000000000,"not a date",,,,"{""a"":1}"',
      '"_x0041_","constructor","9223372036854775807","2025-02-31T00:00:00",,,,',
    ]);
    assert.equal(rows[5]?.length, '"4","",,,,,,'.length + 32_767);
  });

  it('are shown in their formats, sheet by sheet', async () => {
    const types = {
      ID: 'string',
      Code: 'string',
      Cost: 'decimal',
      Rate: 'decimal',
      Places: 'integer',
      Day: 'date',
      At: 'time',
    } as const;
    const fields = Object.entries(types).map(([name, type]) => ({ name, type }));
    const columns = exportColumns(Object.keys(types), fields);
    const records = [
      { ID: '12', Code: '007', Cost: '12.5', Rate: '0.125', Places: '8', Day: '2025-03-01', At: '09:30' },
      { ID: '13', Code: '1', Cost: 3, Rate: 1, Places: null, Day: '1900-01-01', At: '' },
    ];
    const about = { records: '2 records', query: 'GET Course\n$top = 2', notes: [] };
    const { bytes } = await toWorkbook([
      { name: "Owed & 'more'", records, columns, about },
      { name: 'None', records: [], columns },
      { name: 'No columns', records: [], columns: [] },
    ]);
    const shown = { shown: true };
    assert.deepEqual((await linesOf('typed', bytes, { ...shown, sheet: 1 })).slice(0, 3), [
      '"ID","Code","Cost","Rate","Places","Day","At"',
      '12,"007",12.50,0.125,8,3/1/2025,9:30',
      '13,"1",3.00,1.000,,"1900-01-01",',
    ]);
    assert.deepEqual((await linesOf('typed', bytes, { ...shown, sheet: 2 })).slice(0, 2), [
      '"ID","Code","Cost","Rate","Places","Day","At"',
      '',
    ]);
    assert.deepEqual((await linesOf('typed', bytes, { ...shown, sheet: 4 })).slice(0, 4), [
      '"Sheet","Owed & \'more"',
      '"Records","2 records"',
      '"Query","GET Course',
      '$top = 2"',
    ]);
  });
});
