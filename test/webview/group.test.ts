/** Groups: their keys, figures, lines and filters, beside plain loops over the records. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import type { ApiRecord } from '#core/results/read-page';
import { cellText, memberOf } from '#core/results/table';
import { ExactNumber } from '#core/values/exact-number';
import { readJson } from '#core/values/read-json';
import type { DatePart } from '#language/vocabulary/groups';
import { describeColumn } from '#webview/data/columns';
import { testOf } from '#webview/data/filters';
import { group, type Groups, MAX_COLUMNS } from '#webview/data/group';
import { filtersBehind } from '#webview/data/group-filters';
import { periodOf } from '#webview/data/group-keys';
import { EMPTY_SPEC, fitting, groupedBy, type GroupSpec, readSpec } from '#webview/data/group-spec';
import { type GroupTable, labelOf, pathOf, tableOf } from '#webview/data/group-table';
import { Slices, Superseded } from '#webview/data/slices';

const columnsOf = (records: readonly ApiRecord[]) =>
  [...new Set(records.flatMap((record) => Object.keys(record)))].map((name) =>
    describeColumn(name, records, undefined),
  );

async function grouped(records: readonly ApiRecord[], spec: Partial<GroupSpec>): Promise<Groups> {
  const rows = Uint32Array.from(records.keys());
  const result = await group(
    { rows, records, columns: columnsOf(records) },
    { ...EMPTY_SPEC, ...spec },
    new Slices(),
  );
  assert.ok(result.ok, result.ok ? '' : result.problem);
  return result.groups;
}

const tabled = async (records: readonly ApiRecord[], spec: Partial<GroupSpec>): Promise<GroupTable> =>
  await tableOf(await grouped(records, spec), { ...EMPTY_SPEC, ...spec }, columnsOf(records), new Slices());

/** The table as lines of text. */
const linesOf = ({ columns, lines, recordAt }: GroupTable): string[] =>
  [...lines.keys()].map((line) =>
    columns.map(({ name }) => cellText(memberOf(recordAt(line), name))).join(' | '),
  );

describe('groups', () => {
  const groups = (values: readonly unknown[], by: DatePart | undefined, ...expected: string[]) =>
    it(`of ${JSON.stringify(values)}${by === undefined ? '' : ` by ${by}`}`, async () => {
      const records = values.map((value) => (value === undefined ? {} : { X: value }));
      const table = await tabled(records, { rows: [{ column: 'X', ...(by && { by }) }] });
      assert.deepEqual(linesOf(table), [...expected, `Total | ${values.length}`]);
    });
  groups(['York', 'leeds', 'YORK', 'Leeds'], undefined, 'leeds | 2', 'York | 2');
  groups(['', null, undefined, 'York', []], undefined, 'York | 1', '(empty) | 4');
  groups([10, 9, '9.0', 9.5, null], undefined, '9 | 1', '9.0 | 1', '9.5 | 1', '10 | 1', '(empty) | 1');
  groups([true, false, true], undefined, 'false | 1', 'true | 2');
  groups([['a', 'b'], ['a'], ['A', 'B']], undefined, 'a | 1', 'a; b | 2');
  const days = ['2026-01-31', '2026-01-01', '2025-12-31', '2026-02-01'];
  groups(days, 'day', '2025-12-31 | 1', '2026-01-01 | 1', '2026-01-31 | 1', '2026-02-01 | 1');
  groups(days, 'week', '2026-W01 | 2', '2026-W05 | 2');
  groups(days, 'month', '2025-12 | 1', '2026-01 | 2', '2026-02 | 1');
  groups(days, 'quarter', '2025-Q4 | 1', '2026-Q1 | 3');
  groups(days, 'year', '2025 | 1', '2026 | 3');
  groups(['2026-01-31T23:59:59', '2026-01-31T00:00:00', null], 'day', '2026-01-31 | 2', '(empty) | 1');
  groups(['0001-01-01', '9999-12-31'], 'week', '0001-W01 | 1', '9999-W52 | 1');

  for (const [day, week] of [
    ['2020-12-31', '2020-W53'],
    ['2021-01-03', '2020-W53'],
    ['2021-01-04', '2021-W01'],
    ['2018-12-31', '2019-W01'],
    ['2024-12-30', '2025-W01'],
    ['2027-01-03', '2026-W53'],
  ] as const)
    it(`${day} is in the week ${week}`, () => {
      assert.equal(periodOf(Date.parse(day), 'week').name, week);
    });

  it('groups a number and its text as one where the column has numbers', async () => {
    const records: ApiRecord[] = [{ X: 1.5 }, { X: 2 }];
    const columns = [{ ...describeColumn('X', records, undefined), kind: 'number' as const }];
    const both = [...records, { X: '1.50' }, { X: 'many' }];
    const result = await group(
      { rows: Uint32Array.from(both.keys()), records: both, columns },
      { ...EMPTY_SPEC, rows: [{ column: 'X' }] },
      new Slices(),
    );
    assert.ok(result.ok);
    const table = await tableOf(
      result.groups,
      { ...EMPTY_SPEC, rows: [{ column: 'X' }] },
      columns,
      new Slices(),
    );
    assert.deepEqual(linesOf(table), ['1.5 | 2', '2 | 1', 'many | 1', 'Total | 4']);
  });

  it('keeps numbers that a double can’t hold apart, and sums them in all digits', async () => {
    const records = readJson(
      '[{"X":9007199254740993},{"X":9007199254740992},{"X":9007199254740993}]',
    ) as ApiRecord[];
    const table = await tabled(records, {
      rows: [{ column: 'X' }],
      measures: [
        { figure: 'sum', column: 'X' },
        { figure: 'most', column: 'X' },
      ],
    });
    assert.deepEqual(linesOf(table), [
      '9007199254740992 | 9007199254740992 | 9007199254740992',
      '9007199254740993 | 18014398509481986 | 9007199254740993',
      'Total | 27021597764222978 | 9007199254740993',
    ]);
    assert.ok(memberOf(table.recordAt(2), 'Sum of X') instanceof ExactNumber);
  });
});

