/** Judges a response by its expectations: which are met, with a sentence for each that is not. */
import type { Expectation } from '#language';
import { isSecretName } from '../remote/secret-names';
import type { ApiRecord } from '../results/read-page';
import { cellText } from '../results/table';
import { visibleOnOneLine } from '../text/foreign-text';
import { withoutHidden } from '../text/mask';
import { nameKey } from '../text/names';
import { holds, patternOf } from './compare';
import { follow, type Found } from './values';

/** The outcome of a request, as its expectations see it. */
export interface Observed {
  /** HTTP status. */
  readonly status: number;
  readonly records: readonly ApiRecord[];
  /** The JSON of the response; with several pages, of the first one. */
  readonly json: unknown;
  /** From `$count`. */
  readonly total: number | undefined;
  readonly milliseconds: number;
}

export interface Verdict {
  readonly expectation: Expectation;
  /** As written. */
  readonly text: string;
  readonly passed: boolean;
  /** The actual value, in a few characters. */
  readonly actual: string;
  /** A sentence with the expected and the actual value. */
  readonly message: string;
}

type Resolved = Extract<Expectation, { readonly ok: true }>;

/** Returns a verdict for each expectation, in order. A refusal meets none unless one of them is about the status. */
export function judge(expectations: readonly Expectation[], observed: Observed): Verdict[] {
  const refused =
    observed.status >= 400 && !expectations.some((each) => each.ok && each.subject === 'status');
  return expectations.map((expectation) => {
    if (!expectation.ok) return verdict(expectation, false, '?', expectation.message);
    if (!refused) return check(expectation, observed);
    const actual = `status ${observed.status}`;
    return verdict(
      expectation,
      false,
      actual,
      `Expected ${expectation.shown}, but the API refused the request (${actual}).`,
    );
  });
}

const verdict = (expectation: Expectation, passed: boolean, actual: string, message: string): Verdict => ({
  expectation,
  text: expectation.text,
  passed,
  actual: withoutHidden(actual),
  message: withoutHidden(message),
});

function check(expectation: Resolved, observed: Observed): Verdict {
  const found = look(expectation, observed);
  const failed = found.filter((each) => !meets(each, expectation));
  const [first] = failed.length > 0 ? failed : found;
  const actual = shownOf(first, expectation);
  if (failed.length === 0 || first === undefined) {
    const all = found.length > 1 ? `all ${found.length}` : actual;
    return verdict(expectation, true, all, `${expectation.shown}: ${all}.`);
  }
  const more = failed.length > 1 ? ` (and in ${failed.length - 1} more)` : '';
  const where = first.where === '' ? '' : ` in ${first.where}${more}`;
  return verdict(
    expectation,
    false,
    `${actual}${where}`,
    `Expected ${expectation.shown}, but ${first.there ? `it is ${actual}` : first.why}${where}${hint(first, expectation)}.`,
  );
}

/** Returns the values that the expectation is about. */
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
        ? [{ there: false, why: 'the answer has no total', where: '' }]
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
  // Nothing holds for a missing value, not even that it differs.
  if (!found.there || found.value === undefined || value === undefined) return false;
  if (operator === 'matches' && !patternOf(value).ok) return false;
  return holds(found.value, operator, value) !== negated;
}

function shownOf(found: Found | undefined, { path }: Resolved): string {
  if (found === undefined) return 'no records';
  if (!found.there) return found.why;
  const { value } = found;
  if (value === null || value === undefined) return 'null';
  if (isSecretName(fieldOf(path))) return '***';
  const text = visibleOnOneLine(cellText(value).replace(/\s+/g, ' '));
  const short = text.length > 60 ? `${text.slice(0, 59)}…` : text;
  return typeof value === 'string' ? `'${short}'` : short;
}

/** The field that an expectation is about. */
const fieldOf = (path: Resolved['path']): string => path.findLast((part) => typeof part === 'string') ?? '';

/** Explains a difference that is hard to see. */
function hint(found: Found, { operator, value }: Resolved): string {
  if (value === undefined || !found.there) return '';
  if (operator === 'matches' && !patternOf(value).ok)
    return '; the expected text is not a usable regular expression';
  if (value.kind !== 'text' || typeof found.value !== 'string') return '';
  const [actual, expected] = [found.value, value.text];
  if (actual === expected) return '';
  if (actual.trim() === expected.trim()) return '; only the spaces around it differ';
  if (actual.normalize() === expected.normalize()) return '; only how an accent is composed differs';
  return nameKey(actual) === nameKey(expected) ? '; only the case of letters differs' : '';
}
