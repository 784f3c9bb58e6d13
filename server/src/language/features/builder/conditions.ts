/** The conditions of a filter, as the builder shows them, and the edits that change one of them. */
import { joinWithout, keepsTogether, placesToJoin } from '../../analysis/joining';
import { quote } from '../../analysis/print-filter';
import { MAX_CONDITIONS } from '../../analysis/without-parentheses';
import type { Traits } from '../../catalog/traits';
import type { BlockTree, Clause, FilterList, Term, Value } from '../../syntax/nodes';
import { isListReference } from '../../syntax/references';
import type { Token } from '../../syntax/tokens';
import { nameKey } from '../../text/names';
import { between, endOf, type Span, type TextEdit } from '../../text/span';
import { comparisonOf, functionOf } from '../../vocabulary/filter-words';
import { lineEndOf, printCondition, removeStretch, replaceStretch } from '../clause-writer';
import type { BuilderCondition, BuilderConditionParts } from './state';

/** A filter whose conditions can be told apart. */
export interface ReadFilter {
  readonly clause: Clause;
  readonly tokens: readonly Token[];
  readonly list: FilterList;
}

/** The filter of a clause; undefined where something stands in it that belongs to none of its conditions. */
export function filterIn(clause: Clause): ReadFilter | undefined {
  const { value } = clause;
  if (value.kind !== 'filter') return undefined;
  const { tokens, filter: list } = value;
  const parts: Span[] = [...list.terms, ...list.joins].sort((a, b) => a.offset - b.offset);
  let index = 0;
  for (const token of tokens) {
    while (index < parts.length && endOf(parts[index] ?? token) <= token.offset) index++;
    const part = parts[index];
    if (part === undefined || token.offset < part.offset || endOf(token) > endOf(part)) return undefined;
  }
  return { clause, tokens, list };
}

/** What a condition says; undefined where the builder could not write it as it is. */
export function partsOf(term: Term): BuilderConditionParts | undefined {
  const words = wordsOf(term);
  return words && { field: words.field.text, operator: words.name, value: words.value.text };
}

/** A condition whose field, operator and value are all written. */
function wordsOf(term: Term) {
  if (term.kind === 'comparison') {
    const name = comparisonOf(term.operator?.text ?? '');
    const { field, operator, value } = term;
    if (name === undefined || operator === undefined || !isPlain(value) || field.references.length > 0)
      return undefined;
    return { field, operator, name, value, isCall: false };
  }
  if (term.kind !== 'function' || term.operator !== undefined || term.close === undefined) return undefined;
  const name = functionOf(term.name.text);
  const [field, value, other] = term.arguments;
  if (name === undefined || field?.word === undefined || !isPlain(value?.value) || other !== undefined)
    return undefined;
  if (field.word.references.length > 0) return undefined;
  return { field: field.word, operator: term.name, name, value: value.value, isCall: true };
}

/** A list of values asks several times, so it is not a value that another can take the place of. */
const isPlain = (value: Value | undefined): value is Value =>
  value !== undefined &&
  value.closed &&
  value.prefix === undefined &&
  value.form !== 'null' &&
  !/[\r\n]/.test(value.text) &&
  !value.references.some(isListReference);

/** What is known of a condition beside its parts. */
export type AboutCondition = Pick<BuilderCondition, 'name' | 'label' | 'problems' | 'notes' | 'fixes'>;

/** The conditions in their order; `about` knows more of each. */
export const conditionsIn = (
  { text }: BlockTree,
  { clause: { view }, list }: ReadFilter,
  about: (term: Term, parts: BuilderConditionParts | undefined) => AboutCondition,
): BuilderCondition[] =>
  list.terms.map((term, index) => {
    const parts = partsOf(term);
    const join = index === 0 ? undefined : list.joins[index - 1]?.op;
    return {
      ...(join === undefined ? {} : { join }),
      text: textIn(view, text, term),
      ...(parts === undefined ? {} : { parts }),
      ...about(term, parts),
    };
  });

/** A part of a clause as text: decoded where it stands in an address. */
export function textIn({ text, at }: Clause['view'], source: string, where: Span): string {
  const [start, end] = [indexAt(at, text.length, where.offset), indexAt(at, text.length, endOf(where))];
  return (start < end ? text.slice(start, end) : source.slice(where.offset, endOf(where))).trim();
}

