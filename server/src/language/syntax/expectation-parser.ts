/** Parses `# @expect SUBJECT OPERATOR VALUE`. Never throws: it reports what it can't read, and keeps what it can. */
import { between, endOf, type Span, type TextEdit } from '../text/span';
import {
  type ExpectationOperatorName,
  type SubjectKind,
  subjectOf,
  SUBJECTS,
} from '../vocabulary/expectation-words';
import { expectationOperatorOf, meantOperatorOf } from './expectation-operators';
import { trimEnd } from './lines';
import type { Expectation, ExpectationOperator, ExpectedValue, PathStep, Subject, Word } from './nodes';
import type { Fix, SyntaxProblem } from './problems';
import { findReferences, referenceAt } from './references';

const SYMBOL = /[=<>!~]/;
const NUMBER = /^[+-]?(?:\d+(?:\.\d+)?|\.\d+)$/;
const MEMBER = /^\.([\p{L}_@$][\p{L}\p{M}\p{N}_@$-]*)/u;

/** True when `.name` is read as one member. */
export const isMemberName = (name: string): boolean => MEMBER.exec(`.${name}`)?.[1] === name;

const WHAT = 'status, count, total, time, results[0].Field, results[*].Field or body.member';
const WHICH_RECORD =
  'Name a record: results[0].Status is the first one’s, results[*].Status is that of every record.';

/** Parses a block’s text from `start` to `end`, which must not be empty nor have white space at its ends. */
export function parseExpectation(
  text: string,
  start: number,
  end: number,
  problems: SyntaxProblem[],
): Expectation {
  return new ExpectationParser(text.slice(0, end), start, end, problems).parse();
}

class ExpectationParser {
  #at: number;
  /** A problem of this line has been reported. */
  #found = false;

  constructor(
    private readonly text: string,
    private readonly start: number,
    private readonly end: number,
    private readonly problems: SyntaxProblem[],
  ) {
    this.#at = start;
  }

  parse(): Expectation {
    const subject = this.#subject();
    const negation = subject === undefined ? undefined : this.#negation();
    const operator = subject === undefined ? undefined : this.#operator();
    const value = subject === undefined ? undefined : this.#value(subject, operator, negation);
    this.#checkWhole(subject, negation, operator);
    return { ...between(this.start, this.end), subject, negation, operator, value };
  }

