/** Parses a filter: any text yields a list of terms and problems. After a broken term, parsing continues with the next one. */
import { endOf, type Span } from '../text/span';
import {
  comparisonOf,
  functionOf,
  joinOf,
  startsOperatorSynonym,
  synonymOf,
  unsupportedOperatorOf,
} from '../vocabulary/filter-words';
import type { Argument, Comparison, FilterList, FunctionTerm, Group, Join, Term, Value, Word } from './nodes';
import type { SyntaxProblem } from './problems';
import type { Token } from './tokens';

/** Nesting deeper than this is read flat: no one writes it, and the stack is finite. */
const MAX_DEPTH = 200;

export function parseFilter(tokens: readonly Token[], at: Span, problems: SyntaxProblem[]): FilterList {
  return new FilterParser(tokens, at, problems).parse();
}

const join = (token: Token | undefined) =>
  token !== undefined && (token.kind === 'word' || token.kind === 'symbol') && token.references.length === 0
    ? joinOf(token.text)
    : undefined;
type WordToken = Token & { readonly kind: 'word' };
const isWord = (token: Token | undefined): token is WordToken => token?.kind === 'word';
const isText = (token: Token | undefined): token is WordToken =>
  token?.kind === 'word' && join(token) === undefined;
const keyword = (token: Token | undefined, word: string) =>
  token?.kind === 'word' && token.text.toLowerCase() === word;
const cover = (first: Span, last: Span): Span => ({
  offset: first.offset,
  length: Math.max(endOf(first), endOf(last)) - first.offset,
});
const toWord = (first: Token, ...rest: Token[]): Word => ({
  ...cover(first, rest.at(-1) ?? first),
  text: [first, ...rest].map((token) => token.text).join(' '),
  references: [first, ...rest].flatMap((token) => token.references),
});

class FilterParser {
  #next = 0;
  #depth = 0;

  constructor(
    private readonly tokens: readonly Token[],
    private readonly at: Span,
    private readonly problems: SyntaxProblem[],
  ) {}

  parse(): FilterList {
    for (const token of this.tokens) if (token.kind === 'string') this.#checkQuotes(token);
    const list = this.#list();
    return { ...list, ...(list.length === 0 && list.terms.length === 0 ? this.at : {}) };
  }

  #peek(ahead = 0): Token | undefined {
    return this.tokens[this.#next + ahead];
  }

  #take(): Token {
    const token = this.tokens[this.#next++];
    if (token === undefined) throw new RangeError('read past the last token');
    return token;
  }

  /** The token just read, where a missing piece is reported. */
  #last(): Span {
    return this.tokens[this.#next - 1] ?? { offset: this.at.offset, length: 0 };
  }

