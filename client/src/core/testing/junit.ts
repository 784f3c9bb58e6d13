/** A report that continuous integration reads: JUnit's XML. */
import { harmless } from '../text/foreign-text';

/** One expectation, or a request that came to nothing. */
export interface ReportedCase {
  readonly request: string;
  readonly name: string;
  readonly milliseconds: number;
  /** Why it failed; absent: it passed. */
  readonly failure?: string;
  /** Why there was nothing to compare. */
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

/** On one line. What XML can't hold and is no control (half of a surrogate pair) is shown as a dot. */
const escape = (text: string): string =>
  harmless(text)
    .replace(/[\t\n]/g, ' ')
    .replace(/[\p{Cs}\uFFFE\uFFFF]/gu, '·')
    .replace(/[&<>"]/g, (ch) => NAMES[ch] ?? ch);
