/** Findings for people, and for the tools that read what compilers print. */
import { harmless } from '#core/text/foreign-text';
import { diagnosticLine } from '../diagnostic-line';
import type { Report } from './report';

export const textReport = (): Report => ({
  begin: '',
  file: ({ name, lines, findings }) =>
    findings.map((finding) => `${harmless(diagnosticLine(name, lines, finding))}\n`).join(''),
  end: () => '',
});
