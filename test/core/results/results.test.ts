/** Responses as records, records as tables and files. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { columnsOf } from '#core/results/columns';
import { type CellStyle, CsvText, delimitedText, guardNote, toCsv } from '#core/results/csv';
import { toJson, toNdjson } from '#core/results/json';
import { readPage } from '#core/results/read-page';
import { cellText } from '#core/results/table';
import { toTextTable } from '#core/results/text-table';
import { readJson } from '#core/values/read-json';
import { writeJson } from '#core/values/write-json';

const reads = (json: unknown, expected: string) =>
  it(`${writeJson(json)} → ${expected}`, () => {
    const { records, pageIndex, pageTotal, total, createdId, problems } = readPage(json);
    const counts = [pageIndex, pageTotal, total].map((count) => count ?? '-').join('/');
    const id = createdId === undefined ? '' : ` created ${createdId}`;
    assert.equal(`${writeJson(records)} ${counts}${id}${problems.length > 0 ? ' !' : ''}`, expected);
  });

describe('readPage', () => {
  reads({ results: [{ ID: '1' }] }, '[{"ID":"1"}] -/-/-');
  reads({ Results: [] }, '[] -/-/-');
  reads({ results: null, total: 0 }, '[] -/-/0');
  reads([{ ID: '1' }], '[{"ID":"1"}] -/-/-');
  reads({ value: [{ ID: '1' }], '@odata.count': 9 }, '[{"ID":"1"}] -/-/9');
  reads({ results: [], pageIndex: 0, pageTotal: 50, total: 1234 }, '[] 0/50/1234');
  reads({ results: [], PageNumber: '2', PageCount: '3', TotalRecords: '4' }, '[] 2/3/4');
  reads({ results: [], page_index: 2, 'page-total': 3, total_count: 4 }, '[] 2/3/4');
  reads({ results: [], paging: { page: 2, total: 4 } }, '[] 2/-/4');
  reads({ results: [], total: 1, paging: { total: 4 } }, '[] -/-/1');
  reads({ results: [], pageIndex: -1, pageTotal: 1.5, total: 'many' }, '[] -/-/-');
  reads(
    { results: [{ ID: '1' }, 5, null, 'x', [1]] },
    '[{"ID":"1"},{"value":5},{"value":null},{"value":"x"},{"value":[1]}] -/-/- !',
  );
  reads([1], '[{"value":1}] -/-/- !');
  reads({ ID: '2024' }, '[{"ID":"2024"}] -/-/- created 2024');
  reads({ id: 2024 }, '[{"id":2024}] -/-/- created 2024');
  reads(2024, '[{"ID":2024}] -/-/- created 2024');
  reads('a1~b2', '[{"ID":"a1~b2"}] -/-/- created a1~b2');
  reads('Created', '[{"value":"Created"}] -/-/-');
  reads({ ID: '77', Items: ['a', 'b'] }, '[{"ID":"77","Items":["a","b"]}] -/-/- created 77');
  reads({ ID: '77', Items: [] }, '[{"ID":"77","Items":[]}] -/-/- created 77');
  reads({ ID: '77', Records: [{ ID: '1' }] }, '[{"ID":"77","Records":[{"ID":"1"}]}] -/-/- created 77');
  reads({ Label: 'x', Data: ['a'] }, '[{"Label":"x","Data":["a"]}] -/-/-');
  reads({ Items: [{ ID: '1' }], Source: 'x' }, '[{"ID":"1"}] -/-/-');
  reads({ items: [], total: 0 }, '[] -/-/0');
  reads({ data: ['a'], count: 1 }, '[{"value":"a"}] -/1/- !');
  reads({ ID: '77', results: [{ ID: '1' }] }, '[{"ID":"1"}] -/-/-');
  reads(
    readJson('{"ID":9223372036854775807,"Cost":1e400}'),
    '[{"ID":9223372036854775807,"Cost":1e400}] -/-/- created 9223372036854775807',
  );
  reads({}, '[] -/-/-');
  reads(null, '[] -/-/-');
  reads(undefined, '[] -/-/-');
  reads(true, '[{"value":true}] -/-/-');

  it('never throws and loses no record', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (json) => {
        readPage(json);
      }),
    );
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), (results) => {
        assert.equal(readPage({ results }).records.length, results.length);
      }),
    );
  });
});

describe('tables', () => {
  const columns = (
    records: readonly Readonly<Record<string, unknown>>[],
    select: readonly string[],
    expected: string,
  ) => it(`columns ${expected}`, () => assert.equal(columnsOf(records, select).join(' '), expected));
  columns([{ a: 1 }, { b: 1, a: 2 }, { c: 1 }], [], 'a b c');
  columns([{ ID: 1, Label: 2, Town: 3 }], ['town', 'ID'], 'Town ID Label');
  columns([], ['town', 'ID'], 'town ID');
  columns([{ ID: 1 }], ['Missing', 'id'], 'Missing ID');
  // Names that differ only in case, in one record and in two.
  columns([{ ID: '1', Id: '2' }, { ID: '2' }], [], 'ID Id');
  columns([{ StartDate: 1 }, { startdate: 2 }], [], 'StartDate startdate');
  columns([{ ID: '1', Id: '2' }], ['Id'], 'Id ID');

  const cell = (value: unknown, expected: string) =>
    it(`${JSON.stringify(value)} is shown as ${JSON.stringify(expected)}`, () =>
      assert.equal(cellText(value), expected));
  cell(null, '');
  cell(undefined, '');
  cell(['a', 'b', null], 'a; b; ');
  cell({ a: 1 }, '{"a":1}');
  cell(1.5, '1.5');
  cell(1e-7, '0.0000001');
  cell(readJson('[9223372036854775807,{"a":1e400}]'), '9223372036854775807; {"a":1e400}');
  cell(readJson('1e400'), '1e400');
  cell(false, 'false');
  cell('2025-01-01T10:00:00', '2025-01-01T10:00:00');
});

describe('files', () => {
  const csv = (value: unknown, expected: string) =>
    it(`CSV of ${JSON.stringify(value)}`, () =>
      assert.equal(toCsv([{ a: value }], ['a']), `a\r\n${expected}\r\n`));
  csv('plain', 'plain');
  csv('a,b', '"a,b"');
  csv('say "x"', '"say ""x"""');
  csv('two\nlines', '"two\nlines"');
  csv(-5, '-5');
  csv('-5.25', '-5.25');
  csv('-1e-7', '-1e-7');
  csv('+1.5E+10', '+1.5E+10');
  csv(-1e-7, '-0.0000001');
  csv('-1e-7+cmd', "'-1e-7+cmd");
  csv('-1e', "'-1e");
  csv('=1+1', "'=1+1");
  csv('+44 1524', '+44 1524');
  for (const number of ['+44 1632 960000', '+44 (0)1632 960-000', '+441632960000', '+44.1632.960000'])
    csv(number, number);
  for (const number of ['+5', '-.5', '-5.', '+1.5e-3', '-12%']) csv(number, number);
  // Sums, which a spreadsheet would work out; the last one is no sum, and no number either.
  for (const sum of ['+1-202-555-0143', '+44-1632', '-2+3', '+1+2', '-1-2', '+44 1632 x', '+', '+44 1632='])
    csv(sum, `'${sum}`);
  csv('-x', "'-x");
  csv('@SUM(A1)', "'@SUM(A1)");
  csv('\t=1', "'\t=1");
  csv('＝1', "'＝1");
  csv(['a', 'b'], 'a; b');
  csv(null, '');
  csv(true, 'true');

  const styled = (style: CellStyle, expected: string) =>
    it(`CSV with ${JSON.stringify(style)}`, () => {
      const record = { a: null, b: '', c: [], d: ['x;y', null], e: 'NULL', f: { g: [] }, h: '=1' };
      assert.equal(
        toCsv([record], ['a', 'b', 'c', 'd', 'e', 'f', 'h', 'missing'], { ...style, header: false }),
        `${expected}\r\n`,
      );
    });
  styled({}, `,,,x;y; ,NULL,"{""g"":[]}",'=1,`);
  styled({ nullText: 'NULL' }, `NULL,,,x;y; ,"NULL","{""g"":[]}",'=1,NULL`);
  styled({ nullText: '' }, `,"","",x;y; ,NULL,"{""g"":[]}",'=1,`);
  styled({ nullText: '=NA()' }, `=NA(),,,x;y; ,NULL,"{""g"":[]}",'=1,=NA()`);
  styled({ lists: 'json' }, `,,[],"[""x;y"",null]",NULL,"{""g"":[]}",'=1,`);
  styled({ formulaGuard: false }, `,,,x;y; ,NULL,"{""g"":[]}",=1,`);

  it('say how many cells the guard changed, names of columns among them', () => {
    const csv = new CsvText();
    csv.header(['=a', 'b']);
    csv.rows([{ '=a': '@x', b: -1 }, { b: '+44 1632 960000' }], ['=a', 'b']);
    assert.equal(csv.guarded, 2);
    assert.deepEqual(guardNote(0), []);
    assert.match(
      guardNote(1)[0] ?? '',
      /^1 cell begins like a formula, and got an apostrophe in front, .*it\.$/,
    );
    assert.match(guardNote(1200, 'Do so.')[0] ?? '', /^1,200 cells begin .* them\. Do so\.$/);
  });
  it('are nothing at all without columns', () => assert.equal(toCsv([], [], { bom: true }), ''));

  it('may have a column with the name of an inherited member', () =>
    assert.equal(
      toCsv([{ ID: 1 }], ['ID', 'constructor', '__proto__']),
      'ID,constructor,__proto__\r\n1,,\r\n',
    ));
  it('quote tabs in TSV, and commas in CSV', () => {
    assert.equal(delimitedText([['a,b', 'c\td', '=1']], '\t'), `a,b\t"c\td"\t'=1\r\n`);
    assert.equal(delimitedText([['a,b', 'c\td', '=1']]), `"a,b",c\td,'=1\r\n`);
  });
  it('guard a formula even in a column’s name', () => assert.equal(toCsv([], ['=x']), "'=x\r\n"));
  it('have a byte order mark and a header, or not', () => {
    assert.equal(toCsv([{ a: 1 }], ['a'], { bom: true }), '\uFEFFa\r\n1\r\n');
    assert.equal(toCsv([{ a: 1 }], ['a'], { header: false }), '1\r\n');
  });
  it('hold unchanged records as JSON and NDJSON', () => {
    const records = [{ a: [1, null], 'b c': { d: '\u2028' } }, {}];
    assert.deepEqual(JSON.parse(toJson(records)), records);
    assert.deepEqual(
      toNdjson(records)
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
      records,
    );
    assert.equal(toNdjson([]), '');
  });

  it('align the columns of a table for a terminal', () =>
    assert.equal(
      toTextTable([{ ID: '1', Label: 'First\naid' }, { ID: '22' }], ['ID', 'Label']).body.join('\n'),
      '──  ─────────\n1   First aid\n22',
    ));
  it('cut cells that are too long', () => {
    const { body } = toTextTable([{ a: 'x'.repeat(500), b: 'y'.repeat(500) }], ['a', 'b'], 40);
    assert.ok(body.every((line) => line.length <= 40) && body[1]?.includes('…'));
  });
  it('hide controls from the terminal', () =>
    assert.ok(
      !/[\u001b\u0007\u202e]/.test(toTextTable([{ a: '\u001b[31mred\u0007\u202e' }], ['a']).body.join()),
    ));
  it('have a table for many records', () => {
    const records = Array.from({ length: 200_000 }, (_, ID) => ({ ID }));
    assert.equal(toTextTable(records, ['ID']).body.length, 200_001);
  });
});
