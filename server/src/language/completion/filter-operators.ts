/** Behind a field of a filter: how it is compared, in words, the likeliest for its type first. */
import { functionsFor } from '../analysis/field-types';
import type { FilterPosition } from '../analysis/filter-position';
import { hasKnownValues } from '../analysis/known-values';
import { operatorWords } from '../analysis/operator-words';
import type { FieldInfo } from '../catalog/catalog';
import type { Token } from '../syntax/tokens';
import { codeSpan } from '../text/markdown';
import { endOf, type Span } from '../text/span';
import {
  COMPARISON_NAMES,
  comparisonOf,
  type ComparisonOperator,
  COMPARISONS,
  type FilterFunction,
  FUNCTION_NAMES,
  functionOf,
  FUNCTIONS,
  synonymsOf,
} from '../vocabulary/filter-words';
import { type CompletionContext, spaceAfter } from './context';
import type { CompletionItem } from './items';

/** With its meaning, which of a field of an unknown type is that of the operator for any. */
type Words = readonly (readonly [ComparisonOperator | FilterFunction, string])[];

const ALL: Words = [
  ...COMPARISON_NAMES.map((name) => [name, COMPARISONS[name].meaning] as const),
  ...FUNCTION_NAMES.map((name) => [name, FUNCTIONS[name].meaning] as const),
];

export function operatorItems(
  context: CompletionContext,
  { field }: FilterPosition,
  where: Span,
): CompletionItem[] {
  const info = field === undefined ? undefined : context.model.module?.field(field.text);
  const call = field === undefined ? undefined : callAround(context, field, info, where);
  const functions = info === undefined ? FUNCTION_NAMES : functionsFor(info.type);
  return (info === undefined ? ALL : operatorWords(info.type)).flatMap(
    ([word, meaning]): CompletionItem[] => {
      const operator = comparisonOf(word);
      if (operator !== undefined) return [comparisonItem(context, operator, meaning, field, info, where)];
      const name = functionOf(word);
      return name === undefined || call === undefined || !functions.includes(name) ? [] : [call(name)];
    },
  );
}

function comparisonItem(
  context: CompletionContext,
  operator: ComparisonOperator,
  meaning: string,
  field: Token | undefined,
  info: FieldInfo | undefined,
  where: Span,
): CompletionItem {
  const { expectation } = COMPARISONS[operator];
  const after = spaceAfter(context, where);
  // `Label=`: the sign that is replaced touched the field.
  const before = field !== undefined && endOf(field) === where.offset ? ' ' : '';
  return {
    label: operator,
    kind: 'operator',
    detail: `${meaning}  ${expectation === '==' ? '=' : expectation}`,
    everywhere: true,
    documentation: `${codeSpan(`${field?.text ?? 'Field'} ${operator} '…'`)}: the field ${meaning} the value.`,
    // Found by what it is called elsewhere, too: `<`, `less than`, `before`.
    filter: [operator, ...synonymsOf(operator)].join(' '),
    replace: where,
    ...(after === ''
      ? { insert: before + operator }
      : withValue(before + operator, hasChoice(context, info))),
  };
}

/** What follows is chosen from a list, or typed between quotes. */
const withValue = (operator: string, choice: boolean) =>
  choice ? { insert: `${operator} `, retrigger: true } : { insert: `${operator} '\${1}'`, snippet: true };

const hasChoice = ({ model }: CompletionContext, info: FieldInfo | undefined): boolean =>
  info !== undefined &&
  (info.type === 'boolean' ||
    info.type === 'datetime' ||
    info.type === 'date' ||
    hasKnownValues(model.catalog, model.module, info));

/** Writes a function around the field; undefined where that would leave something over. */
function callAround(
  { model }: CompletionContext,
  field: Token,
  info: FieldInfo | undefined,
  where: Span,
): ((name: FilterFunction) => CompletionItem) | undefined {
  const { text } = model.tree;
  if (field.references.length > 0) return undefined;
  if (text.slice(field.offset, endOf(where)).includes('\n')) return undefined;
  // An existing value.
  if (/^[ \t]*['"‘’“”]/.test(text.slice(endOf(where)))) return undefined;
  return (name) => ({
    label: name,
    kind: 'function',
    detail: FUNCTIONS[name].meaning,
    everywhere: true,
    documentation: `Rewrites the condition to ${codeSpan(`${name}(${field.text},'…')`)}.`,
    // It begins at the cursor: VS Code would take the field for a typed part of the item, and show it before `eq`.
    replace: where,
    insert: `,'\${1}')$0`,
    also: [
      {
        offset: field.offset,
        length: where.offset - field.offset,
        text: `${name}(${info?.name ?? field.text}`,
      },
    ],
    snippet: true,
  });
}
