/** What the API has instead of OData's functions, arithmetic and turned conditions. */
import { datePartOf } from '../syntax/filter-date-parts';
import type { Call, ForeignTerm, Operand, Value, Word } from '../syntax/nodes';
import {
  comparisonOf,
  type ComparisonOperator,
  type FilterFunction,
  functionOf,
  startsOperatorSynonym,
  synonymOf,
} from '../vocabulary/filter-words';
import { ignoresCase } from './dialect';
import { functionsFor, operatorsFor } from './field-types';
import {
  callLeaf,
  compared,
  comparedWithTruth,
  knownField,
  leaf,
  type Logic,
  negate,
  NoEquivalent,
  withValue,
} from './filter-logic';
import type { FilterMeaning } from './filter-meaning';
import { readValue } from './filter-values';
import { builtinDate, monthEndIn, rangeOf, stretchOf } from './foreign-dates';
import { quote } from './print-filter';
import { pattern } from './searches';
import { within } from './stretches';
import { hasTimes, mayBeDays } from './whole-days';

/** Throws `NoEquivalent`. What it returns is free of errors, as far as the metadata know. */
export function equivalentOf(term: ForeignTerm, meaning: FilterMeaning): Logic {
  const left = unwrap(term.left);
  const right = term.right === undefined ? undefined : unwrap(term.right);
  const found =
    term.operator === undefined || right === undefined
      ? condition(left, meaning)
      : (dateParts(term, meaning) ?? comparison(left, term.operator, right, meaning));
  if (found === undefined) throw new NoEquivalent('Leave it out, and filter the results instead.', term);
  return found;
}

const unwrap = (operand: Operand): Operand =>
  operand.kind === 'parenthesised' ? unwrap(operand.inner) : operand;

/** The word that names a field: bare, not a number, and without OData's `$it/`. */
export function fieldOf(operand: Operand | undefined): Word | undefined {
  if (operand === undefined) return undefined;
  const plain = unwrap(operand);
  if (plain.kind !== 'value' || plain.prefix !== undefined) return undefined;
  if (plain.form !== 'text' || !/^[\p{L}_$]/u.test(plain.text)) return undefined;
  // `SpacesLeft is empty` is a condition, not a field's label.
  const [, ...more] = plain.text.split(' ');
  return more.some((word) => comparisonOf(word) !== undefined || startsOperatorSynonym(word))
    ? undefined
    : plain;
}

/** A quoted or bare literal; undefined for a field, a function, arithmetic. */
function literalOf(operand: Operand | undefined): Value | undefined {
  if (operand === undefined) return undefined;
  const plain = unwrap(operand);
  if (plain.kind === 'call' && isCase(plain.name.text)) return literalOf(plain.arguments[0]);
  return plain.kind === 'value' ? plain : undefined;
}

/** OData's and Excel's names. */
const isCase = (name: string): boolean => /^(?:to)?(?:lower|upper)$/i.test(name);

const FLIPPED: Readonly<Record<ComparisonOperator, ComparisonOperator>> = {
  eq: 'eq',
  ne: 'ne',
  lt: 'gt',
  le: 'ge',
  gt: 'lt',
  ge: 'le',
};

function comparison(
  left: Operand,
  operator: Word,
  right: Operand,
  meaning: FilterMeaning,
): Logic | undefined {
  const known = comparisonOf(operator.text) ?? comparisonOf(synonymOf(operator.text) ?? '');
  if (known === undefined) return undefined;
  const named = quotedField(left, right, meaning);
  if (named !== undefined) return ordered(named, known, right, meaning);
  const turned = isTurned(left, right);
  return turned ? ordered(right, FLIPPED[known], left, meaning) : ordered(left, known, right, meaning);
}

/** `"VenueTown" = 'Lancaster'`: the name of a field in quotes, and a value. */
function quotedField(left: Operand, right: Operand, meaning: FilterMeaning): Value | undefined {
  if (left.kind !== 'value' || left.prefix !== undefined || left.form === 'text') return undefined;
  if (right.kind !== 'value' || meaning.field(right.text) !== undefined) return undefined;
  return meaning.field(left.text) === undefined ? undefined : { ...left, form: 'text' };
}