describe('figures of groups', () => {
  const of = async (values: readonly unknown[], ...measures: GroupSpec['measures']) => {
    const groups = await grouped(
      values.map((X) => ({ X })),
      { measures },
    );
    return measures.map((_, at) => groups.figure(at, 0, 0));
  };
  const X = { column: 'X' };

  it('adds decimals exactly', async () => {
    assert.deepEqual(await of([0.1, 0.2, 0.7], { figure: 'sum', ...X }, { figure: 'average', ...X }), [
      1,
      1 / 3,
    ]);
  });
  it('counts what differs without case, and nothing that is empty', async () => {
    assert.deepEqual(await of(['a', 'A', 'b', '', null], { figure: 'distinct', ...X }), [2]);
  });
  it('finds the first and the last of dates, as they came', async () => {
    const days = ['2026-02-01T09:00:00', '2026-01-31T09:00:00', null];
    assert.deepEqual(await of(days, { figure: 'least', ...X }, { figure: 'most', ...X }), [days[1], days[0]]);
  });
  it('has no sum of nothing', async () => {
    assert.deepEqual(await of([1, null].slice(1), { figure: 'sum', ...X }), [undefined]);
  });
  it('says how many values it left out', async () => {
    const records = [...Array.from({ length: 2000 }, () => ({ X: 1 })), { X: 'n/a' }, { X: null }];
    const groups = await grouped(records, { measures: [{ figure: 'sum', column: 'X' }] });
    assert.deepEqual([groups.left(0), groups.figure(0, 0, 0)], [1, 2000]);
  });
  it('sums numbers that no double holds with those that one does', async () => {
    const records = readJson('[{"X":0.1},{"X":1e400},{"X":90071992547409931},{"X":-1e400}]') as ApiRecord[];
    const groups = await grouped(records, { measures: [{ figure: 'sum', column: 'X' }] });
    assert.equal(cellText(groups.figure(0, 0, 0)), '90071992547409931.1');
  });
});

const SALES: readonly ApiRecord[] = [
  { Town: 'York', Month: '2026-01-05', Cost: 10 },
  { Town: 'York', Month: '2026-02-05', Cost: 20 },
  { Town: 'Leeds', Month: '2026-01-06', Cost: 5 },
  { Town: 'leeds', Month: '2026-01-07', Cost: 2.5 },
  { Town: null, Month: '2026-02-01', Cost: 1 },
];
const MONTH = { column: 'Month', by: 'month' } as const;
const COST = { figure: 'sum', column: 'Cost' } as const;

