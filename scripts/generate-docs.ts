// `npm run docs` writes docs/diagnostics.md from the docs next to the checks, and docs/commands.md from the commands.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import prettier from 'prettier';
import { COMMANDS } from '#cli/commands/all';
import { pageOf } from '#cli/frame/page';
import { CODES, type DiagnosticCode } from '#language';
import { DIAGNOSTIC_DOCS } from '#language/diagnostics/documentation';
import { type DiagnosticDoc, DOC_SECTIONS } from '#language/syntax/diagnostic-doc';

const page = (name: string): string => path.resolve(import.meta.dirname, '../docs', name);

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

const COMMANDS_INTRODUCTION = `<!-- \`npm run docs\` writes this file, from the definitions in client/src/cli/commands/. -->

# Commands of apq

What each command takes; \`apq COMMAND --help\` prints the same. How to use them together: [Command line](command-line.md).`;

/** The text of docs/commands.md. */
export async function commandsPage(): Promise<string> {
  const file = page('commands.md');
  const text = `${COMMANDS_INTRODUCTION}\n\n${pageOf(COMMANDS)}\n`;
  return prettier.format(text, { ...(await prettier.resolveConfig(file)), filepath: file });
}

export async function main(): Promise<void> {
  writeFileSync(page('diagnostics.md'), diagnosticsPage());
  writeFileSync(page('commands.md'), await commandsPage());
}