/** True where the value comes first, as in `5 lt SpacesLeft`. */
const isTurned = (left: Operand, right: Operand): boolean => {
  const value = left.kind === 'value' && fieldOf(left) === undefined;
  return (
    (value || builtinDate(left) !== undefined) && (fieldOf(right) !== undefined || right.kind === 'call')
  );
};

function ordered(
  left: Operand,
  operator: ComparisonOperator,
  right: Operand,
  meaning: FilterMeaning,
): Logic | undefined {
  if (left.kind === 'call') return ofCall(left, operator, right, meaning);
  const field = fieldOf(left);
  if (field === undefined) return undefined;
  const end = monthEndIn(right);
  if (end !== undefined) {
    // Up to its last moment, or behind it; the day itself is none that a reference can be.
    const isUntil = operator === 'le';
    if (!isUntil && operator !== 'gt') return undefined;
    return fitting(field, isUntil ? 'lt' : 'ge', quote(end), meaning, end);
  }
  const date = builtinDate(right);
  if (date !== undefined) {
    // As for a day in digits, the whole of it is meant.
    const day = hasTimes(meaning.field(field.text)?.type) ? stretchOf(date) : undefined;
    const whole = day === undefined ? undefined : within(field, operator, day);
    return whole ?? fitting(field, operator, quote(date), meaning, date);
  }
  if (right.kind === 'call') {
    const literal = literalOf(right);
    return literal === undefined || !isEquality(operator)
      ? undefined
      : valued(field, operator, literal, meaning);
  }
  return right.kind === 'value' ? valued(field, operator, right, meaning) : undefined;
}

const isEquality = (operator: ComparisonOperator) => operator === 'eq' || operator === 'ne';

/** The comparison, if the field takes such a value. */
function valued(
  field: Word,
  operator: ComparisonOperator,
  value: Value,
  meaning: FilterMeaning,
): Logic | undefined {
  const info = knownField(field, meaning);
  const isNone = readValue(value, { field: info, operator, meaning }).kind === 'none';
  if (isNone || (info !== undefined && !operatorsFor(info.type).includes(operator))) return undefined;
  return withValue(field, operator, value, meaning);
}

/** A comparison with a date, for a field that holds dates. */
function fitting(
  field: Word,
  operator: ComparisonOperator,
  text: string,
  meaning: FilterMeaning,
  date = '',
): Logic | undefined {
  const type = knownField(field, meaning)?.type;
  return date === '' || mayBeDays(type) ? compared(field.text, operator, text) : undefined;
}

/** `Label.Contains("a")`, as C# writes it. */
export function methodOf(
  name: Word,
): { readonly field: Word; readonly call: FilterFunction | undefined } | undefined {
  const [, owner, method] = /^(.+)\.(contains|startswith|endswith)$/i.exec(name.text) ?? [];
  return owner === undefined || method === undefined
    ? undefined
    : { field: { ...name, text: owner, length: owner.length }, call: functionOf(method) };
}

/** A call as a condition of its own: `substringof('a',Label)`, `Label.Contains("a")`. */
function condition(operand: Operand, meaning: FilterMeaning): Logic | undefined {
  if (operand.kind !== 'call') return undefined;
  const { name, arguments: args } = operand;
  const method = methodOf(name);
  if (method !== undefined) return search(method.call, method.field, args[0], meaning);
  const call = functionOf(name.text);
  if (call !== undefined)
    return args.length === 2 ? search(call, inner(args[0], meaning), args[1], meaning) : undefined;
  switch (name.text.toLowerCase()) {
    case 'substringof':
      return args.length === 2 ? search('contains', inner(args[1], meaning), args[0], meaning) : undefined;
    case 'isnumber':
    case 'iferror': {
      const [found] = args;
      const isSearch = found?.kind === 'call' && /^(?:search|find)$/i.test(found.name.text);
      return isSearch ? foundAt(found, 'gt', '0', meaning) : undefined;
    }
    case 'exact': {
      const [field, value] = [fieldOf(args[0]), literalOf(args[1])];
      return field === undefined || value === undefined ? undefined : valued(field, 'eq', value, meaning);
    }
    case 'isblank':
    case 'isempty':
    case 'isnull': {
      const field = fieldOf(args[0]);
      return field === undefined || args.length > 1 ? undefined : emptyText(field, meaning);
    }
    case 'matchespattern': {
      const [field, value] = [fieldOf(args[0]), literalOf(args[1])];
      const found = field === undefined || value === undefined ? undefined : pattern(field.text, value.text);
      return found === undefined ? undefined : leaf(found.text, found.sure);
    }
    default:
      return undefined;
  }
}

