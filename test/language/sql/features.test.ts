/** Hover, signatures, semantic tokens, folds, selections and hints in SQL requests. */
import { strict as assert } from 'node:assert';
import { at } from '../support/language';

const HEAD = `@town = Leeds

### Dates that come
# @name dates
GET CourseDate

### People
# @name people
# @pages all
GET User
$select = ID, Surname

### Mine
`;

describe('SQL: hover', () => {
  const hovers = (sql: string, expected: RegExp | undefined) =>
    it(sql, () => {
      const { service, document, offset } = at(`${HEAD}${sql}`);
      const found = service.hover(document, offset)?.markdown;
      if (expected === undefined) assert.equal(found, undefined);
      else assert.match(found ?? '', expected);
    });
  hovers('S$0QL\nselect 1', /answers of the other requests/);
  hovers(
    'SQL\nselect * from da$0tes',
    /\*\*dates\*\* · the answer of CourseDate\n\nDates that come\n\nOnly one page.*\n\n13 columns: `ID`/s,
  );
  hovers('SQL\nselect * from peo$0ple', /the answer of User\n\nPeople\n\n2 columns: `ID`, `Surname`$/);
  hovers('SQL\nselect * from dates d$0', /\*\*d\*\* · `dates`\n\n\*\*dates\*\*/);
  hovers('SQL\nselect d$0.ID from dates d', /\*\*d\*\* · `dates`/);
  hovers('SQL\nselect d$0.* from dates d', /\*\*d\*\* · `dates`/);
  hovers(
    'SQL\nselect d.Sta$0tus from dates d',
    /\*\*Status\*\* · text · column of `dates` \(CourseDate\)\n\nValues: `Available`/,
  );
  hovers('SQL\nselect "sta$0tus" from dates', /\*\*Status\*\* · text/);
  hovers('SQL\nselect Start$0Date from dates', /date and time/);
  hovers('SQL\nselect count(*) as n from dates order by n$0', /column of the answer\n\n```apq\ncount\(\*\)/);
  hovers('SQL\nselect count(*) as n$0 from dates', /column of the answer/);
  hovers(
    'SQL\nwith late as (select ID from dates) select * from la$0te',
    /query of this statement\n\n1 column: `ID`/,
  );
  hovers('SQL\nwith la$0te as (select ID from dates) select * from late', /query of this statement/);
  hovers(
    'SQL\nselect rou$0nd(Cost, 2) from dates',
    /round\(number, digits\?\)\*\* · number\n\nThe number rounded/,
  );
  hovers("SQL\nselect value from json_ea$0ch('[1]')", /json\\_each\(json, path\?\)/);
  hovers('SQL\nselect Status from dates gro$0up by Status', /\*\*group by\*\* · one row for each value/);
  hovers('SQL\nselect Status from dates group b$0y Status', /\*\*group by\*\*/);
  hovers('SQL\nselect * from dates a left jo$0in people on 1', /\*\*left join\*\*/);
  hovers('SQL\nselect 1 wh$0ere 1 is not null', /\*\*where\*\*/);
  hovers("SQL\nselect '{{to$0wn}}'", /Leeds/);
  hovers('SQL\nselect {{to$0wn}}', /Leeds/);
  hovers('SQL\nselect x$0 from dates', undefined);
  hovers('SQL\nselect 1 -- wh$0ere', undefined);
  hovers("SQL\nselect 'wh$0ere'", undefined);
});

describe('SQL: signature help', () => {
  const signs = (sql: string, expected: string | undefined) =>
    it(sql, () => {
      const { service, document, offset } = at(`${HEAD}SQL\n${sql}`);
      const found = service.signature(document, offset);
      const active = found?.parameters[found.activeParameter]?.label;
      const shown = typeof active === 'object' ? found?.label.slice(...active) : active;
      assert.equal(found === undefined ? undefined : `${found.label}: ${shown ?? ''}`, expected);
    });
  signs('select round($0', 'round(number, digits?): number');
  signs('select round(1, $0)', 'round(number, digits?): digits?');
  signs('select round((1 + $0', 'round(number, digits?): number');
  signs("select date('now', '+1 day', '$0')", 'date(date, modifier?, …): modifier?');
  signs('select coalesce(1, 2, 3$0)', 'coalesce(value, otherwise, …): otherwise');
  signs('select coalesce(upper($0), 2)', 'upper(text): text');
  signs('select coalesce(upper(1), $0)', 'coalesce(value, otherwise, …): otherwise');
  signs('select sum(Cost) filter (where $0', undefined);
  signs('select coalesce((select $0', undefined);
  signs('select pi($0)', 'pi(): ');
  signs('select 1 $0', undefined);
  signs('select nothing($0)', undefined);
  signs('select round(1 /* , $0 */)', undefined);
});

describe('SQL: semantic tokens', () => {
  const tokens = (sql: string, expected: string) =>
    it(sql, () => {
      const { service, document, text } = at(`${sql}$0`);
      const [block] = service.semanticTokens(document);
      assert.equal(
        block?.tokens
          .map(({ offset, length, type }) => `${text.slice(offset, offset + length)}:${type}`)
          .join(' '),
        expected,
      );
    });
  tokens(
    "SQL\nselect c.Town, count(*) as n from companies c where x = '{{t}}' and 1",
    "SQL:keyword select:keyword c:parameter Town:property count:function *:operator as:keyword n:property from:keyword companies:class c:parameter where:keyword x:property =:operator '{{:string t:variable }}':string and:keyword 1:number",
  );
  tokens(
    'SQL\nwith a(b) as (select * from json_each(c)) select "b" from a w, a',
    'SQL:keyword with:keyword a:class b:property as:keyword select:keyword *:operator from:keyword json_each:function c:property select:keyword "b":property from:keyword a:class w:parameter a:class',
  );
  tokens(
    "SQL\nselect 'a\n b', true -- c",
    "SQL:keyword select:keyword 'a:string b':string true:keyword".replace('b', ' b'),
  );
});

describe('SQL: folds, selections and hints', () => {
  it('folds the statement, its CTEs, its subqueries and comments over lines', () => {
    const { service, document, text } = at(
      'SQL\nwith a as (\n  select 1\n)\n/* b\n c */\nselect * from (\n  select *\n  from a\n)\n$0',
    );
    assert.deepEqual(
      service
        .folds(document)
        .map(({ kind, offset, length }) => [
          kind,
          text.slice(offset, offset + length).split('\n')[0],
          text.slice(0, offset + length).split('\n').length - 1,
        ]),
      [
        ['part', 'SQL', 9],
        ['part', 'a as (', 2],
        ['part', 'select *', 8],
        ['comment', '/* b', 5],
      ],
    );
  });

  it('selects from the word to the file', () => {
    const { service, document, offset, text } = at(
      "### A\nSQL\nselect upper(c.To$0wn || 'x') as t\nfrom c\n",
    );
    assert.deepEqual(
      service.selections(document, offset).map((each) => text.slice(each.offset, each.offset + each.length)),
      [
        'Town',
        'c.Town',
        "c.Town || 'x'",
        "(c.Town || 'x')",
        "upper(c.Town || 'x')",
        "upper(c.Town || 'x') as t",
        "select upper(c.Town || 'x') as t",
        "select upper(c.Town || 'x') as t\nfrom c",
        "### A\nSQL\nselect upper(c.Town || 'x') as t\nfrom c",
        "### A\nSQL\nselect upper(c.Town || 'x') as t\nfrom c\n",
        "### A\nSQL\nselect upper(c.Town || 'x') as t\nfrom c\n",
      ],
    );
  });

  it('shows dates in statements', () => {
    const { service, document, text } = at("SQL\nselect '{{$today}}', {{$today + 1d}} -- {{$today}}\n$0");
    assert.deepEqual(
      service.hints(document, { offset: 0, length: text.length }).map((hint) => hint.text),
      ['2026-01-31', '2026-02-01'],
    );
  });

  it('links addresses in its comments', () => {
    const { service, document } = at("SQL\n# https://example.com/a\nselect 'https://example.com/b'\n$0");
    assert.deepEqual(
      service.links(document).map(({ target }) => target),
      ['https://example.com/a'],
    );
  });
});
