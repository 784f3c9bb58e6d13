/** Parses a filter: any text yields a list of terms and problems. After a broken term, parsing continues with the next one. */
import { endOf, type Span } from '../text/span';
import { endsStep, finish, type Steps } from '../text/steps';
import {
  comparisonOf,
  emptinessOf,
  functionOf,
  isLikeFunction,
  startsOperatorSynonym,
  synonymOf,
} from '../vocabulary/filter-words';
import { readComparison, takeOperator } from './filter-comparison';
import { mergeDateParts } from './filter-date-parts';
import { readFunction } from './filter-function';
import { isArithmetic, readOperand, startsOperand } from './filter-operands';
import { repetition } from './filter-repetition';
import { readReversedList } from './filter-reversed-list';
import {
  adjacent,
  cover,
  FilterReader,
  isCallOfApi,
  isOperator,
  isText,
  isWord,
  join,
  keyword,
  MAX_DEPTH,
  toWord,
  write,
} from './filter-tokens';
import { readValue } from './filter-value-reader';
import { checkQuotes, isLiteral, isPrefix } from './filter-values';
import type { FilterList, Group, Join, Operand, Term } from './nodes';
import type { SyntaxProblem } from './problems';
import type { Token } from './tokens';

/** Reads the tokens of a clause's value, which is at `at`. */
export const parseFilter = (tokens: readonly Token[], at: Span, problems: SyntaxProblem[]): FilterList =>
  finish(parseFilterInSteps(tokens, at, problems));

/** The same, a condition in each step; what is in parentheses is one. */
export const parseFilterInSteps = (
  tokens: readonly Token[],
  at: Span,
  problems: SyntaxProblem[],
): Steps<FilterList> => new FilterParser(new FilterReader(tokens, at, problems)).parse();

/** A join with its token, which a condition has to follow. */
type Pending = Join & { readonly token: Token };

class FilterParser {
  constructor(private readonly reader: FilterReader) {}

  *parse(): Steps<FilterList> {
    const list = yield* this.#list();
    for (const token of this.reader.tokens) checkQuotes(this.reader, token);
    return { ...list, ...(list.length === 0 && list.terms.length === 0 ? this.reader.at : {}) };
  }

  *#list(): Steps<FilterList> {
    const { reader } = this;
    const terms: Term[] = [];
    const joins: Join[] = [];
    /** The words that stand between terms so far. */
    const written = new Set<Join['op']>();
    const start = reader.peek()?.offset ?? endOf(reader.last());
    let pending: Pending | undefined;
    for (let token = reader.peek(); token !== undefined; token = reader.peek()) {
      if (endsStep(terms.length)) yield;
      if (token.kind === ')') {
        if (reader.depth > 0) break;
        this.#strayClosers();
        continue;
      }
      const op = join(token) ?? (token.kind === ',' ? 'and' : undefined);
      if (op !== undefined) {
        pending = this.#join(op, pending, terms.at(-1));
        continue;
      }
      if (terms.length > 0 && pending === undefined && this.#secondOperator()) {
        joins.push({ op: 'and', written: '', offset: token.offset, length: 0 });
        terms.push(this.#rest());
        continue;
      }
      const before = terms.at(-1);
      const joined = before === undefined ? undefined : (pending ?? this.#oddJoin(token));
      pending = undefined;
      const problems = reader.problems.length;
      const missing: Join = { op: 'or', written: '', offset: token.offset, length: 0 };
      const own = joined ?? missing;
      if (own.written !== '') written.add(own.op);
      const term = readReversedList(reader) ?? this.#valueAlone(before, own, written) ?? this.#term();
      terms.push(term);
      if (before === undefined) continue;
      const isClear = reader.problems.length === problems;
      // What is no condition has a message of its own, which a join would not change.
      const isTold = isClear ? isFieldAlone(term) : term.kind === 'bad';
      joins.push(
        joined ?? (isTold ? missing : this.#missingJoin(token, isClear && isWhole(before) && isWhole(term))),
      );
    }
    if (pending !== undefined) this.#reportNothingAfter(pending);
    const last = terms.at(-1);
    return mergeDateParts({
      kind: 'filter-list',
      offset: start,
      length: Math.max(0, (last === undefined ? start : endOf(last)) - start),
      terms,
      joins,
    });
  }

  #strayClosers(): void {
    const { reader } = this;
    const first = reader.take();
    while (reader.peek()?.kind === ')') reader.take();
    const where = cover(first, reader.last());
    const next = reader.peek();
    const isClean = next === undefined || next.kind === ',' || join(next) !== undefined;
    reader.report(
      'no-parentheses',
      where,
      'There is no “(” for this “)”. Remove it.',
      ...(isClean ? [write('Remove “)”', where, '')] : []),
    );
  }

  /** Takes a join. Returns the one that waits for a condition. */
  #join(op: 'and' | 'or', pending: Pending | undefined, before: Term | undefined): Pending | undefined {
    const { reader } = this;
    const token = reader.take();
    if (pending !== undefined || before === undefined) {
      reader.report(
        'unexpected-text',
        token,
        `Write a condition before “${token.text}”, or remove it.`,
        // Alone, it would leave a clause without a value.
        ...(reader.peek() === undefined && pending === undefined
          ? []
          : [write(`Remove “${token.text}”`, token, '')]),
      );
      return pending;
    }
    const problem = joinProblem(token, op);
    if (problem !== undefined)
      reader.report(
        problem.code,
        token,
        problem.message,
        // A comma behind a value alone may belong to a list.
        ...(reader.peek() === undefined || (token.kind === ',' && !isWhole(before))
          ? []
          : [write(problem.title, token, op)]),
      );
    return { op, written: token.text, offset: token.offset, length: token.length, token };
  }

