/** `contains(field,'text')` and what people write instead: `bad-arguments`, `unsupported-filter`, `type-mismatch`. */
import { functionsFor, withArticle } from '../analysis/field-types';
import { quote } from '../analysis/print-filter';
import type { Argument, FunctionTerm, Value } from '../syntax/nodes';
import { nearest } from '../text/nearest';
import { between, endOf } from '../text/span';
import { FUNCTION_NAMES } from '../vocabulary/filter-words';
import { comparisonOf, functionOf } from '../vocabulary/filter-words';
import type { CheckContext } from './check';
import { removal, replace } from './check';
import { checkFilterField } from './filter-comparison';
import { checkValueOf } from './values';

export function checkFunction(context: CheckContext, term: FunctionTerm): void {
  const { report } = context;
  const name = functionOf(term.name.text);
  if (name === undefined) {
    reportUnknown(context, term);
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
  checkFieldArgument(context, term, name, field);
  if (value.value === undefined) report('bad-arguments', value, `Write a text in single quotes: ${example}.`);
  else checkTextArgument(context, value.value);
}

function checkFieldArgument(
  context: CheckContext,
  term: FunctionTerm,
  name: string,
  argument: Argument,
): void {
  const { word } = argument;
  if (word === undefined || word.text.includes(' ') || word.length < argument.length) {
    const inner = nestedField(context, argument);
    context.report(
      'bad-arguments',
      argument,
      `The first argument of ${name} is a field: ${name}(Label,'text').`,
      {
        fixes: inner === undefined ? [] : [replace(argument, inner, `Use ${inner} itself`)],
      },
    );
    return;
  }
  const field = checkFilterField(context, word);
  if (field !== undefined && field.filterable && !functionsFor(field.type).some((each) => each === name)) {
    const value = term.arguments[1]?.value;
    context.report(
      'type-mismatch',
      word,
      `${name} searches in text, and ${field.name} is ${withArticle(field.type)}. Compare it: ${field.name} eq ${value === undefined ? "'value'" : quote(value.text)}.`,
    );
  }
}

/** `contains(tolower(Label),'x')`: the field inside. */
function nestedField({ model }: CheckContext, argument: Argument): string | undefined {
  const text = model.tree.text.slice(argument.offset, endOf(argument));
  return /^(?:tolower|toupper|trim)\(\s*([\w.]+)\s*\)$/i.exec(text)?.[1];
}

function checkTextArgument(context: CheckContext, value: Value): void {
  // No type is checked: contains(Label,5) searches for the text '5'.
  if (value.form === 'null')
    context.report(
      'unsupported-filter',
      value,
      "The API has no null. Write a text in single quotes: 'text'.",
    );
  else checkValueOf(context, value, undefined);
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

function reportUnknown({ report }: CheckContext, term: FunctionTerm): void {
  const written = term.name.text;
  const better = rewriteUnknown(term);
  if (better !== undefined) {
    report('unsupported-filter', term, `The API has no function “${written}”. Write ${better}.`, {
      fixes: [replace(term, better, `Rewrite to ${better}`, !/^(?:tolower|toupper|trim)$/i.test(written))],
    });
    return;
  }
  const near = nearest(written, FUNCTION_NAMES, 1)[0];
  report(
    'unsupported-filter',
    term.name,
    `The API has no function “${written}”. It has contains, startswith and endswith.${near === undefined ? '' : ` Did you mean “${near}”?`}`,
    {
      fixes: near === undefined ? [] : [replace(term.name, near)],
    },
  );
}

/** The API's equivalent of some of OData's other functions. */
function rewriteUnknown(term: FunctionTerm): string | undefined {
  const [first, second] = term.arguments;
  const operator = comparisonOf(term.operator?.text ?? '');
  switch (term.name.text.toLowerCase()) {
    case 'substringof':
      return first?.value !== undefined && second?.word !== undefined
        ? `contains(${second.word.text},${quote(first.value.text)})`
        : undefined;
    case 'indexof':
      return first?.word !== undefined &&
        second?.value !== undefined &&
        ((operator === 'ge' && term.value?.text === '0') ||
          (operator === 'ne' && term.value?.text === '-1') ||
          (operator === 'gt' && term.value?.text === '-1'))
        ? `contains(${first.word.text},${quote(second.value.text)})`
        : undefined;
    case 'tolower':
    case 'toupper':
    case 'trim':
      return first?.word !== undefined && operator !== undefined && term.value !== undefined
        ? `${first.word.text} ${operator} ${quote(term.value.text)}`
        : undefined;
    case 'year': {
      const year = Number(term.value?.text);
      if (
        first?.word === undefined ||
        operator === undefined ||
        !Number.isInteger(year) ||
        year < 1 ||
        year > 9998
      )
        return undefined;
      const [from, to] = [year, year + 1].map((each) => `'${String(each).padStart(4, '0')}-01-01T00:00:00'`);
      const field = first.word.text;
      switch (operator) {
        case 'eq':
          return `${field} ge ${from} and ${field} lt ${to}`;
        case 'ne':
          return undefined;
        case 'lt':
          return `${field} lt ${from}`;
        case 'le':
          return `${field} lt ${to}`;
        case 'gt':
          return `${field} ge ${to}`;
        case 'ge':
          return `${field} ge ${from}`;
      }
    }
  }
  return undefined;
}
