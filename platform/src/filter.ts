/**
 * $filter and $upsert: text in, predicate out, or a Problem (400) with the reason and the character (from 1).
 *
 *     filter   = term *( ("and" / "or") term )      ; no parentheses for grouping (D)
 *     term     = field op value / function "(" field "," value ")"
 *     op       = "eq" / "ne" / "lt" / "le" / "gt" / "ge"
 *     function = "contains" / "startswith" / "endswith"
 *     value    = "'" characters "'" / "true" / "false" / number
 *
 * No space is needed between the `)` of a function and `and` or `or` (O).
 * `and` binds tighter than `or` (A), a quote in a value is doubled (A), keywords take any case (A), text is
 * compared without regard to case (O). Everything else is refused.
 *
 * Quirks turn these assumptions round; with those of these names, a term may also be
 *
 *     "(" filter ")"                                ; parentheses
 *     "not" ( function … / "(" filter ")" )         ; not
 *     field "in" "(" value *( "," value ) ")"       ; in
 */
import type { Field, Module } from './catalog';
import {
  comparison,
  type Operator,
  type Predicate,
  type TextFunction,
  textPredicate,
  withTexts,
} from './comparison';
import { fail, type Token, tokenize } from './filter-tokens';
import type { Quirks } from './quirks';
import { kindWords, readNumber } from './values';

const OPERATORS: ReadonlySet<string> = new Set<Operator>(['eq', 'ne', 'lt', 'le', 'gt', 'ge']);
const FUNCTIONS: ReadonlySet<string> = new Set<TextFunction>(['contains', 'startswith', 'endswith']);
const isOperator = (word: string): word is Operator => OPERATORS.has(word);
const isFunction = (word: string): word is TextFunction => FUNCTIONS.has(word);

const ARITHMETIC = /^(add|sub|mul|div|divby|mod)$/;
const LOGIC = /^(and|or)$/;

/** The API's operator for one that users know from elsewhere. */
const INSTEAD: ReadonlyMap<string, string> = new Map([
  ['=', 'eq'],
  ['==', 'eq'],
  ['!=', 'ne'],
  ['<>', 'ne'],
  ['<', 'lt'],
  ['<=', 'le'],
  ['>', 'gt'],
  ['>=', 'ge'],
  ['&&', 'and'],
  ['||', 'or'],
  ['like', "contains(field,'value')"],
]);

/** Compiles a filter for a module. */
export const compileFilter = (text: string, module: Module, quirks: Quirks): Predicate =>
  new FilterReader(text, module, quirks).readAll();

/** How deep parentheses may be nested. */
const DEPTH = 100;

function needSpace(token: Token, after: string): void {
  if (!token.spaced && token.type !== 'end') fail(token.at, `a space is missing after ${after}.`);
}

function refuseSymbol(token: Token): never {
  if (token.text === '(' || token.text === ')') {
    fail(token.at, 'parentheses for grouping are not supported; use and, or without them.');
  }
  if (token.text === '"') fail(token.at, "values need single quotes ('value'), not double quotes.");
  if (token.text === '/') fail(token.at, 'paths and the lambda operators any and all are not supported.');
  const instead = INSTEAD.get(token.text);
  if (instead !== undefined) fail(token.at, `'${token.text}' is not an operator; write ${instead}.`);
  if (/^[+\-*%]$/.test(token.text)) fail(token.at, 'arithmetic is not supported.');
  fail(token.at, `'${token.text}' is not expected here.`);
}

/** Reads one filter, token by token; throws a Problem at the first unexpected one. */
class FilterReader {
  readonly #tokens: readonly Token[];
  readonly #module: Module;
  readonly #end: Token;
  readonly #quirks: Quirks;
  #next = 0;
  #depth = 0;
  /** Whether the last term read ended with a parenthesis. */
  #closed = false;

