import type { DiagnosticDocs } from '../syntax/diagnostic-doc';

export const FILTER_FUNCTION_DOCS = {
  'bad-arguments': {
    section: 'Filters',
    when: 'A function takes a field and a text.',
    fix: 'Closes the parenthesis where both are there, swaps the two, removes a space.',
    wrong: `GET CourseDate
$filter = contains('aid',Label)`,
    right: `GET CourseDate
$filter = contains(Label,'aid')`,
  },
} satisfies DiagnosticDocs;
