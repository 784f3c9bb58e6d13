/**
 * What is sent for a filter with parentheses means the same on each platform, whatever it reads: the sample platform
 * with the quirk finds the records that the tree of the filter finds.
 */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { applyEdits, type PlatformTraits } from '#language';
import { findModule } from '#platform/catalog';
import { compileFilter } from '#platform/filter';
import type { Quirk } from '#platform/quirks';
import type { Row } from '#platform/values';
import { serviceWith } from '../language/support/language';
import { metadata } from '../language/support/metadata';
import { QUIRK_TRAITS } from '../support/quirk-traits';
import { property } from './support/property';

const LABELS = ["O'Neill", 'C:\\', "\\'", 'Class (x)', 'and'];
const STATES = ['Available', 'Full', 'Cancelled'];
const ROWS: readonly Row[] = LABELS.flatMap((label) =>
  STATES.flatMap((status) => [4, 5, 6].map((cost) => ({ Label: label, Status: status, Cost: cost }))),
);

/** A condition with its meaning, written so that no precedence is needed to read it. */
interface Written {
  readonly text: string;
  readonly holds: (row: Row) => boolean;
  /** Whether it can stand beside a join as it is. */
  readonly isOne: boolean;
}

const quote = (text: string) => `'${text.replaceAll("'", "''")}'`;
const one = (text: string, holds: Written['holds']): Written => ({ text, holds, isOne: true });
const any = <T>(values: readonly T[]) => fc.constantFrom(...values);

const leaf: fc.Arbitrary<Written> = fc.oneof(
  fc
    .tuple(any(LABELS), any(['eq', 'ne']))
    .map(([text, op]) =>
      one(`Label ${op} ${quote(text)}`, (row) => (row['Label'] === text) === (op === 'eq')),
    ),
  any(STATES).map((text) => one(`Status EQ ${quote(text)}`, (row) => row['Status'] === text)),
  fc
    .tuple(any([4, 5, 6]), fc.boolean())
    .map(([cost, bare]) =>
      one(`Cost le ${bare ? cost : quote(String(cost))}`, (row) => Number(row['Cost']) <= cost),
    ),
  any(LABELS).map((text) =>
    one(`contains(Label,${quote(text)})`, (row) => String(row['Label']).includes(text)),
  ),
  fc
    .array(any(STATES), { minLength: 1, maxLength: 3 })
    .map((list) =>
      one(`Status in (${list.map(quote).join(', ')})`, (row) => list.includes(String(row['Status']))),
    ),
  fc
    .array(any([4, 5, 6]), { minLength: 1, maxLength: 2 })
    .map((list) => one(`Cost in (${list.join(',')})`, (row) => list.includes(Number(row['Cost'])))),
);

const inParentheses = ({ text, isOne }: Written) => (isOne ? text : `(${text})`);
/** `loose`: now and then without the parentheses that its meaning would need. */
const filters = (loose: boolean) =>
  fc.letrec<{ filter: Written }>((tie) => ({
    filter: fc.oneof(
      { depthSize: 'small' },
      leaf,
      tie('filter').map((inner): Written => one(`not (${inner.text})`, (row) => !inner.holds(row))),
      fc
        .tuple(
          fc.boolean(),
          fc.array(tie('filter'), { minLength: 2, maxLength: 3 }),
          loose ? fc.boolean() : fc.constant(false),
        )
        .map(([all, parts, isOne]): Written => ({
          text: parts.map(inParentheses).join(all ? ' and ' : ' or '),
          holds: (row) =>
            all ? parts.every((part) => part.holds(row)) : parts.some((part) => part.holds(row)),
          isOne,
        })),
    ),
  })).filter;

const QUIRKS = [
  'parentheses',
  'in',
  'not',
  'left-to-right',
  'backslash-quotes',
  'bare-refused',
  'lower-keywords',
] as const satisfies readonly Quirk[];

const MODULE = findModule('CourseDate') ?? assert.fail('the sample platform has no such module');
const HEAD = 'GET CourseDate\n$filter = ';
const seen = { sent: 0, left: 0 };

/** What is sent for the filter after *fix all* finds the same records on a platform with these quirks. */
function checkSent(filter: string, quirks: readonly Quirk[], holds: Written['holds']): void {
  const bare = !quirks.includes('bare-refused');
  const traits = quirks.reduce<PlatformTraits>((known, quirk) => ({ ...known, ...QUIRK_TRAITS[quirk] }), {
    bareNumbers: bare,
    bareBooleans: bare,
  });
  const service = serviceWith({ ...metadata, platform: { checkedAt: '2026-01-31T12:00:00Z', traits } });
  const text = HEAD + filter;
  const document = service.parse(applyEdits(text, service.fixAll(service.parse(text))));
  const [request] = service.requests(document);
  assert.ok(request);
  // What the platform can't be asked for at once is left to the user.
  if (service.diagnose(document).some(({ severity }) => severity === 'error')) {
    seen.left++;
    return;
  }
  seen.sent++;
  const built = service.build(document, request);
  assert.ok(built.ok, JSON.stringify(built));
  const sent = built.request.query[0]?.value ?? '';
  // From the history, it is sent the same once more.
  const again = service.parse(HEAD + service.parameterInFile({ name: '$filter', value: sent }).value);
  const [repeated] = service.requests(again);
  const rebuilt = repeated === undefined ? undefined : service.build(again, repeated);
  assert.equal(rebuilt?.ok === true ? rebuilt.request.query[0]?.value : undefined, sent);
  const finds = compileFilter(sent, MODULE, new Set(quirks));
  for (const row of ROWS)
    assert.equal(
      finds(row),
      holds(row),
      `${quirks.join(', ')}: ${filter} → ${sent} for ${JSON.stringify(row)}`,
    );
}

describe('dialects', () => {
  property(
    'dialects: what is sent means the same on each platform',
    500,
    fc.tuple(filters(false), fc.subarray([...QUIRKS])),
    ([tree, quirks]) => checkSent(tree.text, quirks, tree.holds),
  );

  // A platform that reads all of it, in the same order, says what it means.
  property(
    'dialects: a filter without all its parentheses is read as the platform does',
    500,
    fc.tuple(filters(true), fc.subarray([...QUIRKS])),
    ([{ text }, quirks]) => {
      const order = quirks.filter((quirk) => quirk === 'left-to-right');
      checkSent(text, quirks, compileFilter(text, MODULE, new Set([...order, 'parentheses', 'in', 'not'])));
    },
  );

  after(() => assert.ok(seen.sent > 2 * seen.left, `${seen.sent} sent, ${seen.left} left`));
});
