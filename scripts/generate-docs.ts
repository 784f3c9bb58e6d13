// `npm run docs` writes docs/diagnostics.md from the docs next to the checks.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { CODES, type DiagnosticCode } from '#language';
import { DIAGNOSTIC_DOCS } from '#language/diagnostics/documentation';
import { type DiagnosticDoc, DOC_SECTIONS } from '#language/syntax/diagnostic-doc';

const PAGE = path.resolve(import.meta.dirname, '../docs/diagnostics.md');

const INTRODUCTION = `<!-- \`npm run docs\` writes this file, from the \`*.doc.ts\` next to each check. -->

# What APQ says about a query

Every message has a stable code. **Error**: the API would refuse the request, or do something other than what is written. **Warning**: it runs, but probably not as meant. **Information** and **hint**: good to know. Press \`Ctrl+.\` on an underlined place for its fixes.`;

/** The text of docs/diagnostics.md. */
export function diagnosticsPage(): string {
  // Object.entries keeps the order of the table.
  const docs = Object.entries(DIAGNOSTIC_DOCS) as [DiagnosticCode, DiagnosticDoc][];
  const sections = DOC_SECTIONS.flatMap((section) => [
    `## ${section}`,
    ...docs.filter(([, doc]) => doc.section === section).map(([code, doc]) => entryOf(code, doc)),
  ]);
  return `${[INTRODUCTION, ...sections].join('\n\n')}\n`;
}

function entryOf(code: DiagnosticCode, { when, fix, wrong, right }: DiagnosticDoc): string {
  const severity = `${CODES[code].charAt(0).toUpperCase()}${CODES[code].slice(1)}`;
  return [
    `### ${code}`,
    [
      `${severity}.`,
      when,
      ...(fix === undefined ? [] : [`Fix: ${fix.charAt(0).toLowerCase()}${fix.slice(1)}`]),
    ].join(' '),
    fenced(wrong),
    // If only metadata is missing, the text itself is right.
    ...(wrong === right ? [] : ['Instead:', fenced(right)]),
  ].join('\n\n');
}

const fenced = (text: string) => `\`\`\`apq\n${text}\n\`\`\``;

export function main(): void {
  writeFileSync(PAGE, diagnosticsPage());
}
