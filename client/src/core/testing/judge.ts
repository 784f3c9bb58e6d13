/** Expectations beside an answer: which are met, and of the others one sentence each. */
import type { Expectation } from '#language';
import type { ApiRecord } from '../results/read-page';
import { cellText } from '../results/table';
import { visibleOnOneLine } from '../text/foreign-text';
import { holds, patternOf } from './compare';
import { follow, type Found } from './values';

/** What a request came to, as its expectations look at it. */
export interface Observed {
  /** HTTP status. */
  readonly status: number;
  readonly records: readonly ApiRecord[];
  /** The answer’s JSON; of several pages the first one’s. */
  readonly json: unknown;
  /** Of `$count`. */
  readonly total: number | undefined;
  readonly milliseconds: number;
}

export interface Verdict {
  readonly expectation: Expectation;
  /** As written. */
  readonly text: string;
  readonly passed: boolean;
  /** What the answer has, in a few characters. */
  readonly actual: string;
  /** What was expected, and what came. */
  readonly message: string;
}

type Resolved = Extract<Expectation, { readonly ok: true }>;

/** One result for each expectation, in their order. Where the API refused, something has to be expected of the status. */
export function judge(expectations: readonly Expectation[], observed: Observed): Verdict[] {
  const refused =
    observed.status >= 400 && !expectations.some((each) => each.ok && each.subject === 'status');
  return expectations.map((expectation) => {
    if (!expectation.ok) return result(expectation, false, '?', expectation.message);
    if (!refused) return check(expectation, observed);
    const actual = `status ${observed.status}`;
    return result(
      expectation,
      false,
      actual,
      `Expected ${expectation.shown}, but the API refused the request (${actual}).`,
    );
  });
}

const result = (expectation: Expectation, passed: boolean, actual: string, message: string): Verdict => ({
  expectation,
  text: expectation.text,
  passed,
  actual,
  message,
});

function check(expectation: Resolved, observed: Observed): Verdict {
  const found = look(expectation, observed);
  const failed = found.filter((each) => !meets(each, expectation));
  const [first] = failed.length > 0 ? failed : found;
  const actual = shownOf(first);
  if (failed.length === 0 || first === undefined) {
    const all = found.length > 1 ? `all ${found.length}` : actual;
    return result(expectation, true, all, `${expectation.shown}: ${all}.`);
  }
  const more = failed.length > 1 ? ` (and in ${failed.length - 1} more)` : '';
  const where = first.where === '' ? '' : ` in ${first.where}${more}`;
  return result(
    expectation,
    false,
    `${actual}${where}`,
    `Expected ${expectation.shown}, but ${first.there ? `it is ${actual}` : first.why}${where}${hint(first, expectation)}.`,
  );
}

/** The values that the expectation is about. */
function look({ subject, path }: Resolved, observed: Observed): Found[] {
  const one = (value: unknown): Found[] => [{ there: true, value, where: '' }];
  switch (subject) {
    case 'status':
      return one(observed.status);
    case 'time':
      return one(observed.milliseconds);
    case 'count':
      return one(observed.records.length);
    case 'total':
      return observed.total === undefined
        ? [{ there: false, why: 'the answer says no total', where: '' }]
        : one(observed.total);
    case 'results':
      return follow(observed.records, path, 'results');
    case 'body':
      return follow(observed.json, path, 'body');
  }
}

function meets(found: Found, { operator, negated, value }: Resolved): boolean {
  if (operator === 'exists')
    return (found.there && found.value !== null && found.value !== undefined) !== negated;
  // Of what is not there, nothing is true: not even that it is something else.
  if (!found.there || found.value === undefined || value === undefined) return false;
  if (operator === 'matches' && !patternOf(value).ok) return false;
  return holds(found.value, operator, value) !== negated;
}

function shownOf(found: Found | undefined): string {
  if (found === undefined) return 'no records';
  if (!found.there) return found.why;
  const { value } = found;
  if (value === null || value === undefined) return 'null';
  const text = visibleOnOneLine(cellText(value).replace(/\s+/g, ' '));
  const short = text.length > 60 ? `${text.slice(0, 59)}…` : text;
  return typeof value === 'string' ? `'${short}'` : short;
}

/** Why it may be, where the eye sees no difference. */
function hint(found: Found, { operator, value }: Resolved): string {
  if (value === undefined || !found.there) return '';
  if (operator === 'matches' && !patternOf(value).ok)
    return '; what is expected is not a regular expression that can be used';
  if (value.kind !== 'text' || typeof found.value !== 'string') return '';
  const [actual, expected] = [found.value, value.text];
  if (actual === expected) return '';
  if (actual.trim() === expected.trim()) return '; only the spaces around it differ';
  return actual.toLowerCase() === expected.toLowerCase() ? '; only the case of letters differs' : '';
}
