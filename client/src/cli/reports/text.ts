/** Findings for people, and for the tools that read what compilers print. */
import { harmlessSentence } from '#core/text/foreign-text';
import { eachPart } from '../color';
import { diagnosticLine } from '../diagnostic-line';
import type { Report } from './report';

export const textReport = (): Report => ({
  begin: '',
  file: ({ name, lines, findings }) =>
    findings.flatMap((finding) => [
      ...eachPart(diagnosticLine(name, lines, finding), harmlessSentence),
      { text: '\n' },
    ]),
  end: () => '',
});
