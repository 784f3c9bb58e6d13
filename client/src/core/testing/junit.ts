/** A report that continuous integration reads: JUnit's XML. */

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

/** Characters that XML can't hold are shown as a dot: they may come from somebody's data. */
const escape = (text: string): string =>
  text
    .replace(/[\p{Cc}\p{Cs}\uFFFE\uFFFF]/gu, (ch) => (/[\t\n\r]/.test(ch) ? ' ' : '·'))
    .replace(/[&<>"]/g, (ch) => NAMES[ch] ?? ch);