  /** `Label eq 'a' eq true`; a field may be called `eq`, too. */
  #secondOperator(): boolean {
    const { reader } = this;
    return isOperator(reader.peek()) && !isOperator(reader.peek(1));
  }

  /** `Status eq 'Full' or 'Open'`, and without “or”. */
  #valueAlone(before: Term | undefined, own: Join, written: ReadonlySet<Join['op']>): Term | undefined {
    const { reader } = this;
    const [value, next] = [reader.peek(), reader.peek(1)];
    if (before === undefined || !isWhole(before) || value?.kind !== 'string' || !isEndOfTerm(next))
      return undefined;
    const repeated = repetition(before, value.text, value, own, written);
    if (repeated === undefined) return undefined;
    reader.report('missing-operator', value, repeated.message, repeated.fix);
    return { kind: 'bad', tokens: [reader.take()], offset: value.offset, length: value.length };
  }

  #rest(): Term {
    const { reader } = this;
    const tokens: Token[] = [];
    for (
      let next = reader.peek();
      next !== undefined && next.kind !== ')' && join(next) === undefined;
      next = reader.peek()
    )
      tokens.push(reader.take());
    const where = cover(tokens[0] ?? reader.last(), tokens.at(-1) ?? reader.last());
    reader.report(
      'unexpected-text',
      where,
      'A condition has one operator and one value. Remove this, or write “and” and another condition.',
    );
    return { kind: 'bad', tokens, ...where };
  }

  #reportNothingAfter({ written, token }: Pending): void {
    this.reader.report(
      'missing-value',
      token,
      `Write another condition after “${written}”, for example “${written.toLowerCase()} Status eq 'Available'”.`,
      write(`Remove “${written}”`, cover(token, this.reader.last()), ''),
    );
  }

  /** `… xor Cost gt '5'`, `… plus contains(…)`: one odd word where only “and” or “or” can be meant. */
  #oddJoin(token: Token): Join | undefined {
    const { reader } = this;
    const [next, after] = [reader.peek(1), reader.peek(2)];
    if (!isText(token) || !isText(next) || token.references.length > 0 || keyword(token, 'not'))
      return undefined;
    if (functionOf(token.text) !== undefined || isOperator(next)) return undefined;
    if (!isCallOfApi(next, after) && !(isOperator(after) && !startsOperatorSynonym(next.text)))
      return undefined;
    reader.take();
    reader.report(
      'missing-and-or',
      token,
      `Write “and” or “or” between two conditions, instead of “${token.text}”.`,
    );
    return { op: 'and', written: token.text, offset: token.offset, length: token.length };
  }

  /** `isClear`: both sides are conditions, so that nothing else can be missing. */
  #missingJoin(token: Token, isClear: boolean): Join {
    const where = { offset: token.offset, length: 0 };
    this.reader.report(
      'missing-and-or',
      token,
      'Write “and” or “or” between two conditions.',
      ...(isClear ? [write('Insert “and”', where, 'and')] : []),
    );
    return { op: 'and', written: '', ...where };
  }

  #term(): Term {
    const { reader } = this;
    const first = reader.peek();
    if (first === undefined) return { kind: 'bad', tokens: [], offset: endOf(reader.last()), length: 0 };
    if (first.kind === '(')
      return this.#isOperandInParentheses() ? readForeign(reader, readOperand(reader)) : this.#group();
    const negation = this.#negation(first);
    if (negation !== undefined) return negation;
    if (isReversed(reader)) return readForeign(reader, readOperand(reader));
    if (first.kind === 'string' || !isWord(first) || isNoField(reader)) return this.#bad();
    if (reader.peek(1)?.kind === '(' && comparisonOf(first.text) === undefined) {
      if (functionOf(first.text) !== undefined || isLikeFunction(first.text)) {
        const term = readFunction(reader);
        if (term !== undefined) return term;
      }
      return readForeign(reader, readOperand(reader));
    }
    if (isArithmetic(reader, 1)) return readForeign(reader, readOperand(reader));
    return this.#withoutParentheses() ?? readComparison(reader);
  }

  #negation(first: Token): Term | undefined {
    const { reader } = this;
    const second = reader.peek(1);
    if (!keyword(first, 'not') && !(first.kind === 'symbol' && first.text === '!')) return undefined;
    if (second === undefined || isOperator(second) || join(second) !== undefined || reader.depth >= MAX_DEPTH)
      return undefined;
    if (second.kind !== '(' && second.kind !== 'word') return undefined;
    reader.take();
    reader.depth++;
    const operand = this.#term();
    reader.depth--;
    return { kind: 'not', keyword: toWord(first), operand, ...cover(first, operand) };
  }

  /** `(Cost add 5) gt 10`, `(value) gt 0`: no group of conditions. */
  #isOperandInParentheses(): boolean {
    const { reader } = this;
    const close = reader.closerOf();
    if (close === undefined) return false;
    const after = reader.peek(close + 1);
    return isOperator(after) || isComparisonSymbol(after) || isArithmetic(reader, close + 1);
  }

  /** `contains Label 'aid'`, with or without a comma. */
  #withoutParentheses(): Term | undefined {
    const { reader } = this;
    const [name, field] = [reader.peek(), reader.peek(1)];
    const comma = reader.peek(2)?.kind === ',' ? 1 : 0;
    const value = reader.peek(2 + comma);
    const call = isWord(name) ? functionOf(name.text) : undefined;
    if (name === undefined || call === undefined || !isText(field) || value?.kind !== 'string')
      return undefined;
    if (comparisonOf(field.text) !== undefined || synonymOf(field.text) !== undefined) return undefined;
    const tokens = reader.takeMany(3 + comma);
    const better = `${call}(${field.text},'${value.text.replaceAll("'", "''")}')`;
    const where = cover(name, value);
    reader.report(
      'bad-arguments',
      where,
      `Write the field and the text in parentheses: ${better}.`,
      write(`Rewrite to ${better}`, where, better),
    );
    return { kind: 'bad', tokens, ...where };
  }

  #bad(): Term {
    const { reader } = this;
    const tokens = [reader.take()];
    for (
      let token = reader.peek();
      token !== undefined && token.kind !== ')' && token.kind !== ',' && join(token) === undefined;
      token = reader.peek()
    ) {
      // A word before an operator or a parenthesis starts the next condition.
      const after = reader.peek(1);
      if (isWord(token) && (after?.kind === '(' || isOperator(after))) break;
      tokens.push(reader.take());
    }
    const where = cover(tokens[0] ?? reader.last(), tokens.at(-1) ?? reader.last());
    reader.report(
      'unexpected-text',
      where,
      "A condition starts with a field or a function, for example Status eq 'Available' or contains(Label,'aid').",
    );
    return { kind: 'bad', tokens, ...where };
  }

  #group(): Term {
    const { reader } = this;
    if (reader.depth >= MAX_DEPTH) {
      const tokens = reader.takeBracketed();
      const where = cover(tokens[0] ?? reader.last(), tokens.at(-1) ?? reader.last());
      reader.report(
        'no-parentheses',
        where,
        'These parentheses are nested too deeply to be read. Write the conditions without them.',
      );
      return { kind: 'bad', isDeep: true, tokens, ...where };
    }
    const open = reader.take();
    reader.depth++;
    const filter = finish(this.#list());
    reader.depth--;
    const close = reader.peek()?.kind === ')' ? reader.take() : undefined;
    if (filter.terms.length === 0) this.#reportEmpty(cover(open, close ?? open));
    const group: Group = {
      kind: 'group',
      open: open.offset,
      close: close?.offset,
      filter,
      ...cover(open, close ?? reader.last()),
    };
    return group;
  }

  #reportEmpty(where: Span): void {
    this.reader.report('missing-value', where, 'There is nothing between the parentheses. Remove them.');
  }
}

