/** `whole-day`, and `bad-date` of a day: days where a field has times. */
import { quote } from '../analysis/print-filter';
import {
  dayOf,
  type DayOperator,
  hasTimes,
  isDayOperator,
  unreadableDay,
  wholeDay,
} from '../analysis/whole-days';
import type { Comparison, FilterList, Term } from '../syntax/nodes';
import { comparisonOf } from '../vocabulary/filter-words';
import type { Check, CheckContext } from './check';
import { replace, staticText } from './check';

export const checkWholeDays: Check = (context) => {
  if (context.model.module?.fields === undefined) return;
  for (const { value } of context.model.tree.clauses)
    if (value.kind === 'filter') checkList(context, value.filter);
};

function checkList(context: CheckContext, { terms, joins }: FilterList): void {
  for (const [index, term] of terms.entries()) {
    const joined = [joins[index - 1], joins[index]].some((join) => join?.op === 'and');
    checkTerm(context, term, joined ? 'joined by and' : 'alternative');
  }
}

/** Where a term stands: that decides what can replace it without parentheses. */
type Place = 'alternative' | 'joined by and' | 'negated';

function checkTerm(context: CheckContext, term: Term, place: Place): void {
  if (term.kind === 'group') checkList(context, term.filter);
  else if (term.kind === 'not' && term.operand !== undefined) checkTerm(context, term.operand, 'negated');
  else if (term.kind === 'comparison') checkDay(context, term, place);
}

function checkDay(context: CheckContext, term: Comparison, place: Place): void {
  const { value } = term;
  const field = context.model.module?.field(term.field.text);
  const operator = comparisonOf(term.operator?.text ?? '');
  if (value === undefined || !hasTimes(field?.type) || !isDayOperator(operator)) return;
  const unreadable = unreadableDay(term, field?.type);
  const day = unreadable ?? (value.form === 'quoted' ? dayOf(value, staticText(context, value)) : undefined);
  if (day === undefined) return;
  const better = wholeDay(term.field.text, operator, day);
  const fits = place === 'alternative' || (place === 'joined by and' && operator !== 'ne');
  if (unreadable !== undefined) {
    context.report(
      'bad-date',
      value,
      `${term.field.text}: The API can’t read the date “${value.text}”. Write ${better ?? quote(day.text)}.`,
      {
        fixes: [
          better !== undefined && fits
            ? replace(term, better, `Write ${better}`)
            : replace(value, quote(day.text), `Write ${quote(day.text)}`, false),
        ],
      },
    );
    return;
  }
  context.report('whole-day', value, messageOf(operator, better), {
    fixes:
      better !== undefined && fits ? [replace(term, better, `Mean the whole day: ${better}`, false)] : [],
  });
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

const messageOf = (operator: DayOperator, better: string | undefined): string =>
  `${PROBLEMS[operator]}. If you mean the whole day, write ${better ?? ADVICE[operator]}.`;
