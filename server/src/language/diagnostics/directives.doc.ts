import type { DiagnosticDocs } from '../syntax/diagnostic-doc';

export const DIRECTIVE_DOCS = {
  'unknown-directive': {
    section: 'Variables and directives',
    when: 'There is no such directive. It is an error where it looks like a slip in one that changes what is run or expected. `Ctrl+Space` after `# @` lists the directives.',
    fix: 'Replaces it with one of the nearest names.',
    wrong: `# @descripton Courses that start soon
GET CourseDate`,
    right: `# @description Courses that start soon
GET CourseDate`,
  },
  'invalid-directive': {
    section: 'Variables and directives',
    when: 'The directive’s value is missing or can’t be read.',
    wrong: `# @pages many
GET CourseDate`,
    right: `# @pages 3
GET CourseDate`,
  },
  'unknown-connection': {
    section: 'Variables and directives',
    when: 'You have no connection of this name, so the request can’t run here. Add it, or correct the name.',
    fix: 'Replaces it with one of the nearest names.',
    wrong: `# @connection Demo sandbx
GET CourseDate`,
    right: `# @connection Demo sandbox
GET CourseDate`,
  },
} satisfies DiagnosticDocs;
