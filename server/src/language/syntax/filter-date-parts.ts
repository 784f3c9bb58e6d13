/** `year(StartDate) eq 2025 and month(StartDate) eq 5` asks one thing: the conditions become one term. */
import { comparisonOf, synonymOf } from '../vocabulary/filter-words';
import { cover } from './filter-tokens';
import type { FilterList, ForeignTerm, Join, Term } from './nodes';

export type DatePart = 'year' | 'month' | 'day';

/** The part of a date that the term asks for: `month(StartDate) eq 5`. */
export function datePartOf(
  term: Term | undefined,
): { part: DatePart; field: string; value: number } | undefined {
  if (term?.kind !== 'foreign' || term.operator === undefined) return undefined;
  const { left, operator, right } = term;
  if ((comparisonOf(operator.text) ?? synonymOf(operator.text)) !== 'eq') return undefined;
  if (left.kind !== 'call' || right?.kind !== 'value' || !/^\d{1,4}$/.test(right.text)) return undefined;
  const part = left.name.text.toLowerCase();
  const [argument] = left.arguments;
  if (part !== 'year' && part !== 'month' && part !== 'day') return undefined;
  return argument?.kind === 'value' && argument.form === 'text'
    ? { part, field: argument.text, value: Number(right.text) }
    : undefined;
}

/** The list with neighbouring parts of one date as one term. */
export function mergeDateParts(list: FilterList): FilterList {
  if (!list.terms.some((term) => datePartOf(term) !== undefined)) return list;
  const terms: Term[] = [];
  const joins: Join[] = [];
  for (const [index, term] of list.terms.entries()) {
    const joined = list.joins[index - 1];
    const last = terms.at(-1);
    if (last?.kind === 'foreign' && joined?.op === 'and' && joined.length > 0 && belongs(last, term))
      terms[terms.length - 1] = { ...last, parts: [...last.parts, term], ...cover(last, term) };
    else {
      if (joined !== undefined) joins.push(joined);
      terms.push(term);
    }
  }
  return { ...list, terms, joins };
}

function belongs(to: ForeignTerm, term: Term): term is ForeignTerm {
  const parts = [to, ...to.parts].map(datePartOf);
  const added = datePartOf(term);
  return (
    added !== undefined && parts.every((each) => each?.field === added.field && each.part !== added.part)
  );
}
