/** A value alone after a condition, as in `Status eq 'Full' or 'Open'`: field and operator have to be repeated. */
import type { Span } from '../text/span';
import { comparisonOf, synonymOf, turnsMeaning } from '../vocabulary/filter-words';
import type { Join, Term } from './nodes';
import type { Fix } from './problems';

interface Repetition {
  readonly message: string;
  readonly fix: Fix;
}

/**
 * What to write for the value at `where`, which stands after the condition `before`. `own` is the join before it, which has
 * no text where it is missing; `others` are all words between conditions beside it. Undefined where `before` is no condition with a value.
 */
export function repetition(
  before: Term,
  text: string,
  where: Span,
  own: Pick<Join, 'op' | 'written' | 'offset'>,
  others: ReadonlySet<Join['op']>,
): Repetition | undefined {
  const condition = conditionLike(before, `'${text.replaceAll("'", "''")}'`, own.op);
  if (condition === undefined) return undefined;
  const better = `${condition.join} ${condition.text}`;
  const from = own.written === '' ? where.offset : own.offset;
  // Beside another join, it would be read as an alternative to all of them.
  const isClear = [...others].every((op) => op === condition.join) && !turnsMeaning(text) && condition.isSure;
  return {
    message: `Each condition has a field and an operator of its own. Write “${better}”.`,
    fix: {
      title: `Write “${better}”`,
      preferred: isClear,
      edits: [{ offset: from, length: where.offset + where.length - from, text: better }],
    },
  };
}

/**
 * The condition with another value, and how both are joined: no record has two values in one field, and each lacks one of
 * two. Where less or more is asked for, both words make sense, and the user’s own stays.
 */
function conditionLike(
  term: Term,
  value: string,
  own: Join['op'],
): { readonly text: string; readonly join: Join['op']; readonly isSure: boolean } | undefined {
  if (term.kind === 'function') {
    const field = term.arguments[0]?.word;
    return field === undefined || term.operator !== undefined || term.close === undefined
      ? undefined
      : { text: `${term.name.text}(${field.text},${value})`, join: 'or', isSure: true };
  }
  if (term.kind !== 'comparison' || term.operator === undefined || term.value === undefined) return undefined;
  const written = term.operator.text;
  const operator = comparisonOf(synonymOf(written) ?? written);
  // A word that is no comparison, such as “like”, gets its own message with what it means; a sign means nothing.
  if (operator === undefined && !/^\p{L}+$/u.test(written)) return undefined;
  const text = `${term.field.text} ${operator ?? written} ${value}`;
  if (operator !== undefined && operator !== 'eq' && operator !== 'ne')
    return { text, join: own, isSure: false };
  return { text, join: operator === 'ne' ? 'and' : 'or', isSure: true };
}
