import type { DiagnosticDocs } from './diagnostic-doc';

export const BLOCK_PARSER_DOCS = {
  'unexpected-text': {
    section: 'Requests',
    when: 'Text that does not belong to anything: a forgotten `###`, a header, a line after an empty one, a line that should be indented, an address in place of a text, a command of cURL or another tool; and a request of more than 250,000 characters without its body (500,000 with it), a request line or a clause of more than 64,000, or a file of more than 20 million characters or 250,000 requests, which are not read.',
    fix: 'Inserts what was forgotten, or removes the text, where it is obvious.',
    wrong: `GET CourseDate
GET User`,
    right: `GET CourseDate
###
GET User`,
  },
  'misplaced-comment': {
    section: 'Requests',
    when: 'A comment behind a request line or a clause: it would be sent as part of it.',
    fix: 'Moves it to a line above.',
    wrong: `GET CourseDate
$top = 5 # five`,
    right: `GET CourseDate
# five
$top = 5`,
  },
} satisfies DiagnosticDocs;
