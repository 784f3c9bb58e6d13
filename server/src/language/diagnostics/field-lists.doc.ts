import type { DiagnosticDocs } from '../syntax/diagnostic-doc';

export const FIELD_LIST_DOCS = {
  'unknown-field': {
    section: 'Names',
    when: 'The module has no such field. In `$select` it is a warning where the platform was found to ignore such names.',
    fix: 'Replaces it with one of the nearest names.',
    wrong: `GET CourseDate
$select = Lable`,
    right: `GET CourseDate
$select = Label`,
  },
  'field-not-sortable': {
    section: 'Names',
    when: 'The platform’s help feed says that it can’t sort by this field. Sort the results instead.',
    wrong: `GET CourseDate
$orderby = Overview`,
    right: `GET CourseDate
$orderby = Label`,
  },
  'duplicate-field': {
    section: 'Names',
    when: 'A field is named twice.',
    fix: 'Removes it from `$select`.',
    wrong: `GET CourseDate
$select = ID, Label, ID`,
    right: `GET CourseDate
$select = ID, Label`,
  },
} satisfies DiagnosticDocs;
