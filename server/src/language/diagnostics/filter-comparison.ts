/** `field op value`: the checks of its parts, in the order in which one tells of the others. */
import { listedIds } from '../analysis/listed-ids';
import { periodIn } from '../analysis/stretches';
import { rangeIn } from '../analysis/value-ranges';
import { unreadableDay } from '../analysis/whole-days';
import type { FieldInfo } from '../catalog/catalog';
import { endsIn } from '../syntax/filter-ranges';
import type { Comparison, Value } from '../syntax/nodes';
import { endOf } from '../text/span';
import {
  comparisonOf,
  emptinessOf,
  functionOf,
  synonymOf,
  unsupportedOperatorOf,
} from '../vocabulary/filter-words';
import { periodOf } from '../vocabulary/periods';
import { type CheckContext, replace } from './check';
import { eitherRange } from './either-range';
import { checkEmptiness, isSpokenNull } from './filter-emptiness';
import { checkFilterField, checkPrefix, runsOn } from './filter-fields';
import { lacksField } from './filter-lacking-field';
import { checkLimit } from './filter-limit';
import { checkOperator } from './filter-operator';
import { checkPhrase } from './filter-phrase';
import { checkNameForId } from './name-for-id';
import { proposal, rewritingFixes, rewritten, type TermPlace } from './rewriting';
import { checkValueAlone } from './value-alone';
import { checkValueOf } from './values';
import { checkWildcards } from './wildcards';

export function checkComparison(context: CheckContext, term: Comparison, place: TermPlace): void {
  const { operator, value } = term;
  const { meaning } = place;
  if (runsOn(context, term, meaning) || lacksField(context, term, place)) return;
  if (checkPhrase(context, term, place)) return;
  if (checkValueAlone(context, term, place)) return;
  const isBare = operator === undefined && value === undefined;
  const field =
    checkPrefix(context, term.field, meaning) ??
    checkFilterField(context, term.field, ({ type }) => !isBare || type !== 'boolean');
  if (isBare) {
    checkAlone(context, term, field, place);
    return;
  }
  const searches = functionOf(synonymOf(operator?.text ?? '') ?? '') !== undefined;
  if (value !== undefined && !searches && periodIn(term, field?.type) !== undefined) {
    const rewriting = rewritten(term, meaning);
    context.report('bad-date', value, `The API has no “${value.text}”.${proposal(rewriting)}`, {
      ...(rewriting.ok ? {} : { next: 'write-date' }),
      fixes: rewritingFixes(context, term, place, rewriting),
    });
    return;
  }
  const range = rangeIn(term, meaning);
  if (value !== undefined && range !== undefined) {
    const rewriting = rewritten(term, meaning);
    context.report('type-mismatch', value, `“${value.text}” is two values.${proposal(rewriting)}`, {
      fixes: rewriting.ok
        ? rewritingFixes(context, term, place, rewriting)
        : eitherRange(context, range, place),
    });
    return;
  }
  const listed = value === undefined ? undefined : listedIds(value, field);
  if (value !== undefined && listed !== undefined && /^(?:eq|ne)$/.test(meantOperator(operator?.text))) {
    const rewriting = rewritten(term, meaning);
    context.report('unsupported-filter', value, `A condition has one value.${proposal(rewriting)}`, {
      fixes: rewritingFixes(context, term, place, rewriting),
    });
    return;
  }
  // The parser has left it to the type of the field.
  if (operator === undefined && value !== undefined && isLeft(value)) {
    context.report(
      'missing-operator',
      term.field,
      `Write an operator between “${term.field.text}” and its value: eq, ne, lt, le, gt or ge.`,
      {
        fixes:
          endsIn(value.text) === undefined
            ? []
            : [replace({ offset: endOf(term.field), length: 0 }, ' eq', 'Insert “eq”')],
      },
    );
    return;
  }
  if (operator !== undefined && emptinessOf(operator.text) !== undefined) {
    checkEmptiness(context, term, operator, field, place);
    return;
  }
  if (checkWildcards(context, term, place, field) || isSpokenNull(context, term, place, field)) return;
  const covered =
    operator !== undefined &&
    operator.references.length === 0 &&
    checkOperator(context, term, operator, { field, operator: operator.text, meaning });
  // After arithmetic, the rest is not a value of this field.
  if (
    covered ||
    value === undefined ||
    (operator !== undefined && unsupportedOperatorOf(operator.text) !== undefined)
  )
    return;
  // Reported with what means the whole day.
  if (unreadableDay(term, field?.type) !== undefined) return;
  if (checkLimit(context, term, place)) return;
  checkValueOf(context, value, { field, operator: operator?.text, meaning }, !goesOnUnknown(term, place));
  checkNameForId(context, term, field);
}

const meantOperator = (text = ''): string => comparisonOf(text) ?? synonymOf(text) ?? '';

/** True for a value without an operator that the parser has not reported. */
const isLeft = ({ text }: Value): boolean => periodOf(text) !== undefined || endsIn(text) !== undefined;

/** `Label = Health and {{x}}`: only the user knows whether the variable is a condition, or a part of the text. */
function goesOnUnknown({ value }: Comparison, { list, index, meaning }: TermPlace): boolean {
  const next = index < 0 ? undefined : list.terms[index + 1];
  if (value?.form !== 'text' || next?.kind !== 'opaque' || list.joins[index]?.written === '') return false;
  const words = meaning.textOf(next.word)?.split(/[\s(]+/, MOST_WORDS_BEFORE_OPERATOR) ?? [];
  return !words.some((word) => comparisonOf(word) !== undefined || functionOf(word) !== undefined);
}

/** More words than stand in a condition before its operator, with it. */
const MOST_WORDS_BEFORE_OPERATOR = 8;

/** A field without an operator: one that is true or false may be a condition in OData. */
function checkAlone(
  context: CheckContext,
  term: Comparison,
  field: FieldInfo | undefined,
  place: TermPlace,
): void {
  if (field?.type === 'boolean') {
    if (place.index < 0) return;
    const rewriting = rewritten(term, place.meaning);
    context.report(
      'unsupported-filter',
      term.field,
      `A field is no condition by itself.${proposal(rewriting)}`,
      { fixes: rewritingFixes(context, term, place, rewriting) },
    );
    return;
  }
  context.report(
    'missing-operator',
    term.field,
    `Write an operator and a value after “${term.field.text}”, for example ${term.field.text} eq 'value'.`,
  );
}