/** Its message comes with the metadata. */
const isFieldAlone = (term: Term): boolean =>
  term.kind === 'comparison' && term.operator === undefined && term.value === undefined;

/** True for a condition in which nothing is missing. */
function isWhole(term: Term): boolean {
  switch (term.kind) {
    case 'comparison':
      return (
        term.operator !== undefined &&
        (term.value !== undefined || emptinessOf(term.operator.text) !== undefined)
      );
    case 'function':
    case 'group':
      return term.close !== undefined;
    case 'not':
      return term.operand !== undefined && isWhole(term.operand);
    case 'foreign':
    case 'in':
    case 'between':
    case 'opaque':
      return true;
    case 'bad':
      return false;
  }
}

const isEndOfTerm = (token: Token | undefined): boolean =>
  token === undefined || token.kind === ')' || token.kind === ',' || join(token) !== undefined;

interface JoinProblem {
  readonly code: SyntaxProblem['code'];
  readonly message: string;
  readonly title: string;
}

function joinProblem({ kind, text }: Token, op: string): JoinProblem | undefined {
  if (kind === ',')
    return {
      code: 'missing-and-or',
      message: 'Conditions are joined by “and” or “or”, not by a comma.',
      title: 'Replace the comma with “and”',
    };
  return kind === 'symbol'
    ? {
        code: 'unknown-operator',
        message: `The API has no “${text}”. Write “${op}”.`,
        title: `Replace with “${op}”`,
      }
    : undefined;
}

