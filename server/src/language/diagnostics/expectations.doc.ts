import type { DiagnosticDocs } from '../syntax/diagnostic-doc';

export const EXPECTATION_DOCS = {
  'invalid-expectation': {
    section: 'Variables and directives',
    when: 'The text after `# @expect` can’t be read, or makes no sense: the message says what to write. A regular expression has no look-arounds and no back-references.',
    fix: 'Writes the operator or the record that is meant, or quotes around text.',
    wrong: `# @expect results[0].Status = 'Full'
GET CourseDate`,
    right: `# @expect results[0].Status == 'Full'
GET CourseDate`,
  },
  'failing-expectation': {
    section: 'Variables and directives',
    when: 'The expectation can’t be met: `$select` does not ask for the field, `total` lacks `$count = true`, the value can’t be of the field’s type, or the answer to a write has no list of records.',
    fix: 'Adds the field or the clause.',
    wrong: `# @expect total > 0
GET CourseDate`,
    right: `# @expect total > 0
GET CourseDate
$count = true`,
  },
} satisfies DiagnosticDocs;
