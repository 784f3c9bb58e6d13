/** `field op value`: `unknown-field`, `field-not-filterable`, `unknown-operator`, `unsupported-filter`, and the value. */
import { negatesFunctions } from '../analysis/dialect';
import { functionsFor, operatorsFor, withArticle } from '../analysis/field-types';
import type { FilterMeaning } from '../analysis/filter-meaning';
import { EMPTY_ASSUMPTION, noEmptiness, readValue, type ValuePlace } from '../analysis/filter-values';
import { listedIds } from '../analysis/listed-ids';
import { searchFor } from '../analysis/searches';
import { periodIn } from '../analysis/stretches';
import { rangeIn } from '../analysis/value-ranges';
import { unreadableDay } from '../analysis/whole-days';
import type { FieldInfo } from '../catalog/catalog';
import { endsIn } from '../syntax/filter-ranges';
import type { Comparison, Value, Word } from '../syntax/nodes';
import { between, endOf } from '../text/span';
import {
  comparisonOf,
  emptinessOf,
  functionOf,
  isNegatedSearch,
  synonymOf,
  unsupportedOperatorOf,
} from '../vocabulary/filter-words';
import { periodOf } from '../vocabulary/periods';
import type { CheckContext } from './check';
import { checkField, replace } from './check';
import { eitherRange } from './either-range';
import { checkLimit } from './filter-limit';
import { checkPhrase } from './filter-phrase';
import { checkNameForId } from './name-for-id';
import { proposal, rewritingFixes, rewritten, type TermPlace } from './rewriting';
import { checkValueAlone } from './value-alone';
import { checkValueOf } from './values';
import { checkWildcards } from './wildcards';

/** Checks the field of a condition. Returns it if it is known, even where it can't be filtered by. Fields that don't suit it are not offered. */
export function checkFilterField(
  context: CheckContext,
  word: Word,
  suits: (field: FieldInfo) => boolean = () => true,
): FieldInfo | undefined {
  const field = checkField(context, word, undefined, (near) => near.filterable && suits(near));
  if (field?.filterable === false) {
    context.report(
      'field-not-filterable',
      word,
      `The platform can’t filter by ${field.name}. Filter the results instead, or choose another field.`,
    );
  }
  return field;
}

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

/** `StartDate after today and before next month`: a condition begins with its operator. */
function lacksField(context: CheckContext, term: Comparison, place: TermPlace): boolean {
  const { field, operator, value } = term;
  const { list, index, meaning } = place;
  if (operator !== undefined || value === undefined || !meaning.knowsFields) return false;
  if (field.references.length + value.references.length > 0 || firstField(field.text, meaning)) return false;
  const before = list.terms[index - 1];
  const parts = operatorFirst(field.text, value);
  if (index < 1 || parts === undefined || before?.kind !== 'comparison') return false;
  if (before.operator === undefined || meaning.field(before.field.text) === undefined) return false;
  const whole: Comparison = {
    ...term,
    field: before.field,
    operator: { ...field, text: parts.operator },
    value: parts.value,
  };
  const rewriting = rewritten(whole, meaning);
  context.report(
    'missing-operator',
    term,
    `Each condition has a field of its own: name ${before.field.text} again.${proposal(rewriting)}`,
    { fixes: rewritingFixes(context, term, place, rewriting) },
  );
  return true;
}

const firstField = (text: string, meaning: FilterMeaning): boolean =>
  meaning.field(text.split(' ', 1)[0] ?? text) !== undefined;

/** `before 1 May` and `less than 5`, of which the parser has taken the first word for a field. */
function operatorFirst(
  first: string,
  value: Value,
): { readonly operator: string; readonly value: Value } | undefined {
  const behind = value.form === 'text' ? value.text.split(' ') : [];
  for (let count = Math.min(behind.length - 1, MOST_OPERATOR_WORDS); count >= 0; count--) {
    const operator = [first, ...behind.slice(0, Math.max(count, 0))].join(' ');
    if (comparisonOf(operator) === undefined && comparisonOf(synonymOf(operator) ?? '') === undefined)
      continue;
    return {
      operator,
      value: count === 0 ? value : { ...value, text: behind.slice(count).join(' '), written: undefined },
    };
  }
  const isOne = behind.length === 0 && comparisonOf(synonymOf(first) ?? '') !== undefined;
  return isOne ? { operator: first, value } : undefined;
}

/** More words than an operator has behind its first one. */
const MOST_OPERATOR_WORDS = 5;

/** `VenueTown = NULL`: one message for what would be two, since only the user knows whether it means an empty text. */
function isSpokenNull(
  context: CheckContext,
  term: Comparison,
  place: TermPlace,
  field: FieldInfo | undefined,
): boolean {
  const { operator, value } = term;
  if (operator === undefined || value?.form !== 'null' || comparisonOf(operator.text) !== undefined)
    return false;
  const reading = readValue(value, { field, operator: operator.text, meaning: place.meaning });
  const rewriting = rewritten(term, place.meaning);
  if (reading.kind !== 'better' || !rewriting.ok) return false;
  context.report(
    'unsupported-filter',
    value,
    `The API has no null. ${EMPTY_ASSUMPTION}.${proposal(rewriting)}`,
    {
      fixes: rewritingFixes(context, term, place, rewriting),
    },
  );
  return true;
}

