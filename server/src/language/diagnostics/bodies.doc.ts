import type { DiagnosticDocs } from '../syntax/diagnostic-doc';

export const BODY_DOCS = {
  'body-required': {
    section: 'Bodies',
    when: 'POST and PUT need a JSON object with at least one field.',
    wrong: `POST User`,
    right: `POST User
{ "Surname": "Smith" }`,
  },
  'body-not-allowed': {
    section: 'Bodies',
    when: 'GET and DELETE send no body.',
    fix: 'Removes it.',
    wrong: `GET User
{ "Surname": "Smith" }`,
    right: `GET User`,
  },
  'invalid-json': {
    section: 'Bodies',
    when: 'The body is not valid JSON. Comments are fine: they are not sent.',
    fix: 'Writes a comma, a quote or a bracket, where it is obvious.',
    wrong: `PUT User/2024
{ "Surname": "Smith" "Email": "smith@example.com" }`,
    right: `PUT User/2024
{ "Surname": "Smith", "Email": "smith@example.com" }`,
  },
  'unknown-body-field': {
    section: 'Bodies',
    when: 'The module has no such field, or it can’t be written.',
    fix: 'Replaces it with one of the nearest names.',
    wrong: `PUT CourseDate/2024
{ "Lable": "First aid" }`,
    right: `PUT CourseDate/2024
{ "Label": "First aid" }`,
  },
  'body-type-mismatch': {
    section: 'Bodies',
    when: 'The value can’t be of the field’s type.',
    fix: 'Writes the value in the right form.',
    wrong: `PUT CourseDate/2024
{ "SpacesLeft": "5" }`,
    right: `PUT CourseDate/2024
{ "SpacesLeft": 5 }`,
  },
} satisfies DiagnosticDocs;
