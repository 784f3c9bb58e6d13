/** Completion in SQL requests: what is offered at `$0`, and the text after taking it. */
import { strict as assert } from 'node:assert';
import { documentationOf } from '#language';
import { accept, completions } from '../support/language';

const HEAD = `@town = Leeds
@least = 1000
@ask = ?Which

### Dates that come
# @name dates
# @pages all
GET CourseDate

### People
# @name people
GET User
$select = ID, Surname, Email

### Bookings
# @name book-ings
GET Venue
$select = CourseDateID, UserID, Status, ID

### Unknown columns
# @name venues
GET Venue

### A write
# @name changed
PUT user/1
{ "Surname": "x" }

### Of the one below
# @name later
SQL
select * from mine

### Mine
# @name mine
`;

/** The labels in the order in which editors show them, without functions, which `functions` tests. */
const labels = (sql: string, kinds = (kind: string) => kind !== 'function'): string =>
  completions(HEAD + sql)
    .filter(({ kind }) => kinds(kind))
    .toSorted((a, b) => (a.rank ?? 0) - (b.rank ?? 0))
    .map(({ label }) => label)
    .join(' ¦ ');

describe('completion in SQL', () => {
  const offers = (sql: string, expected: string) =>
    it(`${JSON.stringify(sql)} offers ${expected}`, () => assert.equal(labels(`SQL\n${sql}`), expected));
  /** The first ones. */
  const begins = (sql: string, expected: string) =>
    it(`${JSON.stringify(sql)} first offers ${expected}`, () => {
      const found = labels(`SQL\n${sql}`);
      assert.equal(found.slice(0, expected.length), expected);
    });
  const takes = (sql: string, label: string, expected: string) =>
    it(`${JSON.stringify(sql)} with ${label} becomes ${JSON.stringify(expected)}`, () =>
      assert.equal(accept(`${HEAD}SQL\n${sql}`, label), `${HEAD}SQL\n${expected}`));
  const says = (sql: string, label: string, documentation: RegExp) =>
    it(`${JSON.stringify(sql)} says ${label}`, () => {
      const notes = completions(`${HEAD}SQL\n${sql}`).filter(({ kind }) => kind === 'note');
      assert.deepEqual(
        notes.map((note) => note.label),
        [label],
      );
      assert.match(notes[0] === undefined ? '' : documentationOf(notes[0]), documentation);
    });

  describe('the request', () => {
    it('is a method among others', () => {
      for (const text of ['$0', 'S$0', 'SQ$0'])
        assert.match(labels(text), /^GET ¦ POST ¦ PUT ¦ DELETE ¦ SQL ¦/, text);
      assert.equal(labels('SQL$0'), 'SQL');
      assert.doesNotMatch(labels('$0\n$top = 5'), /SQL/);
      assert.equal(accept(`${HEAD}S$0`, 'SQL'), `${HEAD}SQL\nselect *\nfrom dates`);
    });
    offers('$0', 'select … from … ¦ select ¦ select … group by … ¦ with … as (select …) ¦ with ¦ values');
    offers('sel$0', 'select … from … ¦ select ¦ select … group by … ¦ with … as (select …) ¦ with ¦ values');
    takes('sel$0', 'select … from …', 'select *\nfrom dates');
    takes('$0', 'with', 'with ');
    it('can be followed by another one', () =>
      assert.match(labels('SQL\nselect 1\n\n$0'), /### read records/));
  });

  describe('tables', () => {
    // Neither itself, nor what needs it, nor what writes.
    const TABLES = 'dates ¦ people ¦ book-ings ¦ venues';
    offers('select * from $0', `${TABLES} ¦ (select …)`);
    offers('select * from p$0', `${TABLES} ¦ (select …)`);
    offers('select * from dates, $0', `${TABLES} ¦ (select …)`);
    offers('select * from dates d left join $0', `${TABLES} ¦ (select …)`);
    offers('select * from "b$0"', TABLES);
    offers('select 1 where 1 in $0', `('…') ¦ (select …) ¦ ${TABLES}`);
    takes('select * from b$0', 'book-ings', 'select * from "book-ings"');
    takes('select * from "b$0"', 'book-ings', 'select * from "book-ings"');
    takes('select * from [b$0]', 'book-ings', 'select * from [book-ings]');
    takes('select * from `b$0` x', 'people', 'select * from `people` x');
    takes('select * from "b$0\nwhere 1', 'people', 'select * from "people"\nwhere 1');
    takes('select $0', '* from dates', 'select * from dates');
    begins('with late as (select ID from dates) select * from $0', 'late ¦ dates');
    begins('with late as (select ID from dates), more as (select * from $0', 'late ¦ more ¦ dates');
    it('are what is missing where no request has a name', () => {
      const [note] = completions('GET user\n###\nSQL\nselect * from $0').filter(
        ({ kind }) => kind === 'note',
      );
      assert.equal(note?.label, 'No request of this file is a table yet');
    });
  });

  describe('joins', () => {
    begins('select * from "book-ings" b join dates d $0', 'on d.ID = b.CourseDateID ¦ on ¦ using ¦ join');
    begins('select * from dates d join "book-ings" b $0', 'on b.CourseDateID = d.ID ¦ on ¦ using');
    begins('select * from "book-ings" b join people p on $0', 'p.ID = b.UserID ¦ CourseDateID');
    offers('select * from "book-ings" join people using ($0)', 'ID');
    begins('select * from dates d, people p $0', 'join ¦');
    takes(
      'select * from "book-ings" b join dates d $0',
      'on d.ID = b.CourseDateID',
      'select * from "book-ings" b join dates d on d.ID = b.CourseDateID',
    );
    takes(
      'select * from "book-ings" join dates $0',
      'on dates.ID = "book-ings".CourseDateID',
      'select * from "book-ings" join dates on dates.ID = "book-ings".CourseDateID',
    );
    offers('select * from dates natural $0', 'join');
  });

  describe('columns', () => {
    const PEOPLE = 'ID ¦ Surname ¦ Email';
    begins('select $0 from people', `${PEOPLE} ¦ * ¦ distinct`);
    begins('select ID, $0 from people', PEOPLE);
    begins('select ID from people where $0', PEOPLE);
    begins('select upper($0) from people', PEOPLE);
    begins('select count($0) from people', `${PEOPLE} ¦ * ¦ distinct`);
    begins('select * from people order by $0', PEOPLE);
    offers('select p.$0 from people p', `${PEOPLE} ¦ *`);
    offers('select p.S$0 from people p', PEOPLE);
    offers('select * from people p where p.$0\ngroup by Surname', PEOPLE);
    offers('select "p".$0\nfrom people p join dates d on d.ID = p.ID', `${PEOPLE} ¦ *`);
    offers('select "Sur$0" from people', PEOPLE);
    takes('select "Sur$0" from people', 'Surname', 'select "Surname" from people');
    begins(
      'select $0 from people p join "book-ings" b on b.UserID = p.ID',
      'p.ID ¦ Surname ¦ Email ¦ CourseDateID ¦ UserID ¦ Status ¦ b.ID ¦',
    );
    begins('select $0 from (select Surname as s, count(*) from people) t', 's ¦ count(*) ¦ *');
    takes(
      'select $0 from (select Surname as s, count(*) from people) t',
      'count(*)',
      'select "count(*)" from (select Surname as s, count(*) from people) t',
    );
    begins('with a(x, y) as (select ID, Email from people) select $0 from a', 'x ¦ y ¦ *');
    begins(
      'select * from people where exists (select 1 from "book-ings" where $0',
      'CourseDateID ¦ UserID ¦ Status ¦ ID ¦ people.ID ¦ Surname',
    );
    begins(
      'select * from people where ID in (select $0 from "book-ings")',
      'CourseDateID ¦ UserID ¦ Status ¦ ID ¦ people.ID',
    );
    begins('select Surname, count(*) as n from people group by $0', `n ¦ ${PEOPLE}`);
    begins('select Surname, count(*) as n from people group by Surname having $0', `n ¦ ${PEOPLE}`);
    begins('select Surname as "group" from people order by $0', `group ¦ ${PEOPLE}`);
    takes(
      'select Surname as "group" from people order by $0',
      'group',
      'select Surname as "group" from people order by "group"',
    );
    begins('select rank() over (order by $0) from people', PEOPLE);
    begins('select case when $0 from people', PEOPLE);
    says('select v.$0 from venues v', 'The columns of “v” are not known', /\$select/);
    says('select $0 from venues', 'The columns of “venues” are not known', /Refresh Metadata/);
    says('select x.$0 from people p', 'There is no table “x” here', /`p`/);
    says('select $0', 'No table yet', /from/);
    says('select ID as $0 from people', 'Write a name', /letters/);
    says('select 1; $0', 'One statement only', /one statement/);
  });

  describe('values', () => {
    begins('select * from dates where Status = $0', "'Available' ¦ 'Full' ¦ 'Cancelled' ¦ ID");
    begins('select * from dates d where d.Status <> $0', "'Available' ¦ 'Full' ¦ 'Cancelled' ¦ ID");
    begins("select * from dates where Status in ('Full', $0)", "'Available' ¦ 'Full' ¦ 'Cancelled' ¦ ID");
    begins('select * from dates where Status not in ($0)', "'Available' ¦ 'Full' ¦ 'Cancelled' ¦ ID");
    offers(
      "select * from dates where Status = '$0'",
      'Available ¦ Full ¦ Cancelled ¦ {{town}} ¦ {{least}} ¦ {{ask}}',
    );
    offers(
      "select * from dates where Status = 'A$0\n",
      'Available ¦ Full ¦ Cancelled ¦ {{town}} ¦ {{least}} ¦ {{ask}}',
    );
    begins('select * from dates where StartDate < $0', "'{{$today}}' ¦ '{{$today + 30d}}' ¦ '{{$now}}' ¦");
    begins("select * from dates where StartDate between '2025-01-01' and $0", "'{{$today}}' ¦");
    begins('select * from dates where Online = $0', 'true ¦ false ¦ ID');
    begins('select * from dates where Status like $0', "'%…%' ¦");
    begins('select * from dates where Status is $0', 'null ¦ not null ¦');
    takes("select * from dates where Status = '$0'", 'Full', "select * from dates where Status = 'Full'");
    takes('select * from dates where Cost > $0', '{{least}}', 'select * from dates where Cost > {{least}}');
    takes(
      'select * from dates where Status = $0',
      "'{{town}}'",
      "select * from dates where Status = '{{town}}'",
    );
    offers('select {$0', '{{town}} ¦ {{least}} ¦ {{ask}}');
    takes(
      'select * from dates where Status = {$0',
      '{{town}}',
      'select * from dates where Status = {{town}}',
    );
    offers('select * from dates limit $0', '10 ¦ 50 ¦ 100 ¦ {{least}}');
    offers(
      "select strftime('$0', StartDate) from dates",
      '%Y-%m ¦ %Y ¦ %G-W%V ¦ %Y-%m-%d ¦ %d/%m/%Y ¦ %u ¦ %H:%M',
    );
    begins("select date(StartDate, '$0') from dates", 'start of month ¦ start of year');
    for (const text of ['select {{$0', "select '{{$0'", 'select 1 /* x */ + {{$0}}'])
      it(`${JSON.stringify(text)} offers variables`, () =>
        assert.match(labels(`SQL\n${text}`), /^town ¦ least ¦ ask ¦ \$now/));
  });

  describe('keywords', () => {
    offers('select * $0', 'from');
    begins('select ID $0', 'from ¦ as');
    begins('select ID $0 from people', 'as ¦');
    offers(
      'select * from people $0',
      'join ¦ left join ¦ cross join ¦ right join ¦ full join ¦ natural join ¦ where ¦ group by ¦ order by ¦ limit ¦ union ¦ union all ¦ as',
    );
    offers(
      'select * from people $0 where 1',
      'join ¦ left join ¦ cross join ¦ right join ¦ full join ¦ natural join ¦ as',
    );
    begins(
      'select * from people where ID $0',
      '= ¦ <> ¦ < ¦ <= ¦ > ¦ >= ¦ like ¦ in ¦ between ¦ is null ¦ is not null',
    );
    begins("select * from people where ID = 'a' $0", 'and ¦ or ¦ group by ¦ order by ¦ limit');
    begins('select Surname from people group by Surname $0', 'having ¦ order by ¦ limit');
    begins('select Surname from people order by Surname $0', 'desc ¦ asc ¦ nulls last ¦ nulls first ¦ limit');
    offers('select * from people group $0', 'by');
    offers('select * from people limit 5 $0', 'offset');
    begins('select * from people union $0', 'all ¦ select');
    begins('select case when 1 $0', '= ¦');
    offers('select case when 1 then 2 $0', 'when ¦ else ¦ end ¦ ||');
    begins('select count(*) $0 from people', 'as ¦ over ¦ filter');
    begins('select rank() $0 from people', 'over ¦ as');
    offers('select rank() over ($0) from people', 'partition by ¦ order by');
    begins('select rank() over (partition by ID $0) from people', 'order by');
    begins('select cast(ID $0', 'as');
    offers('select cast(ID as $0', 'text ¦ integer ¦ real');
    offers('with $0', 'name as (select …) ¦ recursive');
    offers('with a $0', 'as');
    offers('with a(x) $0', 'as');
    offers('with a as $0', '(select …) ¦ materialized');
    offers('with a as (select 1) $0', 'select');
    takes(
      'select Surname from people where ID = 1 gro$0',
      'group by',
      'select Surname from people where ID = 1 group by ',
    );
  });

  it('offers nothing in comments and numbers', () => {
    for (const text of ['-- a $0', '/* $0 */', 'select 1$0', '# $0', 'select 1 -- {{$0'])
      assert.equal(
        labels(`SQL\n${text}`, () => true),
        '',
        text,
      );
  });

  describe('functions', () => {
    const functions = (sql: string) => labels(`SQL\n${sql}`, (kind) => kind === 'function').split(' ¦ ');
    it('sum up where a row is not one of many', () => {
      for (const text of [
        'select $0 from people',
        'select 1 from people having $0',
        'select 1 from people order by $0',
      ])
        assert.ok(functions(text).includes('sum'), text);
      for (const text of [
        'select 1 from people where $0',
        'select sum($0) from people',
        'select 1 from people group by $0',
      ])
        assert.ok(!functions(text).includes('sum') && functions(text).includes('upper'), text);
      assert.ok(functions('select $0 from people').includes('row_number'));
      assert.ok(!functions('select 1 from people where $0').includes('row_number'));
    });
    it('make tables behind from', () =>
      assert.deepEqual(functions('select * from $0'), ['json_each', 'json_tree']));
    takes('select $0 from people', 'count', 'select count(*) from people');
    takes('select $0(ID) from people', 'upper', 'select upper(ID) from people');
    takes('select $0 from people', 'pi', 'select pi() from people');
  });
});