  #report(
    code: SyntaxProblem['code'],
    where: Span,
    message: string,
    title?: string,
    ...edits: { offset: number; length: number; text: string }[]
  ) {
    const fixes = title === undefined ? {} : { fixes: [{ title, edits, preferred: true }] };
    this.problems.push({ code, offset: where.offset, length: where.length, message, ...fixes });
  }

  /** Reports a quote that is missing or not doubled. */
  #checkQuotes(token: Token): void {
    const { undoubled = [] } = token;
    if (undoubled.length > 0) {
      const edits = undoubled.map((offset) => ({ offset, length: 0, text: "'" }));
      this.#report(
        'unterminated-value',
        token,
        "A quote inside a value is written twice: 'O''Neill'.",
        'Double the quote',
        ...edits,
      );
    }
    if (token.closed !== true) {
      const mark = token.quote === 'double' ? '"' : "'";
      this.#report(
        'unterminated-value',
        token,
        "The closing quote is missing. A quote inside a value is written twice: 'O''Neill'.",
        'Insert the closing quote',
        {
          offset: endOf(token),
          length: 0,
          text: mark,
        },
      );
    }
  }

  #list(): FilterList {
    const terms: Term[] = [];
    const joins: Join[] = [];
    const start = this.#peek()?.offset ?? endOf(this.#last());
    let pending: (Join & { token: Token }) | undefined;
    for (let token = this.#peek(); token !== undefined; token = this.#peek()) {
      if (token.kind === ')') {
        if (this.#depth > 0) break;
        this.#take();
        this.#report(
          'no-parentheses',
          token,
          'There is no “(” for this “)”. Remove it: the API has no parentheses for grouping.',
          'Remove “)”',
          { ...token, text: '' },
        );
        continue;
      }
      const op = join(token) ?? (token.kind === ',' ? 'and' : undefined);
      if (op !== undefined) {
        this.#take();
        if (token.kind === ',') {
          this.#report(
            'missing-and-or',
            token,
            'Conditions are joined by “and” or “or”, not by a comma.',
            'Replace the comma with “and”',
            { ...token, text: 'and' },
          );
        } else if (token.kind === 'symbol') {
          this.#report(
            'unknown-operator',
            token,
            `The API has no “${token.text}”. Write “${op}”.`,
            `Replace with “${op}”`,
            { ...token, text: op },
          );
        }
        if (pending !== undefined || terms.length === 0) {
          this.#report(
            'unexpected-text',
            token,
            `Write a condition before “${token.text}”, or remove it.`,
            `Remove “${token.text}”`,
            { ...token, text: '' },
          );
        } else pending = { op, written: token.text, offset: token.offset, length: token.length, token };
        continue;
      }
      if (terms.length > 0) {
        joins.push(pending ?? this.#oddJoin(token) ?? this.#missingJoin(token));
        pending = undefined;
      }
      terms.push(this.#term());
    }
    if (pending !== undefined) {
      const { written, token } = pending;
      this.#report(
        'missing-value',
        token,
        `Write another condition after “${written}”, for example “${written.toLowerCase()} Status eq 'Available'”.`,
        `Remove “${written}”`,
        { ...token, text: '' },
      );
    }
    const last = terms.at(-1);
    return {
      kind: 'filter-list',
      offset: start,
      length: Math.max(0, (last === undefined ? start : endOf(last)) - start),
      terms,
      joins,
    };
  }

  /** `… xor Cost gt '5'`, `… plus contains(…)`: one odd word where only “and” or “or” can be meant. */
  #oddJoin(token: Token): Join | undefined {
    const next = this.#peek(1);
    const after = this.#peek(2);
    const conditionFollows =
      isText(next) &&
      after !== undefined &&
      (after.kind === '('
        ? functionOf(next.text) !== undefined
        : isWord(after) && comparisonOf(after.text) !== undefined && !startsOperatorSynonym(next.text));
    if (!isText(token) || token.references.length > 0 || keyword(token, 'not') || !conditionFollows)
      return undefined;
    if (functionOf(token.text) !== undefined || comparisonOf(next.text) !== undefined) return undefined;
    this.#take();
    this.#report(
      'missing-and-or',
      token,
      `Write “and” or “or” between two conditions, instead of “${token.text}”.`,
    );
    return { op: 'and', written: token.text, offset: token.offset, length: token.length };
  }

  #missingJoin(token: Token): Join {
    this.#report('missing-and-or', token, 'Write “and” or “or” between two conditions.', 'Insert “and”', {
      offset: token.offset,
      length: 0,
      text: 'and',
    });
    return { op: 'and', written: '', offset: token.offset, length: 0 };
  }

  #term(): Term {
    const first = this.#peek();
    if (first === undefined) return { kind: 'bad', tokens: [], offset: endOf(this.#last()), length: 0 };
    if (first.kind === '(' && this.#depth < MAX_DEPTH) return this.#group();
    const second = this.#peek(1);
    const third = this.#peek(2);
    if (
      isWord(first) &&
      isNumber(first.text) &&
      isWord(second) &&
      comparisonOf(second.text) !== undefined &&
      isText(third) &&
      /^[A-Za-z_]/.test(third.text)
    )
      return this.#reversed();
    if (isWord(first) || first.text === '!') {
      const negates =
        (keyword(first, 'not') || first.kind === 'symbol') &&
        this.#depth < MAX_DEPTH &&
        second !== undefined &&
        comparisonOf(second.text) === undefined &&
        join(second) === undefined;
      if (negates && (second.kind === '(' || second.kind === 'word')) {
        this.#take();
        this.#depth++;
        const operand = this.#term();
        this.#depth--;
        return { kind: 'not', keyword: toWord(first), operand, ...cover(first, operand) };
      }
    }
    if (isWord(first)) {
      if (second?.kind === '(' && comparisonOf(first.text) === undefined) return this.#function();
      return this.#withoutParentheses() ?? this.#comparison();
    }
    if (first.kind === 'string') {
      const flipped = isWord(second) ? comparisonOf(second.text) : undefined;
      if (flipped !== undefined && isText(third)) return this.#reversed();
    }
    return this.#bad();
  }

  /** `contains Label 'aid'`, with or without a comma. */
  #withoutParentheses(): Term | undefined {
    const [name, field] = [this.#peek(), this.#peek(1)];
    const comma = this.#peek(2)?.kind === ',' ? 1 : 0;
    const value = this.#peek(2 + comma);
    const call = isWord(name) ? functionOf(name.text) : undefined;
    if (name === undefined || call === undefined || !isText(field) || value?.kind !== 'string')
      return undefined;
    if (comparisonOf(field.text) !== undefined || synonymOf(field.text) !== undefined) return undefined;
    const tokens = Array.from({ length: 3 + comma }, () => this.#take());
    const better = `${call}(${field.text},'${value.text.replaceAll("'", "''")}')`;
    const where = cover(name, value);
    this.#report(
      'bad-arguments',
      where,
      `Write the field and the text in parentheses: ${better}.`,
      `Rewrite to ${better}`,
      { ...where, text: better },
    );
    return { kind: 'bad', tokens, ...where };
  }

  /** `'x' eq Name` */
  #reversed(): Comparison {
    const value = this.#take();
    const operator = this.#take();
    const field = this.#take();
    const flip: Record<string, string> = { lt: 'gt', le: 'ge', gt: 'lt', ge: 'le' };
    const op = operator.text.toLowerCase();
    const quoted = `'${value.text.replaceAll("'", "''")}'`;
    const better = `${field.text} ${flip[op] ?? op} ${quoted}`;
    const where = cover(value, field);
    this.#report('unsupported-filter', where, `Write the field first: ${better}.`, `Rewrite to ${better}`, {
      ...where,
      text: better,
    });
    return {
      kind: 'comparison',
      field: toWord(field),
      operator: toWord(operator),
      value: value.kind === 'string' ? quotedValue(value) : { ...bareValue([value]), form: 'quoted' },
      ...where,
    };
  }

  #bad(): Term {
    const tokens = [this.#take()];
    for (
      let token = this.#peek();
      token !== undefined && token.kind !== ')' && token.kind !== ',' && join(token) === undefined;
      token = this.#peek()
    ) {
      // A word before an operator or a parenthesis starts the next condition.
      const after = this.#peek(1);
      if (
        isWord(token) &&
        tokens.length > 0 &&
        after !== undefined &&
        (after.kind === '(' || comparisonOf(after.text) !== undefined)
      )
        break;
      tokens.push(this.#take());
    }
    const first = tokens[0] ?? this.#last();
    const where = cover(first, tokens.at(-1) ?? first);
    this.#report(
      'unexpected-text',
      where,
      "A condition starts with a field or a function, for example Status eq 'Available' or contains(Label,'aid').",
    );
    return { kind: 'bad', tokens, ...where };
  }

  #group(): Group {
    const open = this.#take();
    this.#depth++;
    const filter = this.#list();
    this.#depth--;
    const close = this.#peek()?.kind === ')' ? this.#take() : undefined;
    if (filter.terms.length === 0) {
      const where = cover(open, close ?? open);
      this.#report(
        'missing-value',
        where,
        'There is nothing between the parentheses. Remove them: the API has no grouping.',
        'Remove the parentheses',
        { ...where, text: '' },
      );
    }
    return {
      kind: 'group',
      open: open.offset,
      close: close?.offset,
      filter,
      ...cover(open, close ?? this.#last()),
    };
  }

  #function(): FunctionTerm {
    const name = this.#take();
    const open = this.#take();
    const args: Argument[] = [];
    let close: Token | undefined;
    let current: Token[] = [];
    let nesting = 0;
    const finish = () => {
      if (current.length > 0 || args.length > 0) args.push(this.#argument(current, endOf(this.#last())));
      current = [];
    };
    for (let token = this.#peek(); token !== undefined; token = this.#peek()) {
      if (token.kind === '(') nesting++;
      if (token.kind === ')' && nesting-- === 0) {
        finish();
        close = this.#take();
        break;
      }
      if (token.kind === ',' && nesting === 0) {
        if (current.length === 0) args.push({ ...token, length: 0, word: undefined, value: undefined });
        else args.push(this.#argument(current, token.offset));
        current = [];
        this.#take();
        if (this.#peek() === undefined || this.#peek()?.kind === ')')
          args.push({ offset: endOf(token), length: 0, word: undefined, value: undefined });
        if (this.#peek() === undefined) break;
        if (this.#peek()?.kind === ')') {
          close = this.#take();
          break;
        }
        continue;
      }
      // `contains(Label,'aid' and …` lacks its parenthesis: the rest is another condition.
      if (nesting === 0 && join(token) !== undefined && (current.length > 0 || args.length > 0)) break;
      current.push(this.#take());
    }
    if (close === undefined) {
      finish();
      const end = endOf(this.#last());
      this.#report(
        'bad-arguments',
        cover(name, open),
        `Close the parenthesis: ${name.text}(field,'text').`,
        'Insert “)”',
        { offset: end, length: 0, text: ')' },
      );
    }
    let where = cover(name, close ?? this.tokens[this.#next - 1] ?? open);
    const after = this.#peek();
    let operator: Word | undefined;
    let value: Value | undefined;
    if (isWord(after) && comparisonOf(after.text) !== undefined) {
      operator = toWord(this.#take());
      value = this.#value(operator);
      where = cover(where, value ?? operator);
    }
    return {
      kind: 'function',
      name: toWord(name),
      open: open.offset,
      close: close?.offset,
      arguments: args,
      operator,
      value,
      ...where,
    };
  }

  #argument(tokens: readonly Token[], end: number): Argument {
    const first = tokens[0];
    if (first === undefined) return { offset: end, length: 0, word: undefined, value: undefined };
    const where = cover(first, tokens.at(-1) ?? first);
    if (first.kind === 'string' && tokens.length === 1)
      return { ...where, word: undefined, value: quotedValue(first) };
    if (tokens.every((token) => token.kind === 'word')) {
      return { ...where, word: toWord(first, ...tokens.slice(1)), value: bareValue(tokens) };
    }
    return { ...where, word: isWord(first) ? toWord(first) : undefined, value: undefined };
  }

  #comparison(): Term {
    const fieldToken = this.#take();
    const field = toWord(fieldToken);
    const next = this.#peek();
    if (
      next === undefined ||
      next.kind === ')' ||
      next.kind === ',' ||
      (join(next) !== undefined && next.text !== '|' && next.text !== '&') ||
      this.#startsCondition()
    ) {
      // A variable on its own may stand for a whole condition.
      if (field.references.length > 0)
        return { kind: 'opaque', word: field, offset: field.offset, length: field.length };
      this.#report(
        'missing-operator',
        field,
        `Write an operator and a value after “${field.text}”, for example ${field.text} eq 'value'.`,
      );
      return {
        kind: 'comparison',
        field,
        operator: undefined,
        value: undefined,
        offset: field.offset,
        length: field.length,
      };
    }
    if (keyword(next, 'in') && this.#peek(1)?.kind === '(') return this.#membership(field);
    if (keyword(next, 'not') && keyword(this.#peek(1), 'in') && this.#peek(2)?.kind === '(') {
      const not = toWord(this.#take());
      const operand = this.#membership(field);
      return { kind: 'not', keyword: not, operand, offset: field.offset, length: operand.length };
    }
    if (keyword(next, 'between')) {
      const range = this.#range(field);
      if (range !== undefined) return range;
    }
    const operator = this.#operator();
    if (operator === undefined) {
      const value =
        this.#peek()?.kind === 'string' || isText(this.#peek()) ? this.#value(undefined) : undefined;
      const where = { offset: endOf(field), length: 0 };
      this.#report(
        'missing-operator',
        field,
        `Write an operator between “${field.text}” and its value: eq, ne, lt, le, gt or ge.`,
        'Insert “eq”',
        { ...where, text: 'eq' },
      );
      return { kind: 'comparison', field, operator: undefined, value, ...cover(field, value ?? field) };
    }
    if (this.#peek()?.kind === '(') {
      const listed = this.#parenthesised(field, operator);
      if (listed !== undefined) return listed;
    }
    const value = this.#value(operator);
    return { kind: 'comparison', field, operator, value, ...cover(field, value ?? operator) };
  }

  /** True when a condition of its own comes next, as in `Label Status eq 'Full'` or `Label contains(Overview,'aid')`. */
  #startsCondition(): boolean {
    const [word, second, third] = [this.#peek(), this.#peek(1), this.#peek(2)];
    if (!isText(word) || comparisonOf(word.text) !== undefined || second === undefined) return false;
    if (second.kind === '(' && functionOf(word.text) !== undefined)
      return isText(third) && this.#peek(3)?.kind === ',';
    return (
      isWord(second) &&
      comparisonOf(second.text) !== undefined &&
      !startsOperatorSynonym(word.text) &&
      unsupportedOperatorOf(word.text) === undefined
    );
  }

  /** An operator of the API, an unsupported one, or what people write instead. */
  #operator(): Word | undefined {
    const token = this.#peek();
    if (token?.kind === 'symbol') return toWord(this.#take());
    if (!isText(token)) return undefined;
    if (comparisonOf(token.text) !== undefined || unsupportedOperatorOf(token.text) !== undefined)
      return toWord(this.#take());
    // The longest known phrase, as in `is greater than 'x'`; else the words before a quoted value.
    const words: Token[] = [];
    for (let i = 0; i < 6 && isText(this.#peek(i)); i++)
      words.push(...this.tokens.slice(this.#next + i, this.#next + i + 1));
    if (startsOperatorSynonym(token.text)) {
      for (let count = words.length; count > 0; count--) {
        const phrase = words.slice(0, count);
        // `not` in `not like` is not the operator `ne`.
        if (count === 1 && keyword(token, 'not') && words.length > 1) break;
        if (synonymOf(phrase.map((word) => word.text).join(' ')) !== undefined) {
          this.#next += count;
          return toWord(token, ...phrase.slice(1));
        }
      }
    }
    const follower = this.#peek(words.length);
    const second = words[1];
    if (
      follower?.kind === 'string' &&
      words.length <= 2 &&
      endOf(words.at(-1) ?? token) < follower.offset &&
      (second === undefined || comparisonOf(second.text) === undefined)
    ) {
      this.#next += words.length;
      return toWord(token, ...words.slice(1));
    }
    // In `Cost foo 5`, one odd word before a number can only be meant as an operator.
    if (words.length === 2 && second !== undefined && isNumber(second.text) && !isNumber(token.text))
      return toWord(this.#take());
    return undefined;
  }

  #membership(field: Word): Term {
    const operator = toWord(this.#take());
    const { values, close } = this.#valuesInParentheses();
    return { kind: 'in', field, operator, values, ...cover(field, close) };
  }

  #valuesInParentheses(): { values: Value[]; close: Span } {
    const open = this.#take();
    const values: Value[] = [];
    let close: Span = open;
    for (let token = this.#peek(); token !== undefined; token = this.#peek()) {
      if (token.kind === ')') {
        close = this.#take();
        return { values, close };
      }
      if (token.kind === 'string') values.push(quotedValue(this.#take()));
      else if (isText(token)) {
        const words: Token[] = [];
        while (isText(this.#peek())) words.push(this.#take());
        values.push(bareValue(words));
      } else if (token.kind === ',') this.#take();
      else break;
      close = this.#last();
    }
    this.#report('bad-arguments', open, 'Close the parenthesis of the list.', 'Insert “)”', {
      offset: endOf(close),
      length: 0,
      text: ')',
    });
    return { values, close };
  }

  /** Parses `eq ('a')` and `eq ('a','b')`; undefined for anything else. */
  #parenthesised(field: Word, operator: Word): Term | undefined {
    const inner = this.#peek(1);
    if (inner === undefined || (inner.kind !== 'string' && !isText(inner)) || this.#peek(2)?.kind === '(')
      return undefined;
    const open = this.#peek();
    const { values, close } = this.#valuesInParentheses();
    const value = values[0];
    if (value === undefined || values.length > 1 || open === undefined)
      return { kind: 'in', field, operator, values, ...cover(field, close) };
    this.#report(
      'no-parentheses',
      cover(open, close),
      'The API has no parentheses here. Write the value without them.',
      'Remove the parentheses',
      { offset: open.offset, length: value.offset - open.offset, text: '' },
      { offset: endOf(value), length: endOf(close) - endOf(value), text: '' },
    );
    return { kind: 'comparison', field, operator, value, ...cover(field, close) };
  }

  #range(field: Word): Term | undefined {
    const start = this.#next;
    const operator = toWord(this.#take());
    const low = this.#simpleValue();
    if (low !== undefined && keyword(this.#peek(), 'and')) {
      this.#take();
      const high = this.#simpleValue();
      if (high !== undefined) return { kind: 'between', field, operator, low, high, ...cover(field, high) };
    }
    this.#next = start;
    return undefined;
  }

  #simpleValue(): Value | undefined {
    const token = this.#peek();
    if (token?.kind === 'string') return quotedValue(this.#take());
    if (!isText(token)) return undefined;
    return bareValue([this.#take()]);
  }

  /** The value after an operator: quoted text, or the bare words up to the next join or condition. */
  #value(operator: Word | undefined): Value | undefined {
    const token = this.#peek();
    if (token?.kind === 'string') return this.#quoted();
    if (isText(token)) {
      const words = [this.#take()];
      const string = this.#peek();
      if (string?.kind === 'string' && string.offset === endOf(token)) {
        this.#take();
        const where = cover(token, string);
        if (
          /^(?:datetime|datetimeoffset|date|time|timeofday|duration|guid|binary|x|decimal)$/i.test(token.text)
        ) {
          return { ...quotedValue(string), prefix: token.text, ...where };
        }
        // `O'Neill` without quotes around it.
        return { ...bareValue([token]), form: 'text', text: `${token.text}'${string.text}`, ...where };
      }
      for (let word = this.#peek(); isText(word); word = this.#peek()) {
        const after = this.#peek(1);
        if (
          after !== undefined &&
          (after.kind === '(' ||
            after.kind === 'symbol' ||
            (after.kind === 'word' && comparisonOf(after.text) !== undefined))
        )
          break;
        if (after?.kind === 'string' && endOf(word) < after.offset) break;
        words.push(this.#take());
      }
      return bareValue(words);
    }
    if (operator !== undefined) {
      this.#report(
        'missing-value',
        operator,
        `Write a value after “${operator.text}”, in single quotes: ${operator.text} 'value'.`,
      );
    }
    return undefined;
  }

  #quoted(): Value {
    return quotedValue(this.#take());
  }
}

const isNumber = (text: string): boolean => /^[+-]?\d+(?:\.\d+)?$/.test(text);

function quotedValue(token: Token): Value {
  const form =
    token.quote === 'double' ? 'double-quoted' : token.quote === 'curly' ? 'curly-quoted' : 'quoted';
  return {
    kind: 'value',
    form,
    text: token.text,
    closed: token.closed === true,
    references: token.references,
    prefix: undefined,
    offset: token.offset,
    length: token.length,
  };
}

/** The form of a value without quotes and variables. */
function bareForm(text: string): Value['form'] {
  if (isNumber(text)) return 'number';
  switch (text.toLowerCase()) {
    case 'true':
    case 'false':
      return 'boolean';
    case 'null':
      return 'null';
    default:
      return 'text';
  }
}

function bareValue(tokens: readonly Token[]): Value {
  const first = tokens[0];
  const where = first === undefined ? { offset: 0, length: 0 } : cover(first, tokens.at(-1) ?? first);
  const text = tokens.map((token) => token.text).join(' ');
  const references = tokens.flatMap((token) => token.references);
  const form = references.length > 0 ? 'variable' : bareForm(text);
  return { kind: 'value', form, text, closed: true, references, prefix: undefined, ...where };
}
