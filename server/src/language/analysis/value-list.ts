/**
 * `ID eq '{{bookings.results[*].UserID}}'`: a comparison with all values of an answer. The API has no `in`, so they are
 * asked for in batches of `ID eq '1' or ID eq '2' …`. The one place that says where such a list may stand, what else may
 * stand in its filter, and how the filter of a batch is written.
 */
import type { Traits } from '../catalog/traits';
import type { Clause, Comparison, Directive, FilterList, Term, Value } from '../syntax/nodes';
import { isListReference, type ListReference } from '../syntax/references';
import { nameKey } from '../text/names';
import { pagesOf } from '../vocabulary/directives';
import { comparisonOf, synonymOf } from '../vocabulary/filter-words';
import {
  chainOfAlternatives,
  chainOfFormula,
  chainText,
  type Formula,
  type Reading,
  readingOf,
} from './joining';
import { isOpaque } from './print-filter';
import type { RequestModel } from './request-model';

/** A comparison with a list, and what else has to hold. */
export interface ListFilter {
  readonly comparison: Comparison;
  readonly value: Value;
  readonly reference: ListReference;
  /** Alternatives of conditions: one of them has to hold, with all its conditions. An empty one holds always. */
  readonly rest: readonly (readonly Term[])[];
}

/** Why the platform can't be asked for a list in its filter. */
export interface ListFault {
  readonly reference: ListReference;
  readonly message: string;
}

/** More alternatives besides a list would make a batch of one value too long. */
const MAX_ALTERNATIVES = 20;

/** The list that is the whole value of a comparison with `eq`; undefined for any other term. */
function listOf(term: Term): Omit<ListFilter, 'rest'> | undefined {
  if (term.kind !== 'comparison' || term.value === undefined) return undefined;
  const reference = listIn(term.value);
  const word = term.operator?.text ?? '';
  const isEqual = (comparisonOf(word) ?? synonymOf(word)) === 'eq';
  return reference !== undefined && isEqual ? { comparison: term, value: term.value, reference } : undefined;
}

/** The list that is the whole text of a value. */
function listIn({ text, references }: Value): ListReference | undefined {
  const [reference] = references;
  return reference !== undefined && isListReference(reference) && /^\{\{[^{}]*\}\}$/.test(text.trim())
    ? reference
    : undefined;
}

/** The comparison with a list in a filter, why it can't be asked for, or undefined where there is none. */
export function listFilter(filter: FilterList, traits: Traits): ListFilter | ListFault | undefined {
  if (!filter.terms.some(holdsList)) return undefined;
  const found = withoutList(readingOf(filter, traits), traits);
  if (found === undefined || 'message' in found) return found;
  const { comparison, rest } = found;
  if (isOpaque(comparison) || rest.some((conditions) => conditions.some(isOpaque)))
    return { reference: found.reference, message: OPAQUE };
  // Two values show whether there is a way to write several.
  const sample = rest.map((conditions, at) => conditions.map((_, number) => `c${at}.${number}`));
  return filterOfValues(`${comparison.field.text} eq `, ["'1'", "'2'"], sample, traits) === undefined
    ? { reference: found.reference, message: FROM_LEFT }
    : found;
}

/** A clause or a `# @pages` that can't stand beside a list, and why: one sentence. */
export interface ListLimit {
  readonly at: Clause | Directive;
  readonly message: string;
}

const ALL = 'A list of values brings all records of all its values, in batches';
const LIMITS = [
  ['$skip', 'none can be skipped'],
  ['$top', '$top can’t limit them; with # @pages all, it says how many come at a time'],
] as const;

/** What limits a request that has a list; a list asks for all records of all its values, so nothing can. */
export function listLimits(model: RequestModel): readonly ListLimit[] {
  const value = model.clause('$filter')?.value;
  const list = value?.kind === 'filter' ? listFilter(value.filter, model.traits) : undefined;
  if (list === undefined || 'message' in list) return [];
  const pages = model.tree.directives.find(({ name }) => name.text === 'pages');
  const number = pages && pagesOf(pages.value.text);
  const clauses = LIMITS.flatMap(([name, why]) => {
    const at = name === '$top' && number === 'all' ? undefined : model.clause(name);
    return at === undefined ? [] : [{ at, message: `${ALL}: ${why}.` }];
  });
  return pages === undefined || number === undefined || number === 'all'
    ? clauses
    : [...clauses, { at: pages, message: `${ALL}, so its pages can’t be limited.` }];
}

