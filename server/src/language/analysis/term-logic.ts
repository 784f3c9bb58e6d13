/** The logic of each term of a filter. */
import type { FieldType } from '../catalog/catalog';
import type { FilterList, FunctionTerm, Membership, Range, Term, Value, Word } from '../syntax/nodes';
import { endOf } from '../text/span';
import { comparisonOf, emptinessOf, functionOf, synonymOf } from '../vocabulary/filter-words';
import { takesList } from './dialect';
import { equivalentOf } from './filter-equivalents';
import {
  and,
  callLeaf,
  compared,
  comparedWithTruth,
  Incomplete,
  knownField,
  leaf,
  type Logic,
  negate,
  NoEquivalent,
  or,
  withValue,
} from './filter-logic';
import type { FilterMeaning } from './filter-meaning';
import { type Reading, readingOf, readsFromLeft } from './joining';
import { listedIds } from './listed-ids';
import { asWritten, printTerm, quote } from './print-filter';
import { searchFor, wildcardSearch } from './searches';
import { inPeriod, periodIn, within } from './stretches';
import { rangeIn } from './value-ranges';
import { type Day, dayOf, mayBeDays, unreadableDay } from './whole-days';

/** Throws `Incomplete` or `NoEquivalent`. */
export function logicOf(list: FilterList, meaning: FilterMeaning): Logic {
  if (list.terms.length === 0) throw new Incomplete();
  const datePart = list.terms.find(
    (term, index) => term.kind === 'foreign' && term.parts.length > 0 && list.joins[index - 1]?.op === 'or',
  );
  // From left to right, what was read as parts of one date belongs to all that stands before.
  if (datePart !== undefined && readsFromLeft(meaning.traits))
    throw new NoEquivalent('Leave it out, and filter the results instead.', datePart);
  const logic = (reading: Reading): Logic =>
    reading.kind === 'term'
      ? termLogic(reading.term, meaning)
      : { kind: reading.kind, parts: reading.parts.map(logic) };
  return logic(readingOf(list, meaning.traits));
}

function termLogic(term: Term, meaning: FilterMeaning): Logic {
  switch (term.kind) {
    case 'group':
      if (term.filter.terms.some((each) => each.kind === 'opaque'))
        throw new NoEquivalent(
          'A variable in parentheses may hold several conditions. Write its conditions out, here or in the variable.',
        );
      return logicOf(term.filter, meaning);
    case 'not':
      if (term.operand === undefined) throw new Incomplete();
      // Two of them are none; the inner one, which would have no message of its own, need not have an equivalent.
      if (term.operand.kind === 'not' && term.operand.operand !== undefined)
        return termLogic(term.operand.operand, meaning);
      if (term.operand.kind === 'opaque')
        throw new NoEquivalent('A variable may hold several conditions. Write the opposite of each into it.');
      return opposite(term, termLogic(term.operand, meaning));
    case 'in':
      return takesList(term, meaning.traits)
        ? keptList(term, membership(term, meaning))
        : membership(term, meaning);
    case 'between':
      return range(term, meaning);
    case 'comparison':
      return comparison(term.field, term.operator, term.value, meaning);
    case 'function':
      return call(term, meaning);
    case 'foreign':
      return equivalentOf(term, meaning);
    case 'opaque':
      return leaf(term.word.text);
    case 'bad':
      throw term.isDeep === true ? new NoEquivalent('', term) : new Incomplete();
  }
}

/** Where a condition has no opposite, its `not` gets the message. */
function opposite(term: Term, operand: Logic): Logic {
  try {
    return negate(operand);
  } catch (error) {
    throw error instanceof NoEquivalent ? new NoEquivalent(error.message, term) : error;
  }
}

