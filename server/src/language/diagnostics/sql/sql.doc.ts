import type { DiagnosticDocs } from '../../syntax/diagnostic-doc';

/** The request behind the table of the examples. */
const COURSES = `# @name courses
# @pages all
GET CourseDate
$select = Label, StartDate, SpacesLeft, Online
###`;

export const SQL_DOCS = {
  'not-a-query': {
    section: 'SQL requests',
    when: 'A SQL request has a statement that begins with `select`, `with` or `values`. It only reads: whatever would write, set or attach something is refused, here and once more when it runs.',
    fix: 'Corrects a slip in the first word.',
    wrong: `${COURSES}
SQL
slect Label, StartDate, SpacesLeft, Online from courses`,
    right: `${COURSES}
SQL
select Label, StartDate, SpacesLeft, Online from courses`,
  },
  'second-statement': {
    section: 'SQL requests',
    when: 'A SQL request has one statement. Blanks and comments may stand behind its `;`.',
    fix: 'Makes a request of the second one.',
    wrong: `SQL
select 1; select 2`,
    right: `SQL
select 1
###
SQL
select 2`,
  },
  'sql-parameter': {
    section: 'SQL requests',
    when: "SQL's own parameters, such as `?1` and `:name`, have no value here. Variables of the file are values of a statement. Clauses such as `$top` belong to requests of the API.",
    fix: 'Writes the variable of that name, where the file has one.',
    wrong: `@least = 5
###
SQL
select :least`,
    right: `@least = 5
###
SQL
select {{least}}`,
  },
  'misplaced-variable': {
    section: 'SQL requests',
    when: 'A variable is a value of a statement, never a part of its text. It can’t be the name of a table or a column.',
    fix: 'Writes the value of the variable as the name.',
    wrong: `@column = Label
###
SQL
select 1 as {{column}}`,
    right: `SQL
select 1 as Label`,
  },
  'table-name': {
    section: 'SQL requests',
    when: 'In a file with SQL requests, the names of requests are names of tables. The engine keeps those that begin with `sqlite_` for itself, and takes names that differ only in case for the same.',
    wrong: `# @name sqlite_courses
GET CourseDate
###
SQL
select 1`,
    right: `# @name courses
GET CourseDate
###
SQL
select 1`,
  },
  'unknown-table': {
    section: 'SQL requests',
    when: 'A table is a request of the file with that `# @name`, or a name that the statement itself defines.',
    fix: 'Writes the nearest name; writes `# @name` above the request that is meant, or adds a request for the module.',
    wrong: `${COURSES}
SQL
select Label, StartDate, SpacesLeft, Online from corses`,
    right: `${COURSES}
SQL
select Label, StartDate, SpacesLeft, Online from courses`,
  },
  'unknown-column': {
    section: 'SQL requests',
    when: 'None of the tables has such a column. The columns of a table are the fields in the `$select` of its request; without one, those of its module. A word in double quotes is a name, too.',
    fix: 'Writes the nearest name; adds the field to the `$select` of the request; writes a text in single quotes.',
    wrong: `${COURSES}
SQL
select Lable, StartDate, SpacesLeft, Online from courses`,
    right: `${COURSES}
SQL
select Label, StartDate, SpacesLeft, Online from courses`,
  },
  'ambiguous-column': {
    section: 'SQL requests',
    when: 'Several tables have a column of that name.',
    fix: 'Writes the table before it.',
    wrong: `${COURSES}
SQL
select Label from courses a join courses b on a.StartDate = b.StartDate where a.SpacesLeft > 0 and a.Online`,
    right: `${COURSES}
SQL
select a.Label from courses a join courses b on a.StartDate = b.StartDate where a.SpacesLeft > 0 and a.Online`,
  },
  'unknown-function': {
    section: 'SQL requests',
    when: 'There is no function of that name. What other databases call otherwise is named.',
    fix: 'Writes the function that does the same, or the nearest name.',
    wrong: `SQL
select len('Fire safety')`,
    right: `SQL
select length('Fire safety')`,
  },
  'text-for-name': {
    section: 'SQL requests',
    when: 'A text in single quotes stands where a column of that name seems to be meant.',
    fix: 'Writes the name of the column.',
    wrong: `${COURSES}
SQL
select 'Label', StartDate, SpacesLeft, Online from courses`,
    right: `${COURSES}
SQL
select Label, StartDate, SpacesLeft, Online from courses`,
  },
  'sql-comparison': {
    section: 'SQL requests',
    when: 'A column of numbers, or of true and false, is compared with a text that it can’t be equal to; or a column of texts with a number, as “9” is more than “10” among texts, and 007 without quotes is 7.',
    fix: 'Writes `true` or `false` without quotes; writes `cast(… as real)`, or a text in quotes.',
    wrong: `${COURSES}
SQL
select Label, StartDate, SpacesLeft from courses where Online = 'true'`,
    right: `${COURSES}
SQL
select Label, StartDate, SpacesLeft from courses where Online = true`,
  },
  'sql-date': {
    section: 'SQL requests',
    when: 'A date is written in a way that SQL can’t read or compare, or names a day that does not exist; or `%W` is taken for the week of a calendar, which is `%V`, with its year `%G`.',
    fix: 'Writes the date as answers have it.',
    wrong: `${COURSES}
SQL
select Label, SpacesLeft, Online from courses where StartDate >= '31/01/2025'`,
    right: `${COURSES}
SQL
select Label, SpacesLeft, Online from courses where StartDate >= '2025-01-31'`,
  },
  'sql-habit': {
    section: 'SQL requests',
    when: "A statement runs, but means something else than it reads: `= null`, a text alone beside `or`, texts that are added with `+`, several values in one variable, `*` in a pattern of `like`, `not in` where a value may be empty, a text as a condition, `%` behind `=`, a column that equals two values at once, `||` and `&` for or and and, `=` before a query of several records, `= ''` where a value may be null, a missing comma between columns, `count` of a condition, an order by a text.",
    fix: 'Writes what is meant.',
    wrong: `${COURSES}
SQL
select Label, SpacesLeft, Online from courses where StartDate = null`,
    right: `${COURSES}
SQL
select Label, SpacesLeft, Online from courses where StartDate is null`,
  },
  'missing-group': {
    section: 'SQL requests',
    when: 'A column stands beside a count or a sum and is not grouped by, so its value is that of any one record. A table that is grouped by its `ID` has one record for each group.',
    fix: 'Writes `group by`.',
    wrong: `${COURSES}
SQL
select Label, max(StartDate), sum(SpacesLeft), sum(Online) from courses`,
    right: `${COURSES}
SQL
select Label, max(StartDate), sum(SpacesLeft), sum(Online) from courses group by Label`,
  },
  'whole-division': {
    section: 'SQL requests',
    when: 'A whole number is divided by a whole number, and the rest is lost.',
    fix: 'Multiplies by 1.0 first.',
    wrong: `SQL
select 7 / 2`,
    right: `SQL
select 7 * 1.0 / 2`,
  },
  'table-changes': {
    section: 'SQL requests',
    when: 'The request behind a table changes records: it would be sent again whenever the table is needed.',
    wrong: `# @name made
POST Venue
{ "Label": "Hall" }
###
SQL
select ID from made`,
    right: `# @name halls
# @pages all
GET Venue
$select = ID
###
SQL
select ID from halls`,
  },
  'one-page': {
    section: 'SQL requests',
    when: 'The request behind a table fetches one page only, so that sums and counts are those of some records.',
    fix: 'Writes `# @pages all` above the request.',
    wrong: `# @name courses
GET CourseDate
$select = Label
###
SQL
select Label from courses`,
    right: `# @name courses
# @pages all
GET CourseDate
$select = Label
###
SQL
select Label from courses`,
  },
  'unused-field': {
    section: 'SQL requests',
    when: 'The request behind a table fetches fields that neither a SQL request nor a `{{…}}` of the file uses.',
    fix: 'Removes them from its `$select`.',
    wrong: `# @name courses
# @pages all
GET CourseDate
$select = Label, Status
###
SQL
select Label from courses`,
    right: `# @name courses
# @pages all
GET CourseDate
$select = Label
###
SQL
select Label from courses`,
  },
  'many-fields': {
    section: 'SQL requests',
    when: 'The request behind a table fetches all fields of its module, of which few are used.',
    fix: 'Writes `$select` with those that are used.',
    wrong: `# @name courses
# @pages all
GET CourseDate
###
SQL
select Label from courses`,
    right: `# @name courses
# @pages all
GET CourseDate
$select = Label
###
SQL
select Label from courses`,
  },
} satisfies DiagnosticDocs;
