/** In `$filter` and `$upsert`. */
import { formatDateTime } from '../analysis/dates';
import { quotedForSending } from '../analysis/dialect';
import { fieldText } from '../analysis/documentation';
import { evaluateVariable } from '../analysis/evaluate';
import { checkValue, functionsFor, operatorsFor } from '../analysis/field-types';
import { type FilterPosition, filterPosition, replacedSpan } from '../analysis/filter-position';
import { type Chain, chainText, inPlace, joiningHint } from '../analysis/joining';
import { dayOf, hasTimes, isDayOperator, wholeDay, wholeDayParts } from '../analysis/whole-days';
import type { CatalogModule, FieldInfo } from '../catalog/catalog';
import type { FilterValue } from '../syntax/nodes';
import { findReferences } from '../syntax/references';
import { isWritableField } from '../syntax/writable-names';
import { codeSpan } from '../text/markdown';
import { endOf, type Span } from '../text/span';
import { OFFERED_DATES } from '../vocabulary/builtins';
import {
  COMPARISON_NAMES,
  comparisonOf,
  COMPARISONS,
  FUNCTION_NAMES,
  FUNCTIONS,
  joinOf,
} from '../vocabulary/filter-words';
import { type CompletionContext, noFieldsNote } from './context';
import { type CompletionItem, escapeSnippet } from './items';

export function completeFilter(context: CompletionContext, value: FilterValue): CompletionItem[] {
  const position = filterPosition(value.tokens, context.offset);
  const where = replacedSpan(position, context.offset);
  const inString = isInString(position, context.offset);
  switch (position.expect) {
    case 'term':
      return inString
        ? []
        : [...fieldItems(context, where, () => true, true), ...functionItems(context, where)];
    case 'argument-field':
      return inString
        ? []
        : fieldItems(context, where, (field) => functionsFor(field.type).length > 0, false);
    case 'operator':
      return inString ? valueItems(context, position, where, value) : operatorItems(context, position, where);
    case 'value':
    case 'argument-value':
      return valueItems(context, position, where, value);
    case 'join':
      // The cursor is still in the value, though that is closed.
      return inString ? valueItems(context, position, where, value) : joinItems(context, where);
    case 'comma':
    case 'close':
      return punctuationItems(context, position, value, where);
  }
}

/** True between the quotes of a value; right before them, the whole value is replaced. */
const isInString = ({ current }: FilterPosition, offset: number) =>
  current?.kind === 'string' && offset > current.offset;

/** The comma and text, or the parenthesis, that a function call lacks. */
function punctuationItems(
  { offset }: CompletionContext,
  { expect }: FilterPosition,
  { tokens }: FilterValue,
  where: Span,
): CompletionItem[] {
  const next = tokens.find((token) => token.offset >= offset)?.kind;
  if (expect === 'close')
    return next === ')' || next === ','
      ? []
      : [{ label: ')', kind: 'operator', detail: 'closes the function', replace: where, insert: ')' }];
  if (next === ',' || next === 'string') return [];
  return [
    {
      label: ",'…'",
      kind: 'snippet',
      detail: 'the text to look for',
      replace: where,
      insert: `,'\${1}'${next === ')' ? '' : ')'}`,
      snippet: true,
      filter: ',',
    },
  ];
}

const spaceAfter = ({ model }: CompletionContext, where: Span) =>
  /^[ \t]/.test(model.tree.text.slice(endOf(where))) ? '' : ' ';

/** The fields that a filter may name; others would be errors. */
function fieldItems(
  context: CompletionContext,
  where: Span,
  fits: (field: FieldInfo) => boolean,
  operatorFollows: boolean,
): CompletionItem[] {
  const { module } = context.model;
  if (module?.fields === undefined) return noFieldsNote(context);
  // `contains(…`: only another function can stand before a parenthesis.
  if (operatorFollows && where.length > 0 && context.model.tree.text[endOf(where)] === '(') return [];
  const after = operatorFollows ? spaceAfter(context, where) : '';
  return module.fields
    .filter((field) => field.filterable && fits(field) && isWritableField(field.name))
    .map((field) => fieldItem(field, module, where, field.name + after, operatorFollows));
}

/** Made in one literal: spreading made a list of 200 fields ten times slower, and it comes at every word. */
export function fieldItem(
  field: FieldInfo,
  module: CatalogModule,
  where: Span,
  insert = field.name,
  retrigger = false,
): CompletionItem {
  const { summary, docs } = fieldText(field, module);
  return {
    label: field.name,
    kind: 'field',
    detail: summary,
    documentation: docs,
    replace: where,
    insert,
    retrigger,
  };
}

function functionItems(context: CompletionContext, where: Span): CompletionItem[] {
  const open = context.model.tree.text[endOf(where)] === '(';
  return FUNCTION_NAMES.map((name) => ({
    label: name,
    kind: 'function',
    detail: FUNCTIONS[name].meaning,
    documentation: `\`${name}(field,'text')\`: the field ${FUNCTIONS[name].meaning}.`,
    replace: where,
    insert: open ? name : `${name}(\${1},'\${2}')$0`,
    snippet: !open,
    rank: 1,
    retrigger: !open,
  }));
}