/** That an empty text is found by `''` is an assumption, and holds for texts only. */
function emptyText(field: Word, meaning: FilterMeaning): Logic | undefined {
  const type = knownField(field, meaning)?.type ?? 'string';
  return type === 'string' ? compared(field.text, 'eq', "''", false) : undefined;
}

/** The field in `tolower(Label)`, where the platform compares and searches text without case. */
function inner(operand: Operand | undefined, meaning: FilterMeaning): Word | undefined {
  if (operand?.kind === 'call' && isCase(operand.name.text))
    return ignoresCase(meaning.traits) ? inner(operand.arguments[0], meaning) : undefined;
  return fieldOf(operand);
}

function search(
  call: FilterFunction | undefined,
  field: Word | undefined,
  argument: Operand | undefined,
  meaning: FilterMeaning,
): Logic | undefined {
  const value = literalOf(argument);
  if (call === undefined || field === undefined || value === undefined) return undefined;
  if (value.form === 'null' || value.prefix !== undefined) return undefined;
  if (value.form === 'text' && meaning.field(value.text) !== undefined) return undefined;
  const info = knownField(field, meaning);
  if (info !== undefined && !functionsFor(info.type).includes(call)) return undefined;
  return callLeaf(
    `${call}(${field.text},${value.form === 'variable' ? value.text : quote(value.text)})`,
    meaning,
  );
}

/** `tolower(Label) eq 'aid'`, `year(StartDate) ge 2025`, `indexof(Label,'a') ge 0`. */
function ofCall(
  call: Call,
  operator: ComparisonOperator,
  right: Operand,
  meaning: FilterMeaning,
): Logic | undefined {
  const [first, second, third] = call.arguments;
  const literal = literalOf(right);
  switch (call.name.text.toLowerCase()) {
    case 'tolower':
    case 'toupper':
    case 'lower':
    case 'upper':
      return withoutCase(call, operator, right, meaning);
    case 'date':
      return onDay(dateField(first, meaning), operator, right);
    case 'year': {
      const year = rangeOf(Number(literal?.text));
      return year === undefined ? undefined : within(dateField(first, meaning), operator, year);
    }
    case 'left':
    case 'right':
    case 'mid':
      return literal === undefined || operator !== 'eq' ? undefined : partOf(call, literal, meaning);
    case 'search':
    case 'find':
      return literal === undefined ? undefined : foundAt(call, operator, literal.text, meaning);
    case 'trim':
    case 'proper': {
      const field = fieldOf(first);
      const found = field === undefined || literal === undefined || !isEquality(operator);
      return found ? undefined : unsure(valued(field, operator, literal, meaning));
    }
    case 'indexof':
      return literal === undefined ? undefined : indexOf(first, second, operator, literal.text, meaning);
    case 'substring': {
      const starts = second?.kind === 'value' && second.text === '0' && third?.kind === 'value';
      return starts && operator === 'eq' && Number(third.text) === literal?.text.length
        ? search('startswith', fieldOf(first), literal, meaning)
        : undefined;
    }
    case 'length':
    case 'len': {
      const field = fieldOf(first);
      if (field === undefined || literal?.text !== '0') return undefined;
      const type = knownField(field, meaning)?.type ?? 'string';
      if (type !== 'string' || (operator !== 'eq' && operator !== 'gt' && operator !== 'ne'))
        return undefined;
      return compared(field.text, operator === 'eq' ? 'eq' : 'ne', "''", false);
    }
    default: {
      const found = condition(call, meaning);
      return found === undefined || literal === undefined
        ? undefined
        : comparedWithTruth(found, operator, literal.text);
    }
  }
}

