/** Writes a report for continuous integration, as JUnit XML. */
import { harmlessSentence } from '../text/foreign-text';
import { ownValue } from '../text/names';

/** What was tested: an expectation, a request, a place in a file. */
export interface ReportedCase {
  /** What reports group by: the request, the file. */
  readonly className: string;
  readonly name: string;
  readonly milliseconds?: number;
  readonly file?: string;
  /** Counts from 1. */
  readonly line?: number;
  /** Why it failed. */
  readonly failure?: string;
  /** Why there was nothing to judge. */
  readonly error?: string;
  /** Why it was left out. */
  readonly skipped?: string;
  /** What is said of a case that passed. */
  readonly output?: string;
}

export interface Suite {
  readonly name: string;
  readonly file?: string;
  readonly cases: readonly ReportedCase[];
}

/** The report of all suites. For those that come one by one, write `BEGIN`, the text of each, and `END`. */
export const toJunit = (suites: readonly Suite[]): string => [BEGIN, ...suites.map(suiteText), END].join('');

export const BEGIN = '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n';
export const END = '</testsuites>\n';

export function suiteText({ name, file, cases }: Suite): string {
  const head = attributes({
    name,
    tests: cases.length,
    failures: cases.filter(({ failure }) => failure !== undefined).length,
    errors: cases.filter(({ error }) => error !== undefined).length,
    skipped: cases.filter(({ skipped }) => skipped !== undefined).length || undefined,
    time: seconds(cases.reduce((sum, { milliseconds = 0 }) => sum + milliseconds, 0)),
    file,
  });
  return `<testsuite${head}>\n${cases.map(caseText).join('')}</testsuite>\n`;
}

function caseText({
  className: classname,
  name,
  milliseconds = 0,
  file,
  line,
  failure,
  error,
  skipped,
  output,
}: ReportedCase): string {
  const head = `<testcase${attributes({ classname, name, time: seconds(milliseconds), file, line })}`;
  const inside = [
    failure === undefined ? '' : `<failure${attributes({ message: failure })}/>`,
    error === undefined ? '' : `<error${attributes({ message: error })}/>`,
    skipped === undefined ? '' : `<skipped${attributes({ message: skipped })}/>`,
    output === undefined ? '' : `<system-out>${escape(output)}</system-out>`,
  ].join('');
  return inside === '' ? `${head}/>\n` : `${head}>${inside}</testcase>\n`;
}

const seconds = (milliseconds: number): string => (milliseconds / 1000).toFixed(3);

/** ` name="value"` for each that has a value. */
const attributes = (values: Readonly<Record<string, string | number | undefined>>): string =>
  Object.entries(values)
    .map(([name, value]) => (value === undefined ? '' : ` ${name}="${escape(String(value))}"`))
    .join('');

const NAMES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** On one line. Half of a surrogate pair, which XML can't hold, is shown as a dot. */
const escape = (text: string): string =>
  harmlessSentence(text)
    .replace(/[\t\n]/g, ' ')
    .replace(/[\p{Cs}\uFFFE\uFFFF]/gu, '·')
    .replace(/[&<>"]/g, (ch) => ownValue(NAMES, ch) ?? ch);
