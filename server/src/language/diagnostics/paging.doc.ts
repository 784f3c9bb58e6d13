import type { DiagnosticDocs } from '../syntax/diagnostic-doc';
import { PAGE_SIZE } from '../text/limits';

export const PAGING_DOCS = {
  'large-page': {
    section: 'Requests',
    when: `The guide does not recommend a \`$top\` over ${PAGE_SIZE}. \`# @pages all\` fetches page after page. Above the most that the platform brings, where that was found out, it is an error, unless several pages are fetched: then they are that long.`,
    fix: `Writes \`$top = ${PAGE_SIZE}\`.`,
    wrong: `GET CourseDate
$top = ${10 * PAGE_SIZE}`,
    right: `# @pages all
GET CourseDate
$top = ${PAGE_SIZE}`,
  },
  'small-page': {
    section: 'Requests',
    when: `With \`# @pages all\`, \`$top\` is less than ${PAGE_SIZE}: every record is fetched, in many small requests.`,
    fix: `Writes \`$top = ${PAGE_SIZE}\`, or removes \`# @pages all\`.`,
    wrong: `# @pages all
GET CourseDate
$top = 3`,
    right: `GET CourseDate
$top = 3`,
  },
  'skip-is-pages': {
    section: 'Requests',
    when: '`$skip` looks like a number of records, but counts pages, as the guide says.',
    fix: 'Writes the page’s number.',
    wrong: `GET CourseDate
$skip = 100`,
    right: `GET CourseDate
$skip = 2`,
  },
  'skip-is-records': {
    section: 'Requests',
    when: '`$skip` looks like the number of a page, but this platform was found to count records.',
    fix: 'Writes the number of records.',
    known: 'a checked platform',
    wrong: `GET CourseDate
$skip = 2`,
    right: `GET CourseDate
$skip = 0`,
  },
} satisfies DiagnosticDocs;
