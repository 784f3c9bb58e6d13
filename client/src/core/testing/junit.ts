/** Writes a report for continuous integration, as JUnit XML. */
import { harmless } from '../text/foreign-text';
import { ownValue } from '../text/names';

/** An expectation, or a request without a result. */
export interface ReportedCase {
  readonly request: string;
  readonly name: string;
  readonly milliseconds: number;
  /** Why the expectation is not met. */
  readonly failure?: string;
  /** Why there was no result to judge. */
  readonly error?: string;
}

export function toJunit(suite: string, cases: readonly ReportedCase[]): string {
  const failures = cases.filter(({ failure }) => failure !== undefined).length;
  const errors = cases.filter(({ error }) => error !== undefined).length;
  const head = `name="${escape(suite)}" tests="${cases.length}" failures="${failures}" errors="${errors}"`;
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites><testsuite ${head}>`,
    ...cases.map(testCase),
    '</testsuite></testsuites>',
    '',
  ].join('\n');
}

function testCase({ request, name, milliseconds, failure, error }: ReportedCase): string {
  const head = `<testcase classname="${escape(request)}" name="${escape(name)}" time="${(milliseconds / 1000).toFixed(3)}"`;
  if (failure !== undefined) return `${head}><failure message="${escape(failure)}"/></testcase>`;
  return error === undefined ? `${head}/>` : `${head}><error message="${escape(error)}"/></testcase>`;
}

const NAMES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** On one line. Half of a surrogate pair, which XML can't hold, is shown as a dot. */
const escape = (text: string): string =>
  harmless(text)
    .replace(/[\t\n]/g, ' ')
    .replace(/[\p{Cs}\uFFFE\uFFFF]/gu, '·')
    .replace(/[&<>"]/g, (ch) => ownValue(NAMES, ch) ?? ch);
