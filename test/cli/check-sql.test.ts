/** `apq check` of SQL requests: the engine's errors at their exact places. */
import assert from 'node:assert/strict';
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { APQ, apq } from '../support/apq-process';

const TABLE = '# @name t\nGET CourseDate\n$select = ID, StartDate\n\n### Question\nSQL\n';
/** The first line of the statement. */
const LINE = TABLE.split('\n').length - 1;

interface Found {
  readonly code: string;
  readonly severity: string;
  readonly message: string;
  readonly range: {
    readonly start: { line: number; character: number };
    readonly end: { character: number };
  };
}

describe('apq check of SQL', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'apq-check-sql-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  const errorsIn = async (text: string) => {
    const { out, code } = await apq(['check', '-', '--format', 'json', '--quiet'], {
      cwd: folder,
      input: text,
    });
    return { found: JSON.parse(out) as Found[], code };
  };

  for (const [statement, start, end] of [
    ["select 'é', StartDat from t", 12, 20],
    ["select '😀', StartDat from t", 13, 21],
    ['select 1 from', 13, 13],
    ['select 1 union select 1, 2', 26, 26],
    ["select '😀' as a, ID IDs x from t", 25, 26],
    ['select ID from t where', 22, 22],
    ['select strftime() over () from t', 7, 15],
  ] as const)
    it(`C7: reports “${statement}” at ${start}`, async () => {
      const { found, code } = await errorsIn(`${TABLE}${statement}\n`);
      assert.deepEqual(
        found.map(({ range }) => [range.start.line, range.start.character, range.end.character]),
        [[LINE, start, end]],
        JSON.stringify(found),
      );
      assert.equal(code, 1);
    });

  it('reports nothing of a statement that runs', async () => {
    for (const statement of [
      'select count(*) from t',
      'with x as (select ID, date(StartDate) as day from t) select day, count(*) from x group by day having count(*) > {{least}}',
      "select * from t where StartDate > '{{$today}}' -- and so on",
      'select value from t, json_each(t.ID);',
    ])
      assert.deepEqual((await errorsIn(`@least = 3\n${TABLE}${statement}\n`)).found, [], statement);
  });

  it('checks only the syntax where the columns of a table are not known', async () => {
    const table = '# @name t\nGET CourseDate\n\n###\nSQL\n';
    assert.deepEqual((await errorsIn(`${table}select Anything from t`)).found, []);
    const { found } = await errorsIn(`${table}select Anything from t order order`);
    assert.deepEqual(
      found.map(({ range }) => range.start.character),
      [29],
    );
  });

  it('is done before a run, too: nothing is fetched for a statement that can’t run', async () => {
    writeFileSync(join(folder, 'a.apq'), `${TABLE}select 1 union select 1, 2\n`);
    const { err, code } = await apq(
      ['run', 'a.apq', '--request', 'Question', '--root', 'http://127.0.0.1:9/accessplan'],
      {
        cwd: folder,
        env: { APQ_API_KEY: 'key' },
      },
    );
    assert.match(err, /need the same number of columns/);
    assert.equal(code, 1);
  });

  it('goes on without the engine where its files are missing, and says so once', async () => {
    const alone = join(folder, 'apq.js');
    copyFileSync(APQ, alone);
    for (const name of ['a.apq', 'b.apq'])
      writeFileSync(join(folder, name), `${TABLE}select ID from t order order\n`);
    const { err, code } = await apq(['check', 'a.apq', 'b.apq'], { cwd: folder, program: alone });
    assert.equal(err.match(/SQL is checked without its engine\. The SQL engine is missing/g)?.length, 1, err);
    assert.equal(code, 0);
  });
});