/** Returns the first of two fields that were read as one, `Label Status`; undefined where it is one. */
export function firstOfTwo(text: string, { field: known }: FilterMeaning): string | undefined {
  const [first = '', ...rest] = text.split(' ');
  return rest.length > 0 && known(first) !== undefined && known(rest.join('')) !== undefined
    ? first
    : undefined;
}

/** `Label Status eq 'Full'`. */
function runsOn(context: CheckContext, { field }: Comparison, meaning: FilterMeaning): boolean {
  const first = firstOfTwo(field.text, meaning);
  if (first === undefined) return false;
  const where = { offset: field.offset, length: first.length };
  context.report(
    'missing-operator',
    where,
    `Write an operator and a value after “${first}”, for example ${first} eq 'value', and “and” or “or” before the next condition.`,
  );
  return true;
}

/** `$it/Label` and `-Cost`: more than a field, although the field is known. */
function checkPrefix({ report }: CheckContext, word: Word, meaning: FilterMeaning): FieldInfo | undefined {
  const [, prefix = '', name = ''] = /^(\$it\/|-)(.+)$/i.exec(word.text) ?? [];
  const field = name === '' ? undefined : meaning.field(name);
  if (field === undefined) return undefined;
  if (prefix === '-')
    report(
      'unsupported-filter',
      word,
      'The API has no arithmetic (“-”). Compare the field itself with a value.',
    );
  else
    report('unsupported-filter', word, `The API has no “$it”. Write ${field.name}.`, {
      fixes: [replace(word, field.name)],
    });
  return field;
}

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

function checkEmptiness(
  context: CheckContext,
  term: Comparison,
  operator: Word,
  field: FieldInfo | undefined,
  place: TermPlace,
): void {
  const rewriting = rewritten(term, place.meaning);
  const advice = rewriting.ok
    ? `${EMPTY_ASSUMPTION}.${proposal(rewriting)}`
    : field === undefined
      ? ''
      : noEmptiness(field);
  context.report('unknown-operator', operator, `The API has no “${operator.text}”. ${advice}`, {
    fixes: rewritingFixes(context, term, place, rewriting),
  });
}

/** Returns true where the message covers the value, too. */
function checkOperator(context: CheckContext, term: Comparison, operator: Word, place: ValuePlace): boolean {
  const { report } = context;
  const { field } = place;
  const known = comparisonOf(operator.text);
  if (known !== undefined) {
    if (field !== undefined && field.filterable && !operatorsFor(field.type).includes(known)) {
      report(
        'type-mismatch',
        operator,
        `${field.name} is ${withArticle(field.type)}: compare it with ${operatorsFor(field.type).join(' or ')}.`,
      );
    }
    return false;
  }
  const unsupported = unsupportedOperatorOf(operator.text);
  if (unsupported !== undefined) {
    const what = unsupported === 'has' ? '“has”' : `arithmetic (“${operator.text}”)`;
    report('unsupported-filter', operator, `The API has no ${what}. Compare the field itself with a value.`);
    return true;
  }
  if (isNegatedSearch(operator.text)) {
    report(
      'unknown-operator',
      operator,
      negatesFunctions(context.model.traits)
        ? `The API has no “${operator.text}”. Write not contains(${term.field.text},'text').`
        : `The API has no “${operator.text}”: it can’t ask for texts without something. Leave this out, and filter the results instead.`,
    );
    return true;
  }
  const better = synonymOf(operator.text);
  const call = functionOf(better ?? '');
  if (better !== undefined && call === undefined) {
    report('unknown-operator', operator, `The API has no operator “${operator.text}”. Write ${better}.`, {
      fixes: [replace(operator, better)],
    });
    return false;
  }
  if (term.value !== undefined && call !== undefined)
    return checkSearch(context, term, operator, term.value, place);
  // A list that is missing has a message.
  if (/\bin$/i.test(operator.text) && term.value === undefined) return true;
  report(
    'unknown-operator',
    operator,
    `The API has no operator “${operator.text}”. Write eq, ne, lt, le, gt or ge, or contains(${term.field.text},'text').`,
  );
  return false;
}

/** `Label like '%aid%'`. */
function checkSearch(
  { report }: CheckContext,
  term: Comparison,
  operator: Word,
  value: Value,
  { field, meaning }: ValuePlace,
): boolean {
  const search = searchFor(term.field.text, operator.text, value, meaning);
  const what = `The API has no operator “${operator.text}”`;
  if (field !== undefined && functionsFor(field.type).length === 0) {
    report(
      'unknown-operator',
      operator,
      `${what}, and searches only in text: ${field.name} is ${withArticle(field.type)}. Compare it with ${operatorsFor(field.type).join(', ')}.`,
    );
    return true;
  }
  if (search === undefined) {
    report(
      'unknown-operator',
      operator,
      value.form === 'null'
        ? `${what}, and no null. Write a text in single quotes.`
        : `${what}, and no wildcards such as those in '${value.text}'. It has contains, startswith and endswith.`,
    );
    return true;
  }
  report('unknown-operator', operator, `${what}. Write ${search.text}.`, {
    fixes:
      field?.filterable === false
        ? []
        : [
            replace(
              between(term.offset, endOf(value)),
              search.text,
              `Rewrite to ${search.text}`,
              // SQL's LIKE without a wildcard could mean “equals”.
              search.sure,
            ),
          ],
  });
  return true;
}
