/** What the keywords of a SQL request mean, for completion and hover. */
import { ownValue } from '../text/own-value';

interface SqlWordRow {
  /** A few words. */
  readonly meaning: string;
  /** A part of a statement. */
  readonly example: string;
}

const row = (meaning: string, example: string): SqlWordRow => ({ meaning, example });

const ROWS = {
  select: row('the columns of the answer', 'select Town, count(*) as companies'),
  distinct: row('each row once', 'select distinct Town'),
  from: row('the tables', 'from companies c'),
  join: row('rows of both tables that belong together', 'join companies c on c.Label = i.CompanyName'),
  'left join': row(
    'all rows before it, with those of this table where there are any',
    'left join bookings b on b.UserID = u.ID',
  ),
  'right join': row(
    'all rows of this table, with those before it where there are any',
    'right join users u on u.ID = b.UserID',
  ),
  'full join': row(
    'all rows of both tables, together where they belong together',
    'full join users u on u.ID = b.UserID',
  ),
  'cross join': row('each row with each row', 'cross join months m'),
  'natural join': row('rows that agree in all columns of the same name', 'natural join companies'),
  on: row('which rows belong together', 'on c.Label = i.CompanyName'),
  using: row('the columns of the same name that must agree', 'using (CompanyID)'),
  where: row('which rows count', "where DateDue < '{{$today}}'"),
  'group by': row('one row for each value', 'group by Town'),
  having: row('which groups count', 'having count(*) > 1'),
  window: row('a name for the rows that a function looks at', 'window w as (partition by Town)'),
  'order by': row('the order of the rows', 'order by owed desc, Town'),
  limit: row('at most so many rows', 'limit 10'),
  offset: row('leaves out the first rows', 'limit 10 offset 20'),
  union: row('the rows of both queries, each once', 'union select Town from venues'),
  'union all': row('the rows of both queries', 'union all select Town from venues'),
  intersect: row('the rows that both queries have', 'intersect select Town from venues'),
  except: row('the rows that the next query has not', 'except select Town from venues'),
  with: row('names a query, to be used as a table', 'with late as (select …) select … from late'),
  recursive: row('a query that may use itself', 'with recursive days(d) as (…)'),
  values: row('rows that are written out', "values ('Leeds', 1), ('York', 2)"),
  as: row('a name of its own', 'sum(Outstanding) as owed'),
  and: row('both conditions hold', "Town = 'Leeds' and Outstanding > 0"),
  or: row('one of the conditions holds', "Town = 'Leeds' or Town = 'York'"),
  not: row('the condition does not hold', "not Town = 'Leeds'"),
  '=': row('equals', "Town = 'Leeds'"),
  '<>': row('does not equal', "Town <> 'Leeds'"),
  '<': row('is less than, is before', "DateDue < '{{$today}}'"),
  '<=': row('is less than or equal to', 'Outstanding <= 100'),
  '>': row('is greater than, is after', 'Outstanding > 100'),
  '>=': row('is greater than or equal to', 'Outstanding >= 100'),
  '||': row('joins two texts', "Forename || ' ' || Surname"),
  like: row('matches a text in which % stands for any characters and _ for one', "Label like '%aid%'"),
  glob: row('as like, with * and ? and with regard to case', "Label glob 'First*'"),
  in: row('is one of these values, or of a query', "Status in ('Open', 'Late')"),
  between: row('from one value to another, both included', "DateDue between '2025-01-01' and '2025-12-31'"),
  'is null': row('has no value', 'TrainerID is null'),
  'is not null': row('has a value', 'TrainerID is not null'),
  exists: row('the query has a row', 'where exists (select 1 from bookings b where b.UserID = u.ID)'),
  null: row('no value', 'TrainerID is null'),
  true: row('yes', 'Online = true'),
  false: row('no', 'Online = false'),
  case: row('one value or another', "case when Outstanding > 0 then 'open' else 'paid' end"),
  when: row('if this holds …', "case when Outstanding > 0 then 'open' end"),
  then: row('… this is the value', "case when Outstanding > 0 then 'open' end"),
  else: row('the value where nothing else holds', "case when Outstanding > 0 then 'open' else 'paid' end"),
  end: row('ends a case', "case when Outstanding > 0 then 'open' end"),
  cast: row('a value as another type', 'cast(Code as integer)'),
  over: row('looks at other rows, which stay rows', 'sum(Cost) over (partition by Town order by DateDue)'),
  'partition by': row('looks at the rows with the same value', 'over (partition by Town)'),
  'rows between': row('looks at the rows around', 'rows between 2 preceding and current row'),
  filter: row('of these rows only', 'count(*) filter (where Outstanding > 0)'),
  desc: row('descending: last first', 'order by owed desc'),
  asc: row('ascending, the default', 'order by Town asc'),
  'nulls first': row('rows without a value come first', 'order by DateDue nulls first'),
  'nulls last': row('rows without a value come last', 'order by DateDue nulls last'),
  collate: row('how texts are compared', 'order by Label collate nocase'),
  escape: row('the character that makes % and _ ordinary', String.raw`Label like '100\%' escape '\'`),
  materialized: row('the query is run once', 'with late as materialized (select …)'),
  text: row('a text', 'cast(ID as text)'),
  integer: row('a whole number', 'cast(Code as integer)'),
  real: row('a number', 'cast(Code as real)'),
} satisfies Readonly<Record<string, SqlWordRow>>;

/** A keyword, an operator, or several words that belong together. */
export type SqlWord = keyof typeof ROWS;
export const SQL_WORDS: Readonly<Record<SqlWord, SqlWordRow>> = ROWS;

/** What the keyword means, in any case; unless it is `whole`, also that of the first of several words. */
export function sqlWordOf(text: string, whole: boolean): { word: string; row: SqlWordRow } | undefined {
  const lower = text.toLowerCase();
  const word =
    ownValue(ROWS, lower) !== undefined || whole
      ? lower
      : Object.keys(ROWS).find((each) => each.startsWith(`${lower} `));
  const found = word === undefined ? undefined : ownValue<SqlWordRow>(ROWS, word);
  return word === undefined || found === undefined ? undefined : { word, row: found };
}
