/** `contains(field,'text')` and what people write instead: `bad-arguments`, `unsupported-filter`, `type-mismatch`. */
import { functionsFor, withArticle } from '../analysis/field-types';
import type { FilterMeaning } from '../analysis/filter-meaning';
import { quote } from '../analysis/print-filter';
import type { FieldInfo } from '../catalog/catalog';
import type { Argument, FunctionTerm, Value } from '../syntax/nodes';
import { nearest } from '../text/nearest';
import { between, endOf } from '../text/span';
import { FUNCTION_NAMES } from '../vocabulary/filter-words';
import { comparisonOf, functionOf } from '../vocabulary/filter-words';
import type { CheckContext } from './check';
import { removal, replace } from './check';
import { checkFilterField, firstOfTwo } from './filter-fields';
import type { TermPlace } from './rewriting';
import { checkValueOf } from './values';

export function checkFunction(context: CheckContext, term: FunctionTerm, place: TermPlace): void {
  const { report } = context;
  const name = functionOf(term.name.text);
  if (name === undefined) {
    reportSlip(context, term);
    return;
  }
  if (term.open > endOf(term.name)) {
    report('bad-arguments', between(endOf(term.name), term.open), `Write “(” right after ${name}.`, {
      fixes: [removal(between(endOf(term.name), term.open), 'Remove the space')],
    });
  }
  if (term.operator !== undefined) reportComparison(context, term);
  const [field, value, third] = term.arguments;
  const example = `${name}(${field?.word?.text ?? 'Label'},'text')`;
  if (field?.word === undefined && field?.value !== undefined && value?.word !== undefined) {
    const swapped = `${value.word.text},${quote(field.value.text)}`;
    report(
      'bad-arguments',
      between(field.offset, endOf(value)),
      `Write the field first: ${name}(${swapped}).`,
      { fixes: [replace(between(field.offset, endOf(value)), swapped, 'Swap the two')] },
    );
    return;
  }
  if (
    third !== undefined ||
    field === undefined ||
    value === undefined ||
    field.length === 0 ||
    value.length === 0
  ) {
    if (term.close === undefined && (field === undefined || value === undefined)) return;
    report(
      'bad-arguments',
      between(term.name.offset, term.close === undefined ? endOf(term) : term.close + 1),
      `${name} takes a field and a text: ${example}.`,
    );
    return;
  }
  checkFieldArgument(context, term, name, { argument: field, meaning: place.meaning });
  if (value.value === undefined) report('bad-arguments', value, `Write a text in single quotes: ${example}.`);
  else checkTextArgument(context, value.value, place);
}

function checkFieldArgument(
  context: CheckContext,
  term: FunctionTerm,
  name: string,
  { argument, meaning }: { readonly argument: Argument; readonly meaning: FilterMeaning },
): void {
  const { word } = argument;
  if (word === undefined || word.length < argument.length || firstOfTwo(word.text, meaning) !== undefined) {
    context.report(
      'bad-arguments',
      argument,
      `The first argument of ${name} is a field: ${name}(Label,'text').`,
    );
    return;
  }
  const isSearched = ({ type }: FieldInfo) => functionsFor(type).some((each) => each === name);
  const field = checkFilterField(context, word, isSearched);
  if (field !== undefined && field.filterable && !isSearched(field)) {
    const value = term.arguments[1]?.value;
    context.report(
      'type-mismatch',
      word,
      `${name} searches in text, and ${field.name} is ${withArticle(field.type)}. Compare it: ${field.name} eq ${value === undefined ? "'value'" : quote(value.text)}.`,
    );
  }
}

function checkTextArgument(context: CheckContext, value: Value, { meaning }: TermPlace): void {
  if (value.form === 'null')
    context.report(
      'unsupported-filter',
      value,
      "The API has no null. Write a text in single quotes: 'text'.",
    );
  // No type is checked: contains(Label,5) searches for the text '5'.
  else checkValueOf(context, value, { field: undefined, operator: undefined, meaning });
}

function reportComparison({ report }: CheckContext, term: FunctionTerm): void {
  const truth = term.value?.text.toLowerCase();
  const plain =
    term.close === undefined ||
    !/^(true|1)$/.test(truth ?? '') ||
    comparisonOf(term.operator?.text ?? '') !== 'eq';
  const where = between(term.close === undefined ? term.offset : term.close + 1, endOf(term));
  report(
    'unsupported-filter',
    where,
    plain
      ? `The API can’t compare the result of ${term.name.text}(…), which is a condition by itself. Remove the comparison.`
      : `Leave this out: ${term.name.text}(…) is a condition by itself.`,
    {
      fixes: plain ? [] : [removal(where, 'Remove the comparison')],
    },
  );
}

function reportSlip({ report }: CheckContext, { name, arguments: parts }: FunctionTerm): void {
  const near = nearest(name.text, FUNCTION_NAMES, { count: 1 })[0];
  report(
    'unsupported-filter',
    name,
    `The API has no function “${name.text}”. It has contains, startswith and endswith.${near === undefined ? '' : ` Did you mean “${near}”?`}`,
    {
      // The right name alone would not make it right.
      fixes:
        near === undefined ||
        parts.length !== 2 ||
        parts[0]?.word === undefined ||
        parts[1]?.value === undefined
          ? []
          : [replace(name, near)],
    },
  );
}
