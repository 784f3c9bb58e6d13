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
 */
import type { Field, Module } from './catalog';
import { badRequest } from './problem';
import type { Row, Value } from './values';
import { isAbsent, kindWords, readBoolean, readDate, readNumber } from './values';

export type Predicate = (row: Row) => boolean;

type Operator = 'eq' | 'ne' | 'lt' | 'le' | 'gt' | 'ge';
type TextFunction = 'contains' | 'startswith' | 'endswith';

const OPERATORS: ReadonlySet<string> = new Set<Operator>(['eq', 'ne', 'lt', 'le', 'gt', 'ge']);
const FUNCTIONS: ReadonlySet<string> = new Set<TextFunction>(['contains', 'startswith', 'endswith']);
const isOperator = (word: string): word is Operator => OPERATORS.has(word);
const isFunction = (word: string): word is TextFunction => FUNCTIONS.has(word);

const ARITHMETIC = /^(add|sub|mul|div|divby|mod)$/;
const LOGIC = /^(and|or)$/;

interface Token {
  readonly type: 'word' | 'number' | 'string' | 'symbol' | 'end';
  /** The text; for a string, its value without quotes. */
  readonly text: string;
  readonly at: number;
  /** Whether white space precedes it. */
  readonly spaced: boolean;
}

function fail(at: number, why: string): never {
  throw badRequest(`The filter is not valid at character ${at + 1}: ${why}`);
}

const WORD = /[\p{L}_][\p{L}\p{N}_]*/uy;
// Takes dates and other number-like text whole, so that the message can quote all of it.
const NUMBER = /[+-]?\d[\p{L}\p{N}_.:+-]*/uy;
const SYMBOL = /==|!=|<>|<=|>=|&&|\|\||[^\s]/uy;

