/** `missing-operator` for a text with “and” or “or” in it: `Label = Health and Safety`. */
import { knownKeys } from '../analysis/known-values';
import { quote } from '../analysis/print-filter';
import { type Search, searchFor, wildcardSearch } from '../analysis/searches';
import type { FieldInfo } from '../catalog/catalog';
import type { Clause, Comparison, FilterList, Join, Negation, Term, Value } from '../syntax/nodes';
import type { Fix } from '../syntax/problems';
import { nameKey } from '../text/names';
import { between, endOf, type Span } from '../text/span';
import { readIn } from '../text/view';
import {
  comparisonOf,
  functionOf,
  isODataFunction,
  synonymOf,
  turnsMeaning,
} from '../vocabulary/filter-words';
import { type CheckContext, replace } from './check';
import { shorten, type TermPlace } from './rewriting';

/** More values than people join. */
const MOST_VALUES = 6;

/** More words than a field’s label has. */
const MOST_FIELD_WORDS = 6;

/** A condition with the words behind it that are no conditions, and may be the rest of its value. */
interface Phrase {
  readonly head: Comparison & { readonly value: Value };
  /** The terms that are such words. */
  readonly rest: readonly Term[];
  /** The words between its joins, the value of the condition first. */
  readonly parts: readonly string[];
  readonly text: string;
  readonly joins: ReadonlySet<'and' | 'or'>;
  /** True where nothing beside it would change what its values mean as conditions. */
  readonly isAlone: boolean;
}

/** True where the condition is the start of such a text, which is reported; the terms that are its rest are told with it. */
export function checkPhrase(context: CheckContext, term: Comparison, place: TermPlace): boolean {
  if (place.index < 0 || !place.meaning.knowsFields) return false;
  const phrase = phraseAt(term, place);
  if (phrase === undefined) return false;
  report(context, phrase, place);
  for (const each of phrase.rest) place.told.add(each);
  return true;
}

/** The same for `not Label = Health and Safety`, which asks for all but one text. */
export function checkNegatedPhrase(context: CheckContext, term: Negation, place: TermPlace): boolean {
  const { operand, offset, length } = term;
  if (operand?.kind !== 'comparison' || operand.operator === undefined || meant(operand) !== 'eq')
    return false;
  const operator = { ...operand.operator, text: 'ne' };
  return checkPhrase(context, { ...operand, operator, offset, length }, place);
}

/** The words of what has no operator and names no field. */
function wordsAlone(term: Term | undefined, { meaning, clause }: TermPlace): string | undefined {
  const text = term === undefined ? undefined : wordsOf(term, clause);
  if (term === undefined || text === undefined || turnsMeaning(text)) return undefined;
  const words = text.split(/[ ()]+/, MOST_FIELD_WORDS);
  const isField = words.some((_, count) => meaning.field(words.slice(0, count + 1).join('')) !== undefined);
  return isField ? undefined : written(clause, term, text);
}

