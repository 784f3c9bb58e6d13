/** `missing-operator` for a value without its field: `Status eq Available or Provisional`, `Cost gt 500 and not cancelled`. */
import { readValue } from '../analysis/filter-values';
import { knownKeys, knownValues } from '../analysis/known-values';
import { isIdField } from '../analysis/meant-field';
import { quote } from '../analysis/print-filter';
import { repetition } from '../syntax/filter-repetition';
import type { Comparison, FilterList, Join, Negation, Term, Word } from '../syntax/nodes';
import { nameKey } from '../text/names';
import type { Span } from '../text/span';
import { type CheckContext, replace } from './check';
import type { TermPlace } from './rewriting';

/** True where the condition is a word that is no field, and a value instead: then this is all that is said of it. */
export function checkValueAlone(
  context: CheckContext,
  { field, operator, value }: Comparison,
  place: TermPlace,
): boolean {
  const { meaning, index, list } = place;
  if (operator !== undefined || value !== undefined || field.references.length > 0) return false;
  if (!meaning.knowsFields || meaning.field(field.text) !== undefined) return false;
  const before = index < 1 ? undefined : list.terms[index - 1];
  const isOfSame =
    before?.kind === 'comparison' && knownKeys(context.model, before.field.text).has(nameKey(field.text));
  if (isOfSame && isRepeated(context, field, place)) return true;
  return (index >= 0 && reportKnown(context, field, 'eq', field)) || isRepeated(context, field, place);
}

/** The same for `not cancelled`. */
export function checkNegatedValue(context: CheckContext, term: Negation, { meaning }: TermPlace): boolean {
  const { operand } = term;
  if (operand?.kind !== 'comparison' || operand.operator !== undefined || operand.value !== undefined)
    return false;
  const { field } = operand;
  if (!meaning.knowsFields || meaning.field(field.text) !== undefined) return false;
  return reportKnown(context, field, 'ne', term);
}

/** A known value of one field. */
function reportKnown(
  { model, report }: CheckContext,
  word: Word,
  operator: 'eq' | 'ne',
  where: Span,
): boolean {
  const { catalog, module } = model;
  if (catalog === undefined || module === undefined) return false;
  const key = nameKey(word.text);
  const found = (module.fields ?? [])
    .filter(({ name, filterable, type }) => filterable && type === 'string' && !isIdField(name))
    .flatMap((field) =>
      knownValues(catalog, module, field).flatMap(({ value }) =>
        nameKey(value) === key ? `${field.name} ${operator} ${quote(value)}` : [],
      ),
    );
  const [first, second] = found;
  if (first === undefined) return false;
  report('missing-operator', where, `“${word.text}” is a value: name its field, too. Write ${first}.`, {
    fixes: found.map((better) => replace(where, better, `Write ${better}`, second === undefined)),
  });
  return true;
}

/** A word that has the field and the operator of the condition before it. */
function isRepeated({ report }: CheckContext, field: Word, { list, index, meaning }: TermPlace): boolean {
  const before = index < 1 ? undefined : list.terms[index - 1];
  const own = list.joins[index - 1];
  if (before === undefined || own === undefined || own.written === '' || !takes(before, field, meaning))
    return false;
  const repeated = repetition(before, field.text, field, own, writtenIn(list));
  if (repeated === undefined) return false;
  report('missing-operator', field, repeated.message, { fixes: [repeated.fix] });
  return true;
}

/** True where the word may be a value of the condition: “unpaid” is none of a number. */
function takes(before: Term, word: Word, meaning: TermPlace['meaning']): boolean {
  if (before.kind !== 'comparison') return true;
  const value = { ...word, kind: 'value', form: 'text', closed: true, prefix: undefined } as const;
  const field = meaning.field(before.field.text);
  return readValue(value, { field, operator: before.operator?.text, meaning }).kind !== 'none';
}

const written = new WeakMap<FilterList, ReadonlySet<Join['op']>>();

/** The words between the terms of the list. Found once for a list, since each of its terms asks. */
function writtenIn(list: FilterList): ReadonlySet<Join['op']> {
  const found =
    written.get(list) ?? new Set(list.joins.flatMap(({ op, written: text }) => (text === '' ? [] : [op])));
  written.set(list, found);
  return found;
}
