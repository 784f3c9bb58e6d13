import type { DiagnosticDocs } from '../syntax/diagnostic-doc';

export const CLAUSE_DOCS = {
  'unsupported-parameter': {
    section: 'Requests',
    when: 'The API has no such parameter. Elsewhere, `skip` and `offset` count records; `$skip` counts pages.',
    fix: 'Writes the nearest name, or the API’s parameter that means the same, where the value fits it.',
    wrong: `GET CourseDate
$limit = 5`,
    right: `GET CourseDate
$top = 5`,
  },
  'duplicate-clause': {
    section: 'Requests',
    when: 'A parameter appears twice. Keep one; two conditions are joined by `and`.',
    fix: 'Removes the second.',
    wrong: `GET CourseDate
$top = 5
$top = 6`,
    right: `GET CourseDate
$top = 5`,
  },
  'clause-not-allowed': {
    section: 'Requests',
    when: 'The method does not take the parameter: `$filter` on a PUT, `$upsert` on a GET, and the like.',
    fix: 'Removes it.',
    wrong: `PUT User/2024
$select = ID
{ "Surname": "Smith" }`,
    right: `PUT User/2024
{ "Surname": "Smith" }`,
  },
} satisfies DiagnosticDocs;