const isComparisonSymbol = (token: Token | undefined): boolean =>
  token?.kind === 'symbol' && comparisonOf(synonymOf(token.text) ?? '') !== undefined;

/** `true` alone, or an operator without a field. */
const isNoField = (reader: FilterReader): boolean => {
  const [first, second] = [reader.peek(), reader.peek(1)];
  if (first === undefined || isOperator(second)) return false;
  const isEnd = isEndOfTerm(second);
  return isOperator(first) ? !isEnd : isEnd && isLiteral(first.text);
};

/** `'x' eq Name`, `2025-01-01 le StartDate`, `'x' in Tags`. */
function isReversed(reader: FilterReader): boolean {
  const [first, next] = [reader.peek(), reader.peek(1)];
  if (first === undefined) return false;
  const isPrefixed =
    isText(first) && next?.kind === 'string' && adjacent(first, next) && isPrefix(first.text);
  if (first.kind !== 'string' && !isPrefixed && !(isText(first) && isLiteral(first.text))) return false;
  const at = isPrefixed ? 2 : 1;
  const [operator, other] = [reader.peek(at), reader.peek(at + 1)];
  if (other === undefined || other.kind === ')' || join(other) !== undefined) return false;
  if (isArithmetic(reader, at)) return true;
  return (
    isOperator(operator) ||
    isComparisonSymbol(operator) ||
    keyword(operator, 'in') ||
    isSpokenComparison(reader, at)
  );
}

/** `less than`, `is not` and the like, with something after it. */
function isSpokenComparison(reader: FilterReader, ahead: number): boolean {
  const words: string[] = [];
  for (
    let token = reader.peek(ahead);
    isText(token) && words.length < 5;
    token = reader.peek(ahead + words.length)
  ) {
    words.push(token.text);
    if (comparisonOf(synonymOf(words.join(' ')) ?? '') !== undefined)
      return reader.peek(ahead + words.length) !== undefined;
  }
  return false;
}

/** A condition whose left side, already read, is no field. */
function readForeign(reader: FilterReader, left: Operand): Term {
  const operator = keyword(reader.peek(), 'in') ? toWord(reader.take()) : takeForeignOperator(reader);
  let right: Operand | undefined;
  if (operator !== undefined) right = startsOperand(reader) ? readOperand(reader) : readValue(reader);
  const last = right ?? operator ?? left;
  return { kind: 'foreign', left, operator, right, parts: [], ...cover(left, last) };
}

/** Only an operator that is one for sure: after a function, another word is the next condition. */
function takeForeignOperator(reader: FilterReader) {
  const [token, next] = [reader.peek(), reader.peek(1)];
  const isSpoken = !keyword(token, 'not') && !isOperator(next) && isSpokenComparison(reader, 0);
  return isOperator(token) || isSpoken || isComparisonSymbol(token) || keyword(token, 'has')
    ? takeOperator(reader)
    : undefined;
}
