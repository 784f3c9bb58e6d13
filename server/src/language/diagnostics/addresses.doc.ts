import type { DiagnosticDocs } from '../syntax/diagnostic-doc';

export const ADDRESS_DOCS = {
  'other-host': {
    section: 'Requests',
    when: 'An address names a host or site other than the connection’s. The request goes to the connection.',
    wrong: `https://another.accessplanit.com/accessplan/api/v2/CourseDate?$top=20`,
    right: `https://demo.accessplanit.com/accessplan/api/v2/CourseDate?$top=20`,
  },
} satisfies DiagnosticDocs;
