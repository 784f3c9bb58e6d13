import type { DiagnosticDocs } from '../syntax/diagnostic-doc';

export const NAME_DOCS = {
  'undefined-variable': {
    section: 'Variables and directives',
    when: 'No variable, request or built-in has that name.',
    fix: 'Replaces it with one of the nearest names, or defines the variable at the top.',
    wrong: `GET CourseDate
$filter = StartDate ge '{{$tody}}'`,
    right: `GET CourseDate
$filter = StartDate ge '{{$today}}'`,
  },
  'unused-variable': {
    section: 'Variables and directives',
    when: 'Nothing uses the variable.',
    fix: 'Removes it.',
    wrong: `@town = Lancaster
GET CourseDate`,
    right: `@town = Lancaster
GET CourseDate
$filter = VenueTown eq '{{town}}'`,
  },
  'duplicate-name': {
    section: 'Variables and directives',
    when: 'A variable or a request already has the name, or a directive appears twice.',
    wrong: `# @name upcoming
GET CourseDate
###
# @name upcoming
GET User`,
    right: `# @name upcoming
GET CourseDate
###
# @name people
GET User`,
  },
  'variable-cycle': {
    section: 'Variables and directives',
    when: 'Variables use each other in a cycle.',
    wrong: `@from = {{to}}
@to = {{from}}
GET CourseDate
$filter = StartDate ge '{{from}}'`,
    right: `@from = {{to}}
@to = 2025-02-13
GET CourseDate
$filter = StartDate ge '{{from}}'`,
  },
  'request-cycle': {
    section: 'Variables and directives',
    when: 'A request takes a value from a response that needs the request’s own response, directly or through other requests, so that none of them can be the first to run.',
    wrong: `# @name first
GET CourseDate
$filter = ID eq '{{second.results[0].ID}}'
###
# @name second
GET CourseDate
$filter = ID eq '{{first.results[0].ID}}'`,
    right: `# @name first
GET CourseDate
$filter = Status eq 'Full'
###
# @name second
GET CourseDate
$filter = ID eq '{{first.results[0].ID}}'`,
  },
  'secret-environment': {
    section: 'Variables and directives',
    when: 'An environment variable whose name is that of a secret would get into an address and into logs. The connection signs in.',
    wrong: `GET CourseDate
$filter = Label eq '{{$env APQ_API_KEY}}'`,
    right: `GET CourseDate
$filter = Label eq '{{$env COURSE_LABEL}}'`,
  },
  'invalid-reference': {
    section: 'Variables and directives',
    when: 'The text between `{{` and `}}` is neither a name nor a built-in; or a variable’s name has characters that it can’t have.',
    fix: 'Writes the built-in that is meant, where that is plain.',
    wrong: `GET CourseDate
$filter = StartDate ge '{{$today + 3}}'`,
    right: `GET CourseDate
$filter = StartDate ge '{{$today + 3d}}'`,
  },
} satisfies DiagnosticDocs;
