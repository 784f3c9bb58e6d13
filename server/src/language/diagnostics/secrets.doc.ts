import type { DiagnosticDocs } from '../syntax/diagnostic-doc';

export const SECRET_DOCS = {
  'secret-in-file': {
    section: 'Variables and directives',
    when: 'A password or key stands in an address, in a header, in a variable with such a name, or behind one like a directive. It does not belong in a file. Change it if others could have seen it.',
    fix: 'Removes it; for a variable, asks for it when the request runs.',
    wrong: `GET CourseDate?$top=20&api_key=0123456789`,
    right: `GET CourseDate?$top=20`,
  },
} satisfies DiagnosticDocs;
