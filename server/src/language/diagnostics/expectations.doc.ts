import type { DiagnosticDocs } from '../syntax/diagnostic-doc';

export const EXPECTATION_DOCS = {
  'invalid-expectation': {
    section: 'Variables and directives',
    when: 'What stands after `# @expect` can’t be read, or makes no sense: the message says what to write. A regular expression has no look-arounds and no back-references.',
    fix: 'The operator that is meant, quotes around text, the record that is meant.',
    wrong: `# @expect results[0].Status = 'Full'
GET CourseDate`,
    right: `# @expect results[0].Status == 'Full'
GET CourseDate`,
  },
  'failing-expectation': {
    section: 'Variables and directives',
    when: 'The expectation can’t come true: `$select` does not ask for the field, `total` lacks `$count = true`, the value can’t be of the field’s type, or a write gives no list of records.',
    fix: 'Adds the field or the clause.',
    wrong: `# @expect total > 0
GET CourseDate`,
    right: `# @expect total > 0
GET CourseDate
$count = true`,
  },
} satisfies DiagnosticDocs;
