import type { DiagnosticDocs } from '../syntax/diagnostic-doc';

export const FILTER_COMPARISON_DOCS = {
  'field-not-filterable': {
    section: 'Names',
    when: 'The platform’s help feed says that it can’t filter by this field. Filter the results instead.',
    wrong: `GET CourseDate
$filter = TagLabels eq 'First aid'`,
    right: `GET CourseDate
$filter = Label eq 'First aid'`,
  },
  'unknown-operator': {
    section: 'Filters',
    when: '`=`, `==`, `!=`, `>`, `like`, `starts with`, `is empty` and others are not operators of the API; nor is a sign before a field of `$orderby`.',
    fix: 'Writes the API’s own word; `contains`, `startswith` or `endswith` for a `like` whose wildcards are at the ends.',
    wrong: `GET CourseDate
$filter = Label like '%aid%'`,
    right: `GET CourseDate
$filter = contains(Label,'aid')`,
  },
  'type-mismatch': {
    section: 'Filters',
    when: 'The value can’t be of the field’s type, the operator does not fit the type, or `$top`, `$skip` or `$count` can’t have the value.',
    fix: 'Writes the value as the API reads it, where only one can be meant.',
    wrong: `GET CourseDate
$filter = Cost gt '1,000'`,
    right: `GET CourseDate
$filter = Cost gt '1000'`,
  },
} satisfies DiagnosticDocs;
