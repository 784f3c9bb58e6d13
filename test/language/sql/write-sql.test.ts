/** SqlGroups of the results view are written as a SQL request below theirs. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { applyEdits } from '#language';
import { groupStatement } from '#language/features/sql/write';
import type { SqlGroups } from '#language/vocabulary/groups';
import { serviceWith } from '../support/language';

const TOWN: SqlGroups = {
  title: 'Records by Town',
  levels: [{ column: 'Town', kind: 'text' }],
  measures: [{ figure: 'count' }, { figure: 'sum', of: { column: 'Cost', kind: 'number' } }],
  conditions: [],
  part: false,
};
const SQL = `### Records by Town
SQL
select nullif(Town, '') as Town,
  count(*) as records,
  sum(Cost) as sum_Cost
from courseDates
group by 1
order by 1 nulls last`;

function written(text: string, groups: Partial<SqlGroups> = {}): string {
  const service = serviceWith();
  const document = service.parse(text);
  const [request] = service.requests(document);
  assert.ok(request);
  const result = service.writeSql(document, request, { ...TOWN, ...groups });
  return result.ok ? applyEdits(text, result.edits) : result.message;
}

describe('writing groups as a SQL request', () => {
  const writes = (from: string, to: string, groups: Partial<SqlGroups> = {}) =>
    it(`${JSON.stringify(from)} ${JSON.stringify(groups)}`, () => assert.equal(written(from, groups), to));
  writes('GET CourseDate', `# @name courseDates\nGET CourseDate\n\n${SQL}\n`);
  writes('GET CourseDate\n', `# @name courseDates\nGET CourseDate\n\n${SQL}\n`);
  writes(
    '### Dates\nGET CourseDate\n$top = 5\n\n\n### Next\nGET User\n',
    `### Dates\n# @name courseDates\nGET CourseDate\n$top = 5\n\n${SQL}\n\n\n### Next\nGET User\n`,
  );
  writes(
    '# @name x-y\nGET CourseDate',
    `# @name x-y\nGET CourseDate\n\n${SQL.replace('courseDates', '"x-y"')}\n`,
  );
  writes(
    'GET CourseDate\n### A\n# @name CourseDates\nGET User',
    `# @name courseDates2\nGET CourseDate\n\n${SQL.replace('courseDates', 'courseDates2')}\n### A\n# @name CourseDates\nGET User`,
  );
  writes('GET CourseDate', `# @name courseDates\n# @pages all\nGET CourseDate\n\n${SQL}\n`, { part: true });
  writes('# @pages 3\nGET CourseDate', `# @pages 3\n# @name courseDates\nGET CourseDate\n\n${SQL}\n`, {
    part: true,
  });
  writes(
    'GET CourseDate\r\n$top = 5\r\n',
    `# @name courseDates\r\nGET CourseDate\r\n$top = 5\r\n\r\n${SQL.replaceAll('\n', '\r\n')}\r\n`,
  );
  writes(
    '# @name owed\nSQL\nselect 1 as Town',
    `# @name owed\nSQL\nselect 1 as Town\n\n${SQL.replace('courseDates', 'owed')}\n`,
    { part: true },
  );
  for (const column of ['a{{b}}', 'a\nb'])
    writes(
      'GET CourseDate',
      'A name or a value holds {{ or a line break, which can’t be written in a request.',
      { levels: [{ column, kind: 'text' }] },
    );
});

describe('the statement of groups', () => {
  const line = (start: string, groups: Partial<SqlGroups>) =>
    groupStatement({ ...TOWN, ...groups }, 't')
      .statement.split('\n')
      .find((each) => each.startsWith(start));
  const where = (
    kind: SqlGroups['conditions'][number]['kind'],
    operator: string,
    values: string[],
    sql: string,
  ) =>
    it(`${kind} ${operator} ${values.join()}`, () =>
      assert.equal(line('where', { conditions: [{ column: 'X', kind, operator, values }] }), `where ${sql}`));
  where('text', 'eq', ["O'Hare"], "X = 'O''Hare'");
  where('text', 'ne', ['York'], "(nullif(X, '') is null or X <> 'York')");
  where('text', 'in', ['York', ''], "(nullif(X, '') is null or nullif(X, '') in ('York'))");
  where('text', 'notIn', ['York'], "(nullif(X, '') is null or nullif(X, '') not in ('York'))");
  where('text', 'notIn', ['York', ''], "nullif(X, '') not in ('York')");
  where('text', 'notIn', [''], "nullif(X, '') is not null");
  where('text', 'contains', ['50%'], String.raw`X like '%50\%%' escape '\'`);
  where('text', 'startswith', ['a'], "X like 'a%'");
  where('number', 'between', ['5', '-3'], 'X between -3 and 5');
  where('number', 'in', ['n/a'], "X in ('n/a')");
  where('date', 'eq', ['2026-01-31'], "substr(X, 1, 10) = '2026-01-31'");
  where(
    'datetime',
    'between',
    ['2026-01-01', '2026-01-31'],
    "substr(X, 1, 10) between '2026-01-01' and '2026-01-31'",
  );
  where('boolean', 'eq', ['true'], 'X = true');
  where('list', 'empty', [], "nullif(X, '[]') is null");
  it('leaves out what SQL can’t express, and says so', () => {
    const { left, statement } = groupStatement(
      { ...TOWN, conditions: [{ column: 'X', kind: 'text', operator: 'regex', values: ['a.*'] }] },
      't',
    );
    assert.deepEqual([left, statement.includes('where')], [['X'], false]);
  });
  for (const name of ['order', 'a"b', 'CF Town'])
    it(`quotes ${name}`, () =>
      assert.equal(
        line('select', { levels: [{ column: name, kind: 'number' }] }),
        `select "${name.replaceAll('"', '""')}",`,
      ));
});
