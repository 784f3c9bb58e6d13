/** Reads filters of OData 4: comparisons, and, or, not, in, parentheses, arithmetic, functions, null. Strict about all else. */
import {
  ARITHMETIC,
  type ArithmeticOperator,
  type ComparisonOperator,
  COMPARISONS,
  type Condition,
  type Operand,
  Undecided,
} from './filter-tree';

interface Word {
  readonly kind: 'text' | 'number' | 'date' | 'name' | 'duration' | 'mark';
  readonly text: string;
}

const PATTERNS: readonly (readonly [Word['kind'], RegExp])[] = [
  ['duration', /duration'[^']*'/y],
  ['text', /'(?:[^']|'')*'(?!')/y],
  ['date', /\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?(?![\w.:-])/y],
  ['number', /-?\d+(?:\.\d+)?(?![\w.:-])/y],
  ['name', /[A-Za-z_]\w*(?![\w'])/y],
  ['mark', /[(),]/y],
];

function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  let at = 0;
  for (;;) {
    while (' \t\r\n'.includes(text[at] ?? 'x')) at++;
    if (at >= text.length) return words;
    const word = wordAt(text, at);
    if (word === undefined) throw new Undecided(`no word of OData at ${at}`);
    // Two words need a space between them; only marks stand alone.
    const before = words.at(-1);
    if (
      before !== undefined &&
      before.kind !== 'mark' &&
      word.kind !== 'mark' &&
      !/\s/.test(text[at - 1] ?? '')
    )
      throw new Undecided(`no space at ${at}`);
    words.push(word);
    at += word.text.length;
  }
}

function wordAt(text: string, at: number): Word | undefined {
  for (const [kind, pattern] of PATTERNS) {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    if (found !== null) return { kind, text: found[0] };
  }
  return undefined;
}

class Reader {
  #at = 0;
  constructor(private readonly words: readonly Word[]) {}

  read(): Condition {
    const condition = this.#or();
    if (this.#at < this.words.length) throw new Undecided('text after the filter');
    return condition;
  }

  #or(): Condition {
    let left = this.#and();
    while (this.#takeName('or')) left = { kind: 'or', left, right: this.#and() };
    return left;
  }

  #and(): Condition {
    let left = this.#not();
    while (this.#takeName('and')) left = { kind: 'and', left, right: this.#not() };
    return left;
  }

  #not(): Condition {
    if (this.#takeName('not')) return { kind: 'not', operand: this.#not() };
    // A parenthesis begins a condition or an operand: whichever can be read.
    if (this.#peek()?.text === '(') {
      const start = this.#at;
      try {
        this.#at++;
        const inner = this.#or();
        this.#take(')');
        if (!this.#isOperator(this.#peek())) return inner;
      } catch (error) {
        if (!(error instanceof Undecided)) throw error;
      }
      this.#at = start;
    }
    return this.#comparison();
  }

  #comparison(): Condition {
    const left = this.#sum();
    const word = this.#peek()?.text.toLowerCase();
    const operator = COMPARISONS.find((each) => each === word);
    if (operator !== undefined) return this.#rest(left, operator);
    if (!this.#takeName('in')) return { kind: 'bare', operand: left };
    this.#take('(');
    const values = [this.#sum()];
    while (this.#peek()?.text === ',') {
      this.#at++;
      values.push(this.#sum());
    }
    this.#take(')');
    return { kind: 'in', left, values };
  }

  #rest(left: Operand, operator: ComparisonOperator): Condition {
    this.#at++;
    return { kind: 'compare', operator, left, right: this.#sum() };
  }

  #sum(): Operand {
    return this.#arithmetic(['add', 'sub'], () =>
      this.#arithmetic(['mul', 'div', 'divby', 'mod'], () => this.#operand()),
    );
  }

  #arithmetic(operators: readonly ArithmeticOperator[], next: () => Operand): Operand {
    let left = next();
    for (;;) {
      const operator = operators.find((each) => each === this.#peek()?.text.toLowerCase());
      if (operator === undefined) return left;
      this.#at++;
      left = { kind: 'arithmetic', operator, left, right: next() };
    }
  }

  #operand(): Operand {
    const word = this.words[this.#at++];
    switch (word?.kind) {
      case 'text':
        return { kind: 'text', text: word.text.slice(1, -1).replaceAll("''", "'") };
      case 'duration':
        return { kind: 'duration', text: word.text.slice("duration'".length, -1) };
      case 'number':
        return { kind: 'number', number: Number(word.text) };
      case 'date':
        return { kind: 'date', text: word.text };
      case 'name':
        return this.#named(word.text);
      case 'mark':
        if (word.text !== '(') break;
        return this.#inParentheses();
      case undefined:
        break;
    }
    throw new Undecided('no operand');
  }

  #inParentheses(): Operand {
    const inner = this.#sum();
    this.#take(')');
    return inner;
  }

  #named(name: string): Operand {
    const lower = name.toLowerCase();
    if (this.#peek()?.text === '(') return { kind: 'call', name: lower, operands: this.#operands() };
    if (lower === 'null') return { kind: 'null' };
    if (lower === 'true' || lower === 'false') return { kind: 'boolean', value: lower === 'true' };
    if (/^(?:and|or|not|in|has)$/.test(lower) || this.#isOperator({ kind: 'name', text: lower }))
      throw new Undecided(`“${name}” where an operand belongs`);
    return { kind: 'field', name };
  }

  #operands(): Operand[] {
    const operands: Operand[] = [];
    this.#take('(');
    while (this.#peek()?.text !== ')') {
      if (operands.length > 0) this.#take(',');
      operands.push(this.#sum());
    }
    this.#take(')');
    return operands;
  }

  #isOperator(word: Word | undefined): boolean {
    const text = word?.kind === 'name' ? word.text.toLowerCase() : '';
    return text === 'in' || [...COMPARISONS, ...ARITHMETIC].some((each) => each === text);
  }

  #peek(): Word | undefined {
    return this.words[this.#at];
  }

  #takeName(name: string): boolean {
    const word = this.#peek();
    if (word?.kind !== 'name' || word.text.toLowerCase() !== name) return false;
    this.#at++;
    return true;
  }

  #take(mark: string): void {
    if (this.words[this.#at++]?.text !== mark) throw new Undecided(`no “${mark}”`);
  }
}

/** Throws `Undecided` for what is not OData 4. */
export const readFilter = (text: string): Condition => new Reader(wordsOf(text)).read();
