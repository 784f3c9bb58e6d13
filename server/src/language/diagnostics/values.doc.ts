import type { DiagnosticDocs } from '../syntax/diagnostic-doc';

export const VALUE_DOCS = {
  'missing-quotes': {
    section: 'Filters',
    when: 'A value has no single quotes. For a bare number, `true` or `false` this is only information: they are sent with quotes. Where the platform was found to take them, they are sent as they are.',
    fix: "Writes single quotes, instead of typographic and double ones as well. A date such as `today` becomes `'{{$today}}'`. The name of another field stays: only you know whether you mean its text.",
    wrong: `GET CourseDate
$filter = Status eq Full`,
    right: `GET CourseDate
$filter = Status eq 'Full'`,
  },
  'text-case': {
    section: 'Filters',
    when: 'The platform was found to compare text with regard to case, and the value differs only in case from one that it knows.',
    fix: 'Writes the known value.',
    known: 'a checked platform',
    wrong: `GET CourseDate
$filter = Status eq 'full'`,
    right: `GET CourseDate
$filter = Status eq 'Full'`,
  },
  wildcard: {
    section: 'Filters',
    when: 'A text that is compared has `*` or `%` at an end. The API looks for these signs themselves: it has no wildcards.',
    fix: 'Searches for the text instead, with `startswith`, `endswith` or `contains`.',
    wrong: `GET CourseDate
$filter = Label eq 'First*'`,
    right: `GET CourseDate
$filter = startswith(Label,'First')`,
  },
  'unknown-value': {
    section: 'Filters',
    when: 'The value is none that the field is known to have, but much like one of them. Values are known from the metadata, or from answers that came.',
    fix: 'Writes one of the known values that are most like it.',
    wrong: `GET CourseDate
$filter = Status eq 'Availble'`,
    right: `GET CourseDate
$filter = Status eq 'Available'`,
  },
  'name-for-id': {
    section: 'Filters',
    when: 'A field that holds the IDs of records is compared with a text that looks like a name: it has words with a blank between them. The API finds nothing then.',
    fix: 'Compares the field that holds the name, where the module has one.',
    wrong: `GET CourseDate
$filter = ID eq 'First Aid'`,
    right: `GET CourseDate
$filter = Label eq 'First Aid'`,
  },
  'bad-date': {
    section: 'Filters',
    when: 'The API can’t read the date.',
    fix: 'Writes year-month-day, where only one day can be meant.',
    wrong: `GET CourseDate
$filter = StartDate ge '13/02/2025'`,
    right: `GET CourseDate
$filter = StartDate ge '2025-02-13T00:00:00'`,
  },
} satisfies DiagnosticDocs;