describe('the table of groups', () => {
  it('has subtotals, and a total', async () => {
    const table = await tabled(SALES, { rows: [{ column: 'Town' }, MONTH], measures: [COST] });
    assert.deepEqual(
      table.columns.map(({ name }) => name),
      ['Town', 'Month by month', 'Sum of Cost'],
    );
    assert.deepEqual(linesOf(table), [
      'Leeds | 2026-01 | 7.5',
      'Leeds | Total | 7.5',
      'York | 2026-01 | 10',
      'York | 2026-02 | 20',
      'York | Total | 30',
      '(empty) | 2026-02 | 1',
      '(empty) | Total | 1',
      'Total |  | 38.5',
    ]);
  });
  it('has none of the subtotals where these are not wanted', async () => {
    const table = await tabled(SALES, { rows: [{ column: 'Town' }, MONTH], subtotals: false });
    assert.deepEqual(linesOf(table), [
      'Leeds | 2026-01 | 2',
      'York | 2026-01 | 1',
      'York | 2026-02 | 1',
      '(empty) | 2026-02 | 1',
      'Total |  | 5',
    ]);
  });
  it('has a column for each group across, and their total', async () => {
    const table = await tabled(SALES, {
      rows: [{ column: 'Town' }],
      columns: [MONTH],
      measures: [{ figure: 'count' }, COST],
    });
    assert.deepEqual(
      table.columns.map(({ name }) => name),
      [
        'Town',
        '2026-01 · Records',
        '2026-01 · Sum of Cost',
        '2026-02 · Records',
        '2026-02 · Sum of Cost',
        'Total · Records',
        'Total · Sum of Cost',
      ],
    );
    assert.deepEqual(linesOf(table), [
      'Leeds | 2 | 7.5 | 0 |  | 2 | 7.5',
      'York | 1 | 10 | 1 | 20 | 2 | 30',
      '(empty) | 0 |  | 1 | 1 | 1 | 1',
      'Total | 3 | 17.5 | 2 | 21 | 5 | 38.5',
    ]);
  });
  it('names the groups across alone where there is one measure', async () => {
    const table = await tabled(SALES, { columns: [MONTH, { column: 'Town' }] });
    assert.deepEqual(
      table.columns.map(({ name }) => name),
      [
        '2026-01 · Leeds',
        '2026-01 · York',
        '2026-01 · Total',
        '2026-02 · York',
        '2026-02 · (empty)',
        '2026-02 · Total',
        'Total',
      ],
    );
  });
  const sorted = (column: string, descending: boolean, ...towns: string[]) =>
    it(`sorts by ${column}, ${descending ? 'descending' : 'ascending'}`, async () => {
      const table = await tabled(SALES, {
        rows: [{ column: 'Town' }],
        measures: [COST],
        sort: { column, descending },
      });
      assert.deepEqual(
        linesOf(table).map((line) => line.split(' | ')[0]),
        [...towns, 'Total'],
      );
    });
  sorted('Town', false, 'Leeds', 'York', '(empty)');
  sorted('Town', true, 'York', 'Leeds', '(empty)');
  sorted('Sum of Cost', true, 'York', 'Leeds', '(empty)');
  sorted('Sum of Cost', false, '(empty)', 'Leeds', 'York');
  sorted('Nothing', true, 'Leeds', 'York', '(empty)');
  it('sorts by a figure within each group that holds others', async () => {
    const table = await tabled(SALES, {
      rows: [{ column: 'Town' }, MONTH],
      measures: [COST],
      subtotals: false,
      sort: { column: 'Sum of Cost', descending: true },
    });
    assert.deepEqual(linesOf(table).slice(0, 3), [
      'York | 2026-02 | 20',
      'York | 2026-01 | 10',
      'Leeds | 2026-01 | 7.5',
    ]);
  });
  it('keeps a column apart from another with its name', async () => {
    const table = await tabled([{ X: 'Total', Y: 1 }], { columns: [{ column: 'X' }] });
    assert.deepEqual(
      table.columns.map(({ name }) => name),
      ['Total', 'Total (2)'],
    );
  });
  it('says what to do where there are too many columns', async () => {
    const records = Array.from({ length: MAX_COLUMNS + 1 }, (_, ID) => ({ ID }));
    const result = await group(
      { rows: Uint32Array.from(records.keys()), records, columns: columnsOf(records) },
      { ...EMPTY_SPEC, columns: [{ column: 'ID' }] },
      new Slices(),
    );
    assert.deepEqual(result, {
      ok: false,
      problem:
        'ID would make more than 200 columns. Remove a field, or choose a coarser one, such as months instead of days.',
    });
  });
  it('is called off by other choices', async () => {
    const control = new AbortController();
    control.abort();
    const records = Array.from({ length: 50_000 }, (_, X) => ({ X }));
    const input = {
      rows: Uint32Array.from(records.keys()),
      records,
      columns: columnsOf(records.slice(0, 9)),
    };
    await assert.rejects(
      group(input, { ...EMPTY_SPEC, rows: [{ column: 'X' }] }, new Slices(control.signal, 0)),
      Superseded,
    );
  });
});

