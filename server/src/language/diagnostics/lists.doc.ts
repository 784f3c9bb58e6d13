import type { DiagnosticDocs } from '../syntax/diagnostic-doc';

export const LIST_DOCS = {
  'misplaced-list': {
    section: 'Variables and directives',
    when: 'All values of an answer (`[*]`) stand where they can’t be asked for: only as the whole value of one comparison with `eq` in `$filter` of a GET, with other conditions joined by `and`. They are asked for in batches, so a filter takes one list.',
    fix: 'Takes the first value only.',
    wrong: `# @name bookings
# @pages all
GET CourseDate
###
GET User
$filter = startswith(Surname,'{{bookings.results[*].ID}}')`,
    right: `# @name bookings
# @pages all
GET CourseDate
###
GET User
$filter = ID eq '{{bookings.results[*].ID}}'`,
  },
  'partial-list': {
    section: 'Variables and directives',
    when: 'All values of an answer are asked for, but the request that they are from brings one page only.',
    wrong: `# @name bookings
GET CourseDate
###
GET User
$filter = ID eq '{{bookings.results[*].ID}}'`,
    right: `# @name bookings
# @pages all
GET CourseDate
###
GET User
$filter = ID eq '{{bookings.results[*].ID}}'`,
  },
  'unselected-field': {
    section: 'Variables and directives',
    when: 'A value of another request’s answer is used that its `$select` does not ask for.',
    fix: 'Adds the field to that `$select`.',
    wrong: `# @name course
GET CourseDate
$select = Label
###
GET CourseDate
$filter = ID eq '{{course.results[0].ID}}'`,
    right: `# @name course
GET CourseDate
$select = Label, ID
###
GET CourseDate
$filter = ID eq '{{course.results[0].ID}}'`,
  },
} satisfies DiagnosticDocs;
