/** Profiles, charts, comparisons, folded JSON, the geometry of the grid, and the state of the page. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { ApiRecord } from '#core/results/read-page';
import { cellText } from '#core/results/table';
import { readJson } from '#core/values/read-json';
import { changeTexts, exactText, shownText } from '#webview/data/change-texts';
import { chartData, guessAnswerChart, guessChart } from '#webview/data/chart';
import { chartShapes, ticks } from '#webview/data/chart-picture';
import { type Column, describeColumn } from '#webview/data/columns';
import { compareRecords } from '#webview/data/compare';
import { Formats } from '#webview/data/formats';
import { columnsBetween, Geometry, MAX_PIXELS } from '#webview/data/geometry';
import { JsonLines } from '#webview/data/json-lines';
import { profileColumn } from '#webview/data/profile';
import { Slices } from '#webview/data/slices';
import { EMPTY_STATE, readState, remember, requestState, runState, stateOfEdits } from '#webview/data/state';
import { courseDates } from './support/sample';

const formats = new Formats('en-GB');
const records = courseDates(120);
const columns = Object.keys(records[0] ?? {}).map((name) => describeColumn(name, records, undefined));
const column = (name: string): Column => columns.find((each) => each.name === name) ?? assert.fail(name);

describe('the profile of a column', () => {
  it('counts values, missing ones and the most frequent', async () => {
    const profile = await profileColumn(
      [{ X: 'b' }, { X: 'a' }, { X: 'b' }, { X: '' }, { X: null }, {}],
      { ...column('Label'), name: 'X' },
      new Slices(undefined, -1),
    );
    assert.deepEqual(
      [
        profile.rows,
        profile.empty,
        profile.nulls,
        profile.missing,
        profile.distinct,
        profile.least,
        profile.most,
      ],
      [6, 1, 1, 1, 2, 'a', 'b'],
    );
    assert.deepEqual(profile.top, [
      { text: 'b', count: 2 },
      { text: 'a', count: 1 },
    ]);
  });
  it('has the least, the most and the sum in all digits', async () => {
    const profile = await profileColumn(
      ['9223372036854775807', '0.1', '0.2', '-9223372036854775808'].map((digits) => ({
        X: readJson(digits),
      })),
      { ...column('Cost'), name: 'X' },
      new Slices(),
    );
    assert.deepEqual(
      [profile.least, profile.most, profile.sum && formats.sum(profile.sum)],
      ['-9223372036854775808', '9223372036854775807', '-0.7'],
    );
  });
  it('says when a sum had to be rounded', async () => {
    const profile = await profileColumn(
      ['1e5000', '1'].map((digits) => ({ X: readJson(digits) })),
      { ...column('Cost'), name: 'X' },
      new Slices(),
    );
    assert.match(profile.sum === undefined ? '' : formats.sum(profile.sum), /^about /);
  });
  it('counts numbers in bins', async () => {
    const profile = await profileColumn(records, column('Places'), new Slices());
    assert.equal(profile.bins.length, 9);
    assert.equal(
      profile.bins.reduce((sum, { count }) => sum + count, 0),
      120,
    );
    assert.deepEqual([profile.least, profile.most], [8, 16]);
  });
});

describe('charts', () => {
  it('guess the course of time, else groups, else a spread', () => {
    assert.deepEqual(
      [guessChart(columns, records)?.type, guessChart(columns, records)?.x],
      ['line', 'StartDate'],
    );
    assert.equal(
      guessChart(
        columns.filter(({ kind }) => kind === 'text'),
        records,
      )?.type,
      'bar',
    );
    assert.equal(guessChart([column('Cost')], records)?.type, 'histogram');
    assert.equal(guessChart([], records), undefined);
  });
  it('guess the figures of an answer by groups', () => {
    const groups = [
      { Town: 'York', Companies: 9 },
      { Town: 'Bath', Companies: 5 },
    ];
    const [Town, Companies] = [
      { ...column('Status'), name: 'Town' },
      { ...column('Cost'), name: 'Companies' },
    ];
    assert.deepEqual(guessChart([Town, Companies], groups), {
      type: 'bar',
      x: 'Town',
      y: 'Companies',
      measure: 'sum',
    });
    assert.equal(guessChart([Companies], groups)?.type, 'histogram');
  });
  describe('of an answer that is worked out', () => {
    const of = (rows: readonly (readonly unknown[])[], names: readonly string[]) => {
      const answer = rows.map((row) => Object.fromEntries(names.map((name, at) => [name, row[at]])));
      return {
        answer,
        described: names.map((name) => describeColumn(name, answer, undefined)),
      };
    };
    const guessed = (rows: readonly (readonly unknown[])[], ...names: string[]) => {
      const { answer, described } = of(rows, names);
      const { type, x, y, measure } = guessAnswerChart(described, answer) ?? {};
      return [type, x, y, measure].join(' ');
    };
    it('show the figure that its rows are sorted by', () =>
      assert.equal(
        guessed(
          [
            ['Acme', 'York', 1, 90.5],
            ['Bolt', 'York', 3, 80],
            ['Cask', 'Bath', 2, 70],
          ],
          'Company',
          'Town',
          'Invoices',
          'Owed',
        ),
        'bar Company Owed sum',
      ));
    it('show an amount rather than a number', () =>
      assert.equal(
        guessed(
          [
            ['1 Up to 30 days', 4, 10.5],
            ['2 Later', 7, 90],
          ],
          'Age',
          'Invoices',
          'Owed',
        ),
        'bar Age Owed sum',
      ));
    it('show an amount also where all are whole', () => {
      const { answer, described } = of(
        [
          ['2026-01', 3, 50],
          ['2026-02', 4, 70],
        ],
        ['Month', 'Invoices', 'Owed'],
      );
      const field = {
        type: 'unknown',
        real: true,
        filterable: false,
        sortable: false,
        writable: false,
      } as const;
      const typed = described.map((each) =>
        each.name === 'Owed' ? { ...each, field: { name: each.name, ...field } } : each,
      );
      assert.equal(guessAnswerChart(typed, answer)?.y, 'Owed');
    });
    it('add up what several rows have, but no shares', () => {
      const rows = [
        ['First Aid', '2026-01', 3],
        ['Fire', '2026-01', 5],
        ['First Aid', '2026-02', 4],
      ];
      assert.equal(guessed(rows, 'Course', 'Month', 'Attended'), 'bar Course Attended sum');
      assert.equal(guessed(rows, 'Course', 'Month', 'Full %'), 'bar Course Full % average');
    });
    it('are over time where days stand first, and not where they are a detail', () => {
      const days = ['2026-01-05', '2026-01-06', '2026-01-07'];
      assert.equal(
        guessed(
          days.map((day, at) => [day, at + 1]),
          'Day',
          'Bookings',
        ),
        'line Day Bookings sum',
      );
      assert.equal(
        guessed(
          days.map((day, at) => [`C${at}`, 9 - at, day]),
          'Company',
          'Bookings',
          'Latest',
        ),
        'bar Company Bookings sum',
      );
    });
    it('are those of any records where it has no figures', () =>
      assert.equal(guessed([['a'], ['b']], 'Town'), '   '));
    it('keep the order of its rows, such as that of months', async () => {
      const { answer, described } = of(
        [
          ['2026-01', 5],
          ['2026-02', 9],
          ['2026-03', 7],
        ],
        ['Month', 'Income'],
      );
      const spec = guessAnswerChart(described, answer) ?? assert.fail('no chart');
      const data = await chartData(answer, spec, described, formats, new Slices());
      assert.ok(data?.type === 'bar');
      assert.deepEqual(
        data.bars.map(({ text }) => text),
        ['2026-01', '2026-02', '2026-03'],
      );
    });
  });
  it('draw every kind from the same records', async () => {
    for (const spec of [
      { type: 'bar', x: 'Status', y: 'Cost', measure: 'average' },
      { type: 'bar', x: 'TrainerIDs', y: '', measure: 'count' },
      { type: 'line', x: 'StartDate', y: 'Cost', measure: 'sum' },
      { type: 'histogram', x: 'Cost', y: '', measure: 'count' },
      { type: 'scatter', x: 'Places', y: 'Cost', measure: 'count' },
    ] as const) {
      const data = await chartData(records, spec, columns, formats, new Slices());
      assert.ok(data, spec.type);
      for (const shape of chartShapes(data, 600, 400, formats))
        for (const value of Object.values(shape))
          if (typeof value === 'number') assert.ok(Number.isFinite(value), JSON.stringify(shape));
    }
  });
  it('have room for the amounts behind the bars', async () => {
    const rows = [
      { Town: 'York', Owed: 1_171_011.5 },
      { Town: 'Bath', Owed: 2 },
    ];
    const described = ['Town', 'Owed'].map((name) => describeColumn(name, rows, undefined));
    const spec = { type: 'bar', x: 'Town', y: 'Owed', measure: 'sum' } as const;
    const data = (await chartData(rows, spec, described, formats, new Slices())) ?? assert.fail('no chart');
    const amount = chartShapes(data, 600, 400, formats).find(
      (shape) => shape.type === 'text' && shape.text === '1,171,011.50',
    );
    assert.ok(amount?.type === 'text' && amount.x + amount.text.length * 7 <= 600, JSON.stringify(amount));
  });
  it('have sums in all digits, and leave out days that don’t exist', async () => {
    const rows = ['9223372036854775807', '1'].map((digits) => ({ D: '2025-02-28', Y: readJson(digits) }));
    const chart = async (type: 'bar' | 'line', records: readonly ApiRecord[]) =>
      chartData(
        records,
        { type, x: 'D', y: 'Y', measure: 'sum' },
        [
          { ...column('StartDate'), name: 'D' },
          { ...column('Cost'), name: 'Y' },
        ],
        formats,
        new Slices(),
      );
    const bars = await chart('bar', rows);
    assert.deepEqual(bars?.type === 'bar' && bars.bars.map(({ amount }) => amount), [
      '9,223,372,036,854,775,808.00',
    ]);
    const line = await chart('line', [...rows, { D: '2025-02-31' }, { D: '0001-01-01' }]);
    assert.equal(line?.note, 'By year; 1 record without a date');
    assert.equal(
      line.type === 'line' && new Date(line.points[0]?.time ?? 0).toISOString(),
      '0001-01-01T00:00:00.000Z',
    );
  });
  it('draw what they can of numbers that no double holds', async () => {
    const rows = ['1e400', '-1e400', '1'].map((digits, at) => ({
      D: '2025-02-28',
      X: String(at),
      Y: readJson(digits),
    }));
    const of = [
      { ...column('StartDate'), name: 'D' },
      { ...column('Label'), name: 'X' },
      { ...column('Cost'), name: 'Y' },
    ];
    for (const spec of [
      { type: 'bar', x: 'X', y: 'Y', measure: 'sum' },
      { type: 'bar', x: 'X', y: 'Y', measure: 'average' },
      { type: 'line', x: 'D', y: 'Y', measure: 'sum' },
      { type: 'histogram', x: 'Y', y: '', measure: 'count' },
      { type: 'scatter', x: 'Y', y: 'Y', measure: 'count' },
    ] as const) {
      const data = await chartData(rows, spec, of, formats, new Slices());
      assert.ok(data);
      for (const shape of chartShapes(data, 600, 400, formats))
        for (const value of Object.values(shape))
          assert.ok(!Number.isNaN(value) && value !== Infinity, spec.type);
    }
    const profile = await profileColumn(rows, { ...column('Cost'), name: 'Y' }, new Slices());
    assert.deepEqual([profile.least, profile.most, profile.sum?.text], ['-1e400', '1e400', '1']);
  });
  it('count months without records as none', async () => {
    const data = await chartData(
      [{ D: '2026-01-05' }, { D: '2026-06-05' }],
      { type: 'line', x: 'D', y: '', measure: 'count' },
      [{ ...column('StartDate'), name: 'D' }],
      formats,
      new Slices(),
    );
    assert.deepEqual(data?.type === 'line' ? data.points.map(({ value }) => value) : [], [1, 0, 0, 0, 0, 1]);
  });
  it('have round numbers at their axes', () => assert.deepEqual(ticks(0, 23, 5), [0, 5, 10, 15, 20, 25]));
  it('have axes even for numbers too large for adding one to change', () => {
    // With 17 digits, not every whole number can be represented.
    assert.ok(ticks(1e17, 1e17 + 32, 5).length <= 20);
    for (const end of [1e300, Number.MAX_VALUE, Infinity]) assert.ok(ticks(-5, end, 8).length <= 30);
  });
});

describe('comparing results', () => {
  it('writes values as the grid does, and copies them as they were sent', () => {
    const columns = ['Cost', 'StartDate', 'Label'].map(column);
    const table = {
      formats,
      visible: columns,
      column: (name: string) => columns.find((each) => each.name === name),
    };
    const change = (name: string, before: unknown, after: unknown) =>
      ({ type: 'changed', id: '1', column: name, before, after }) as const;
    const cases = [
      [change('Cost', '55.0', 69264), '55.00', '69,264.00', '55.0', '69264'],
      [change('Cost', 12.5, '12.50'), '12.5', '12.50', '12.5', '12.50'],
      [
        change('StartDate', '2025-02-28T09:00:00', null),
        '28 Feb 2025, 09:00',
        '(null)',
        '2025-02-28T09:00:00',
        '(null)',
      ],
      [change('Other', 1, ''), '1', '(empty)', '1', '(empty)'],
    ] as const;
    for (const [each, ...texts] of cases)
      assert.deepEqual(
        [shownText, exactText].flatMap((write) => changeTexts(table, each, write).slice(3)),
        texts,
      );
    const added = { type: 'added', id: '2', record: { ID: '2', Cost: 5, Label: null } } as const;
    assert.deepEqual(changeTexts(table, added, shownText), ['added', '2', '', '', '5.00']);
  });
  it('tells numbers apart in all their digits', async () => {
    const [before, after] = ['9223372036854775806', '9223372036854775807'].map((digits) => [
      { ID: 1, A: readJson(digits), B: readJson('9007199254740993'), L: [readJson(digits)] },
    ]);
    const { changes } = await compareRecords(before ?? [], after ?? [], new Slices());
    assert.deepEqual(
      changes.map((change) =>
        change.type === 'changed' ? `${change.column} ${cellText(change.after)}` : change.type,
      ),
      ['A 9223372036854775807', 'L 9223372036854775807'],
    );
  });
  it('finds added, removed and changed records by ID', async () => {
    const { changes, key, ...counts } = await compareRecords(
      [{ ID: 1, A: 'x', L: ['a'], Old: 1 }, { ID: 2, A: 'y' }, { A: 'no ID' }],
      [{ ID: 1, A: 'z', L: ['a'], New: 1 }, { ID: 3 }, { ID: 3 }],
      new Slices(undefined, -1),
    );
    assert.deepEqual(key, ['ID']);
    assert.deepEqual(counts, {
      added: 1,
      removed: 1,
      changed: 1,
      cells: 1,
      same: 0,
      withoutId: 1,
      repeated: 1,
    });
    assert.deepEqual(
      changes.map((change) =>
        change.type === 'changed'
          ? `${change.id}.${change.column}: ${String(change.before)} → ${String(change.after)}`
          : `${change.type} ${change.id}`,
      ),
      ['1.A: x → z', 'added 3', 'removed 2'],
    );
  });

  const KEYS: readonly (readonly [
    why: string,
    before: ApiRecord[],
    after: ApiRecord[],
    key: string[],
    ...changes: string[],
  ])[] = [
    [
      'the group that a row is of',
      [
        { N: 1, Town: 'York' },
        { N: 2, Town: 'Hull' },
      ],
      [
        { N: 3, Town: 'York' },
        { N: 2, Town: null },
      ],
      ['Town'],
      'changed York',
      'added ',
      'removed Hull',
    ],
    [
      'as many groups as it takes',
      [
        { Town: 'York', Month: '1', N: 1 },
        { Town: 'York', Month: '2', N: 1 },
      ],
      [{ Town: 'York', Month: '2', N: 5 }],
      ['Town', 'Month'],
      'changed York, 2',
      'removed York, 1',
    ],
    ['nothing where there is one row', [{ N: 1 }], [{ N: 2 }], [], 'changed '],
    [
      'what the other has where one is empty',
      [],
      [
        { A: 'x', N: 1 },
        { A: 'y', N: 1 },
      ],
      ['A'],
      'added x',
      'added y',
    ],
    ['ID where rows repeat each other', [{ A: 'x' }, { A: 'x' }], [{ A: 'x' }], ['ID']],
  ];
  for (const [why, before, after, wanted, ...expected] of KEYS)
    it(`goes without an ID by ${why}`, async () => {
      const { key, changes } = await compareRecords(before, after, new Slices(undefined, -1));
      assert.deepEqual(key, wanted);
      assert.deepEqual(
        changes.map(({ type, id }) => `${type} ${id}`),
        expected,
      );
    });
});

describe('folded JSON', () => {
  it('is a line for each record until one is opened', () => {
    const lines = new JsonLines(
      (row) => [{ a: 1 }, { b: [2, {}], c: null }, { d: '' }][row],
      () => ['a', 'b', 'c', 'd'],
    );
    const texts = (rows: number) =>
      Array.from({ length: lines.count(rows) }, (_, at) => `${lines.at(at).key ?? ''}${lines.at(at).text}`);
    assert.deepEqual(texts(3), ['{"a":1}', '{"b":[2,{}],"c":null}', '{"d":""}']);
    lines.toggle(1, '');
    assert.deepEqual(texts(3), ['{"a":1}', '{', 'b[', '02', '1{}', ']', 'cnull', '}', '{"d":""}']);
    assert.equal(lines.lineOf(2), 8);
    lines.toggle(1, '/b');
    assert.deepEqual(texts(3), ['{"a":1}', '{', 'b[2,{}]', 'cnull', '}', '{"d":""}']);
    lines.toggle(0, '');
    assert.equal(lines.at(3).text, '{');
  });
});

describe('the geometry of the grid', () => {
  it('reaches the last of millions of rows, by the scroll bar and by steps', () => {
    const geometry = new Geometry(10_000_000, 24, 600);
    assert.equal(geometry.height, MAX_PIXELS);
    geometry.setBar(geometry.height - geometry.view);
    assert.equal(geometry.window(0).to, 10_000_000);
    geometry.move(geometry.top - 24);
    assert.equal(geometry.window(0).to, 9_999_999);
    // The browser reports our own setting rounded.
    const { top } = geometry;
    geometry.setBar(Math.round(geometry.bar));
    assert.equal(geometry.top, top);
    geometry.reveal(0);
    assert.deepEqual(geometry.window(0), { from: 0, to: 25 });
  });
  it('finds the columns in view', () =>
    assert.deepEqual(columnsBetween([0, 100, 150, 400, 500], 120, 420), { first: 1, last: 3 }));
});

describe('the state of the page', () => {
  it('keeps columns per request, filters per run, and changes per request and platform', () => {
    const run = {
      run: 'r1',
      filters: [{ column: 'A', operator: 'empty', values: [] }],
      search: 'x',
      tab: 'json',
      row: 1,
      column: 2,
      top: 3,
      left: 4,
    } as const;
    const layout = { order: ['B'], widths: {}, pinned: [], hidden: [] };
    const state = readState(
      JSON.parse(
        JSON.stringify(
          remember(EMPTY_STATE, 'q1', { layout, sort: [] }, run, { target: 'q1 Course acme', json: '[1]' }),
        ),
      ),
    );
    assert.deepEqual(requestState(state, 'q1').layout, layout);
    assert.deepEqual(requestState(state, 'q2').layout.order, []);
    assert.deepEqual(runState(state, 'r1'), run);
    assert.equal(runState(state, 'r2'), undefined);
    assert.equal(stateOfEdits(state, 'q1 Course acme'), '[1]');
    assert.equal(stateOfEdits(state, 'q1 Course other'), undefined);
    assert.equal(readState('rubbish'), EMPTY_STATE);
  });
});
