import assert from 'node:assert/strict';
import fc from 'fast-check';
import { compareBytes, compareTexts } from '#engine/text';
import type { SqlCell, SqlColumn } from '#engine/types';
import { table, TestEngine } from './support/engine';

describe('values in the SQL engine', () => {
  const test = new TestEngine();
  after(() => test.engine.dispose());
  /** The one value that a statement gives. */
  const value = async (
    expression: string,
    ...tables: Parameters<typeof test.rows>[1] & object
  ): Promise<SqlCell> => (await test.rows(`select ${expression}`, tables))[0]?.[0] ?? null;
  const values = async (
    type: SqlColumn['type'],
    cells: readonly SqlCell[],
    sql: string,
    ...bound: (string | number)[]
  ) =>
    (
      await test.rows(
        sql,
        [
          table(
            't',
            { v: type },
            cells.map((cell) => [cell]),
          ),
        ],
        ...bound,
      )
    ).map(([cell]) => cell);

  it('C4: keeps big numbers', async () => {
    const big = [
      9007199254740993n,
      9223372036854775807n,
      -9223372036854775808n,
      { digits: '9223372036854775808' },
      { digits: '12345678901234567890123.45' },
    ];
    for (const type of ['integer', 'decimal', 'unknown'] as const) {
      const out = await values(type, [...big, 1, 2.5], 'select v from t');
      assert.deepEqual(
        out.map((cell) => shown(cell ?? null)),
        [...big, 1, 2.5].map(shown),
        type,
      );
    }
    assert.deepEqual(await values('integer', [...big, 5], 'select v from t where v = 9007199254740993'), [
      9007199254740993n,
    ]);
    assert.deepEqual(await test.rows('select ?1, ?2', [], 9007199254740993n, 1.5), [
      [9007199254740993n, 1.5],
    ]);
  });

  it('2: compares numbers that are longer than a double as numbers', async () => {
    const third = { digits: '33.333333333333333333' };
    const cells: SqlCell[] = [100.5, third, 7, { digits: '33.333333333333333334' }];
    for (const type of ['decimal', 'unknown'] as const) {
      const of = (sql: string) => values(type, cells, sql);
      assert.deepEqual(await of('select v from t where v > 50'), [100.5], type);
      assert.deepEqual(await of('select max(v) from t'), [100.5], type);
      assert.deepEqual(await of('select v from t where v < 50 and v > 7'), [third, cells[3]]);
      assert.deepEqual(await of('select v from t order by v'), [7, third, cells[3], 100.5]);
      assert.deepEqual(await of('select count(distinct v) from t'), [4], type);
      assert.deepEqual(await of('select min(v) from t where v > 7'), [third], type);
    }
    assert.deepEqual(await values('decimal', [third, 1], 'select v from t where v = 33.333333333333333333'), [
      third,
    ]);
    assert.deepEqual(
      await values('decimal', [third, { digits: '0.000000000000000000007' }], "select sum(v) || '' from t"),
      ['33.333333333333336'],
    );
    assert.deepEqual(
      (await values('decimal', [9007199254740993n, 1e10], 'select v from t where v > 5e10')).map((cell) =>
        shown(cell ?? null),
      ),
      [{ digits: '9007199254740993' }],
    );
    // A double that is there beside it stays one.
    const near = [third, 33.333333333333336];
    assert.deepEqual(await values('decimal', near, 'select v from t'), near);
    const below = { digits: '-9223372036854775809' };
    assert.deepEqual(await values('integer', [below, 3], 'select v from t where v < 0'), [below]);
    const [a, b] = ['a', 'b'].map((name) => table(name, { v: 'decimal' }, [[third], [1]]));
    assert(a !== undefined && b !== undefined);
    assert.deepEqual(await test.rows('select a.v from a join b on a.v = b.v order by 1', [a, b]), [
      [1],
      [third],
    ]);
  });

  it('2: keeps many neighbours apart, in their order', async () => {
    const cells = Array.from({ length: 5_000 }, (_, index) => ({
      digits: String(2n ** 64n - 2_500n + BigInt(index)),
    }));
    const mixed = [...cells].reverse();
    assert.deepEqual(await values('integer', mixed, 'select v from t order by v'), cells);
    const tiny = ['-1e400', '-1e-400', '1e-400', '1e400', '1e401'].map((digits) => ({ digits }));
    assert.deepEqual(await values('decimal', tiny, 'select v from t order by v'), tiny);
  });

  it('18: leaves a result that is beyond all numbers empty, and says so', async () => {
    const t = table('t', { v: 'decimal' }, [[{ digits: '1e400' }], [1]]);
    for (const sql of ['select sum(v) from t', 'select 1e308 * 10', 'select avg(v) from t']) {
      const { rows, notes } = await test.answer(sql, [t]);
      assert.deepEqual(rows, [[null]], sql);
      assert.deepEqual(notes, [
        'A result is larger than a number can be, which is about 1.8e308: its cell is empty.',
      ]);
    }
    assert.deepEqual(await test.rows('select v from t order by v', [t]), [[1], [{ digits: '1e400' }]]);
  });

  it('C3: adds and averages exactly, as window functions too', async () => {
    const sum = (cells: readonly SqlCell[], call = 'sum(v)') =>
      values('decimal', cells, `select ${call} from t`);
    assert.deepEqual(await sum([10.01, 10, 10]), [30.01]);
    assert.deepEqual(await sum([0.1, 0.2, -0.3]), [0]);
    assert.deepEqual(await sum([0.1, 0.2], 'avg(v)'), [0.15]);
    assert.deepEqual(await sum([1, 2], 'avg(v)'), [1.5]);
    assert.deepEqual(await sum([1e22, 1, -1e22]), [1]);
    assert.deepEqual(await sum([1e-7, 2e-7]), [3e-7]);
    assert.deepEqual(await sum([1.7e308, 1.7e308, -1.7e308]), [1.7e308]);
    assert.deepEqual(await sum([], 'sum(v)'), [null]);
    assert.deepEqual(await sum([null], 'sum(v)'), [null]);
    assert.deepEqual(await sum([], 'total(v)'), [0]);
    assert.deepEqual(
      await sum(
        [0.1, 0.2, 0.3, 0.4],
        'sum(v) over (order by rowid rows between 1 preceding and current row)',
      ),
      [0.1, 0.3, 0.5, 0.7],
    );
    assert.deepEqual(await sum([0.1, 0.2], 'sum(distinct v)'), [0.3]);
    assert.deepEqual(await sum([0.1, 0.2], 'sum(v) filter (where v > 0.1)'), [0.2]);
    assert.deepEqual(await values('integer', [1, 2, null], 'select sum(v) from t'), [3]);
    assert.deepEqual(await values('integer', [1, 2, null], 'select sum(v) / 2 from t'), [1]);
  });

  it('rounds as a spreadsheet does', async () => {
    for (const [expression, expected] of [
      ['round(2.675, 2)', 2.68],
      ['round(1.005, 2)', 1.01],
      ['round(10.01 / 2, 2)', 5.01],
      ['round(-10.01 / 2, 2)', -5.01],
      ['round(1.15 * 3, 1)', 3.5],
      ['round(0.5)', 1],
      ['round(-0.4)', 0],
      ['round(2.4999999999999)', 2],
      ['round(1250, -2)', 1300],
      ['round(12345678901234567, 2)', 12345678901234567],
      ['round(1e300, 5)', 1e300],
      ['round(1e-7, 7)', 1e-7],
      ['round(3, 50)', 3],
      ["round('12,50')", 12],
      ['round(null, 2)', null],
      ['round(2.5, null)', null],
      ['typeof(round(3))', 'real'],
    ] as const)
      assert.equal(await value(expression), expected, expression);
    await assert.rejects(test.rows('select round(1, 2, 3)'), /another number of arguments/);
  });

  it('C3: says what is no number in a sum', async () => {
    const cells = table('t', { v: 'decimal' }, [
      [1.5],
      ['none'],
      [{ digits: '0.10000000000000000001' }],
      ['1,000.50'],
      [null],
    ]);
    const answer = await test.answer('select sum(v), avg(v), count(v) from t', [cells]);
    assert.deepEqual(answer.rows, [[1.6, 0.8, 4]]);
    assert.equal(answer.leftOut, 4);
    assert.equal((await test.answer('select 1')).leftOut, undefined);
    const texts = table('t', { v: 'string' }, [['10.01'], ['20'], ['']]);
    assert.deepEqual(await test.rows('select sum(v) from t', [texts]), [[30.01]]);
  });

  it('C3: rounds a sum beyond 64 bits, and says so', async () => {
    const answer = await test.answer('select sum(v) from t', [
      table('t', { v: 'integer' }, [[9223372036854775807n], [1]]),
    ]);
    assert.deepEqual(
      [answer.rows, answer.notes],
      [[[2 ** 63]], ['A sum() has more digits than a number can hold: it is rounded.']],
    );
    assert.equal(await value('9223372036854775807 + 1'), 2 ** 63);
    assert.match((await test.fault('select abs(-9223372036854775808)')).message, /^.*\.$/);
  });

  it('C2: compares and sorts numbers as numbers, and texts as texts', async () => {
    assert.deepEqual(await values('decimal', [10, 9, 5000.5, 'none'], 'select v from t order by v'), [
      9,
      10,
      5000.5,
      'none',
    ]);
    assert.deepEqual(
      await values('decimal', [10, 9, 5000.5], "select v from t where v > '9.5'"),
      [10, 5000.5],
    );
    assert.deepEqual(await values('integer', [10, 9], 'select v from t where v = ?1', '10'), [10]);
    assert.deepEqual(await values('integer', [10, 9], 'select max(v) from t'), [10]);
    assert.deepEqual(await values('string', ['10', '9', '007'], 'select v from t order by v'), [
      '007',
      '10',
      '9',
    ]);
    assert.deepEqual(await values('string', ['007', '7', '1e3'], 'select v from t where v = 7'), ['7']);
    assert.deepEqual(await values('unknown', ['007', '7'], 'select v from t where v = ?1', '7'), ['7']);
    assert.deepEqual(await values('unknown', [7, 8], 'select v from t where v = ?1', '7'), [7]);
    // One field, a number in one record and a text in the next.
    assert.deepEqual(await values('string', [5, '5', 1.5, true], 'select v from t'), [
      '5',
      '5',
      '1.5',
      'true',
    ]);
    assert.deepEqual(await values('integer', ['007', ' 8', '1e3', 'x', '0x10', ''], 'select v from t'), [
      '007',
      ' 8',
      '1e3',
      'x',
      '0x10',
      '',
    ]);
    assert.deepEqual(await values('decimal', [5], 'select v / 2 from t'), [2.5]);
    const a = table('a', { n: 'integer' }, [[1], [2]]);
    const b = table('b', { n: 'string' }, [['1'], ['3']]);
    assert.deepEqual(await test.rows('select a.n from a join b on a.n = b.n', [a, b]), [[1]]);
  });

  it('says which computed numbers may have a fraction, as 5.0 and 5 are one number to all others', async () => {
    const fees = table('t', { v: 'decimal', n: 'integer', s: 'string' }, [[29520, 2, 'x']]);
    const { columns, rows } = await test.answer(
      "select sum(v) a, v b, n c, n + 1 d, round(n) e, s || 1 f, n / 2.0 g, null h from t union all select 1, 2, 3, 4, 'text', 6, 7, 8",
      [fees],
    );
    assert.deepEqual(
      columns.filter(({ real }) => real === true).map(({ name }) => name),
      ['a', 'b', 'g'],
    );
    const sums = table('sums', columns, rows);
    assert.deepEqual(await test.rows('select a / 7, d / 2 from sums limit 1', [sums]), [[29520 / 7, 1]]);
    const again = await test.answer('select a, b, d from sums', [sums]);
    assert.deepEqual(again.columns, [
      { name: 'a', type: 'unknown', real: true },
      { name: 'b', type: 'unknown', real: true },
      { name: 'd', type: 'integer' },
    ]);
  });

  it('C13: gives true and false back, through aliases, common tables and unions of themselves', async () => {
    const cells: SqlCell[] = [true, false, null, 'maybe'];
    for (const sql of [
      'select v from t',
      'select v as Online from t',
      'with x as (select v from t) select * from x',
      'select (select v) from t',
    ])
      assert.deepEqual(await values('boolean', cells, sql), cells, sql);
    assert.deepEqual(await values('boolean', cells, 'select v from t where v'), [true]);
    assert.deepEqual(await values('boolean', cells, 'select v from t where v = false'), [false]);
    assert.deepEqual(await values('unknown', [true, false], 'select v from t where v = true'), [true]);
    assert.deepEqual(await values('unknown', [true, 'x'], 'select v from t'), ['true', 'x']);
  });

  it('10: gives a column of a compound a type only where all its parts have it', async () => {
    const a = table('a', { On: 'boolean', D: 'date' }, [[true, '2026-01-01']]);
    const b = table('b', { On: 'boolean', Off: 'boolean', D: 'date' }, [[false, true, '2026-01-02']]);
    const count = 'select count(*) from b';
    const cells: Readonly<Record<string, SqlCell[]>> = {
      [`select "On" from a union all ${count}`]: [1, 1],
      [`select "On" from a union all ${count} order by "On" limit 5 -- all`]: [1, 1],
      [`with x as (select "On" from a union all ${count}) select "On" from x`]: [1, 1],
      [`select "On" from (select "On" from a union all ${count})`]: [1, 1],
      [`select "On" from (select "On" from a union all ${count} limit 2) where 1`]: [1, 1],
      [`select (select "On" from a union all ${count})`]: [1],
      'select "On" from a union all select "On" from b': [true, false],
      'select "On" as x from a union all select Off from b order by x;': [true, true],
      'with x as (select "On" from a union all select "On" from b) select "On" from x': [true, false],
      'with x("On") as (select "On" from a union all select Off from b) select "On" from x': [true, true],
      'select "On" from a where exists (select 1 union select 2)': [true],
      'select "On" from a except select 5': [1],
      'values (1) union all select "On" from a': [1, 1],
    };
    for (const [sql, expected] of Object.entries(cells)) {
      const out = (await test.rows(sql, [a, b])).map(([cell]) => cell);
      assert.deepEqual(out, expected, sql);
    }
    const types = async (sql: string) => {
      const checked = await test.check(sql, [a, b]);
      assert(checked.ok, sql);
      const { columns } = await test.answer(sql, [a, b]);
      assert.deepEqual(checked.columns, columns, sql);
      return columns.map(({ type }) => type);
    };
    assert.deepEqual(await types('select D, "On" from a union select D, D from b'), ['date', 'unknown']);
    // A part whose columns have other names can't be asked there: only what could be a count loses its type.
    assert.deepEqual(
      await types('select d, o from (select D as d, "On" as o from a union all select D as x, Off from b)'),
      ['date', 'unknown'],
    );
  });

  describe('texts that are computed compare without case, as columns do', () => {
    const towns = table('t', { v: 'string', w: 'string', n: 'integer' }, [
      ['Leeds', 'LEEDS', 1],
      ['école', 'ÉCOLE', 2],
      ['York', 'Hull', 3],
    ]);
    const COUNTS: readonly (readonly [condition: string, count: number])[] = [
      ['upper(v) = lower(w)', 2],
      ['lower(w) = upper(v) and n = 1', 1],
      ["trim(v) = 'LEEDS'", 1],
      ["'ÉCOLE' = trim(v)", 1],
      ["v || '' = w || ''", 2],
      ["v || '' <> w || ''", 1],
      ["v || '' is w || ''", 2],
      ["v || '' is not w || ''", 1],
      ["case n when 3 then 'york' else v end = 'YORK'", 1],
      ["case lower(v) when 'LEEDS' then 1 else 0 end", 1],
      ["upper(v) < 'leedt'", 2],
      ["lower(v) between 'LEEDS' and 'leeds'", 1],
      ["'LEEDS' in (v, w)", 1],
      ["'leeds' in ('LEEDS', 'York') and n = 1", 1],
      ["lower(v) in ('LEEDS', 'YORK', 'HULL', 'BATH')", 2],
      ['lower(v) in (select upper(w) from t)', 2],
      ['(n, lower(v)) in (select n, upper(w) from t)', 2],
      ['exists (select 1 from t b where lower(b.v) = upper(t.w))', 2],
      ['upper(v) not in (select lower(w) from t)', 1],
      ["(select lower(v) from t where n = 1) = 'LEEDS' and n = 1", 1],
      ['lower(v) = ?1', 1],
      ['?1 = upper(w)', 1],
      ['lower(v) = ?1 and v glob ?2', 1],
      ['v glob ?1', 0],
      ["v glob 'l*'", 0],
      ['hex(v) = hex(w)', 0],
      ["(lower(v), n) = ('LEEDS', 1)", 1],
      ["coalesce(nullif(lower(v), 'LEEDS'), '') = '' ", 1],
      ["iif(upper(v) = 'leeds', 1, 0) = 1", 1],
      ["max(lower(v), 'LEEDS') = 'leeds'", 2],
    ];
    for (const [condition, count] of COUNTS)
      it(condition, async () => {
        const bound = ['LeEdS', 'L*'].slice(0, new Set(condition.match(/\?\d/g)).size);
        const rows = await test.rows(`select count(*) from t where ${condition}`, [towns], ...bound);
        assert.deepEqual(rows, [[count]]);
      });

    const ANSWERS: readonly (readonly [statement: string, rows: number])[] = [
      ['with c as (select lower(v) as x from t) select * from c where x = upper(x)', 3],
      [
        'select * from (select upper(v) as x, n from t limit 9) a join (select lower(w) as y from t limit 9) b on a.x = b.y',
        2,
      ],
      ['select * from t a join t b on trim(a.v) = trim(b.w)', 2],
      ['select distinct x from (select upper(v) as x from t union all select lower(w) from t)', 4],
      [
        'select x, count(*) from (select upper(v) as x from t union all select lower(w) from t) group by x',
        4,
      ],
      ['select upper(v) from t union select lower(w) from t', 4],
      ['select upper(v) from t intersect select lower(w) from t', 2],
      ['select upper(v) from t except select lower(w) from t', 1],
      ['select upper(v) as x from t group by 1 having x = lower(x)', 3],
      ['select n from t order by lower(v) || upper(w)', 3],
    ];
    for (const [statement, rows] of ANSWERS)
      it(statement, async () => assert.equal((await test.rows(statement, [towns])).length, rows));

    it('in windows', async () =>
      assert.deepEqual(
        await test.rows(
          "select max(c) from (select count(*) over (partition by iif(n < 3, substr('aA', n, 1), v)) as c from t)",
          [towns],
        ),
        [[2]],
      ));
  });

  it('C11: compares all letters without case, everywhere alike', async () => {
    const cells = ['école', 'ÉCOLE', 'École', 'Ecole', 'zebra', 'apple', 'Ähre', 'STRASSE'];
    assert.equal(await value("lower('ÉCOLE')"), 'école');
    assert.equal(await value("upper('école')"), 'ÉCOLE');
    assert.deepEqual(await values('string', cells, "select v from t where v = 'éCOLE'"), cells.slice(0, 3));
    assert.deepEqual(await values('string', cells, "select v from t where v in ('éCOLE', 'APPLE')"), [
      ...cells.slice(0, 3),
      'apple',
    ]);
    assert.deepEqual(await values('string', cells, "select v from t where v like 'ÉC%E'"), cells.slice(0, 3));
    assert.deepEqual(await values('string', cells, 'select count(*) from t group by v'), [1, 1, 1, 3, 1, 1]);
    assert.deepEqual(
      await values('string', cells, 'select count(*) from t group by trim(v)'),
      [1, 1, 1, 3, 1, 1],
    );
    assert.deepEqual(await values('string', cells, 'select count(distinct v) from t'), [6]);
    assert.deepEqual(await values('string', cells, "select count(distinct v || '') from t"), [6]);
    assert.deepEqual(await values('string', cells, 'select v from t order by v, rowid'), [
      'Ähre',
      'apple',
      'Ecole',
      'école',
      'ÉCOLE',
      'École',
      'STRASSE',
      'zebra',
    ]);
    assert.deepEqual(await values('string', cells, 'select max(v) from t'), ['zebra']);
    assert.deepEqual(await values('string', ['B', 'a', 'C', 'A'], 'select v from t order by v, rowid'), [
      'a',
      'A',
      'B',
      'C',
    ]);
    assert.deepEqual(
      await values('string', ['Leeds', 'LEEDS', 'York'], 'select count(*) from t group by v'),
      [2, 1],
    );
    assert.deepEqual(
      await values(
        'string',
        ['Leeds', 'LEEDS', 'York'],
        "select count(*) from (select v from t union select 'york')",
      ),
      [2],
    );
    assert.deepEqual(
      await values('string', ['a_b', 'a%b', 'axb'], "select v from t where v like 'A!_B' escape '!'"),
      ['a_b'],
    );
    const [a, b] = [
      table('a', { n: 'string' }, [['ÉCOLE'], ['Leeds']]),
      table('b', { n: 'string' }, [['école'], ['LEEDS']]),
    ];
    for (const on of ['a.n = b.n', 'b.n = a.n', "a.n || '' = b.n"])
      assert.deepEqual(await test.rows(`select count(*) from a join b on ${on}`, [a, b]), [[2]], on);
    assert.deepEqual(await test.rows('select count(*) from a where n in (select n from b)', [a, b]), [[2]]);
    assert.deepEqual(await test.rows('select a.n from a natural join b order by 1', [a, b]), [
      ['ÉCOLE'],
      ['Leeds'],
    ]);
  });

  it('C5, C6: takes a name in double quotes for a column only', async () => {
    const t = table('t', { StartDate: 'datetime' }, [['2025-01-01T00:00:00']]);
    const fault = await test.fault('select * from t where "StartDat" = 1', [t]);
    assert.deepEqual(
      [fault.message, fault.offset],
      ['No table of the statement has a column StartDat. If it is a text, put it in single quotes.', 22],
    );
  });

  it('C12: works with dates and JSON as the API sends them', async () => {
    const t = table('t', { d: 'datetime', tags: 'list' }, [
      ['2025-06-30T09:00:00', '["a","b"]'],
      [null, '[]'],
    ]);
    assert.deepEqual(
      await test.rows(
        "select date(d, '+1 day'), strftime('%G-W%V', d), json_array_length(tags), tags ->> 0 from t",
        [t],
      ),
      [
        ['2025-07-01', '2025-W27', 2, 'a'],
        [null, null, 0, null],
      ],
    );
    assert.deepEqual(await test.rows("select value from t, json_each(tags) where d > '2025'", [t]), [
      ['a'],
      ['b'],
    ]);
    assert.deepEqual(await test.rows('select d from t where d < ?1', [t], '2025-07'), [
      ['2025-06-30T09:00:00'],
    ]);
  });

  it('compares bytes as it compares texts, where bytes tell', () => {
    const text = fc.string({
      unit: fc.constantFrom(...'aAbBzZ 1-éÉèÈÀþÞ×÷ßÿŸİıſ«µÅ\u0301\u0307ΣσςАа字😀'),
      maxLength: 5,
    });
    const encoder = new TextEncoder();
    fc.assert(
      fc.property(text, text, text, (start, one, other) => {
        for (const [a, b] of [
          [start + one, start.toUpperCase() + other],
          [start + one, start + other],
        ] as const) {
          const [bytes, others] = [encoder.encode(a), encoder.encode(b)];
          const heap = new Uint8Array([...bytes, ...others]);
          const found = compareBytes(heap, [0, bytes.length], [bytes.length, others.length]);
          if (found !== undefined) assert.equal(Math.sign(found), compareTexts(a, b), JSON.stringify([a, b]));
          if (/^[ -~]*$/.test(a + b)) assert.notEqual(found, undefined);
        }
      }),
      { numRuns: 20_000 },
    );
  });

  it('groups, sorts and joins any texts alike, whether a column or computed', async () => {
    const text = fc.string({
      unit: fc.constantFrom('a', 'A', 'b', 'B', 'é', 'É', 'ä', 'Z', ' ', '😀'),
      maxLength: 3,
    });
    const key = (cell: SqlCell) => (typeof cell === 'string' ? cell.toLowerCase() : '');
    const sortKey = (cell: SqlCell) => key(cell).replaceAll('é', 'e').replaceAll('ä', 'a');
    await fc.assert(
      fc.asyncProperty(fc.array(text, { maxLength: 40 }), fc.boolean(), async (cells, wide) => {
        const keys = cells.map(key);
        const sizes = [...new Set(keys)].map((each) => keys.filter((other) => other === each).length).sort();
        const padding = wide
          ? Array.from({ length: 14 }, (_, index) => ({ name: `p${index}`, type: 'string' as const }))
          : [];
        const t = table(
          't',
          [{ name: 'v', type: 'string' }, ...padding],
          cells.map((cell) => [cell, ...padding.map(() => 'x')]),
        );
        for (const v of ['v', "v || ''", 'coalesce(v, 1)', '(select v)']) {
          const groups = await test.rows(`select count(*) from t group by ${v}`, [t]);
          assert.deepEqual(groups.map(([count]) => Number(count)).sort(), sizes, v);
          const sorted = (await test.rows(`select *, ${v} from t order by ${v}`, [t])).map(([cell]) =>
            sortKey(cell ?? null),
          );
          assert.deepEqual(
            sorted,
            [...sorted].sort((a, b) => (a < b ? -1 : Number(a > b))),
            v,
          );
          const joined = await test.rows(
            `select count(*) from t a join (select ${v} as w from t) b on a.v = b.w`,
            [t],
          );
          const pairs = sizes.reduce((sum, size) => sum + size * size, 0);
          assert.deepEqual(joined, [[pairs]], v);
          const computed = await test.rows(
            `select count(*) from t a join t b on upper(a.v) = lower(b.v) where upper(a.v) in (select lower(v) from t)`,
            [t],
          );
          assert.deepEqual(computed, [[pairs]]);
          const distinct = await test.rows(
            `select count(distinct ${v}), count(*) from t where ${v} in (select ${v} from t)`,
            [t],
          );
          assert.deepEqual(distinct, [[sizes.length, cells.length]], v);
          const parts = await test.rows(`select count(*) over (partition by ${v}) from t`, [t]);
          assert.equal(
            parts.reduce((sum, [count]) => sum + Number(count), 0),
            sizes.reduce((sum, size) => sum + size * size, 0),
            v,
          );
        }
      }),
      { numRuns: 30 },
    );
  });

  it('gives every value back as it went in', async () => {
    const number = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }).map((n) => n + 0),
      fc.integer(),
    );
    const text = fc.oneof(
      fc.string({ unit: 'grapheme' }),
      fc.constantFrom('007', '1e3', '-0', '1.50', 'true', 'NULL', "o'x", ''),
    );
    const whole = fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }).map((big) => {
      if (Number.isSafeInteger(Number(big))) return Number(big);
      return big >= -(2n ** 63n) && big < 2n ** 63n ? big : { digits: String(big) };
    });
    const cells: Readonly<Record<SqlColumn['type'], fc.Arbitrary<SqlCell>>> = {
      string: text,
      integer: fc.oneof(whole, text),
      decimal: fc.oneof(number, whole, text),
      boolean: fc.oneof(fc.boolean(), text),
      datetime: text,
      date: text,
      time: text,
      list: fc.json(),
      unknown: fc.oneof(number, whole, text),
    };
    const types = Object.keys(cells) as SqlColumn['type'][];
    const columns = types.map((type) => ({ name: type, type }));
    const row = fc.tuple(...types.map((type) => fc.option(cells[type])));
    await fc.assert(
      fc.asyncProperty(fc.array(row, { maxLength: 5 }), async (rows) => {
        const out = await test.rows('select * from t', [table('t', columns, rows)]);
        assert.deepEqual(
          out.map((cells) => cells.map(shown)),
          rows.map((cells) => cells.map(shown)),
        );
      }),
    );
  });
});

/** A number and a `bigint` of the same digits are the same value. */
const shown = (cell: SqlCell): unknown => {
  if (typeof cell === 'bigint') return { digits: String(cell) };
  return typeof cell === 'number' ? { number: cell } : cell;
};