/** The first index of the view whose place is at the offset or behind it. */
function indexAt(at: (index: number) => number, length: number, offset: number): number {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (at(middle) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

export type ConditionEdits =
  | { readonly ok: true; readonly edits: readonly TextEdit[] }
  | { readonly ok: false; readonly message: string };

const UNREADABLE = 'The $filter of the request has errors. Correct them in the file first.';

const OPAQUE =
  'A variable stands for conditions in the $filter, so nobody can tell what “and” would join. Write the condition in the file.';

/** Adds a condition to those of the filter. `and` narrows all of them: `c` added to `a or b` is `a and c or b and c`. */
export function addCondition(
  tree: BlockTree,
  { list }: ReadFilter,
  join: 'and' | 'or',
  condition: BuilderConditionParts,
  traits: Traits,
): ConditionEdits {
  const { terms } = list;
  const places = placesToJoin(list, join, traits);
  if (!terms.every((term) => keepsTogether(join, term, traits))) return { ok: false, message: OPAQUE };
  if (terms.length + places.length > MAX_CONDITIONS)
    return {
      ok: false,
      message: `The $filter would have more than ${MAX_CONDITIONS} conditions. Keep those that find the fewest records, and filter the results instead.`,
    };
  const text = `${join} ${printCondition(condition)}`;
  const lead = leadOf(tree, list);
  return {
    ok: true,
    edits: places.flatMap((index) => {
      const term = terms[index];
      return term === undefined ? [] : [{ offset: endOf(term), length: 0, text: lead + text }];
    }),
  };
}

/** What stands before the last join where it begins its line: the next one begins a line, too. */
function leadOf(tree: BlockTree, { joins }: FilterList): string {
  const last = joins.at(-1);
  if (last === undefined) return '';
  let start = last.offset;
  while (start > 0 && ' \t'.includes(tree.text.charAt(start - 1))) start--;
  return start > 0 && '\r\n'.includes(tree.text.charAt(start - 1))
    ? lineEndOf(tree) + tree.text.slice(start, last.offset)
    : '';
}

/** Changes the parts of a condition that are others. */
export function setCondition(
  tree: BlockTree,
  { tokens, list }: ReadFilter,
  index: number,
  condition: BuilderConditionParts,
): ConditionEdits {
  const term = list.terms[index];
  const words = term && wordsOf(term);
  if (term === undefined || words === undefined) return { ok: false, message: UNREADABLE };
  if (words.isCall !== (functionOf(condition.operator) !== undefined))
    return { ok: true, edits: replaceStretch(tree, tokens, term, printCondition(condition)) };
  const edits: TextEdit[] = [];
  const set = ({ offset, length }: Span, text: string) => edits.push({ offset, length, text });
  if (nameKey(words.field.text) !== nameKey(condition.field)) set(words.field, condition.field);
  if (words.name !== condition.operator) set(words.operator, condition.operator);
  if (words.value.text !== condition.value) set(words.value, quote(condition.value));
  return { ok: true, edits };
}

/** Changes the word before a condition. */
export function setJoin(
  { list: { terms, joins } }: ReadFilter,
  index: number,
  join: 'and' | 'or',
  traits: Traits,
): ConditionEdits {
  const written = joins[index - 1];
  if (written === undefined) return { ok: false, message: UNREADABLE };
  const { offset, length, op } = written;
  if (op === join) return { ok: true, edits: [] };
  return terms.slice(index - 1, index + 1).every((term) => keepsTogether(join, term, traits))
    ? { ok: true, edits: [{ offset, length, text: join }] }
    : { ok: false, message: OPAQUE };
}

/** What joins the conditions that are left when one of them is removed. */
export function joinsWithout(
  joins: readonly { readonly op: 'and' | 'or' }[],
  index: number,
  traits: Traits,
): ('and' | 'or')[] {
  const ops = joins.map(({ op }) => op);
  const [before, after] = [ops[index - 1], ops[index]];
  const left = ops.toSpliced(Math.max(0, index - 1), 1);
  return before === undefined || after === undefined
    ? left
    : left.with(index - 1, joinWithout(before, after, traits));
}

/** Removes one of several conditions, and the word that joins it: of two, that which the others don’t need. */
export function removeCondition(
  tree: BlockTree,
  { tokens, list: { terms, joins } }: ReadFilter,
  index: number,
  traits: Traits,
): TextEdit[] {
  const [before, term, after] = [terms[index - 1], terms[index], terms[index + 1]];
  if (term === undefined) return [];
  if (before === undefined && after === undefined) return removeStretch(tree, tokens, term);
  const needed = joinsWithout(joins, index, traits)[index - 1];
  return after !== undefined && (before === undefined || joins[index]?.op !== needed)
    ? removeStretch(tree, tokens, between(term.offset, after.offset))
    : removeStretch(tree, tokens, between(before === undefined ? term.offset : endOf(before), endOf(term)));
}
