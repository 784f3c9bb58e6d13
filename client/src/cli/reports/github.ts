/** Findings as commands of GitHub’s workflows, which shows them beside the lines of a pull request. */
import { harmlessSentence } from '#core/text/foreign-text';
import type { Severity } from '#language';
import { placeOf, type Report } from './report';
import { pathInRepository } from './repository-path';

const COMMANDS = {
  error: 'error',
  warning: 'warning',
  information: 'notice',
  hint: 'notice',
} satisfies Record<Severity, string>;

export const githubReport = (): Report => ({
  begin: '',
  file: ({ name, lines, findings }) =>
    findings
      .map((finding) => {
        const { line, column, endLine, endColumn } = placeOf(lines, finding);
        const properties = Object.entries({
          file: pathInRepository(name),
          line,
          col: column,
          endLine,
          endColumn,
          title: finding.code,
        }).map(([key, value]) => `${key}=${escapeProperty(String(value))}`);
        const message = escapeData(harmlessSentence(finding.message));
        return `::${COMMANDS[finding.severity]} ${properties.join(',')}::${message}\n`;
      })
      .join(''),
  end: (problems) =>
    problems.map((problem) => `::error::${escapeData(harmlessSentence(problem))}\n`).join(''),
});

const escapeData = (text: string): string =>
  text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');

const escapeProperty = (text: string): string =>
  escapeData(harmlessSentence(text)).replaceAll(':', '%3A').replaceAll(',', '%2C');