function comparison(
  written: Word,
  operator: Word | undefined,
  value: Value | undefined,
  meaning: FilterMeaning,
): Logic {
  const field = { ...written, text: written.text.replace(/^\$it\//i, '') };
  if (operator === undefined && value === undefined && meaning.field(field.text)?.type === 'boolean')
    return {
      kind: 'leaf',
      text: `${field.text} eq 'true'`,
      negated: `${field.text} eq 'false'`,
      sure: true,
    };
  const period = periodIn({ value }, meaning.field(field.text)?.type);
  const during = period === undefined ? undefined : inPeriod(field, operator, period);
  if (during !== undefined) return during;
  const span = value === undefined ? undefined : rangeIn({ field, operator, value, ...value }, meaning);
  if (span !== undefined) return range(span, meaning);
  if (operator === undefined) throw new Incomplete();
  const emptiness = emptinessOf(operator.text);
  if (emptiness !== undefined) {
    const info = knownField(field, meaning);
    if (info !== undefined && info.type !== 'string' && info.type !== 'unknown')
      throw new NoEquivalent(`The API can’t ask whether ${info.name} is empty.`, 'value');
    return compared(field.text, emptiness.operator, "''", !emptiness.isNull);
  }
  if (value === undefined) throw new Incomplete();
  const known = comparisonOf(operator.text) ?? comparisonOf(synonymOf(operator.text) ?? '');
  const day = unreadableDay({ operator, value }, meaning.field(field.text)?.type);
  const whole = day?.next === undefined ? undefined : { from: day.text, to: day.next };
  const listed = listedIds(value, meaning.field(field.text));
  if (listed !== undefined && (known === 'eq' || known === 'ne')) {
    const parts = listed.map((each) => withValue(field, known, each, meaning));
    return known === 'eq' ? or(parts) : and(parts);
  }
  const wildcards = wildcardSearch({ field, operator, value }, meaning.field(field.text)?.type);
  if (wildcards?.isWritten === false) {
    knownField(field, meaning, 'contains');
    return and(wildcards.calls.map((text) => callLeaf(text, meaning, wildcards.sure)));
  }
  if (known !== undefined)
    return (
      (whole === undefined ? undefined : within(field, known, whole)) ??
      withValue(field, known, value, meaning)
    );
  knownField(field, meaning, functionOf(synonymOf(operator.text) ?? ''));
  const search = searchFor(field.text, operator.text, value, meaning);
  if (search === undefined) throw new NoEquivalent(`The API has no “${operator.text}”.`, 'value');
  return leaf(search.text, search.sure);
}

/** `between a and b`, both included; where `b` is a day, all of it. */
function range({ field, low, high }: Range, meaning: FilterMeaning): Logic {
  const type = knownField(field, meaning, 'le')?.type;
  const [first, last] = [bareDay(low, type), bareDay(high, type)];
  const to = last?.next;
  return and([
    first === undefined
      ? withValue(field, 'ge', low, meaning)
      : compared(field.text, 'ge', quote(first.text)),
    to === undefined ? withValue(field, 'le', high, meaning) : compared(field.text, 'lt', quote(to)),
  ]);
}

/** A day without a time; undefined for anything else. */
const bareDay = (value: Value, type: FieldType | undefined): Day | undefined =>
  value.form === 'number' || !mayBeDays(type) || /\d:\d/.test(value.text)
    ? undefined
    : dayOf(value, undefined);

/** `in ('a','b')`, and what people write like it: `ne ('a','b')`, `contains ('a','b')`. */
function membership({ field, operator, values: written }: Membership, meaning: FilterMeaning): Logic {
  const info = meaning.field(field.text);
  const values = written.flatMap((value) => listedIds(value, info) ?? [value]);
  if (values.length === 0) throw new Incomplete();
  const word =
    operator.text.toLowerCase() === 'in' ? 'eq' : (comparisonOf(operator.text) ?? synonymOf(operator.text));
  if (hasNumberWithComma(values, meaning.field(field.text)?.type))
    throw new NoEquivalent('A comma in the list may belong to a number. Write each value in single quotes.');
  if (word === 'eq' || word === 'ne') {
    const parts = values.map((value) => withValue(field, word, value, meaning));
    return word === 'eq' ? or(parts) : and(parts);
  }
  if (word === undefined || functionOf(word) === undefined)
    throw new NoEquivalent(`Compare ${field.text} with one value: “${operator.text}” takes no list.`);
  knownField(field, meaning, functionOf(word));
  return or(values.map((value) => callLeaf(`${word}(${field.text},${quote(value.text)})`, meaning)));
}

/** A list that the platform reads stays one, with the values as `expanded` has them. */
function keptList({ field, operator }: Membership, expanded: Logic): Logic {
  if (expanded.kind === 'leaf') return expanded;
  const start = `${field.text} eq `;
  const leaves = expanded.parts.filter((part) => part.kind === 'leaf');
  const values = leaves.map(({ text }) => text.slice(start.length));
  return {
    kind: 'leaf',
    text: `${field.text} ${operator.text.toLowerCase()} (${values.join(',')})`,
    negated: undefined,
    sure: leaves.every(({ sure }) => sure),
    instead: expanded,
  };
}

/** `(1,000, 2,000)`: zeros begin a number, or some commas have no space after them. */
export function hasNumberWithComma(values: readonly Value[], type: FieldType | undefined): boolean {
  if (!['integer', 'decimal', 'unknown', undefined].includes(type)) return false;
  const tight = values.filter((value, index) => {
    const before = values[index - 1];
    return before?.form === 'number' && value.form === 'number' && endOf(before) + 1 === value.offset;
  });
  const parts = type === 'decimal' ? tight : tight.filter(({ text }) => /^\d{3}$/.test(text));
  return (
    parts.some(({ text }) => /^0\d/.test(text)) || (parts.length > 0 && tight.length < values.length - 1)
  );
}

function call(term: FunctionTerm, meaning: FilterMeaning): Logic {
  const name = functionOf(term.name.text);
  const field = term.arguments[0]?.word;
  if (field !== undefined) knownField(field, meaning, name);
  if (name === undefined)
    throw new NoEquivalent(`The API has no “${term.name.text}”, so this can’t be rewritten.`, 'value');
  const plain = callLeaf(printTerm({ ...term, operator: undefined, value: undefined }, asWritten), meaning);
  if (term.operator === undefined) return plain;
  return comparedWithTruth(plain, term.operator.text, term.value?.text);
}
