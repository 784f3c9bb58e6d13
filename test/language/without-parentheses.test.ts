/** The rewriting keeps the meaning: for any nesting, both forms pick the same records. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { chainText } from '#language/analysis/joining';
import { withoutParentheses } from '#language/analysis/without-parentheses';
import type { FilterList, Term } from '#language/syntax/nodes';
import { parseFile } from '#language/syntax/source-file';

function filterOf(text: string): FilterList {
  const tree = parseFile(`GET x\n$filter = ${text}`).blocks[0]?.tree;
  const value = tree?.clauses[0]?.value;
  assert.ok(
    value?.kind === 'filter' && tree?.problems.length === 0,
    `no clean filter: ${text} ${JSON.stringify(tree?.problems)}`,
  );
  return value.filter;
}

type Row = Readonly<Record<string, number>>;

/** An independent evaluator, on the tree: `and` before `or`. */
function holds(list: FilterList, row: Row): boolean {
  const groups: boolean[] = [];
  list.terms.forEach((term, index) => {
    const value = termHolds(term, row);
    if (index === 0 || list.joins[index - 1]?.op === 'or') groups.push(value);
    else groups.push((groups.pop() ?? true) && value);
  });
  return groups.some(Boolean);
}

function termHolds(term: Term, row: Row): boolean {
  switch (term.kind) {
    case 'group':
      return holds(term.filter, row);
    case 'not':
      assert.ok(term.operand);
      return !termHolds(term.operand, row);
    case 'in':
      return term.values.some((value) => row[term.field.text] === Number(value.text));
    case 'function':
    case 'foreign':
    case 'between':
    case 'opaque':
    case 'bad':
      throw new Error(`no evaluator for ${term.kind}`);
    case 'comparison': {
      const [left, right] = [row[term.field.text] ?? 0, Number(term.value?.text)];
      switch (term.operator?.text ?? '') {
        case 'eq':
          return left === right;
        case 'ne':
          return left !== right;
        case 'lt':
          return left < right;
        case 'ge':
          return left >= right;
        default:
          throw new Error(`no evaluator for ${term.operator?.text}`);
      }
    }
  }
}

const leaf = fc
  .tuple(fc.constantFrom('a', 'b', 'c'), fc.constantFrom('eq', 'ne', 'lt', 'ge'), fc.nat(2))
  .map(([field, op, value]) => `${field} ${op} '${value}'`);
const membership = fc
  .tuple(fc.constantFrom('a', 'b', 'c'), fc.array(fc.nat(2), { minLength: 1, maxLength: 3 }))
  .map(([field, values]) => `${field} in (${values.map((v) => `'${v}'`).join(',')})`);
const { filter } = fc.letrec<{ filter: string; term: string }>((tie) => ({
  term: fc.oneof(
    { depthSize: 'small' },
    leaf,
    membership,
    tie('filter').map((inner) => `(${inner})`),
    tie('filter').map((inner) => `not (${inner})`),
  ),
  filter: fc
    .array(fc.tuple(tie('term'), fc.constantFrom(' and ', ' or ')), { minLength: 1, maxLength: 3 })
    .map((parts) => parts.map(([term, join], index) => (index === 0 ? '' : join) + term).join('')),
}));
const rows: Row[] = [0, 1, 2].flatMap((a) => [0, 1, 2].flatMap((b) => [0, 1, 2].map((c) => ({ a, b, c }))));

describe('without parentheses', () => {
  const rewrites = (text: string, expected: string) =>
    it(text, () => {
      const result = withoutParentheses(filterOf(text));
      assert.equal(result.ok ? chainText(result.chain) : result.reason, expected);
    });
  rewrites("(a eq '1' or b eq '1') and c eq '1'", "a eq '1' and c eq '1' or b eq '1' and c eq '1'");
  rewrites("not (a eq '1' and b lt '2')", "a ne '1' or b ge '2'");
  rewrites("a in ('1','2')", "a eq '1' or a eq '2'");
  rewrites("not (a in ('1','2'))", "a ne '1' and a ne '2'");
  rewrites("a eq '1' or (a eq '1' and b eq '1')", "a eq '1'");
  rewrites("((((a eq 'x''y'))))", "a eq 'x''y'");
  rewrites("not contains(a,'x')", 'no-equivalent');
  rewrites(
    `(${Array.from({ length: 9 }, (_, i) => `a eq '${i}'`).join(' or ')}) and (${Array.from({ length: 9 }, (_, i) => `b eq '${i}'`).join(' or ')})`,
    'too-large',
  );

  rewrites("a ne ('1','2')", "a ne '1' and a ne '2'");
  rewrites("not (a ne ('1','2'))", "a eq '1' or a eq '2'");
  rewrites("a contains ('1','2')", "contains(a,'1') or contains(a,'2')");
  rewrites("a gt ('1','2')", 'no-equivalent');
  rewrites('({{c}}) and a eq 1', 'no-equivalent');

  const many = (count: number, name: string) => Array.from({ length: count }, (_, i) => `${name} eq '${i}'`);
  const says = (what: string, text: string, expected: RegExp) =>
    it(`${what}: ${String(expected)}`, () => {
      const result = withoutParentheses(filterOf(text));
      assert.match(result.ok ? '' : result.message, expected);
    });
  says('some alternatives', `(${many(9, 'a').join(' or ')}) and (${many(9, 'b').join(' or ')})`, /Split it/);
  says(
    'a thousand times a thousand',
    `(${many(1000, 'a').join(' or ')}) and (${many(1000, 'b').join(' or ')})`,
    /Keep the/,
  );
  says(
    'two to the power of 200',
    Array.from({ length: 200 }, (_, i) => `(a eq '${i}' or b eq '${i}')`).join(' and '),
    /Keep the/,
  );
  says(
    'one long alternative',
    `not (a in (${Array.from({ length: 100 }, (_, i) => `'${i}'`).join(',')}))`,
    /Keep the/,
  );

  it('keeps the meaning of any nesting', () => {
    fc.assert(
      fc.property(filter, (text) => {
        const before = filterOf(text);
        const result = withoutParentheses(before);
        if (!result.ok) {
          assert.equal(result.reason, 'too-large');
          return;
        }
        const after = chainText(result.chain);
        assert.ok(!/[()]| in |not /.test(after), after);
        const list = after === '' ? undefined : filterOf(after);
        for (const row of rows)
          assert.equal(
            list === undefined ? false : holds(list, row),
            holds(before, row),
            `${text} → ${after} for ${JSON.stringify(row)}`,
          );
      }),
      { numRuns: 2000 },
    );
  });
});
