import type { DiagnosticDocs } from '../syntax/diagnostic-doc';

export const VALUE_DOCS = {
  'missing-quotes': {
    section: 'Filters',
    when: 'A value has no single quotes. For a bare number, `true` or `false` this is only information: they are sent with quotes.',
    fix: "Writes single quotes, instead of typographic and double ones as well. A date such as `today` becomes `'{{$today}}'`. The name of another field stays: only you know whether you mean its text.",
    wrong: `GET CourseDate
$filter = Status eq Full`,
    right: `GET CourseDate
$filter = Status eq 'Full'`,
  },
  'bad-date': {
    section: 'Filters',
    when: 'The API can’t read the date.',
    fix: 'Writes year-month-day, where only one day can be meant.',
    wrong: `GET CourseDate
$filter = StartDate ge '13/02/2025'`,
    right: `GET CourseDate
$filter = StartDate ge '2025-02-13T00:00:00'`,
  },
} satisfies DiagnosticDocs;