/** `Safety`, `Manual Handling` and `Conditions (2026)`. */
function wordsOf(term: Term, clause: Clause): string | undefined {
  if (term.kind === 'comparison') {
    const { operator, value, field } = term;
    if (operator !== undefined || field.references.length > 0) return undefined;
    if (value !== undefined && value.form !== 'text' && value.form !== 'number') return undefined;
    return [field.text, ...(value === undefined ? [] : [value.text])].join(' ');
  }
  if (term.kind !== 'foreign' || term.operator !== undefined || term.left.kind !== 'call') return undefined;
  const text = readIn(clause.view, term);
  const isCall = !/^[^\s(]+\s+\(/.test(text) || isODataFunction(term.left.name.text);
  return isCall || /\{\{|["'‘’“”\r\n]/.test(text) ? undefined : text;
}

/** The user’s own text. `read` stands for one of several lines, or with quotes in it. */
function written(clause: Clause, where: Span, read: string): string {
  const text = readIn(clause.view, where);
  return /["'‘’“”\r\n]/.test(text) ? read : text;
}

function phraseAt(head: Comparison, place: TermPlace): Phrase | undefined {
  const { list, index, meaning, clause } = place;
  const { value, field, operator } = head;
  if (operator === undefined || value?.form !== 'text') return undefined;
  const type = meaning.field(field.text)?.type ?? 'unknown';
  if (value.references.length > 0 || turnsMeaning(value.text) || !TEXTS.has(type)) return undefined;
  const op = meant(head);
  if (op === undefined) return undefined;
  const parts = [written(clause, value, value.text)];
  const joins = new Set<'and' | 'or'>();
  const rest: Term[] = [];
  let text = value.text;
  for (let at = index; ; at++) {
    const [join, next] = [list.joins[at], list.terms[at + 1]];
    const words = wordsAlone(next, place);
    if (join === undefined || join.written === '' || next === undefined || words === undefined) break;
    parts.push(words);
    joins.add(join.op);
    text += ` ${join.written} ${words}`;
    rest.push(next);
  }
  const last = rest.at(-1);
  // “Not this or that” is neither of them, and no text: as each of them is read alone.
  if (last === undefined || (op === 'ne' && joins.has('or'))) return undefined;
  // Beside another join, several values would change all of the conditions.
  const isAlone = joinsAround(list, index, parts.length).every((join) => join === joinOfValues(op));
  if (!isAlone && joins.has('or')) return undefined;
  text = written(clause, between(value.offset, endOf(last)), text);
  return { head: { ...head, value }, rest, parts, text, joins, isAlone };
}

const TEXTS: ReadonlySet<FieldInfo['type']> = new Set(['string', 'unknown']);

/** The operator or the function of the API. */
const meant = ({ operator }: Comparison) => {
  const text = operator?.text ?? '';
  return comparisonOf(text) ?? synonymOf(text);
};

const joinOfValues = (op: string): Join['op'] => (op === 'ne' ? 'and' : 'or');

/** The condition with another text as its value; undefined where the API has nothing like it. */
function conditionWith(head: Phrase['head'], text: string, { meaning }: TermPlace): Search | undefined {
  const field = meaning.field(head.field.text)?.name ?? head.field.text;
  const op = meant(head) ?? 'eq';
  const value: Value = { ...head.value, text, written: undefined };
  if (functionOf(op) !== undefined)
    return functionOf(head.operator?.text ?? '') === undefined
      ? searchFor(field, head.operator?.text ?? '', value, meaning)
      : { text: `${op}(${field},${quote(text)})`, sure: true };
  const search = wildcardSearch({ ...head, field: { ...head.field, text: field }, value }, undefined);
  // A star between words may stand for any text, of which the API has nothing.
  if (search === undefined) return { text: `${field} ${op} ${quote(text)}`, sure: !text.includes('*') };
  const [call, other] = search.calls;
  return call === undefined || other !== undefined ? undefined : { text: call, sure: search.sure };
}

function report(context: CheckContext, phrase: Phrase, place: TermPlace): void {
  const { head, rest, parts, text, joins, isAlone } = phrase;
  const where = between(head.offset, endOf(rest.at(-1) ?? head));
  const one = conditionWith(head, text, place);
  const isText = !parts.slice(1).some(beginsCondition);
  const each = parts.flatMap((part) => conditionWith(head, part, place) ?? []);
  // Where only one of them has a wildcard, it is that of the whole text.
  const isAlike = each.length === parts.length && new Set(each.map(({ sure }) => sure)).size === 1;
  const isListed = isAlone && parts.length <= MOST_VALUES && isAlike;
  const several = isListed
    ? each.map((condition) => condition.text).join(` ${joinOfValues(meant(head) ?? 'eq')} `)
    : undefined;
  const known = knownKeys(context.model, place.meaning.field(head.field.text)?.name ?? head.field.text);
  const isSeveral =
    several !== undefined && (joins.has('or') || parts.every((part) => known.has(nameKey(part))));
  const rewrite = (better: string, preferred: boolean): Fix =>
    replace(where, better, `Write ${shorten(better, 200)}`, preferred);
  const asOne = one === undefined ? [] : [rewrite(one.text, !isSeveral && one.sure && isText)];
  const asSeveral =
    several === undefined ? [] : [rewrite(several, isSeveral && each.every(({ sure }) => sure))];
  context.report('missing-operator', where, messageOf(phrase, one?.text, several, isSeveral), {
    fixes: isSeveral ? [...asSeveral, ...asOne] : [...asOne, ...asSeveral],
  });
}

/** `before 1 May`: only the user knows of which field that is said. */
const beginsCondition = (words: string): boolean => {
  const [first = ''] = words.split(' ', 1);
  return comparisonOf(synonymOf(first) ?? '') !== undefined;
};

function messageOf(
  { joins, text }: Phrase,
  one: string | undefined,
  several: string | undefined,
  isSeveral: boolean,
): string {
  const join = [...joins].map((each) => `“${each}”`).join(' and ');
  const asOne = one === undefined ? undefined : shorten(one, 200);
  if (isSeveral) {
    const otherwise = asOne === undefined ? '' : ` For one text with ${join} in it, write ${asOne}.`;
    return `Each condition has a field and an operator of its own. Write ${several ?? ''}.${otherwise}`;
  }
  const otherwise = several === undefined ? '' : ` For several values, write ${several}.`;
  return asOne === undefined
    ? `The API has no wildcards such as those in ${shorten(quote(text), 80)}. It has contains, startswith and endswith.${otherwise}`
    : `A text with ${join} in it stands in single quotes: ${asOne}.${otherwise}`;
}

/** The joins right before and behind so many terms. */
const joinsAround = ({ joins }: FilterList, index: number, count: number): ('and' | 'or')[] =>
  [joins[index - 1], joins[index + count - 1]].flatMap((join) => join?.op ?? []);
