/** A diagnostic on one line, as compilers print it. */
import type { Diagnostic, Positions, Severity } from '#language';
import type { Part } from './color';

/** `courses.apq:3:11: error unknown-field: …`; line and column count from 1. */
export function diagnosticLine(
  file: string,
  positions: Pick<Positions, 'positionAt'>,
  {
    offset,
    severity,
    code,
    message,
  }: Pick<Diagnostic, 'offset' | 'message'> & {
    readonly severity: Severity | 'fixed';
    readonly code: string;
  },
): Part[] {
  const { line, character } = positions.positionAt(offset);
  return [
    { text: `${file}:${line + 1}:${character + 1}: ` },
    { look: severity === 'fixed' ? 'good' : severity, text: severity },
    { text: ` ${code}: ${message}` },
  ];
}
