import type { DiagnosticDocs } from '../syntax/diagnostic-doc';

export const WHOLE_DAY_DOCS = {
  'whole-day': {
    section: 'Filters',
    when: 'A field with times is compared with a day, which stands for its midnight: `le` leaves the day out, `gt` takes it in, and `eq` finds only what is at midnight.',
    fix: 'Means the whole day: from its midnight (`ge`) to before that of the next day (`lt`).',
    wrong: `GET CourseDate
$filter = StartDate ge '{{$today}}' and StartDate le '{{$today + 30d}}'`,
    right: `GET CourseDate
$filter = StartDate ge '{{$today}}' and StartDate lt '{{$today + 31d}}'`,
  },
} satisfies DiagnosticDocs;
