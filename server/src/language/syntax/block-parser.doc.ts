import type { DiagnosticDocs } from './diagnostic-doc';

export const BLOCK_PARSER_DOCS = {
  'unexpected-text': {
    section: 'Requests',
    when: 'Text that does not belong to anything: a forgotten `###`, a header, a line after an empty one, a line that should be indented, a comment behind a clause.',
    fix: 'Inserts what was forgotten, moves a comment to a line of its own, or removes the text, where it is obvious.',
    wrong: `GET CourseDate
GET User`,
    right: `GET CourseDate
###
GET User`,
  },
} satisfies DiagnosticDocs;
