/** Workbooks: what breaks in them, trap by trap, read by another library and part by part. */
import assert from 'node:assert/strict';
import { afterEach, describe, it } from 'mocha';
import readWorkbook from 'read-excel-file/node';
import { type ExportColumn, exportColumns } from '#core/results/export-column';
import type { ApiRecord } from '#core/results/read-page';
import type { About } from '#core/results/workbook/about';
import { type Sheet, toWorkbook } from '#core/results/workbook/book';
import { readJson } from '#core/values/read-json';
import type { FieldType } from '#language';
import { elementsOf, partsOf } from './workbook-parts';

const SHEET = 'xl/worksheets/sheet1.xml';
const STYLES = 'xl/styles.xml';

const sheetOf = (
  records: readonly ApiRecord[],
  types: Readonly<Record<string, FieldType>> = {},
  columns = [...new Set(records.flatMap((record) => Object.keys(record)))],
): Sheet => ({
  name: 'Records',
  records,
  columns: exportColumns(
    columns,
    Object.entries(types).map(([name, type]) => ({ name, type })),
  ),
});

const writeOne = async (sheet: Sheet) => {
  const { bytes, notes } = await toWorkbook([sheet]);
  const parts = await partsOf(bytes);
  return { bytes, notes, xml: parts.get(SHEET) ?? '', parts };
};

/** The values of a column of records that have one, as another library reads them. */
const readColumn = async (type: FieldType, values: readonly unknown[], name = 'Field') => {
  const { bytes } = await toWorkbook([
    sheetOf(
      values.map((value) => ({ [name]: value })),
      { [name]: type },
    ),
  ]);
  const [sheet] = await readWorkbook(bytes, { trim: false });
  return values.map((_, at) => sheet?.data[at + 1]?.[0] ?? null);
};

/** The format codes of the cells of column A, below the header. */
async function formatsOf(type: FieldType, values: readonly unknown[]): Promise<string[]> {
  const { xml, parts } = await writeOne(
    sheetOf(
      values.map((value) => ({ Field: value })),
      { Field: type },
    ),
  );
  const styles = parts.get(STYLES) ?? '';
  const own = new Map(
    [...styles.matchAll(/<numFmt numFmtId="(\d+)" formatCode="([^"]*)"/g)].map(([, id, code]) => [id, code]),
  );
  const looks = [...(styles.split('<cellXfs')[1] ?? '').matchAll(/<xf numFmtId="(\d+)"/g)].map(
    ([, id]) => id,
  );
  return [...xml.matchAll(/<c r="A(\d+)"(?: s="(\d+)")?/g)].slice(1).map(([, , style = '0']) => {
    const id = looks[Number(style)] ?? '?';
    return own.get(id) ?? id;
  });
}