describe('choices of groups', () => {
  it('begin with number, sum and average', () => {
    const columns = columnsOf([{ CourseID: 1, Town: 'York', Cost: 5, Month: '2026-01-01' }]);
    const of = (name: string) => {
      const column = columns.find((each) => each.name === name);
      assert.ok(column);
      return groupedBy(column, columns);
    };
    assert.deepEqual(of('Town'), {
      ...EMPTY_SPEC,
      rows: [{ column: 'Town' }],
      measures: [
        { figure: 'count' },
        { figure: 'sum', column: 'Cost' },
        { figure: 'average', column: 'Cost' },
      ],
    });
    assert.deepEqual(of('Month').rows, [MONTH]);
  });
  it('lose the columns that another result does not have', () => {
    const spec: GroupSpec = {
      ...EMPTY_SPEC,
      rows: [{ column: 'Town' }, { column: 'X' }],
      measures: [COST, { figure: 'sum', column: 'Month' }],
    };
    assert.deepEqual(fitting(spec, columnsOf(SALES)), {
      ...EMPTY_SPEC,
      rows: [{ column: 'Town' }],
      measures: [COST],
    });
  });
  it('are read back as they were kept, and nothing else', () => {
    const spec: GroupSpec = {
      ...EMPTY_SPEC,
      rows: [MONTH],
      measures: [COST],
      sort: { column: 'Town', descending: true },
    };
    assert.deepEqual(readSpec(JSON.parse(JSON.stringify(spec))), spec);
    assert.deepEqual(readSpec({ rows: [1, { column: 2 }], measures: 'x', sort: {} }), {
      ...EMPTY_SPEC,
      measures: [],
    });
    assert.equal(readSpec(null), undefined);
  });
});

describe('groups of any records', () => {
  const value = fc.oneof(
    { weight: 5, arbitrary: fc.constantFrom('York', 'YORK', 'leeds', 'Leeds', 'Straße', '') },
    fc.constant(null),
  );
  const amount = fc.oneof(
    fc.integer({ min: -1000, max: 1000 }).map((cents) => cents / 100),
    fc.constant(null),
  );
  const date = fc.oneof(
    fc
      .integer({ min: 0, max: 900 })
      .map((day) => new Date(Date.UTC(2024, 5, 1 + day, day % 24)).toISOString().slice(0, 19)),
    fc.constantFrom(null, ''),
  );
  const record = fc.record({ Town: value, Course: value, Cost: amount, Start: date });
  const spec = fc
    .record({
      rows: fc.uniqueArray(fc.constantFrom('Town', 'Course', 'Start'), { maxLength: 3 }),
      columns: fc.uniqueArray(fc.constantFrom('Town', 'Course', 'Start'), { maxLength: 2 }),
      by: fc.constantFrom<DatePart>('day', 'week', 'month', 'quarter', 'year'),
    })
    .map(({ rows, columns, by }): GroupSpec => {
      const level = (column: string) => (column === 'Start' ? { column, by } : { column });
      return {
        ...EMPTY_SPEC,
        rows: rows.map(level),
        columns: columns.map(level),
        measures: [
          { figure: 'count' },
          COST,
          { figure: 'distinct', column: 'Course' },
          { figure: 'least', column: 'Cost' },
        ],
      };
    });

  it('have the figures of a plain loop over the records that their filters show', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(record, { maxLength: 40 }), spec, async (records, chosen) => {
        const columns = columnsOf([{ Town: '', Course: '', Cost: 1, Start: '2026-01-01T10:00' }, ...records]);
        const rows = Uint32Array.from(records.keys());
        const result = await group({ rows, records, columns }, chosen, new Slices());
        assert.ok(result.ok);
        const { groups } = result;
        for (let row = 0; row < groups.rows.size; row++)
          for (let column = 0; column < groups.columns.size; column++) {
            const tests = filtersBehind(groups, row, column).map((filter) => ({
              name: filter.column,
              test: testOf(filter, columns.find(({ name }) => name === filter.column)?.kind ?? 'text'),
            }));
            const own = records.filter((each) => tests.every(({ name, test }) => test(memberOf(each, name))));
            const costs = own.flatMap(({ Cost }) => Cost ?? []);
            const cents = costs.reduce((sum, cost) => sum + Math.round(cost * 100), 0);
            const courses = new Set(
              own.flatMap(({ Course }) => (Course === null || Course === '' ? [] : Course.toLowerCase())),
            );
            const where = [...pathOf(groups.rows, row).map((at) => labelOf(groups.rows.keyOf(at))), column];
            const figures = [0, 1, 2, 3].map((measure) => groups.figure(measure, row, column));
            const least = costs.length === 0 ? undefined : Math.min(...costs);
            assert.deepEqual(
              figures,
              own.length === 0
                ? figures.map(() => undefined)
                : [own.length, costs.length === 0 ? undefined : cents / 100, courses.size, least],
              JSON.stringify(where),
            );
          }
      }),
      { numRuns: 150 },
    );
  });
});
