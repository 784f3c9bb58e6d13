/** Filters of one request, as the tables of the tests have them. */
import { applyEdits, type Diagnostic, type FileFix, type Metadata } from '#language';
import { serviceWith } from './language';

const HEAD = 'GET CourseDate\n$filter = ';

/** What the language says of a filter, and what its fixes make of it. */
export function filterChecks(text: string, known?: Metadata | null, lines = '') {
  const service = known === null ? serviceWith({ ...EMPTY }) : serviceWith(known);
  const whole = `${lines}${HEAD}${text}`;
  const document = service.parse(whole);
  const own = (changed: string) => changed.slice(`${lines}${HEAD}`.length);
  const fixes = (): FileFix[] => service.fixes(document, { offset: 0, length: whole.length });
  return {
    whole,
    /** Those that need an answer: a bare number or a mix of `and` and `or` gets a word only. */
    messages: service
      .diagnose(document)
      .filter(({ severity }) => severity === 'error' || severity === 'warning'),
    all: service.diagnose(document),
    fixes,
    /** The filter after *fix all*. */
    fixedAll: own(applyEdits(whole, service.fixAll(document))),
    /** The filter after one preferred fix after the other, as a user takes them, broken grammar or not. */
    fixed(): string {
      let now = whole;
      for (let round = 0; round < 20; round++) {
        const next = service.parse(now);
        const fix = service.fixes(next, { offset: 0, length: now.length }).find((each) => each.preferred);
        if (fix === undefined) break;
        now = applyEdits(now, fix.edits);
      }
      return own(now);
    },
  };
}

const EMPTY: Metadata = {
  version: 1,
  root: 'https://demo.accessplanit.com/accessplan',
  fetchedAt: '2026-01-30T09:00:00Z',
  modules: [],
};

export const shownMessages = (found: readonly Diagnostic[]): string =>
  found.map(({ code, message }) => `${code}: ${message}`).join('\n');