function matchAt(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  for (;;) {
    const from = at;
    while (text[at] === ' ' || text[at] === '\t') at++;
    const spaced = at > from;
    const char = text[at];
    if (char === undefined) {
      tokens.push({ type: 'end', text: '', at, spaced });
      return tokens;
    }
    if (/\s/.test(char)) fail(at, 'only spaces and tabs may separate words, not a line break or the like.');
    if (char === "'") {
      const start = at++;
      let value = '';
      for (;;) {
        const close = text.indexOf("'", at);
        if (close < 0) fail(start, 'the quote is not closed.');
        value += text.slice(at, close);
        at = close + 1;
        if (text[at] !== "'") break;
        value += "'";
        at++;
      }
      tokens.push({ type: 'string', text: value, at: start, spaced });
      continue;
    }
    const word = matchAt(WORD, text, at);
    const number = word === undefined ? matchAt(NUMBER, text, at) : undefined;
    const piece = word ?? number ?? matchAt(SYMBOL, text, at) ?? char;
    const type = word !== undefined ? 'word' : number !== undefined ? 'number' : 'symbol';
    tokens.push({ type, text: piece, at, spaced });
    at += piece.length;
  }
}

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
export const compileFilter = (text: string, module: Module): Predicate =>
  new FilterReader(text, module).readFilter();

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
  #next = 0;
  /** Whether the last term read ended with a parenthesis. */
  #closed = false;

  constructor(text: string, module: Module) {
    this.#tokens = tokenize(text);
    this.#module = module;
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
        if (readNumber(token.text, 'decimal') !== undefined) return token;
        return fail(token.at, `'${token.text}' is not a number; a date or text needs single quotes.`);
      case 'word': {
        const lower = token.text.toLowerCase();
        if (lower === 'true' || lower === 'false') return token;
        if (lower === 'null') return fail(token.at, "null is not supported; compare a text with ''.");
        return fail(token.at, `the value ${token.text} needs single quotes: '${token.text}'.`);
      }
      case 'symbol':
        return refuseSymbol(token);
      case 'end':
        return fail(token.at, `a value is missing after ${after}.`);
    }
  }

  #readFunction(name: Token): Predicate {
    const lower = name.text.toLowerCase();
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
    return textPredicate(field.name, lower, value.text.toLowerCase());
  }

  #readComparison(fieldToken: Token): Predicate {
    const field = this.#readField(fieldToken);
    const op = this.#take();
    if (op.type === 'end') fail(op.at, `an operator is missing after ${field.name}.`);
    if (op.type === 'symbol') refuseSymbol(op);
    const lower = op.text.toLowerCase();
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
    return comparison(field, lower, value);
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
        return refuseSymbol(token);
      case 'string':
      case 'number':
        return fail(token.at, "a condition begins with a field's name or a function.");
      case 'word': {
        const lower = token.text.toLowerCase();
        if (LOGIC.test(lower) && !this.#module.field(token.text)) {
          return fail(token.at, `a condition is missing before ${lower}.`);
        }
        if (lower === 'not') return fail(token.at, 'not is not supported; write ne instead of eq.');
        this.#closed = this.#peek().text === '(' && this.#peek().type === 'symbol';
        return this.#closed ? this.#readFunction(token) : this.#readComparison(token);
      }
    }
  }

  /** Reads the whole filter. */
  readFilter(): Predicate {
    const alternatives: Predicate[][] = [[this.#readTerm('')]];
    for (;;) {
      const token = this.#take();
      if (token.type === 'end') break;
      if (token.type === 'symbol') refuseSymbol(token);
      const lower = token.text.toLowerCase();
      if (token.type !== 'word' || !LOGIC.test(lower)) {
        if (ARITHMETIC.test(lower)) fail(token.at, `arithmetic (${lower}) is not supported.`);
        fail(token.at, `and or or is missing before '${token.text}'.`);
      }
      // None is needed after the parenthesis of a function (O).
      if (!this.#closed) needSpace(token, 'the condition');
      if (this.#peek().text === '(' && this.#peek().type === 'symbol') refuseSymbol(this.#peek());
      needSpace(this.#peek(), lower);
      const term = this.#readTerm(lower);
      if (lower === 'or') alternatives.push([term]);
      else alternatives[alternatives.length - 1]?.push(term);
    }
    return anyOf(alternatives.map(allOf));
  }
}

function allOf(terms: readonly Predicate[]): Predicate {
  const [only] = terms;
  return only && terms.length === 1 ? only : (row) => terms.every((term) => term(row));
}

function anyOf(terms: readonly Predicate[]): Predicate {
  const [only] = terms;
  return only && terms.length === 1 ? only : (row) => terms.some((term) => term(row));
}

function textPredicate(name: string, fn: TextFunction, wanted: string): Predicate {
  const test = (found: (text: string) => boolean): Predicate => {
    return (row) => {
      const value = row[name];
      return typeof value === 'string' && value !== '' && found(value.toLowerCase());
    };
  };
  switch (fn) {
    case 'contains':
      return test((text) => text.includes(wanted));
    case 'startswith':
      return test((text) => text.startsWith(wanted));
    case 'endswith':
      return test((text) => text.endsWith(wanted));
  }
}

/** Orders text as $orderby does, without regard to case. */
const collator = new Intl.Collator('en', { sensitivity: 'accent' });
export const compareText = (a: string, b: string): number => collator.compare(a, b);

function comparison(field: Field, op: Operator, token: Token): Predicate {
  const text = token.text;
  const refuse = (): never => {
    const shown = token.type === 'string' ? `'${text.replaceAll("'", "''")}'` : text;
    return fail(token.at, `${field.name} takes ${kindWords(field.kind)}, not ${shown}.`);
  };
  switch (field.kind) {
    case 'string': {
      if (text === '') {
        // An empty value means no value (A).
        if (op === 'eq' || op === 'ne') return (row) => isAbsent(row[field.name]) === (op === 'eq');
      }
      const wanted = text.toLowerCase();
      if (op === 'eq' || op === 'ne') return equality(field.name, op, (v) => lower(v) === wanted);
      return order(field.name, op, (v) => (typeof v === 'string' ? collator.compare(v, text) : undefined));
    }
    case 'integer':
    case 'decimal': {
      // A whole-number field takes no fraction, as an Int32 would not (A).
      const wanted = readNumber(text, field.kind) ?? refuse();
      if (op === 'eq' || op === 'ne') return equality(field.name, op, (v) => v === wanted);
      return order(field.name, op, (v) => (typeof v === 'number' ? v - wanted : undefined));
    }
    case 'boolean': {
      const wanted = readBoolean(text) ?? refuse();
      return equality(field.name, op === 'ne' ? 'ne' : 'eq', (v) => v === wanted);
    }
    case 'datetime': {
      if (token.type !== 'string') refuse();
      const wanted = readDate(text) ?? refuse();
      if (op === 'eq' || op === 'ne') return equality(field.name, op, (v) => v === wanted);
      return order(field.name, op, (v) =>
        typeof v === 'string' ? (v < wanted ? -1 : v > wanted ? 1 : 0) : undefined,
      );
    }
    case 'list':
      return fail(token.at, `the field ${field.name} cannot be filtered.`);
  }
}

const lower = (value: Value | undefined): string | undefined =>
  typeof value === 'string' ? value.toLowerCase() : undefined;

/** An absent value equals nothing: `eq` is false for it, `ne` is true (A). */
function equality(name: string, op: 'eq' | 'ne', same: (value: Value | undefined) => boolean): Predicate {
  return op === 'eq' ? (row) => same(row[name]) : (row) => !same(row[name]);
}

/** An absent value is neither less nor greater (A). */
function order(
  name: string,
  op: 'lt' | 'le' | 'gt' | 'ge',
  compare: (value: Value | undefined) => number | undefined,
): Predicate {
  const found = (row: Row): number | undefined => {
    const value = row[name];
    return isAbsent(value) ? undefined : compare(value);
  };
  // undefined compares false with every number
  switch (op) {
    case 'lt':
      return (row) => (found(row) ?? NaN) < 0;
    case 'le':
      return (row) => (found(row) ?? NaN) <= 0;
    case 'gt':
      return (row) => (found(row) ?? NaN) > 0;
    case 'ge':
      return (row) => (found(row) ?? NaN) >= 0;
  }
}
