import type { DiagnosticDocs } from '../syntax/diagnostic-doc';

export const MODULE_DOCS = {
  'unknown-module': {
    section: 'Names',
    when: 'The module is not among those that the connection’s user can see. Upper and lower case do not matter.',
    fix: 'Replaces it with one of the nearest names.',
    wrong: `GET CourseDates`,
    right: `GET CourseDate`,
  },
  'missing-module': {
    section: 'Requests',
    when: 'A request line must name a module.',
    wrong: `GET`,
    right: `GET CourseDate`,
  },
  'unknown-method': {
    section: 'Requests',
    when: 'The API has GET, POST, PUT and DELETE.',
    fix: 'Writes the method that does the same.',
    wrong: `PATCH CourseDate/2024
{ "SpacesLeft": 5 }`,
    right: `PUT CourseDate/2024
{ "SpacesLeft": 5 }`,
  },
} satisfies DiagnosticDocs;
