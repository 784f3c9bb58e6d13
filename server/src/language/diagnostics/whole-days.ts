/** `whole-day`, and `bad-date` of a day: days where a field has times. */
import { filterMeaning } from '../analysis/filter-meaning';
import { type Chain, chainText, inPlace, type JoinWord } from '../analysis/joining';
import { quote } from '../analysis/print-filter';
import {
  dayOf,
  type DayOperator,
  dayOperatorOf,
  hasTimes,
  unreadableDay,
  wholeDay,
} from '../analysis/whole-days';
import { type Rewriting, withoutParentheses } from '../analysis/without-parentheses';
import type { Traits } from '../catalog/traits';
import { parseBlock } from '../syntax/block-parser';
import type { Clause, Comparison, FilterList, Term } from '../syntax/nodes';
import { endOf } from '../text/span';
import { endsStep } from '../text/steps';
import { comparisonOf } from '../vocabulary/filter-words';
import type { CheckContext, LongCheck } from './check';
import { replace, staticText } from './check';
import { shorten, wholeFix } from './rewriting';

export const checkWholeDays: LongCheck = function* (context) {
  if (context.model.module?.fields === undefined) return;
  for (const clause of context.model.tree.clauses) {
    const { value } = clause;
    if (value.kind !== 'filter') continue;
    const { filter } = value;
    for (const index of filter.terms.keys()) {
      checkAt(context, { clause, filter }, filter, index);
      if (endsStep(index)) yield;
    }
  }
};

interface Whole {
  readonly clause: Clause;
  readonly filter: FilterList;
}

function checkList(context: CheckContext, whole: Whole, list: FilterList): void {
  for (const index of list.terms.keys()) checkAt(context, whole, list, index);
}

function checkAt(context: CheckContext, whole: Whole, list: FilterList, index: number): void {
  const { terms, joins } = list;
  const term = terms[index];
  if (term !== undefined)
    checkTerm(context, whole, term, { before: joins[index - 1]?.op, after: joins[index]?.op });
}

/** Where a term stands: that decides what can replace it. */
type Place = { readonly before: JoinWord | undefined; readonly after: JoinWord | undefined } | 'negated';

function checkTerm(context: CheckContext, whole: Whole, term: Term, place: Place): void {
  if (term.kind === 'group') checkList(context, whole, term.filter);
  else if (term.kind === 'not' && term.operand !== undefined)
    checkTerm(context, whole, term.operand, 'negated');
  else if (term.kind === 'comparison') checkDay(context, whole, term, place);
}

/** The conditions for the whole day, as they can stand where the term does; undefined where they can't. */
function fitting(chain: Chain | undefined, place: Place, traits: Traits): string | undefined {
  if (chain === undefined) return undefined;
  if (place === 'negated') return chain.length === 1 ? chainText(chain) : undefined;
  return inPlace(chain, place.before, place.after, traits);
}

function checkDay(context: CheckContext, whole: Whole, term: Comparison, place: Place): void {
  const { value } = term;
  const field = context.model.module?.field(term.field.text);
  const operator = dayOperatorOf(term.operator?.text);
  if (value === undefined || !hasTimes(field?.type) || operator === undefined) return;
  const unreadable = unreadableDay(term, field?.type);
  // An operator that the API lacks is the mistake to tell of, unless the day is one, too.
  if (unreadable === undefined && comparisonOf(term.operator?.text ?? '') === undefined) return;
  const day = unreadable ?? (value.form === 'quoted' ? dayOf(value, staticText(context, value)) : undefined);
  if (day === undefined) return;
  const known = wholeDay(term.field.text, operator, day);
  const better = fitting(known, place, context.model.traits);
  if (unreadable !== undefined) {
    context.report(
      'bad-date',
      value,
      `${term.field.text}: The API can’t read the date “${value.text}”. Write ${better ?? quote(day.text)}.`,
      {
        fixes: [
          better !== undefined && place !== 'negated'
            ? replace(term, better, `Write ${better}`)
            : replace(value, quote(day.text), `Write ${quote(day.text)}`, false),
        ],
      },
    );
    return;
  }
  if (better !== undefined) {
    context.report('whole-day', value, `${PROBLEMS[operator]}.`, {
      next: 'mean-day',
      about: better,
      fixes: place === 'negated' ? [] : [replace(term, better, `Mean the whole day: ${better}`, false)],
    });
    return;
  }
  const rewriting =
    known === undefined || place === 'negated'
      ? undefined
      : rewrittenWith(context, whole.filter, term, chainText(known));
  const isOk = rewriting?.ok === true;
  const advice = isOk ? '' : ` ${adviceFor(operator, place)}`;
  context.report('whole-day', value, `${PROBLEMS[operator]}.${advice}`, {
    ...(isOk ? { next: 'mean-day', about: shorten(chainText(rewriting.chain), 160) } : {}),
    fixes:
      rewriting?.ok === true
        ? [
            wholeFix(
              context.model.tree,
              whole.clause,
              whole.filter,
              { ...rewriting, sure: false },
              'Mean the whole day: rewrite the filter',
            ),
          ]
        : [],
  });
}

/** Characters of a filter that can have as few conditions as one may have after it is rewritten. */
const MAX_REWRITTEN = 5000;

/** The filter with a condition that has alternatives in place of `term`; not ok where the API can’t express it. */
function rewrittenWith(
  context: CheckContext,
  filter: FilterList,
  term: Comparison,
  condition: string,
): Rewriting | undefined {
  // For each day in it, a filter is read and written as a whole.
  if (endOf(filter) - filter.offset > MAX_REWRITTEN) return undefined;
  const clause = parseBlock(`GET x\n$filter = ${condition}`).clauses[0]?.value;
  if (clause?.kind !== 'filter' || !filter.terms.includes(term)) return undefined;
  const { offset, length } = term;
  const group: Term = {
    kind: 'group',
    open: offset,
    close: offset + length,
    filter: clause.filter,
    offset,
    length,
  };
  const terms = filter.terms.map((each) => (each === term ? group : each));
  return withoutParentheses({ ...filter, terms }, filterMeaning(context));
}

function adviceFor(operator: DayOperator, place: Place): string {
  if (place === 'negated') return 'For the whole day, first write the condition without “not”.';
  return operator === 'ne'
    ? 'For the whole day, write two alternatives, before the day and from the next one, with the other conditions in each.'
    : `If you mean the whole day, write ${ADVICE[operator]}.`;
}

const PROBLEMS: Readonly<Record<DayOperator, string>> = {
  eq: 'This finds only midnight, when the day begins',
  ne: 'This leaves out only midnight, when the day begins',
  le: 'This ends at midnight, when the day begins',
  gt: 'This begins right after midnight, and so with the day itself',
};

const ADVICE: Readonly<Record<DayOperator, string>> = {
  eq: 'ge the day and lt the next one',
  ne: 'lt the day or ge the next one',
  le: 'lt the next day',
  gt: 'ge the next day',
};
