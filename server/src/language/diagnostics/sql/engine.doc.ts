import type { DiagnosticDocs } from '../../syntax/diagnostic-doc';

export const SQL_ENGINE_DOCS = {
  'sql-error': {
    section: 'SQL requests',
    when: 'The SQL engine can’t run the statement, for a reason that no other check has reported. It is asked while you pause, by `apq check` and before a run. Where the columns of a table are not known, only errors of syntax are reported.',
    known: 'the SQL engine',
    wrong: `# @name courses
GET CourseDate
$select = ID, StartDate

###
SQL
select ID from courses union select ID, StartDate from courses`,
    right: `# @name courses
# @pages all
GET CourseDate
$select = ID, StartDate

###
SQL
select ID, StartDate from courses union select ID, StartDate from courses`,
  },
} satisfies DiagnosticDocs;
