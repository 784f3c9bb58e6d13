import { MAX_CONDITIONS } from '../analysis/without-parentheses';
import type { DiagnosticDocs } from '../syntax/diagnostic-doc';

export const PARENTHESES_DOCS = {
  'no-parentheses': {
    section: 'Filters',
    when: 'The API has no parentheses for grouping, as far as the guide says. Where the platform was found to have them, they are no error.',
    fix: `Rewrites the filter to the same meaning without them: \`and\` binds tighter than \`or\`, unless the platform was found to read from left to right. Where the result would have more than ${MAX_CONDITIONS} conditions, splits the request into several.`,
    wrong: `GET CourseDate
$filter = (Status eq 'Full' or Online eq 'true') and Cost gt '100'`,
    right: `GET CourseDate
$filter = Status eq 'Full' and Cost gt '100' or Online eq 'true' and Cost gt '100'`,
  },
  'mixed-and-or': {
    section: 'Filters',
    when: 'Says how a filter with both `and` and `or` is read: `and` binds tighter than `or`, unless the platform was found to read from left to right. Leave the filter as it is if that is what you mean; two requests leave no doubt.',
    wrong: `GET CourseDate
$filter = Status eq 'Full' and Online eq 'true' or Cost gt '100'`,
    right: `GET CourseDate
$filter = Status eq 'Full' and Online eq 'true'
###
GET CourseDate
$filter = Cost gt '100'`,
  },
} satisfies DiagnosticDocs;
