/** In `$filter` and `$upsert`. */
import { formatDateTime } from '../analysis/dates';
import { quotedForSending } from '../analysis/dialect';
import { fieldText } from '../analysis/documentation';
import { evaluateVariable } from '../analysis/evaluate';
import { checkValue, functionsFor } from '../analysis/field-types';
import { type FilterPosition, filterPosition, replacedSpan } from '../analysis/filter-position';
import { type Chain, chainText, inPlace, joiningHint } from '../analysis/joining';
import { quote } from '../analysis/print-filter';
import { dayOf, hasTimes, isDayOperator, wholeDay, wholeDayParts } from '../analysis/whole-days';
import type { CatalogModule, FieldInfo } from '../catalog/catalog';
import type { Traits } from '../catalog/traits';
import { isInQuery } from '../syntax/edits-in-file';
import type { FilterValue } from '../syntax/nodes';
import { findReferences } from '../syntax/references';
import { isWritableField } from '../syntax/writable-names';
import { endOf, type Span } from '../text/span';
import { decodedView } from '../text/view';
import { OFFERED_DATES } from '../vocabulary/builtins';
import { comparisonOf, FUNCTION_NAMES, FUNCTIONS, joinOf } from '../vocabulary/filter-words';
import { type CompletionContext, noFieldsNote, spaceAfter } from './context';
import { besideStart, likeliestFirst } from './field-order';
import { operatorItems } from './filter-operators';
import type { CompletionItem } from './items';
import { knownValueItems } from './known-values';
import { completeNames, completeRecords, recordsFor } from './records';

export function completeFilter(context: CompletionContext, value: FilterValue): CompletionItem[] {
  const position = filterPosition(value.tokens, context.offset);
  const where = replacedSpan(position, context.offset, context.model.tree.text);
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
  return likeliestFirst(
    context,
    module,
    (field) => field.filterable && fits(field) && isWritableField(field.name),
  )
    .map((field) => fieldItem(field, module, where, field.name + after, operatorFollows))
    .map(besideStart(context, module));
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
    filter: behindFields(context, name),
    rank: 1,
    retrigger: !open,
  }));
}

/**
 * VS Code sorts by how well the text fits what was typed before it keeps our order: for `star`, `startswith` fits better
 * than StartDate, but no better with a capital. Other editors may compare the case.
 */
const behindFields = ({ evaluation }: CompletionContext, name: string): string =>
  evaluation.client === 'vscode' ? name.charAt(0).toUpperCase() + name.slice(1) : name;

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
  const items: CompletionItem[] = recordValues(context, position, where, inString);
  if (info?.type === 'boolean') items.push(item('true', 'yes', 0), item('false', 'no', 0));
  if (info !== undefined && expect === 'value' && !isOrder(position.operator?.text ?? '')) {
    const { typed } = typedIn(context, where);
    const write = (name: string) => writtenValue(name, inString, context.model.traits);
    for (const each of completeNames(context, info.name, { replace: where, typed, write })) items.push(each);
  }
  if (info !== undefined)
    for (const each of knownValueItems(context, {
      model: context.model,
      field: info,
      replace: where,
      write: (value) => writtenValue(value, inString, context.model.traits),
    }))
      items.push(each);
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
  if (items.every(({ kind }) => kind === 'note') && !inString)
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

/** In quotes, or between those that stand there; undefined where the platform has no way to write it. */
function writtenValue(value: string, inString: boolean, traits: Traits) {
  if (quotedForSending(value, traits) === undefined) return undefined;
  const quoted = quote(value);
  const inner = quoted.slice(1, -1);
  return inString
    ? { label: value, insert: inner, filter: inner }
    : { label: quoted, insert: quoted, filter: quoted };
}

/** Records whose ID the value can be: a comparison for equality, or a list. */
function recordValues(
  context: CompletionContext,
  { field, operator, call }: FilterPosition,
  where: Span,
  inString: boolean,
): CompletionItem[] {
  if (field === undefined || call !== undefined || isOrder(operator?.text ?? '')) return [];
  const records = recordsFor(context, field.text);
  if (records === undefined) return [];
  const { traits } = context.model;
  return completeRecords(context, {
    records,
    replace: where,
    ...typedIn(context, where),
    opening: inString ? '' : "'",
    write: (id) => {
      if (quotedForSending(id, traits) === undefined) return undefined;
      return inString ? quote(id).slice(1, -1) : quote(id);
    },
  });
}

/** What stands from the start of a place to the cursor, as it is in the file, and as a reader means it. */
function typedIn(
  { model: { tree }, offset }: CompletionContext,
  where: Span,
): { raw: string; typed: string } {
  const end = Math.max(where.offset, offset);
  const raw = tree.text.slice(where.offset, end);
  const read = isInQuery(tree, where) ? decodedView(tree.text, where.offset, end).text : raw;
  return { raw, typed: read.replace(/^'/, '').replaceAll("''", "'") };
}

/** `lt` and the like: an ID is no amount. */
const isOrder = (operator: string) => /^(?:l|g)[te]$/i.test(operator);
