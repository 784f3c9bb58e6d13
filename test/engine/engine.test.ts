import assert from 'node:assert/strict';
import { SqlEngine } from '#engine/sql-engine';
import { table, TestEngine } from './support/engine';

describe('the SQL engine', () => {
  const test = new TestEngine();
  after(() => test.engine.dispose());

  const courses = table(
    'courses',
    { ID: 'string', Name: 'string', Cost: 'decimal', Online: 'boolean', Places: 'integer' },
    [
      ['1', 'Fire safety', 10.01, true, 12],
      ['2', 'First aid', 20, false, null],
    ],
  );

  it('answers with rows as arrays, in order, with types', async () => {
    assert.deepEqual(await test.answer('select * from courses order by Name desc', [courses]), {
      columns: courses.columns,
      rows: [
        ['2', 'First aid', 20, false, null],
        ['1', 'Fire safety', 10.01, true, 12],
      ],
      whole: true,
      notes: [],
    });
  });

  it('C1: keeps columns of one name apart', async () => {
    const { columns, rows } = await test.answer(
      'select a.ID, b.ID, 1 as "2", 3 as "1", 4 as "", 5 as id_2 from courses a join courses b on a.ID = b.ID where a.ID = ?1',
      [courses],
      '2',
    );
    assert.deepEqual(
      columns.map(({ name }) => name),
      ['ID', 'ID_3', '2', '1', 'column_5', 'id_2'],
    );
    assert.deepEqual(rows, [['2', '2', 1, 3, 4, 5]]);
  });

  it('C3: adds exactly', async () => {
    assert.deepEqual(
      await test.rows('select sum(Cost), avg(Cost), total(Cost), sum(Places) from courses', [courses]),
      [[30.01, 15.005, 30.01, 12]],
    );
  });

  it('checks against empty tables', async () => {
    assert.deepEqual(await test.check('select c.Name, count(*) as n from Courses c group by 1', [courses]), {
      ok: true,
      columns: [
        { name: 'Name', type: 'string' },
        { name: 'n', type: 'unknown' },
      ],
      reads: [{ table: 'courses', column: 'Name' }],
    });
  });

  for (const [statement, offset] of [
    ["select 'é', StartDat from courses", 12],
    ["select '😀', StartDat from courses", 13],
    ['select 1 from', 13],
    ['select 1; select 2', 10],
    ['', 0],
  ] as const)
    it(`C7, C8: finds the error of “${statement}” at ${offset}`, async () => {
      const finding = await test.check(statement, [courses]);
      assert(!finding.ok);
      assert.equal(finding.fault.offset, offset, finding.fault.message);
    });

  for (const [statement, message] of [
    ["select Name from courses where Name match 'x'", /^`match` searches in indexes .* write `like`\.$/],
    ['select abs(-9223372036854775808)', /overflow/],
    ["select json('x')", /JSON/],
  ] as const)
    it(`12: places the fault of “${statement}” at its start`, async () => {
      const { offset, message: said } = await test.fault(statement, [courses]);
      assert.equal(offset, 0);
      assert.match(said, message);
    });

  for (const [statement, message] of [
    [
      'select Name, ID from courses union select Name from courses',
      /^Both sides of `union` need the same number/,
    ],
    ['select count(distinct Name, ID) from courses', /^count takes one value, or `\*`/],
    ["select isnull(Name, '?') from courses", /“isnull” here: write `ifnull\(value, otherwise\)`/],
    ["select Name from courses where Name ilike 'x'", /“ilike” here: write `like`/],
    ['select Name from courses fetch first 10 rows only', /here: write the number at the end/],
    ['select Name, from courses', /“from” here: something is missing before it/],
    ['select * from order', /“order” here\. If it is a name, write it in double quotes: `"order"`/],
    ['select Name from courses where Cost > 3 && Cost < 5', /“&” here: conditions are joined by `and`/],
    ['select * from courses, courses', /^The table courses stands here twice, .*`courses a, courses b`\.$/],
    ['select ID from courses a, courses b', /^Several tables have a column ID: .*`t\.ID`\.$/],
    ['select Name, count(*) n from courses where n > 5 group by 1', /behind `having`/],
  ] as const)
    it(`says what to write in “${statement}”`, async () => {
      assert.match((await test.fault(statement, [courses])).message, message);
    });

  it('says that its program is missing', async () => {
    const engine = new SqlEngine({ program: '/nowhere/sql-worker.js' });
    await assert.rejects(engine.check([], 'select 1'), /The SQL engine is missing/);
  });
});
