/** Copying cells for other programs, selections, and the order of columns. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { CopyFormat } from '#core/results/formats';
import { readJson } from '#core/values/read-json';
import { copyLong, copyText } from '#webview/data/copy';
import { arrange, EMPTY_LAYOUT, hide, moveColumn, pin, visibleNames } from '#webview/data/layout';
import { countCells, countRows, selectedColumns, stretches } from '#webview/data/selection';
import { Slices } from '#webview/data/slices';

const records = [
  { ID: "O'Hara", Note: 'a|b\nc', Phone: '+44 1524', Sum: -5 },
  { ID: 2, Note: '=1+1', Phone: null, List: ['x', 'y'] },
];
const columns = ['ID', 'Note', 'Phone', 'Sum', 'List'];

describe('copying', () => {
  const copies = (format: CopyFormat, expected: string) =>
    it(format, () => assert.equal(copyText({ records, columns }, format), expected));
  copies('tsv', 'ID\tNote\tPhone\tSum\tList\r\nO\'Hara\t"a|b\nc"\t+44 1524\t-5\t\r\n2\t\'=1+1\t\t\tx; y');
  copies('csv', 'ID,Note,Phone,Sum,List\r\nO\'Hara,"a|b\nc",+44 1524,-5,\r\n2,\'=1+1,,,x; y');
  copies(
    'markdown',
    "| ID | Note | Phone | Sum | List |\n| --- | --- | --- | --- | --- |\n| O'Hara | a\\|b c | +44 1524 | -5 |  |\n| 2 | =1+1 |  |  | x; y |",
  );
  copies('ids', "ID eq 'O''Hara' or ID eq '2'");
  it('json', () =>
    assert.deepEqual(JSON.parse(copyText({ records, columns: ['ID', 'Phone', 'List'] }, 'json')), [
      { ID: "O'Hara", Phone: '+44 1524' },
      { ID: 2, Phone: null, List: ['x', 'y'] },
    ]));

  it('keeps all digits in every format', () => {
    const big = { records: [{ ID: readJson('9223372036854775807') }], columns: ['ID'] };
    assert.equal(copyText(big, 'json'), '[\n  {\n    "ID": 9223372036854775807\n  }\n]');
    for (const format of ['tsv', 'csv', 'markdown', 'ids'] as const)
      assert.match(copyText(big, format), /9223372036854775807/);
  });

  it('leaves out cells that are not selected', () =>
    assert.equal(
      copyText({ records, columns: ['ID', 'Sum'], holds: (row, column) => row === column }, 'csv'),
      "ID,Sum\r\nO'Hara,\r\n,",
    ));

  it('is the same in slices', async () => {
    const many = Array.from({ length: 1201 }, (_, at) => ({ ID: at, Text: `t${at}` }));
    for (const format of ['tsv', 'csv', 'markdown', 'json', 'ids'] as const) {
      const cells = { records: many, columns: ['Text', 'ID'], holds: (row: number) => row !== 700 };
      assert.equal(await copyLong(cells, format, new Slices(undefined, -1)), copyText(cells, format));
    }
  });
});

describe('selections', () => {
  const ranges = [
    { top: 0, bottom: 2, left: 0, right: 1 },
    { top: 2, bottom: 4, left: 1, right: 3 },
  ];
  it('count each row and cell once', () => {
    assert.equal(countRows(ranges), 5);
    assert.equal(countCells(ranges), 2 * 2 + 4 + 2 * 3);
    assert.deepEqual(stretches(ranges), [{ from: 0, to: 4 }]);
    assert.deepEqual(selectedColumns(ranges), [0, 1, 2, 3]);
  });
});

describe('the order of columns', () => {
  const names = ['A', 'B', 'C', 'D'];
  it('moves, pins and hides', () => {
    assert.deepEqual(arrange(names, moveColumn(names, EMPTY_LAYOUT, 'D', 'B')), ['A', 'D', 'B', 'C']);
    assert.deepEqual(arrange(names, moveColumn(names, EMPTY_LAYOUT, 'A', undefined)), ['B', 'C', 'D', 'A']);
    assert.deepEqual(visibleNames(names, pin(hide(EMPTY_LAYOUT, 'B', true), 'C', true)), ['C', 'A', 'D']);
  });
  it('pins a column moved among pinned ones, and unpins one that leaves them', () => {
    const two = pin(pin(EMPTY_LAYOUT, 'A', true), 'B', true);
    assert.deepEqual(moveColumn(names, two, 'D', 'B').pinned, ['A', 'B', 'D']);
    assert.deepEqual(moveColumn(names, two, 'A', 'D').pinned, ['B']);
  });
  it('puts new columns last', () =>
    assert.deepEqual(arrange(['A', 'B', 'New'], { ...EMPTY_LAYOUT, order: ['B', 'Gone', 'A'] }), [
      'B',
      'A',
      'New',
    ]));
});
