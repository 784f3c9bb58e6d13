import type { DiagnosticDocs } from '../syntax/diagnostic-doc';

export const ID_DOCS = {
  'missing-id': {
    section: 'Requests',
    when: 'PUT and DELETE need the ID of the record.',
    wrong: `PUT CourseDate
{ "SpacesLeft": 5 }`,
    right: `PUT CourseDate/2024
{ "SpacesLeft": 5 }`,
  },
  'unexpected-id': {
    section: 'Requests',
    when: 'The API has no address for reading one record (it is sent as a filter by ID), and POST takes no ID. `/$count` and the like, which other services have, are an error.',
    fix: 'Writes a filter by the ID, or `$count = true`.',
    wrong: `GET CourseDate/2024`,
    right: `GET CourseDate
$filter = ID eq '2024'`,
  },
  irreversible: {
    section: 'Requests',
    when: 'DELETE can’t be undone. The first DELETE of a user sets the status to Deleted; a second one removes the record. Where a change of status is enough, write a PUT.',
    wrong: `DELETE CourseDate/ID`,
    right: `PUT CourseDate/2024
{ "Status": "Cancelled" }`,
  },
} satisfies DiagnosticDocs;
