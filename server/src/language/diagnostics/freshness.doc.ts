import type { DiagnosticDocs } from '../syntax/diagnostic-doc';
import { STALE_AFTER_DAYS } from './freshness';

export const FRESHNESS_DOCS = {
  'no-metadata': {
    section: 'Names',
    when: 'Nothing is known of the module’s fields (or of any module), so they can’t be completed or checked. _APQ: Refresh Metadata_ fetches them, and _apq metadata_ in a terminal.',
    wrong: `GET CourseDate`,
    right: `GET CourseDate`,
    known: 'nothing',
  },
  'stale-metadata': {
    section: 'Names',
    when: `The metadata was fetched more than ${STALE_AFTER_DAYS} days ago. _APQ: Refresh Metadata_ fetches it again, and _apq metadata_ in a terminal.`,
    wrong: `GET CourseDate`,
    right: `GET CourseDate`,
    known: 'old metadata',
  },
} satisfies DiagnosticDocs;