  constructor(text: string, module: Module, quirks: Quirks) {
    this.#tokens = tokenize(text, quirks);
    this.#module = module;
    this.#quirks = quirks;
    this.#end = this.#tokens[this.#tokens.length - 1] ?? {
      type: 'end',
      text: '',
      at: text.length,
      spaced: false,
    };
  }

  #peek(): Token {
    return this.#tokens[this.#next] ?? this.#end;
  }

  #nextIs(symbol: string): boolean {
    const { type, text } = this.#peek();
    return type === 'symbol' && text === symbol;
  }

  /** Returns a keyword as it is known: in lower case, unless another case makes it no keyword. */
  #keyword({ text }: Token): string {
    return this.#quirks.has('lower-keywords') ? text : text.toLowerCase();
  }

  #take(): Token {
    return this.#tokens[this.#next++] ?? this.#end;
  }

  #readField(token: Token): Field {
    const field = this.#module.field(token.text);
    if (!field) fail(token.at, `${this.#module.name} has no field '${token.text}'.`);
    if (!field.filterable) fail(token.at, `the field ${field.name} cannot be filtered.`);
    return field;
  }

  #readValue(after: string): Token {
    const token = this.#take();
    switch (token.type) {
      case 'string':
        return token;
      case 'number':
        if (readNumber(token.text, 'decimal') !== undefined) return this.#bare(token);
        return fail(token.at, `'${token.text}' is not a number; a date or text needs single quotes.`);
      case 'word': {
        const lower = token.text.toLowerCase();
        if (lower === 'true' || lower === 'false') return this.#bare(token);
        if (lower === 'null') return fail(token.at, "null is not supported; compare a text with ''.");
        return fail(token.at, `the value ${token.text} needs single quotes: '${token.text}'.`);
      }
      case 'symbol':
        return refuseSymbol(token);
      case 'end':
        return fail(token.at, `a value is missing after ${after}.`);
    }
  }

  #bare(token: Token): Token {
    if (!this.#quirks.has('bare-refused')) return token;
    return fail(token.at, `the value ${token.text} needs single quotes: '${token.text}'.`);
  }

  #readFunction(name: Token): Predicate {
    const lower = this.#keyword(name);
    const open = this.#take();
    if (!isFunction(lower)) {
      return lower === 'not' || lower === 'in' || LOGIC.test(lower)
        ? fail(open.at, 'parentheses for grouping are not supported; use and, or without them.')
        : fail(name.at, `the function ${name.text} is not supported; use contains, startswith or endswith.`);
    }
    if (open.spaced) fail(open.at, `no space is allowed between ${lower} and its parenthesis.`);
    const fieldToken = this.#take();
    if (fieldToken.type !== 'word') fail(fieldToken.at, `${lower} takes a field's name first.`);
    if (this.#peek().text === '(') fail(fieldToken.at, 'a function cannot be used inside a function.');
    const field = this.#readField(fieldToken);
    if (field.kind !== 'string') {
      fail(fieldToken.at, `${lower} works on text; ${field.name} is ${kindWords(field.kind)}.`);
    }
    const comma = this.#take();
    if (comma.type !== 'symbol' || comma.text !== ',') {
      fail(comma.at, `a comma is missing after ${field.name} in ${lower}.`);
    }
    const value = this.#readValue('the comma');
    const close = this.#take();
    if (close.type !== 'symbol' || close.text !== ')') {
      fail(close.at, close.text === ',' ? `${lower} takes two arguments.` : `the ) of ${lower} is missing.`);
    }
    return textPredicate(field.name, lower, value.text, this.#quirks);
  }

  #readComparison(fieldToken: Token): Predicate {
    const field = this.#readField(fieldToken);
    const op = this.#take();
    if (op.type === 'end') fail(op.at, `an operator is missing after ${field.name}.`);
    if (op.type === 'symbol') refuseSymbol(op);
    const lower = this.#keyword(op);
    if (lower === 'in' && this.#quirks.has('in')) return this.#readList(field, op);
    if (op.type !== 'word' || !isOperator(lower)) {
      const instead = INSTEAD.get(lower);
      if (instead !== undefined) return fail(op.at, `'${op.text}' is not an operator; write ${instead}.`);
      if (lower === 'in' || lower === 'has') return fail(op.at, `the operator ${lower} is not supported.`);
      if (ARITHMETIC.test(lower)) return fail(op.at, `arithmetic (${lower}) is not supported.`);
      return fail(op.at, `an operator is missing after ${field.name}; use eq, ne, lt, le, gt or ge.`);
    }
    needSpace(op, fieldToken.text);
    const value = this.#readValue(op.text);
    needSpace(value, op.text);
    if (field.kind === 'boolean' && lower !== 'eq' && lower !== 'ne') {
      fail(op.at, `${field.name} is true or false, so only eq and ne apply to it.`);
    }
    return comparison(field, lower, value, this.#quirks);
  }

  /** `(value, …)` behind `in`: equal to one of them. */
  #readList(field: Field, op: Token): Predicate {
    const open = this.#take();
    if (open.text !== '(' || open.type !== 'symbol')
      fail(open.at, 'in takes a list of values in parentheses.');
    needSpace(open, op.text);
    const equals: Predicate[] = [];
    for (;;) {
      const value = this.#readValue(equals.length === 0 ? 'the parenthesis' : 'the comma');
      equals.push(comparison(field, 'eq', value, this.#quirks));
      const next = this.#take();
      if (next.type === 'symbol' && next.text === ')') break;
      if (next.type !== 'symbol' || next.text !== ',') fail(next.at, 'the ) of the list is missing.');
    }
    this.#closed = true;
    return anyOf(equals);
  }

  /** Reads a filter in parentheses, of which the first has been taken. */
  #readGroup(open: Token): Predicate {
    if (++this.#depth > DEPTH) fail(open.at, `parentheses are nested more than ${DEPTH} deep.`);
    const group = this.#readFilter('(');
    const close = this.#take();
    if (close.type === 'end') fail(close.at, 'a ) is missing.');
    this.#depth--;
    this.#closed = true;
    return group;
  }

  /** What `not` turns round: a function, or conditions in parentheses. */
  #readNot(not: Token): Predicate {
    const next = this.#take();
    if (next.type !== 'end') needSpace(next, not.text);
    let term: Predicate;
    if (next.type === 'symbol' && next.text === '(') term = this.#readGroup(next);
    else if (next.type === 'word' && this.#nextIs('(')) {
      term = this.#readFunction(next);
      this.#closed = true;
    } else return fail(next.at, `after ${not.text}, a comparison needs parentheses.`);
    return (row) => !term(row);
  }

  #readTerm(after: string): Predicate {
    const token = this.#take();
    switch (token.type) {
      case 'end':
        return fail(
          token.at,
          after === '' ? 'the filter is empty.' : `a condition is missing after ${after}.`,
        );
      case 'symbol':
        if (token.text === '(' && this.#quirks.has('parentheses')) return this.#readGroup(token);
        return refuseSymbol(token);
      case 'string':
      case 'number':
        return fail(token.at, "a condition begins with a field's name or a function.");
      case 'word': {
        const lower = token.text.toLowerCase();
        if (LOGIC.test(lower) && !this.#module.field(token.text)) {
          return fail(token.at, `a condition is missing before ${lower}.`);
        }
        const isField = this.#module.field(token.text) !== undefined;
        if (!isField && this.#quirks.has('not') && this.#keyword(token) === 'not')
          return this.#readNot(token);
        if (lower === 'not') return fail(token.at, 'not is not supported; write ne instead of eq.');
        if (this.#nextIs('(')) {
          const term = this.#readFunction(token);
          this.#closed = true;
          return term;
        }
        this.#closed = false;
        return this.#readComparison(token);
      }
    }
  }

  /** Reads the whole filter. */
  readAll(): Predicate {
    const filter = this.#readFilter('');
    if (this.#peek().type !== 'end') refuseSymbol(this.#peek());
    return filter;
  }

  /** Reads conditions up to the end, or to a `)` that closes no function. */
  #readFilter(after: string): Predicate {
    const terms: JoinedTerm[] = [{ join: 'or', term: this.#readTerm(after) }];
    while (this.#peek().type !== 'end' && !(this.#nextIs(')') && this.#depth > 0)) {
      const token = this.#take();
      if (token.type === 'symbol') refuseSymbol(token);
      const lower = this.#keyword(token);
      if (token.type !== 'word' || (lower !== 'and' && lower !== 'or')) {
        if (ARITHMETIC.test(lower)) fail(token.at, `arithmetic (${lower}) is not supported.`);
        fail(token.at, `and or or is missing before '${token.text}'.`);
      }
      // None is needed after the parenthesis of a function (O).
      if (!this.#closed) needSpace(token, 'the condition');
      if (this.#nextIs('(') && !this.#quirks.has('parentheses')) refuseSymbol(this.#peek());
      needSpace(this.#peek(), lower);
      terms.push({ join: lower, term: this.#readTerm(lower) });
    }
    return this.#quirks.has('left-to-right') ? fromLeft(terms) : andFirst(terms);
  }
}

/** A condition and the word before it, which is of no account for the first. */
interface JoinedTerm {
  readonly join: 'and' | 'or';
  readonly term: Predicate;
}

function andFirst(terms: readonly JoinedTerm[]): Predicate {
  const alternatives: Predicate[][] = [];
  for (const { join, term } of terms) {
    if (join === 'or') alternatives.push([term]);
    else alternatives[alternatives.length - 1]?.push(term);
  }
  return anyOf(alternatives.map(allOf));
}

const fromLeft =
  (terms: readonly JoinedTerm[]): Predicate =>
  (row) =>
    terms.reduce((met, { join, term }) => (join === 'or' ? met || term(row) : met && term(row)), false);

function allOf(terms: readonly Predicate[]): Predicate {
  const [only] = terms;
  if (only && terms.length === 1) return only;
  const texts = terms.find((term) => term.texts)?.texts;
  return withTexts((row) => terms.every((term) => term(row)), texts);
}

function anyOf(terms: readonly Predicate[]): Predicate {
  const [only] = terms;
  if (only && terms.length === 1) return only;
  const texts = terms.every((term) => term.texts) ? terms.flatMap((term) => term.texts ?? []) : undefined;
  return withTexts((row) => terms.some((term) => term(row)), texts);
}
