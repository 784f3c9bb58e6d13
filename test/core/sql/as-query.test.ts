/** A SQL request of the history: a file that runs it again, with its tables and what they use. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { readQueryFile } from '#core/running/query-file';
import { sqlAsQuery } from '#core/sql/as-query';

const FILE = `@since = {{year}}-01-01
@year = 2026
@unused = 1
@password = wombat

### People
# @name people
GET User
$filter = CreatedDate gt '{{since}}'

### Others
# @name others
GET Course

### Count
SQL
select count(*) from people where Name <> '{{password}}'
`;

describe('a SQL request of the history', () => {
  it('has its tables, and the variables that it and they use, but no secret', () => {
    const file = readQueryFile('a.apq', FILE);
    const request = file.requests.find(({ sql }) => sql !== undefined);
    assert.ok(request);
    const text = sqlAsQuery({ file, request });
    assert.equal(
      text,
      `@since = {{year}}-01-01
@password = ?password
@year = 2026

### People
# @name people
GET User
$filter = CreatedDate gt '{{since}}'

### Count
SQL
select count(*) from people where Name <> '{{password}}'
`,
    );
    const again = readQueryFile('b.apq', text);
    assert.deepEqual(
      again.requests.map(({ title }) => title),
      ['People', 'Count'],
    );
  });
});
