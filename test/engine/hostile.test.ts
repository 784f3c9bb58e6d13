import assert from 'node:assert/strict';
import { table, TestEngine } from './support/engine';

describe('the SQL engine, asked for what it must not do', () => {
  const test = new TestEngine({ heap: 50_000_000, value: 4_000_000, answer: 30_000_000 });
  after(() => test.engine.dispose());
  const one = table('t', { a: 'integer' }, [[1], [2]]);
  /** After whatever was asked, the next question is answered. */
  afterEach(async () => assert.deepEqual(await test.rows('select count(*) from t', [one]), [[2]]));

  const REFUSED = [
    "attach ':memory:' as b",
    "attach 'file:x.db' as b",
    'detach main',
    'pragma table_info(t)',
    'pragma writable_schema = on',
    "select * from pragma_table_info('t')",
    'select * from pragma_database_list',
    'select name from sqlite_master',
    'select sql from sqlite_schema',
    'select data from sqlite_dbpage',
    'select name from dbstat',
    "select opcode from bytecode('select 1')",
    'select sql from sqlite_stmt',
    'insert into t values (3)',
    'update t set a = 3',
    'delete from t',
    'with x as (select 1) delete from t',
    'drop table t',
    'create table u (a)',
    'create temp table u (a)',
    'create view u as select 1',
    'create trigger u after insert on t begin select 1; end',
    'create virtual table u using fts5(a)',
    'alter table t rename to u',
    'begin',
    'commit',
    'savepoint s',
    'vacuum',
    "vacuum into 'copy.db'",
    'analyze',
    'reindex',
    'explain select 1',
    'explain query plan select 1',
  ];
  for (const statement of REFUSED)
    it(`refuses: ${statement}`, async () => {
      const fault = await test.fault(statement, [one]);
      assert.equal(fault.kind, 'refused', fault.message);
      assert.match(fault.message, /^SQL only reads here/);
      const finding = await test.check(statement, [one]);
      assert.equal(!finding.ok && finding.fault.kind, 'refused');
    });

  for (const call of [
    "load_extension('x')",
    "readfile('/etc/passwd')",
    "writefile('x', 'y')",
    "edit('x')",
    "fts3_tokenizer('x')",
  ])
    it(`has no function ${call}`, async () => {
      const { kind, message } = await test.fault(`select ${call}`, [one]);
      assert.equal(kind, 'statement');
      assert.match(message, /^SQL has no function/);
    });

  const MEMORY = [
    'select randomblob(1e9)',
    'select zeroblob(1e9)',
    'select hex(zeroblob(1.5e6)) || hex(zeroblob(1.5e6))',
    "select printf('%.*c', 1000000000, 'x')",
    'select group_concat(x.n) from n x, n y',
    'select json_group_array(x.n) from n x, n y',
    'select replace(hex(zeroblob(1e6)), 0, hex(zeroblob(1e6)))',
    'select x.n + y.n * 1e7 as z from n x, n y order by z',
    'select x.n, y.n from n x, n y',
    'with recursive c(x) as (select 1 union select x + 1 from c) select count(*) from c',
  ];
  const numbers = table(
    'n',
    { n: 'integer' },
    Array.from({ length: 3_000 }, (_, index) => [index]),
  );
  for (const statement of MEMORY)
    it(`ends in a sentence: ${statement}`, async () => {
      const { kind, message } = await test.fault(statement, [one, numbers]);
      assert.equal(kind, 'memory', message);
      assert.match(message, /^The .*\.$/);
    });

  it('says that there are more rows than it may answer', async () => {
    const statement = 'with recursive c(x) as (select 1 union all select x + 1 from c) select x from c';
    const { rows, whole } = await test.engine.run({ statement, values: [], tables: [], mostRows: 3 });
    assert.deepEqual([rows, whole], [[[1], [2], [3]], false]);
    const exact = await test.engine.run({
      statement: 'values (1), (2)',
      values: [],
      tables: [],
      mostRows: 2,
    });
    assert.equal(exact.whole, true);
  });

  it('C10: ends an endless statement when it is cancelled, and keeps its tables', async () => {
    const controller = new AbortController();
    const endless = 'with recursive c(x) as (select 1 union all select x + 1 from c) select count(*) from c';
    const fault = test.fault(endless, [one], controller.signal);
    setImmediate(() => controller.abort());
    assert.equal((await fault).kind, 'cancelled');
  });

  it('C10: ends its worker where a statement does not notice', async () => {
    const controller = new AbortController();
    // One call of one function, which takes long.
    const slow = "select like('%' || hex(zeroblob(1000)) || '1', hex(zeroblob(1000000)))";
    const fault = test.fault(slow, [one], controller.signal);
    setImmediate(() => controller.abort());
    assert.equal((await fault).kind, 'cancelled');
  });

  it('is cancelled before it begins', async () => {
    assert.equal((await test.fault('select 1', [], AbortSignal.abort())).kind, 'cancelled');
  });

  it('answers to any names', async () => {
    const names = ['__proto__', 'a"b', 'select', '', '1', "it's", 'naïve', 'a`b]c', 'constructor'];
    const odd = table(
      'select',
      names.map((name) => ({ name, type: 'string' as const })),
      [names.map((name) => `${name}!`)],
    );
    const answer = await test.answer('select * from "select"', [odd]);
    assert.deepEqual(answer.rows, [names.map((name) => `${name}!`)]);
    assert.deepEqual(
      answer.columns.map(({ name }) => name),
      names.map((name) => name || 'column_4'),
    );
    assert.deepEqual(await test.rows('select s."a""b", "__proto__" from "select" s', [odd]), [
      ['a"b!', '__proto__!'],
    ]);
    const many = table(
      'many',
      Array.from({ length: 2001 }, (_, index) => ({ name: `c${index}`, type: 'string' as const })),
    );
    assert.match((await test.fault('select 1 from many', [many])).message, /more than 2,000 columns/);
    const reserved = table('sqlite_x', { a: 'string' });
    assert.match((await test.fault('select 1 from sqlite_x', [reserved])).message, /begin with sqlite_/);
    const none = table('none', {}, [[], []]);
    assert.deepEqual(await test.rows('select count(*) from none', [none]), [[2]]);
  });

  const DEEP = {
    parentheses: (depth: number) => `select ${'('.repeat(depth)}1${')'.repeat(depth)}`,
    sums: (depth: number) => `select 1${' + 1'.repeat(depth)}`,
    cases: (depth: number) => `select ${'case when 1 then '.repeat(depth)} 1 ${'end '.repeat(depth)}`,
    calls: (depth: number) => `select ${'abs('.repeat(depth)} 1 ${')'.repeat(depth)}`,
    queries: (depth: number) => `${'select * from ('.repeat(depth)} select 1 ${')'.repeat(depth)}`,
    unions: (depth: number) => Array.from({ length: depth }, () => 'select 1').join(' union '),
    lists: (depth: number) => `select 1 in (${'1,'.repeat(depth)} 2)`,
  };
  for (const [title, write] of Object.entries(DEEP))
    it(`reads no more ${title} than its stack holds`, async () => {
      for (const depth of [90, 400, 900, 5_000, 50_000]) {
        const finding = await test.check(write(depth));
        assert(finding.ok || finding.fault.kind !== 'engine', !finding.ok ? finding.fault.message : '');
      }
    });
});
