/**
 * Findings as JUnit XML: a suite for each file, and in it a case for each finding, or one that passed; a suite of errors
 * for what could not be read.
 */
import { BEGIN, END, type ReportedCase, suiteText } from '#core/testing/junit';
import type { Diagnostic } from '#language';
import { type CheckedFile, placeOf, type Report } from './report';

/** The suite of what could not be read. */
const UNCHECKED = 'not checked';

export const junitReport = (): Report => ({
  begin: BEGIN,
  file: (checked) => suiteText({ name: checked.name, file: checked.name, cases: casesOf(checked) }),
  end: (problems) =>
    problems.length === 0
      ? END
      : `${suiteText({ name: UNCHECKED, cases: problems.map((problem) => ({ className: UNCHECKED, name: problem, error: problem })) })}${END}`,
});

function casesOf(checked: CheckedFile): ReportedCase[] {
  const { name, findings } = checked;
  return findings.length === 0
    ? [{ className: name, name: 'no findings', file: name }]
    : findings.map((finding) => caseOf(checked, finding));
}

/** As with the exit status, only an error fails. */
function caseOf({ name: file, lines }: CheckedFile, finding: Diagnostic): ReportedCase {
  const { line, column } = placeOf(lines, finding);
  const { severity, code, message } = finding;
  const said = `${line}:${column}: ${severity} ${code}: ${message}`;
  return {
    ...{ className: file, name: `${code} at ${line}:${column}`, file, line },
    ...(severity === 'error' ? { failure: said } : { output: said }),
  };
}
