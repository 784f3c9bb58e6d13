import type { DiagnosticDocs } from '../syntax/diagnostic-doc';

export const FILTER_UNSUPPORTED_DOCS = {
  'unsupported-filter': {
    section: 'Filters',
    when: 'The API has no `not`, `in`, `between`, `has`, arithmetic or `null`, and none of OData’s other functions.',
    fix: 'Writes the equivalent, where there is one.',
    wrong: `GET CourseDate
$filter = not Status eq 'Full'`,
    right: `GET CourseDate
$filter = Status ne 'Full'`,
  },
} satisfies DiagnosticDocs;