/** The API compares text without case. A text in the other case would find nothing in OData: hardly meant. */
function withoutCase(
  call: Call,
  operator: ComparisonOperator,
  right: Operand,
  meaning: FilterMeaning,
): Logic | undefined {
  const field = inner(call, meaning);
  const literal = literalOf(right);
  if (field === undefined || literal === undefined || !isEquality(operator)) return undefined;
  const found = valued(field, operator, literal, meaning);
  const lower = call.name.text.toLowerCase().endsWith('lower');
  const fits = literal.text === (lower ? literal.text.toLowerCase() : literal.text.toUpperCase());
  const isSure = fits || unwrap(right).kind === 'call';
  return found?.kind === 'leaf' ? { ...found, sure: found.sure && isSure } : found;
}

/** `date(StartDate) eq 2025-05-01`: the whole day. */
function onDay(field: Word | undefined, operator: ComparisonOperator, right: Operand): Logic | undefined {
  const day = stretchOf(builtinDate(right) ?? literalOf(right)?.text ?? '');
  return day === undefined ? undefined : within(field, operator, day);
}

/** A field that holds dates. */
function dateField(operand: Operand | undefined, meaning: FilterMeaning): Word | undefined {
  const field = fieldOf(operand);
  const type = field === undefined ? undefined : knownField(field, meaning)?.type;
  return mayBeDays(type) ? field : undefined;
}

/** `LEFT(Label,3)="abc"`, `RIGHT(…)`, `MID(Label,1,3)="abc"`, as Excel writes them. */
function partOf({ name, arguments: args }: Call, literal: Value, meaning: FilterMeaning): Logic | undefined {
  const [field, second, third] = args;
  const which = name.text.toLowerCase();
  const count = literalOf(which === 'mid' ? third : second);
  const isWhole =
    count === undefined ? literal.text.length === 1 : Number(count.text) === literal.text.length;
  if (!isWhole || (which === 'mid' && literalOf(second)?.text !== '1')) return undefined;
  return search(which === 'right' ? 'endswith' : 'startswith', inner(field, meaning), literal, meaning);
}

/** `SEARCH("aid",Label)>0`: Excel counts from 1. */
function foundAt(
  { arguments: [text, field] }: Call,
  operator: ComparisonOperator,
  at: string,
  meaning: FilterMeaning,
): Logic | undefined {
  if (operator === 'eq' && at === '1') return search('startswith', inner(field, meaning), text, meaning);
  const found =
    (operator === 'gt' && at === '0') ||
    (operator === 'ge' && at === '1') ||
    (operator === 'ne' && at === '0');
  return found ? search('contains', inner(field, meaning), text, meaning) : undefined;
}

/** It holds for most records, but not by the letter. */
const unsure = (found: Logic | undefined): Logic | undefined =>
  found?.kind === 'leaf' ? { ...found, sure: false } : found;

function dateParts(term: ForeignTerm, meaning: FilterMeaning): Logic | undefined {
  if (term.parts.length === 0) return undefined;
  const parts = [term, ...term.parts].map(datePartOf);
  const of = (part: string) => parts.find((each) => each?.part === part)?.value;
  const year = of('year');
  const range = year === undefined ? undefined : rangeOf(year, of('month'), of('day'));
  const [first] = term.left.kind === 'call' ? term.left.arguments : [];
  if (range === undefined) throw new NoEquivalent('Leave it out, and filter the results instead.', term);
  return within(dateField(first, meaning), 'eq', range);
}

function indexOf(
  first: Operand | undefined,
  second: Operand | undefined,
  operator: ComparisonOperator,
  at: string,
  meaning: FilterMeaning,
): Logic | undefined {
  const found =
    (operator === 'ge' && at === '0') || ((operator === 'ne' || operator === 'gt') && at === '-1');
  if (found) return search('contains', inner(first, meaning), second, meaning);
  if (operator === 'eq' && at === '0') return search('startswith', inner(first, meaning), second, meaning);
  const missing = (operator === 'eq' && at === '-1') || (operator === 'lt' && at === '0');
  const contained = missing ? search('contains', inner(first, meaning), second, meaning) : undefined;
  return contained === undefined ? undefined : negate(contained);
}
