import type { DiagnosticDocs } from '../syntax/diagnostic-doc';

export const FILTER_UNSUPPORTED_DOCS = {
  'unsupported-filter': {
    section: 'Filters',
    when: 'The API has no `not`, `in`, `between`, `has`, arithmetic or `null`, and none of OData’s other functions. It compares a field with a value, not with another field. Where the platform was found to have `not` or `in`, they are no error.',
    fix: "Writes the equivalent, where there is one: `now() sub duration'P30D'` becomes `'{{$now - 30d}}'`, `date(StartDate) eq 2025-05-01` the whole day. Whether `eq ''` finds what `null` does is for you to decide.",
    wrong: `GET CourseDate
$filter = not Status eq 'Full'`,
    right: `GET CourseDate
$filter = Status ne 'Full'`,
  },
} satisfies DiagnosticDocs;