function operatorItems(context: CompletionContext, { field }: FilterPosition, where: Span): CompletionItem[] {
  const info = field === undefined ? undefined : context.model.module?.field(field.text);
  const type = info?.type ?? 'unknown';
  const choice =
    info !== undefined &&
    (info.values !== undefined || type === 'boolean' || type === 'datetime' || type === 'date');
  const after = spaceAfter(context, where);
  const operators = (info === undefined ? COMPARISON_NAMES : operatorsFor(type)).map(
    (operator): CompletionItem => ({
      label: operator,
      kind: 'operator',
      detail: COMPARISONS[operator].meaning,
      documentation: `${codeSpan(`${field?.text ?? 'Field'} ${operator} '…'`)}: the field ${COMPARISONS[operator].meaning} the value.`,
      replace: where,
      ...(after === ''
        ? { insert: operator }
        : choice
          ? { insert: `${operator} `, retrigger: true }
          : { insert: `${operator} '\${1}'`, snippet: true }),
    }),
  );
  if (field === undefined || field.references.length > 0) return operators;
  // A function is written around the field.
  const around: Span = { offset: field.offset, length: endOf(where) - field.offset };
  const { text } = context.model.tree;
  if (text.slice(around.offset, endOf(around)).includes('\n')) return operators;
  // An existing value would be left over.
  if (/^[ \t]*['"‘’“”]/.test(text.slice(endOf(where)))) return operators;
  const functions = (info === undefined ? FUNCTION_NAMES : functionsFor(type)).map(
    (name): CompletionItem => ({
      label: name,
      kind: 'function',
      detail: FUNCTIONS[name].meaning,
      documentation: `Rewrites the condition to ${codeSpan(`${name}(${field.text},'…')`)}.`,
      replace: around,
      insert: `${name}(${escapeSnippet(info?.name ?? field.text)},'\${1}')$0`,
      snippet: true,
      filter: `${text.slice(around.offset, where.offset)}${name}`,
      rank: 1,
    }),
  );
  return [...operators, ...functions];
}

const joinItems = (context: CompletionContext, where: Span): CompletionItem[] =>
  (['and', 'or'] as const).map((word) => ({
    label: word,
    kind: 'keyword',
    detail: word === 'and' ? 'both conditions' : `either condition; ${joiningHint(context.model.traits)}`,
    documentation: `\`Status eq 'Available' ${word} VenueTown eq 'Lancaster'\``,
    replace: where,
    insert: word + spaceAfter(context, where),
    retrigger: true,
  }));

/** The item for a day; where the operator would stop or start at midnight, one that means the whole day. */
function withWholeDay(
  item: CompletionItem,
  { field, operator }: FilterPosition,
  text: string,
  fits: (chain: Chain) => boolean,
): CompletionItem {
  const written = comparisonOf(operator?.text ?? '');
  // What `ne` means would need parentheses.
  if (field === undefined || operator === undefined || !isDayOperator(written) || written === 'ne')
    return item;
  const day = dayOf({ text, references: findReferences(text, 0, text.length) }, undefined);
  const parts = day === undefined ? undefined : wholeDayParts(field.text, written, day);
  const chain = day === undefined ? undefined : wholeDay(field.text, written, day);
  if (parts === undefined || chain === undefined || !fits(chain)) return item;
  const { detail, documentation, replace, insert, rank } = item;
  const quoted = insert.startsWith("'");
  return {
    label: `${parts.operator} '${parts.text}'`,
    kind: 'value',
    detail: `${detail ?? ''}, the whole day`,
    ...(documentation === undefined ? {} : { documentation }),
    replace,
    insert: quoted ? `'${parts.text}'` : parts.text,
    filter: quoted ? `'${text}` : text,
    also: [{ offset: operator.offset, length: operator.length, text: parts.operator }],
    ...(rank === undefined ? {} : { rank }),
  };
}

function valueItems(
  context: CompletionContext,
  position: FilterPosition,
  where: Span,
  { tokens }: FilterValue,
): CompletionItem[] {
  const { field, expect } = position;
  const info = field === undefined ? undefined : context.model.module?.field(field.text);
  const inString = isInString(position, context.offset);
  const { module } = context.model;
  const documentation =
    info === undefined || module === undefined ? {} : { documentation: fieldText(info, module).docs };
  const item = (
    text: string,
    detail: string,
    rank: number,
    kind: CompletionItem['kind'] = 'value',
  ): CompletionItem => {
    const escaped = text.replaceAll("'", "''");
    return {
      label: inString ? text : `'${escaped}'`,
      kind,
      detail,
      ...documentation,
      replace: where,
      insert: inString ? escaped : `'${escaped}'`,
      filter: inString ? text : `'${text}`,
      rank,
    };
  };
  const items: CompletionItem[] = [];
  if (info?.type === 'boolean') items.push(item('true', 'yes', 0), item('false', 'no', 0));
  for (const value of info?.values ?? [])
    if (quotedForSending(value, context.model.traits) !== undefined)
      items.push(item(value, info?.name ?? '', 0));
  if ((info?.type === 'datetime' || info?.type === 'date') && expect !== 'argument-value') {
    const { now } = context.evaluation;
    const before = tokens.findLast((token) => endOf(token) <= (field?.offset ?? 0));
    const fits = (chain: Chain) =>
      inPlace(chain, joinOf(before?.text ?? ''), undefined, context.model.traits) === chainText(chain);
    for (const date of OFFERED_DATES) {
      const plain = item(date.text, date.detail, 1);
      items.push(hasTimes(info.type) ? withWholeDay(plain, position, date.text, fits) : plain);
    }
    items.push(item(formatDateTime(now), 'a fixed date', 2));
  }
  if (info?.type !== 'boolean') {
    for (const name of context.symbols.variables.keys()) {
      const value = evaluateVariable(name, context.symbols, context.evaluation);
      if (value.ok && info !== undefined && expect === 'value' && !checkValue(info.type, value.text).ok)
        continue;
      items.push(item(`{{${name}}}`, value.ok ? value.text : 'variable', 3, 'variable'));
    }
  }
  if (items.length === 0 && !inString)
    items.push({
      label: "'…'",
      kind: 'snippet',
      detail: 'a value in single quotes',
      ...documentation,
      replace: where,
      insert: "'${1}'",
      snippet: true,
      filter: "'",
    });
  return items;
}
