/** `unknown-operator`: what people write between a field and its value, and searches as SQL has them. */
import { negatesFunctions } from '../analysis/dialect';
import { functionsFor, operatorsFor, withArticle } from '../analysis/field-types';
import type { ValuePlace } from '../analysis/filter-values';
import { searchFor } from '../analysis/searches';
import type { Comparison, Value, Word } from '../syntax/nodes';
import { between, endOf } from '../text/span';
import {
  comparisonOf,
  functionOf,
  isNegatedSearch,
  synonymOf,
  unsupportedOperatorOf,
} from '../vocabulary/filter-words';
import { type CheckContext, replace } from './check';

/** Returns true where the message covers the value, too. */
export function checkOperator(
  context: CheckContext,
  term: Comparison,
  operator: Word,
  place: ValuePlace,
): boolean {
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
