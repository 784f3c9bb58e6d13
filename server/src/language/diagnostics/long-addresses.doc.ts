import type { DiagnosticDocs } from '../syntax/diagnostic-doc';

export const LONG_ADDRESS_DOCS = {
  'long-address': {
    section: 'Requests',
    when: 'The address is longer than the platform takes, where that was found out. Ask for fewer fields or conditions, or split the request into several.',
    known: 'a checked platform',
    wrong: `GET CourseDate
$filter = Label eq 'a text that is much too long for the address of a request to this very platform'`,
    right: `GET CourseDate
$filter = Label eq 'a text'`,
  },
} satisfies DiagnosticDocs;
