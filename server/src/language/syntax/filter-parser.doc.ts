import type { DiagnosticDocs } from './diagnostic-doc';

export const FILTER_PARSER_DOCS = {
  'missing-and-or': {
    section: 'Filters',
    when: 'Two conditions need `and` or `or` between them, and no other word.',
    fix: 'Inserts `and`.',
    wrong: `GET CourseDate
$filter = Status eq 'Full' Cost gt '100'`,
    right: `GET CourseDate
$filter = Status eq 'Full' and Cost gt '100'`,
  },
  'missing-operator': {
    section: 'Filters',
    when: 'An operator is missing after a field, or `=` after a parameter.',
    fix: 'Inserts `eq` or `=`, where a value follows.',
    wrong: `GET CourseDate
$filter = Status 'Full'`,
    right: `GET CourseDate
$filter = Status eq 'Full'`,
  },
  'missing-value': {
    section: 'Filters',
    when: 'A value, a field or a condition is missing.',
    fix: 'Removes a comma with no field beside it, or inserts “=” after the name of a variable.',
    wrong: `GET CourseDate
$select = ID, Label,`,
    right: `GET CourseDate
$select = ID, Label`,
  },
  'unterminated-value': {
    section: 'Filters',
    when: 'The closing quote or `}}` is missing, or a quote inside a value is not doubled.',
    fix: 'Writes what is missing.',
    wrong: `GET User
$filter = Surname eq 'O'Neill'`,
    right: `GET User
$filter = Surname eq 'O''Neill'`,
  },
} satisfies DiagnosticDocs;