describe('workbooks', () => {
  it('D1: take headers that are alike, empty or odd, as texts in a plain filter', async () => {
    const columns: ExportColumn[] = ['Name', 'name', 'Name ', '', '=1+1', '__proto__', 'constructor'].map(
      (name) => ({ name, type: 'string' }),
    );
    const records = [readJson('{"Name":"a","name":"b","Name ":"c","":"d","__proto__":"e"}') as ApiRecord];
    const { bytes, xml, parts } = await writeOne({ name: 'x', records, columns });
    const [sheet] = await readWorkbook(bytes, { trim: false });
    assert.deepEqual(sheet?.data, [
      ['Name', 'name', 'Name ', null, '=1+1', '__proto__', 'constructor'],
      ['a', 'b', 'c', 'd', null, 'e', null],
    ]);
    assert.doesNotMatch(xml, /<f>|tablePart/);
    assert.ok([...parts.keys()].every((name) => !name.includes('tables/')));
  });

  describe('D2: give sheets names that Excel allows', () => {
    const cases: readonly (readonly [titles: readonly string[], names: readonly string[]])[] = [
      [['a'.repeat(40)], ['a'.repeat(31)]],
      [['a:b\\c/d?e*f[g]h'], ['a b c d e f g h']],
      [
        ['', '  '],
        ['Records', 'Records 2'],
      ],
      [
        ["'Owed'", "it's"],
        ['Owed', "it's"],
      ],
      [
        ['History', 'history '],
        ['Records History', 'Records history 2'],
      ],
      [
        ['Owed', 'OWED', 'owed'],
        ['Owed', 'OWED 2', 'owed 3'],
      ],
      [
        ['b'.repeat(31), 'b'.repeat(31)],
        ['b'.repeat(31), `${'b'.repeat(29)} 2`],
      ],
      [[`${'c'.repeat(30)}😀`], ['c'.repeat(30)]],
      [[`${'d'.repeat(30)}'e`], ['d'.repeat(30)]],
      [['x\u0001y\uFFFEz\uD800'], ['x y z']],
      [['a & b < "c"'], ['a & b < "c"']],
    ];
    for (const [titles, names] of cases)
      it(JSON.stringify(titles).slice(0, 60), async () => {
        const { bytes } = await toWorkbook(titles.map((name) => ({ ...sheetOf([{ ID: 1 }]), name })));
        assert.deepEqual(
          (await readWorkbook(bytes)).map(({ sheet }) => sheet),
          names,
        );
      });
  });

  describe('D3: cut what a cell can’t hold, with a mark and a note', () => {
    const cases: readonly (readonly [title: string, text: string, written: string, cut: boolean])[] = [
      ['32,767 characters', 'a'.repeat(32_767), 'a'.repeat(32_767), false],
      ['32,768 characters', 'a'.repeat(32_768), `${'a'.repeat(32_766)}…`, true],
      ['line ends of Windows', 'a\r\n'.repeat(10), 'a\n'.repeat(10), false],
      ['32,768 of them', 'a\r\n'.repeat(32_768), `${'a\n'.repeat(16_383)}…`, true],
      ['a pair at the end', `${'a'.repeat(32_765)}😀b`, `${'a'.repeat(32_765)}…`, true],
      [
        'an escape at the end',
        `${'a'.repeat(32_765)}\u0001\u0001\u0001`,
        `${'a'.repeat(32_765)}\u0001…`,
        true,
      ],
    ];
    for (const [title, text, written, cut] of cases)
      it(title, async () => {
        const { bytes, notes } = await writeOne(sheetOf([{ Text: text }]));
        const cell = (await readWorkbook(bytes, { trim: false }))[0]?.data[1]?.[0];
        assert.ok(cell === written, `${String(cell).length} characters`);
        assert.deepEqual(
          notes,
          cut
            ? [
                '1 text is longer than the 32,767 characters that a cell of Excel holds, and ends with “…” in the workbook.',
              ]
            : [],
        );
      });
  });

  it('D4: escape what XML can’t hold, and what looks like an escape', async () => {
    const texts = ['a\u0001b', '\0', 'a\uFFFEb', '_x0041_', '_x', ' e ', 'constructor', '__proto__', '<&>"'];
    const { bytes, parts } = await writeOne(sheetOf(texts.map((Text) => ({ Text }))));
    const [sheet] = await readWorkbook(bytes, { trim: false });
    assert.deepEqual(sheet?.data.flat(), ['Text', ...texts]);
    const shared = parts.get('xl/sharedStrings.xml') ?? '';
    assert.match(shared, /a_x0001_b/);

    assert.doesNotMatch(shared, /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/);
    const { parts: lone } = await writeOne(sheetOf([{ Text: 'a\uD800b' }]));
    assert.match(lone.get('xl/sharedStrings.xml') ?? '', /a_xD800_b/);
  });

  describe('D5: hold no more than a sheet can', () => {
    it('records beyond 1,048,575 are on a further sheet, and a note says so', async () => {
      const records: ApiRecord[] = new Array<ApiRecord>(1_048_577).fill({ A: 1 });
      const { bytes, notes } = await toWorkbook([sheetOf(records, { A: 'integer' }, ['A'])]);
      const parts = await partsOf(bytes);
      const rows = [1, 2].map(
        (number) => parts.get(`xl/worksheets/sheet${number}.xml`)?.match(/<row /g)?.length,
      );
      assert.deepEqual(rows, [1_048_576, 3]);
      assert.match(parts.get('xl/workbook.xml') ?? '', /name="Records".*name="Records 2"/);
      assert.deepEqual(notes, [
        'A sheet of Excel holds 1,048,575 records, so the rest is on a second sheet.',
      ]);
    });
    it('columns beyond 16,384 are left out, and a note says so', async () => {
      const columns = Array.from({ length: 16_385 }, (_, at): ExportColumn => ({
        name: `C${at}`,
        type: 'string',
      }));
      const { notes, xml } = await writeOne({ name: 'x', records: [], columns });
      assert.match(xml, /<autoFilter ref="A1:XFD1"\/>/);
      assert.match(notes.join(), /holds 16,384 columns, so the last 1 are not in the workbook/);
    });
    it('70,000 addresses are all there, and none is a link', async () => {
      const records = Array.from({ length: 70_000 }, (_, at) => ({ Email: `a${at}@b.example` }));
      const { parts, xml } = await writeOne(sheetOf(records));
      assert.equal(parts.get('xl/sharedStrings.xml')?.match(/@b\.example/g)?.length, 70_000);
      assert.doesNotMatch(xml, /hyperlink/);
    });
  });

  describe('D6: give cells the type of their field', () => {
    const cases: readonly (readonly [
      type: FieldType,
      values: readonly unknown[],
      cells: readonly unknown[],
    ])[] = [
      ['string', ['007', '12', '1e5', 'TRUE', '2025-01-01'], ['007', '12', '1e5', 'TRUE', '2025-01-01']],
      ['string', [12, null, '', ' a '], ['12', null, null, ' a ']],
      ['integer', ['12', 13, '', null, '007'], [12, 13, null, null, '007']],
      ['integer', ['123456789012345', '1234567890123456'], [123456789012345, '1234567890123456']],
      ['decimal', ['12.50', 1, '0.1', 'n/a'], [12.5, 1, 0.1, 'n/a']],
      ['decimal', [readJson('0.12345678901234567891'), 1e-7], ['0.12345678901234567891', 1e-7]],
      ['boolean', [true, 'false', 'TRUE', '', 'maybe'], [true, false, true, null, 'maybe']],
      ['list', [['a', 'b'], [], 'c', ['1']], ['a; b', null, 'c', '1']],
      ['unknown', [12, '12', true, { a: [1] }], [12, '12', true, '{"a":[1]}']],
      ['unknown', [readJson('9223372036854775807'), 1e300], ['9223372036854775807', 1e300]],
      ['date', ['soon', '2025-02-31', '2025-01-01T25:00:00'], ['soon', '2025-02-31', '2025-01-01T25:00:00']],
      [
        'datetime',
        ['2025-01-01T09:00:00Z', '2025-01-01T09:00:00.5'],
        ['2025-01-01T09:00:00Z', '2025-01-01T09:00:00.5'],
      ],
    ];
    for (const [type, values, cells] of cases)
      it(`${type}: ${JSON.stringify(values).slice(0, 60)}`, async () =>
        assert.deepEqual(await readColumn(type, values), cells));

    const formats: readonly (readonly [
      type: FieldType,
      values: readonly unknown[],
      formats: readonly string[],
    ])[] = [
      ['decimal', ['12.5', 1], ['0.00', '0.00']],
      ['decimal', ['12.125', 1], ['0.000', '0.000']],
      ['decimal', ['12.5', 'n/a', readJson('0.12345678901234567')], ['0.00', '0', '0']],
      ['decimal', [1e-12], ['0']],
      ['integer', ['123456789012', 1], ['1', '1']],
      ['unknown', [1, 2.5], ['0.00', '0.00']],
      ['unknown', [1e300], ['0']],
      ['date', ['2025-01-01', '2025-01-02T00:00:00'], ['14', '14']],
      ['datetime', ['2025-01-01T00:00:00', null], ['14']],
      ['datetime', ['2025-01-01T00:00:00', '2025-01-01T09:00:00'], ['22', '22']],
      ['unknown', ['2025-01-01', '2025-01-01T09:00:00', 'soon'], ['22', '22', '0']],
      ['time', ['09:30', '10:15:00'], ['20', '20']],
      ['time', ['09:30', '10:15:01', '25:00'], ['21', '21', '0']],
    ];
    for (const [type, values, codes] of formats)
      it(`${type} ${JSON.stringify(values)} is shown as ${codes.join(', ')}`, async () =>
        assert.deepEqual(await formatsOf(type, values), codes));

    const ids: readonly (readonly [name: string, values: readonly unknown[], cells: readonly unknown[]])[] = [
      ['ID', ['1', '200', ''], [1, 200, null]],
      ['CourseDateID', ['1', 2, null], [1, 2, null]],
      ['ID', ['1', '007'], ['1', '007']],
      ['ID', ['1', '1234567890123456'], ['1', '1234567890123456']],
      ['ID', ['1', 'A2'], ['1', 'A2']],
      ['Paid', ['1'], ['1']],
      ['Postcode', ['1'], ['1']],
    ];
    for (const [name, values, cells] of ids)
      it(`an ID is a number where all are: ${name} ${JSON.stringify(values)}`, async () =>
        assert.deepEqual(await readColumn('string', values, name), cells));

    it('silences Excel’s mark where texts look like numbers, and only there', async () => {
      const { xml } = await writeOne(sheetOf([{ A: 'x', B: '007', C: '1', D: 2 }], { C: 'string' }));
      assert.match(
        xml,
        /<ignoredErrors><ignoredError sqref="B2:B2 C2:C2" numberStoredAsText="1"\/><\/ignoredErrors>/,
      );
      const { xml: other } = await writeOne(sheetOf([{ A: 'x' }]));
      assert.doesNotMatch(other, /ignoredErrors/);
    });

    it('says how many numbers are texts, but takes what SQL worked out as it is', async () => {
      const long = ['9223372036854775807', '0.1234567890123456', '12'].map((text) => ({ A: readJson(text) }));
      const { notes } = await writeOne(sheetOf(long));
      assert.deepEqual(notes, [
        '2 numbers have more than 15 digits, which Excel would round, so they are texts in the workbook.',
      ]);
      const columns = exportColumns(['A'], [], true);
      const { xml } = await writeOne({ name: 'x', records: [{ A: 0.1 + 0.2 }], columns });
      assert.match(xml, /<c r="A2"[^>]*><v>0\.30000000000000004<\/v>/);
    });
  });

  describe('D7: count days as Excel does, wherever the machine is', () => {
    const values = [
      '0001-01-01T00:00:00',
      '1900-02-28',
      '1900-03-01',
      '2021-12-20T00:00:00',
      '2025-03-01T09:00:00',
      '9999-12-31',
    ];
    const before = process.env.TZ;
    afterEach(() => {
      if (before === undefined) delete process.env.TZ;
      else process.env.TZ = before;
    });
    for (const TZ of ['America/Sao_Paulo', 'Pacific/Auckland', 'UTC'])
      it(TZ, async () => {
        process.env.TZ = TZ;
        const { xml } = await writeOne(
          sheetOf(
            values.map((A) => ({ A })),
            { A: 'datetime' },
          ),
        );
        const cells = [...xml.matchAll(/<c r="A\d+"[^>]*?( t="s")?><v>([^<]*)</g)].slice(1);
        assert.deepEqual(
          cells.map(([, text, value]) => (text === undefined ? value : 'text')),
          ['text', 'text', '61', '44550', '45717.375', '2958465'],
        );
      });
  });

  it('D8: have shared texts and all parts that other programs want', async () => {
    const { parts, xml } = await writeOne(sheetOf([{ A: 'x', B: 'x' }]));
    assert.doesNotMatch(xml, /inlineStr/);
    assert.match(parts.get('xl/sharedStrings.xml') ?? '', /count="4" uniqueCount="3"/);
    assert.deepEqual(
      [...parts.keys()].sort(),
      [
        '[Content_Types].xml',
        '_rels/.rels',
        'xl/_rels/workbook.xml.rels',
        'xl/sharedStrings.xml',
        'xl/styles.xml',
        'xl/workbook.xml',
        SHEET,
      ].sort(),
    );
  });

  describe('D9: have their elements in the order of the schema', () => {
    const orders: readonly (readonly [part: string, order: readonly string[]])[] = [
      [SHEET, ['sheetViews', 'cols', 'sheetData', 'autoFilter', 'ignoredErrors']],
      ['xl/workbook.xml', ['sheets', 'definedNames']],
      [STYLES, ['numFmts', 'fonts', 'fills', 'borders', 'cellStyleXfs', 'cellXfs', 'cellStyles']],
    ];
    for (const [part, order] of orders)
      it(part, async () => {
        const { parts } = await writeOne(sheetOf([{ ID: '1', Code: '007' }]));
        assert.deepEqual(elementsOf(parts.get(part) ?? ''), order);
      });
    it('the filter is exactly the table, and counts in its styles are right', async () => {
      const { parts, xml } = await writeOne(sheetOf([{ A: 1, B: 2 }, { A: 3 }]));
      assert.match(xml, /<autoFilter ref="A1:B3"\/>/);
      assert.match(
        parts.get('xl/workbook.xml') ?? '',
        /localSheetId="0" hidden="1">'Records'!\$A\$1:\$B\$3</,
      );
      const styles = parts.get(STYLES) ?? '';
      for (const [, list = '', count, inside = ''] of styles.matchAll(/<(\w+) count="(\d+)">(.*?)<\/\1>/g))
        assert.equal(elementsOf(`<x>${inside}</x>`).length, Number(count), list);
    });
    it('a sheet without columns has neither a filter nor an empty list', async () => {
      const { xml } = await writeOne(sheetOf([{}], {}, []));
      assert.deepEqual(elementsOf(xml), ['sheetViews', 'sheetData']);
    });
  });

  describe('D10: have a bold, frozen header and columns as wide as their content', () => {
    const widths = async (sheet: Sheet) => {
      const { xml } = await writeOne(sheet);
      return [...xml.matchAll(/<col min="\d+" max="\d+" width="([\d.]+)"/g)].map(([, width]) =>
        Number(width),
      );
    };
    it('the header', async () => {
      const { xml, parts } = await writeOne(sheetOf([{ A: 1 }]));
      assert.match(xml, /<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"\/>/);
      assert.match(xml, /<c r="A1" s="1" t="s">/);
      assert.match(parts.get(STYLES) ?? '', /fontId="1" fillId="2"/);
    });
    it('widths are capped, and measured on the first rows', async () => {
      const records = Array.from({ length: 1000 }, (_, at) => ({
        A: at === 0 ? 'x'.repeat(30) : 'x',
        B: at === 999 ? 'y'.repeat(50) : 'y',
        C: 'z'.repeat(500),
        D: '2025-01-01T09:00:00',
        E: '日本語日本語',
        F: 12345.5,
        G: 'one\ntwo three',
      }));
      assert.deepEqual(await widths(sheetOf(records, { F: 'decimal' })), [31, 8, 60, 17, 13, 10, 10]);
    });
  });

  describe('say where their records come from', () => {
    const about: About = {
      query: 'GET Invoice\n$select = ID',
      address: 'https://acme.accessplanit.com/accessplan/api/v2/Invoice',
      platform: 'https://acme.accessplanit.com/accessplan',
      connection: 'Acme',
      fetched: '2026-01-31 09:00 (UTC+00:00)',
      records: '25 of 1,363 records',
      notes: ['One note.'],
    };
    it('on a sheet About, with what the writer had to change', async () => {
      const records = [{ A: readJson('9223372036854775807') }];
      const { bytes } = await toWorkbook([{ ...sheetOf(records), name: 'About', about }]);
      const sheets = await readWorkbook(bytes);
      assert.deepEqual(
        sheets.map(({ sheet }) => sheet),
        ['About', 'About 2'],
      );
      assert.deepEqual(sheets[1]?.data, [
        ['Sheet', 'About'],
        ['Records', '25 of 1,363 records'],
        ['Fetched', '2026-01-31 09:00 (UTC+00:00)'],
        ['Connection', 'Acme'],
        ['Platform', 'https://acme.accessplanit.com/accessplan'],
        ['Query', 'GET Invoice\n$select = ID'],
        ['Address', 'https://acme.accessplanit.com/accessplan/api/v2/Invoice'],
        [
          'Notes',
          'One note.\n1 number has more than 15 digits, which Excel would round, so it is a text in the workbook.',
        ],
      ]);
    });
    it('with a column for each sheet', async () => {
      const { records, notes } = { records: '2 records', notes: [] };
      const { bytes } = await toWorkbook([
        { ...sheetOf([{ A: 1 }]), name: 'One', about },
        { ...sheetOf([{ A: 1 }]), name: 'Two', about: { records, notes } },
      ]);
      const sheet = (await readWorkbook(bytes)).at(-1);
      assert.deepEqual(sheet?.data.slice(0, 3), [
        ['Sheet', 'One', 'Two'],
        ['Records', '25 of 1,363 records', '2 records'],
        ['Fetched', '2026-01-31 09:00 (UTC+00:00)', null],
      ]);
    });
  });
});