  #problem(where: Span, message: string, fixes: readonly Fix[] = []): void {
    this.#found = true;
    this.problems.push({
      code: 'invalid-expectation',
      offset: where.offset,
      length: where.length,
      message,
      fixes,
    });
  }

  /** Words written in place of a part, with blanks where they would run into their neighbours. */
  #writing(where: Span, written: string): TextEdit {
    const isWord = (text = '') => /[\p{L}\p{N}_'"\])]/u.test(text);
    const lead = isWord(written[0]) && isWord(this.text[where.offset - 1]) ? ' ' : '';
    const trail =
      isWord(written.at(-1)) && endOf(where) < this.end && isWord(this.text[endOf(where)]) ? ' ' : '';
    return { ...between(where.offset, endOf(where)), text: lead + written + trail };
  }

  #word(from: number, to: number): Word {
    return { ...between(from, to), text: this.text.slice(from, to), references: [] };
  }

  #skipSpace(): void {
    while (this.#at < this.end && /\s/.test(this.text[this.#at] ?? '')) this.#at++;
  }

  /** The end of the subject: at white space, an operator or a quote, unless these are in brackets. */
  #subjectEnd(): number {
    let at = this.start;
    // Known from the start, so that many open brackets don't each search the rest of the line.
    const lastClose = this.start + this.text.slice(this.start, this.end).lastIndexOf(']');
    while (at < this.end) {
      const ch = this.text[at] ?? '';
      if (ch === '[') at = lastClose > at ? this.text.indexOf(']', at) + 1 : at + 1;
      else if (this.text.startsWith('{{', at))
        at = Math.max(at + 2, Math.min(this.end, endOf(referenceAt(this.text, at, this.end))));
      else if (/\s/.test(ch) || SYMBOL.test(ch) || ch === "'" || ch === '"') break;
      else at++;
    }
    return at;
  }

  #subject(): Subject | undefined {
    const end = this.#subjectEnd();
    if (end === this.start) {
      this.#problem(between(this.start, this.end), `Begin with what to check: ${WHAT}.`);
      return undefined;
    }
    const written = this.text.slice(this.start, end);
    const head = /^[^.[{]*/.exec(written)?.[0] ?? '';
    const name = this.#word(this.start, this.start + head.length);
    const kind = subjectOf(head);
    this.#at = end;
    if (kind === undefined) {
      this.#problem(
        between(this.start, end),
        `“${written}” can’t be checked. Begin with ${WHAT}.`,
        // A bare word is usually meant as a field; alone, it lacks more than that.
        end < this.end && /^[\p{L}_][\p{L}\p{M}\p{N}_]*$/u.test(written)
          ? [
              {
                title: `Write results[0].${written}`,
                edits: [{ offset: this.start, length: 0, text: 'results[0].' }],
              },
              {
                title: `Write results[*].${written}`,
                edits: [{ offset: this.start, length: 0, text: 'results[*].' }],
              },
            ]
          : [],
      );
      return { ...between(this.start, end), kind, name, steps: [] };
    }
    const steps = this.#steps(kind, endOf(name), end);
    return { ...between(this.start, end), kind, name, steps };
  }

  #steps(kind: SubjectKind, from: number, end: number): PathStep[] {
    const steps: PathStep[] = [];
    let at = from;
    while (at < end) {
      const step = this.#step(at, end);
      if (step === undefined) {
        this.#problem(
          between(at, end),
          this.text.slice(at, end).includes('{{')
            ? 'A variable can’t stand here, only in the value.'
            : at === end - 1 && this.text[at] === '.'
              ? `Write a ${kind === 'body' ? 'member' : 'field'}’s name after it, for example ${this.text.slice(this.start, end)}ID.`
              : 'A path continues with .Field, [0] (counting from 0) or [*] (every one), for example results[0].Status.',
        );
        return steps;
      }
      steps.push(step);
      at = endOf(step);
    }
    const [first] = steps;
    if (kind !== 'results' && kind !== 'body') {
      if (first !== undefined)
        this.#problem(between(from, end), `${kind} is a number: only an operator can follow it.`, [
          { title: 'Remove it', edits: [{ ...between(from, end), text: '' }] },
        ]);
      return [];
    }
    if (kind === 'results' && (first === undefined || first.kind === 'member'))
      this.#problem(
        between(this.start, end),
        /^\.(?:length|count|size)$/i.test(this.text.slice(from, end))
          ? 'The number of records is called count: # @expect count >= 1.'
          : WHICH_RECORD,
        first === undefined
          ? []
          : ['[0]', '[*]'].map((index) => ({
              title: `Write results${index}${this.text.slice(from, end)}`,
              edits: [{ offset: from, length: 0, text: index }],
            })),
      );
    return steps;
  }

  #step(at: number, end: number): PathStep | undefined {
    const rest = this.text.slice(at, end);
    const member = MEMBER.exec(rest);
    if (member !== null) {
      const length = member[0].length;
      return { kind: 'member', offset: at, length, name: this.#word(at + 1, at + length) };
    }
    const quoted = /^\[(?:'([^'\]]*)'|"([^"\]]*)")\]/.exec(rest);
    if (quoted !== null) {
      const length = quoted[0].length;
      return { kind: 'member', offset: at, length, name: this.#word(at + 2, at + length - 2) };
    }
    const index = /^\[\s*(\*|\d{1,9})\s*\]/.exec(rest);
    if (index === null) return undefined;
    const where = { offset: at, length: index[0].length };
    return index[1] === '*'
      ? { kind: 'every', ...where }
      : { kind: 'index', ...where, index: Number(index[1]) };
  }

  #negation(): Span | undefined {
    this.#skipSpace();
    const match = /^(?:not(?=\s|$)|!(?!=))/i.exec(this.text.slice(this.#at, this.end));
    if (match === null) return undefined;
    const where = { offset: this.#at, length: match[0].length };
    this.#at = endOf(where);
    this.#skipSpace();
    return where;
  }

  #operator(): ExpectationOperator | undefined {
    this.#skipSpace();
    const rest = this.text.slice(this.#at, this.end);
    const written = /^[=<>!~]+/.exec(rest)?.[0] ?? /^[\p{L}]+(?![\p{L}\p{N}_.])/u.exec(rest)?.[0];
    if (written === undefined) return undefined;
    const word = this.#word(this.#at, this.#at + written.length);
    const exact = expectationOperatorOf(written);
    const meaning = exact ?? meantOperatorOf(written);
    const more = rest.slice(written.length).trim() !== '';
    if (meaning === undefined) {
      // A word such as `true`, or text without quotes, is a value, unless a value follows: then it was meant as an operator.
      if (!SYMBOL.test(written) && (!more || !/^\s*['"\d{]/.test(rest.slice(written.length))))
        return undefined;
      this.#problem(
        word,
        `“${written}” is not an operator. Write ==, !=, <, <=, >, >=, contains, startswith, endswith, matches or exists.`,
      );
      this.#at = endOf(word);
      return { ...word, meaning: '==' };
    }
    if (exact === undefined)
      this.#problem(word, `Write ${meaning} for “${written}”.`, [
        {
          title: `Write ${meaning}`,
          preferred: true,
          edits: [this.#writing(word, meaning)],
        },
      ]);
    this.#at = endOf(word);
    return { ...word, meaning };
  }

  #value(
    subject: Subject,
    operator: ExpectationOperator | undefined,
    negation: Span | undefined,
  ): ExpectedValue | undefined {
    this.#skipSpace();
    const rest = between(this.#at, this.end);
    if (operator?.meaning === 'exists') {
      if (rest.length > 0)
        this.#problem(rest, 'Nothing can follow exists. Remove this.', [
          {
            title: 'Remove it',
            preferred: true,
            edits: [{ ...between(endOf(operator), this.end), text: '' }],
          },
        ]);
      return undefined;
    }
    if (rest.length === 0) {
      // One problem at a time.
      if (this.#found) return undefined;
      const { text } = this;
      const written = text.slice(this.start, this.end);
      this.#problem(
        operator ?? negation ?? subject,
        operator === undefined
          ? `Write an operator and a value after ${text.slice(subject.offset, endOf(subject))}, for example ${exampleFor(subject, text)}.`
          : `Write what is expected after it, for example ${written} ${isText(operator.meaning) ? "'text'" : exampleValue(subject.kind)}.`,
      );
      return undefined;
    }
    const quote = this.text[rest.offset] ?? '';
    return quote === "'" || quote === '"' ? this.#quoted(quote) : this.#bare(subject, rest);
  }

  #quoted(quote: string): ExpectedValue {
    const from = this.#at;
    let at = from + 1;
    while (at < this.end) {
      if (this.text.startsWith('{{', at)) at = Math.max(at + 2, endOf(referenceAt(this.text, at, this.end)));
      else if (this.text[at] !== quote) at++;
      else if (this.text[at + 1] === quote && at + 1 < this.end) at += 2;
      else break;
    }
    const closed = at < this.end;
    const to = Math.min(at, this.end);
    const where = between(from, closed ? to + 1 : to);
    if (!closed)
      this.#problem(where, `Close the value with ${quote}.`, [
        { title: `Insert ${quote}`, preferred: true, edits: [{ offset: to, length: 0, text: quote }] },
      ]);
    this.#at = endOf(where);
    this.#skipSpace();
    const rest = between(this.#at, this.end);
    if (rest.length > 0)
      this.#problem(
        rest,
        'Nothing can follow the value. Write another expectation on a line of its own: # @expect …',
      );
    return {
      ...where,
      form: 'quoted',
      text: this.text.slice(from + 1, to).replaceAll(quote + quote, quote),
      references: findReferences(this.text, where.offset, endOf(where)),
    };
  }

  #bare({ kind }: Subject, rest: Span): ExpectedValue {
    const where = between(rest.offset, trimEnd(this.text, rest.offset, this.end));
    const text = this.text.slice(where.offset, endOf(where));
    const references = findReferences(this.text, where.offset, endOf(where));
    const form = formOf(text, references.length > 0);
    // A slip in a number is no text.
    const isNumeric = kind !== undefined && SUBJECTS[kind].isNumeric;
    if (form === 'text' && isNumeric)
      this.#problem(where, `Write a number, for example ${exampleValue(kind)}.`);
    else if (form === 'text') {
      const quoted = `'${text.replaceAll("'", "''")}'`;
      this.#problem(where, `Write text in single quotes: ${quoted}.`, [
        { title: `Write ${quoted}`, preferred: true, edits: [this.#writing(where, quoted)] },
      ]);
    }
    return { ...where, form, text, references };
  }

  /** Reports parts that are correct by themselves but not together. */
  #checkWhole(
    subject: Subject | undefined,
    negation: Span | undefined,
    operator: ExpectationOperator | undefined,
  ): void {
    if (negation !== undefined && operator !== undefined && !isWord(operator.meaning))
      this.#problem(
        negation,
        `“${this.text.slice(negation.offset, endOf(negation))}” can only precede exists, contains, startswith, endswith and matches. Write the opposite operator instead, for example !=.`,
      );
    if (subject?.kind === 'results' && operator?.meaning !== 'exists') {
      const last = subject.steps.at(-1);
      if (
        subject.steps.length === 1 &&
        last !== undefined &&
        last.kind !== 'member' &&
        endOf(last) === endOf(subject)
      )
        this.#problem(
          subject,
          `A whole record can’t be compared. Name a field: ${this.text.slice(subject.offset, endOf(subject))}.Status.`,
        );
    }
  }
}

function formOf(text: string, hasReferences: boolean): ExpectedValue['form'] {
  if (NUMBER.test(text)) return 'number';
  if (/^(?:true|false)$/i.test(text)) return 'boolean';
  if (/^null$/i.test(text)) return 'null';
  return hasReferences && !/\s/.test(text.replace(/\{\{[^{}]*\}\}/g, '')) ? 'variable' : 'text';
}

const isWord = (operator: ExpectationOperatorName) => /^[a-z]/.test(operator);
const isText = (operator: ExpectationOperatorName) => isWord(operator) && operator !== 'exists';

/** An example of a value for the subject. */
function exampleValue(kind: SubjectKind | undefined): string {
  switch (kind) {
    case 'status':
      return '200';
    case 'count':
    case 'total':
      return '1';
    case 'time':
      return '2000';
    case 'results':
    case 'body':
    case undefined:
      return "'Available'";
  }
}

function exampleFor({ kind, offset, length }: Subject, text: string): string {
  const written = text.slice(offset, offset + length);
  if (kind === 'count' || kind === 'total') return `${written} >= 1`;
  return kind === 'time' ? `${written} < 2000` : `${written} == ${exampleValue(kind)}`;
}
