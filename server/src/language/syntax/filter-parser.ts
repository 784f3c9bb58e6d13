/** Parses a filter: any text yields a list of terms and problems. After a broken term, parsing continues with the next one. */
import { between, endOf, type Span } from '../text/span';
import { endsStep, finish, type Steps } from '../text/steps';
import {
  comparisonOf,
  emptinessOf,
  functionOf,
  isLeadWord,
  isLikeFunction,
  startsOperatorSynonym,
  synonymOf,
} from '../vocabulary/filter-words';
import { readComparison, takeOperator } from './filter-comparison';
import { mergeDateParts } from './filter-date-parts';
import { readBothEnds, readFieldless, readLacking } from './filter-ends';
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
import { checkQuotes, isLiteral, isNumber, isPrefix } from './filter-values';
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

const NOTHING_WRITTEN: ReadonlySet<Join['op']> = new Set();

/** A join with its token, which a condition has to follow. */
type Pending = Join & { readonly token: Token };

class FilterParser {
  constructor(private readonly reader: FilterReader) {}

  *parse(): Steps<FilterList> {
    this.#lead();
    const list = yield* this.#list();
    for (const token of this.reader.tokens) checkQuotes(this.reader, token);
    return { ...list, ...(list.length === 0 && list.terms.length === 0 ? this.reader.at : {}) };
  }

  /** `comma` is what a comma means between conditions, where that is no mistake. */
  *#list(comma?: 'and' | 'or'): Steps<FilterList> {
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
      const op = join(token) ?? (token.kind === ',' ? (comma ?? 'and') : undefined);
      const isCall = (pending !== undefined || terms.length === 0) && isJoinCall(reader);
      if (op !== undefined && !isCall) {
        pending = this.#join(op, pending, terms.at(-1), comma);
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
      const term =
        readReversedList(reader) ??
        this.#valueAlone(before, own, terms.length === 1 ? NOTHING_WRITTEN : written) ??
        readFieldless(reader, before, joined !== undefined) ??
        this.#term();
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

  /** `=AND(…)`, as a formula begins, and `where Status = 'Full'`: what people write before a condition, which has no meaning. */
  #lead(): void {
    const { reader } = this;
    const [first, second, third] = [reader.peek(), reader.peek(1), reader.peek(2)];
    if (first === undefined || second === undefined) return;
    const isFormula =
      first.kind === 'symbol' &&
      first.text === '=' &&
      isWord(second) &&
      /^[a-z_]/i.test(second.text) &&
      third !== undefined;
    const isSpoken =
      isText(first) && isLeadWord(first.text) && isText(second) && third !== undefined && !isOperator(second);
    if (!isFormula && !(isSpoken && comparisonOf(synonymOf(second.text) ?? '') === undefined)) return;
    reader.take();
    reader.report(
      'unexpected-text',
      first,
      `A filter begins with its first condition. Remove “${first.text}”.`,
      write(`Remove “${first.text}”`, between(first.offset, second.offset), ''),
    );
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
  #join(
    op: 'and' | 'or',
    pending: Pending | undefined,
    before: Term | undefined,
    comma: 'and' | 'or' | undefined,
  ): Pending | undefined {
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
    const problem = token.kind === ',' && comma !== undefined ? undefined : joinProblem(token, op);
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
    if (before === undefined || !isWhole(before) || value === undefined || !isEndOfTerm(next))
      return undefined;
    if (value.kind !== 'string' && !(isText(value) && isNumber(value.text))) return undefined;
    const others = new Set([...written, ...reader.joinsBehind()]);
    const repeated = repetition(before, value.text, value, own, others);
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
    if (isJoinCall(reader)) return this.#group();
    const negation = this.#negation(first);
    if (negation !== undefined) return negation;
    if (isReversed(reader)) return readForeign(reader, readOperand(reader));
    const lacking = readLacking(reader);
    if (lacking !== undefined) return lacking;
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
    const bracketed = this.#fieldInBrackets();
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
    if (bracketed === undefined)
      reader.report(
        'unexpected-text',
        where,
        "A condition starts with a field or a function, for example Status eq 'Available' or contains(Label,'aid').",
      );
    else
      reader.report(
        'unexpected-text',
        bracketed,
        `A field has no brackets here. Write ${bracketed.text}.`,
        write(`Write ${bracketed.text}`, bracketed, bracketed.text),
      );
    return { kind: 'bad', tokens, ...where };
  }

  /** `[VenueTown] = 'Lancaster'`, `{VenueTown} = …`: the name, with the place of its brackets. */
  #fieldInBrackets(): (Span & { readonly text: string }) | undefined {
    const { reader } = this;
    const open = reader.peek();
    const close = reader.closerOf();
    if (open === undefined || close === undefined || close < 2 || close > 6) return undefined;
    const words = reader.tokens.slice(reader.position + 1, reader.position + close);
    const [end, after] = [reader.peek(close), reader.peek(close + 1)];
    if (open.kind === '(' || end === undefined || after === undefined || !words.every(isText))
      return undefined;
    return { ...cover(open, end), text: words.map(({ text }) => text).join(' ') };
  }

  #group(): Term {
    const { reader } = this;
    if (reader.depth >= MAX_DEPTH) {
      const tokens = [...(isJoinCall(reader) ? [reader.take()] : []), ...reader.takeBracketed()];
      const where = cover(tokens[0] ?? reader.last(), tokens.at(-1) ?? reader.last());
      reader.report(
        'no-parentheses',
        where,
        'These parentheses are nested too deeply to be read. Write the conditions without them.',
      );
      return { kind: 'bad', isDeep: true, tokens, ...where };
    }
    const called = join(reader.peek());
    const call = called === undefined ? undefined : toWord(reader.take());
    const open = reader.take();
    reader.depth++;
    const filter = finish(this.#list(called));
    reader.depth--;
    const close = reader.peek()?.kind === ')' ? reader.take() : undefined;
    if (filter.terms.length === 0) this.#reportEmpty(cover(open, close ?? open));
    const group: Group = {
      kind: 'group',
      ...(call === undefined ? {} : { call }),
      open: open.offset,
      close: close?.offset,
      filter,
      ...cover(call ?? open, close ?? reader.last()),
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

/** `AND(…)` and `OR(…)`, as spreadsheets write them: without a space, where a condition is due. */
function isJoinCall(reader: FilterReader): boolean {
  const [word, open] = [reader.peek(), reader.peek(1)];
  return isWord(word) && join(word) !== undefined && open?.kind === '(' && adjacent(word, open);
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
  return kind === 'symbol' || !/^(?:and|or)$/i.test(text)
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
  const both =
    operator === undefined || right === undefined ? undefined : readBothEnds(reader, left, operator, right);
  if (both !== undefined) return both;
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