/** The lists that stand where one may stand, whatever stands beside them. */
export const listsIn = ({ terms }: FilterList): ListReference[] =>
  terms.flatMap((term) => (term.kind === 'group' ? listsIn(term.filter) : (listOf(term)?.reference ?? [])));

const holdsList = (term: Term): boolean =>
  term.kind === 'group' ? term.filter.terms.some(holdsList) : listOf(term) !== undefined;

/** Takes the list out of a condition; undefined where it has none. */
function withoutList(reading: Reading, traits: Traits): ListFilter | ListFault | undefined {
  if (reading.kind === 'term') {
    const { term } = reading;
    if (term.kind === 'group') return withoutList(readingOf(term.filter, traits), traits);
    const list = listOf(term);
    return list === undefined ? undefined : { ...list, rest: [[]] };
  }
  const parts = reading.parts.map((part) => ({ part, list: withoutList(part, traits) }));
  const lists = parts.flatMap(({ list }) => list ?? []);
  const [first, second] = lists;
  const fault = lists.find((list) => 'message' in list);
  if (fault !== undefined || first === undefined || 'message' in first) return fault;
  const other = lists.find((list) => 'rest' in list && !isSame(list, first));
  if (other !== undefined || (reading.kind === 'and' && second !== undefined))
    return { reference: (other ?? second ?? first).reference, message: TWO_LISTS };
  const whole = lists.filter((list) => 'rest' in list);
  if (reading.kind === 'or')
    return whole.length === parts.length
      ? { ...first, rest: whole.flatMap(({ rest }) => rest) }
      : { reference: first.reference, message: BESIDE_OR };
  let rest = first.rest;
  for (const { part, list } of parts) {
    const alternatives = list === undefined ? alternativesOf(part) : [[]];
    rest = rest.flatMap((left) => alternatives.map((right) => [...left, ...right]));
    if (rest.length > MAX_ALTERNATIVES)
      return {
        reference: first.reference,
        message:
          'There are too many alternatives beside the list. Take some of them into a request of their own.',
      };
  }
  return { ...first, rest };
}

/** A condition as alternatives of conditions; more than are of use are cut. */
function alternativesOf(reading: Reading): readonly (readonly Term[])[] {
  if (reading.kind === 'term') return [[reading.term]];
  if (reading.kind === 'or') return reading.parts.flatMap(alternativesOf);
  let all: readonly (readonly Term[])[] = [[]];
  for (const part of reading.parts) {
    const alternatives = alternativesOf(part);
    all = all
      .flatMap((left) => alternatives.map((right) => [...left, ...right]))
      .slice(0, MAX_ALTERNATIVES + 1);
  }
  return all;
}

const isSame = (one: ListFilter, other: ListFilter): boolean =>
  one.reference.text === other.reference.text &&
  nameKey(one.comparison.field.text) === nameKey(other.comparison.field.text);

const TWO_LISTS =
  'A filter takes one list: each value of the one would have to be asked for with each of the other. Ask for one list here, and filter by the other in a SQL request or in the results.';

const OPAQUE =
  'A variable beside a list may hold several conditions, or a name. Write them out, here in the filter.';

const BESIDE_OR =
  'Only conditions that are joined with “and” can stand beside a list: with “or”, each batch of values would bring the other records again. Ask for those in a request of their own.';

const FROM_LEFT =
  'This platform reads conditions from left to right, so it can’t be asked for a list and for alternatives beside it at once. Split it into several requests, one for each alternative.';

/**
 * The filter for some values of a list, each as it is sent, and what else has to hold; undefined where the platform can't
 * be asked for it at once. `start`: what stands before each value, as in `ID eq `.
 */
export function filterOfValues(
  start: string,
  values: readonly string[],
  rest: readonly (readonly string[])[],
  traits: Traits,
): string | undefined {
  const terms = values.map((value) => start + value);
  const list: Formula = { kind: 'or', parts: terms };
  const isAlways = rest.some(({ length }) => length === 0);
  const chain = isAlways
    ? (chainOfFormula(list, traits) ??
      chainOfAlternatives(
        terms.map((term) => [term]),
        traits,
      ))
    : (chainOfFormula(
        {
          kind: 'and',
          parts: [list, { kind: 'or', parts: rest.map((parts): Formula => ({ kind: 'and', parts })) }],
        },
        traits,
      ) ??
      chainOfAlternatives(
        rest.flatMap((conditions) => terms.map((term) => [term, ...conditions])),
        traits,
      ));
  return chain === undefined ? undefined : chainText(chain);
}
