/** One block of a file: a title, directives, variables, a request line, clauses, a body. Never throws. */
import { isIdentifier } from '../text/identifiers';
import { MAX_BLOCK, MAX_PART, MAX_REQUEST } from '../text/limits';
import { ownName } from '../text/names';
import { isSlip } from '../text/nearest';
import { between, endOf, type Span, textOf } from '../text/span';
import { endsStep, finish, type Steps } from '../text/steps';
import type { PlusReading } from '../text/view';
import { directiveOf } from '../vocabulary/directives';
import { type ForeignCommand, foreignCommandOf } from '../vocabulary/foreign-commands';
import { meantMethod, METHOD_NAMES, OTHER_METHODS, slippedMethod } from '../vocabulary/methods';
import { plusIn } from './address';
import { bodyEnd, maskReferences } from './body-parser';
import { isClauseStart, parseClause, referencesOf } from './clause-parser';
import { parseExpectation } from './expectation-parser';
import { type Line, lineEndAt, linesOf, trimEnd } from './lines';
import type {
  BlockTree,
  Body,
  Clause,
  Directive,
  Item,
  RequestLine,
  Sql,
  Stray,
  Target,
  Variable,
  Word,
} from './nodes';
import type { SyntaxProblem } from './problems';
import { findReferences } from './references';
import { spokenAt, spokenProblem } from './spoken-clause';
import { divideSql } from './sql/parts';
import { startsSelect } from './sql/slips';
import { isWritten } from './stray-clause';
import { nothingIn, parseTarget } from './target-parser';

const METHOD = new RegExp(`^(${METHOD_NAMES.join('|')})\\b:?(?=\\s|$)`, 'i');
const OTHER_METHOD = new RegExp(`^(${Object.keys(OTHER_METHODS).join('|')})\\b:?(?=\\s+\\S)`, 'i');
/** Alone on its line. */
const SQL_LINE = /^SQL$/i;
const HEADER = /^[A-Za-z][A-Za-z0-9-]*:(?!\/\/)/;
/** Names of headers that people paste; others with a hyphen are headers, too. */
const HEADER_NAME =
  /^(?:accept|apikey|authorization|connection|cookie|host|origin|pragma|referer|[a-z0-9]+-.*)$/i;

/** A name, a colon and a value. */
const CONDITION = /^([A-Za-z]\w*): *(\S[^\r\n]*)$/;

/** A word before another one, where it is a slip of a method. */
function slipIn(line: string): RegExpExecArray | undefined {
  const match = /^([A-Za-z]{2,8}):?(?=\s+[A-Za-z/])/.exec(line);
  return match?.[1] === undefined || slippedMethod(match[1]) === undefined ? undefined : match;
}

/** `Status: Full`, as a condition. */
function conditionProblem(text: string, where: Span): SyntaxProblem {
  const [, name = '', written = ''] = CONDITION.exec(textOf(text, where)) ?? [];
  const value = /^'.*'$/.test(written) ? written : `'${written.replaceAll("'", "''")}'`;
  const better = `$filter = ${name} eq ${value}`;
  const isThere = isWritten(text, '$filter', where.offset, endOf(where));
  const title = `Write ${better}`;
  return {
    code: 'unexpected-text',
    ...where,
    message: `If this is a condition, write ${better}. Headers are not written here.`,
    fixes: isThere ? [] : [{ title, preferred: true, adds: '$filter', edits: [{ ...where, text: better }] }],
  };
}

/** What a parser makes of a block. */
export type ParsedBlock = Omit<BlockTree, 'lineBreaks'>;

/** For a block that is read once; those of a file have trees of `lazy-tree.ts`. */
export const parseBlock = (text: string): ParsedBlock => finish(parseBlockInSteps(text));

/** An item of the block in each step. */
export function* parseBlockInSteps(text: string): Steps<ParsedBlock> {
  return text.length > MAX_BLOCK
    ? unread(text, [tooLong('it', text.length, MAX_BLOCK)])
    : yield* new BlockParser(text).parse();
}

/** The tree of a text that is not read. */
export function unread(text: string, problems: readonly SyntaxProblem[] = []): ParsedBlock {
  const content = { offset: 0, length: text.length };
  return {
    text,
    items: text === '' ? [] : [{ kind: 'stray', ...content, looksLike: 'text', content }],
    separator: undefined,
    request: undefined,
    sql: undefined,
    clauses: [],
    body: undefined,
    variables: [],
    directives: [],
    references: [],
    problems,
  };
}

const tooLong = (what: 'it' | 'this part', length: number, most: number, offset = 0): SyntaxProblem => ({
  code: 'unexpected-text',
  offset,
  length: 1,
  message: `From here on this request is not read, because ${what} has ${inDigits(length)} characters, more than the ${inDigits(most)} that any platform would take. Divide it into several requests, each below a line “###”.`,
});

const inDigits = (value: number) => value.toLocaleString('en-GB');

const startsBody = (text: string, { first, end }: Line): boolean =>
  /^[{[](?!\{)/.test(text.slice(first, Math.min(end, first + 2))) && !text.startsWith('{{', first);

const whatItIs = ({ tool, isImported }: ForeignCommand): Pick<SyntaxProblem, 'message' | 'next'> =>
  isImported
    ? { message: `This is a ${tool} command, not a request.`, next: 'import' }
    : {
        message: `This is a command of ${tool}, not a request. Write the method and the address that it calls, for example: GET coursedate`,
      };

const commandAt = (
  { first }: Line,
  command: ForeignCommand | undefined,
): Omit<SyntaxProblem, 'length'> | undefined =>
  command && { code: 'unexpected-text', offset: first, ...whatItIs(command) };

/** A statement on the line of the word `SQL`. */
function sqlOutOfPlace(text: string, { first, end }: Line): Omit<SyntaxProblem, 'length'> | undefined {
  const [keyword, word] = /^(SQL[ \t]+)(?:select|with|values)\b/i.exec(text.slice(first, end)) ?? [];
  if (keyword !== undefined && word !== undefined)
    return {
      code: 'unexpected-text',
      offset: first,
      message: 'The word SQL stands on a line of its own. Write the statement on the lines below it.',
      fixes: [
        {
          title: 'Begin a new line behind SQL',
          preferred: true,
          edits: [{ offset: first + 3, length: word.length - 3, text: '\n' }],
        },
      ],
    };
  return undefined;
}

/** `select … from …`, also with a letter wrong. */
function isSelect(text: string): boolean {
  const [, first = ''] = /^([a-z]{5,8})\s/i.exec(text) ?? [];
  if (!startsSelect(first)) return false;
  if (/^select$/i.test(first) && /\sfrom\s/i.test(text)) return true;
  const words = text.slice(0, MAX_HEAD).split(/[^\w]+/);
  return words.some((word) => /^from$/i.test(word) || isSlip(word, 'from'));
}

/** Enough of a statement to see what it is. */
const MAX_HEAD = 2000;

/** A comment of SQL at the start of the text, up to its end or that of its line. */
const SQL_COMMENT = /^(?:--[^\r\n]*|\/\*[^]*?\*\/)/;

/** More comments than anyone writes above a statement. */
const MOST_COMMENTS = 20;

/** How long the comments of SQL are that the text begins with, and the line ends behind them; no empty line is among them. */
function commentsAtStart(text: string): number {
  let at = 0;
  for (let count = 0; count < MOST_COMMENTS; count++) {
    const rest = text.slice(at);
    const [comment] = SQL_COMMENT.exec(rest) ?? [];
    if (comment === undefined) return at;
    const [space = ''] = /^[ \t]*(?:\r\n|\r|\n)?[ \t]*/.exec(rest.slice(comment.length)) ?? [];
    at += comment.length + space.length;
  }
  return at;
}

/** The beginning of a query, as opposed to a request whose method is a slip. */
const isStatement = (text: string): boolean =>
  isSelect(text) ||
  // A request goes on over lines, and its filter may have the word.
  /^get[ \t][^$'"?\r\n]*[ \t]from[ \t]/i.test(text) ||
  /^(?:update\s+\S+\s+set|insert\s+into|delete\s+from)\s/i.test(text) ||
  /^with\s+(?:recursive\s+)?[\w"]+\s*(?:\([^()]*\)\s*)?as\s/i.test(text) ||
  /^values\s*\(/i.test(text);

class BlockParser {
  readonly #items: Item[] = [];
  readonly #problems: SyntaxProblem[] = [];
  readonly #lines: readonly Line[];
  #line = 0;
  #request: RequestLine | undefined;
  #body: Body | undefined;
  #sql: Sql | undefined;
  #plus: PlusReading | undefined;
  readonly #clauses: Clause[] = [];

  constructor(private readonly text: string) {
    this.#lines = linesOf(text);
  }

  *parse(): Steps<ParsedBlock> {
    for (let line = this.#lines[this.#line]; line !== undefined; line = this.#lines[this.#line]) {
      if (startsBody(this.text, line) || this.#isShort(line)) yield* this.#item(line);
      if (endsStep(this.#items.length)) yield;
    }
    const items = this.#items;
    const of = <K extends Item['kind']>(kind: K) =>
      items.filter((item): item is Extract<Item, { kind: K }> => item.kind === kind);
    return {
      text: this.text,
      items,
      separator: of('separator')[0],
      request: this.#request,
      sql: this.#sql,
      clauses: this.#clauses,
      body: this.#body,
      variables: of('variable'),
      directives: of('directive'),
      references: this.#references(),
      problems: this.#problems,
    };
  }

  #references() {
    return this.#items.flatMap((item) => {
      switch (item.kind) {
        case 'variable':
          return item.value.references;
        case 'request-line':
          return item.isCommand ? [] : findReferences(this.text, item.offset, endOf(item));
        case 'clause':
          return referencesOf(item);
        case 'body':
          return item.references;
        case 'directive':
          return item.value.references;
        case 'separator':
        case 'blank':
        case 'comment':
        case 'stray':
        case 'sql-text':
          return [];
        case 'sql-line':
          return this.#sql?.references ?? [];
      }
    });
  }

  *#item(line: Line): Steps<void> {
    const { text } = this;
    const head = text.slice(line.first, Math.min(line.end, line.first + 200));
    if (line.first === line.end)
      this.#push({ kind: 'blank', offset: line.start, length: line.next - line.start });
    else if (line.start === 0 && /^\ufeff?###/.test(text)) this.#separator(line);
    else if (head.startsWith('#') || head.startsWith('//')) this.#comment(line);
    else if (head.startsWith('@')) this.#variable(line);
    else if (SQL_LINE.test(head.trimEnd()) && this.#isEmpty()) this.#sqlAt(line);
    else if (startsBody(text, line)) yield* this.#bodyAt(line);
    else if (this.#foreign(line, this.#isEmpty() ? sqlOutOfPlace(this.text, line) : undefined)) return;
    else if (this.#isEmpty() && isStatement(text.slice(line.first, line.first + MAX_PART)))
      this.#statement(line);
    else if (this.#body === undefined && this.#sqlComment(line)) return;
    else if (this.#foreign(line, commandAt(line, foreignCommandOf(head)))) return;
    else if (isClauseStart(text, line.first) && (this.#request !== undefined || /^[?&]?\s*\$/.test(head)))
      yield* this.#clause(line);
    else if (this.#request === undefined && this.#body === undefined) yield* this.#requestLine(line);
    else this.#stray(line);
  }

  /** False where the request line or the clause on these lines is too long: then the rest of the request is left unread. */
  #isShortPart(first: Line, last: Line): boolean {
    const length = last.next - first.start;
    return length > MAX_PART
      ? this.#leave(first, tooLong('this part', length, MAX_PART, first.start))
      : this.#isShort(first, last);
  }

  /** False where the request, without its body, is too long at the end of these lines. */
  #isShort(first: Line, last = first): boolean {
    if (last.next - (this.#body?.length ?? 0) > MAX_REQUEST)
      return this.#leave(first, tooLong('it', this.text.length, MAX_REQUEST, first.start));
    return true;
  }

  #leave(line: Line, problem: SyntaxProblem): false {
    const length = this.text.length - line.start;
    this.#problems.push(problem);
    this.#items.push({ kind: 'stray', offset: line.start, length, looksLike: 'text', content: problem });
    this.#line = this.#lines.length;
    return false;
  }

  #push(item: Item): void {
    this.#items.push(item);
    this.#line++;
  }

  #word(offset: number, end: number): Word {
    const stop = trimEnd(this.text, offset, end);
    return {
      offset,
      length: stop - offset,
      text: this.text.slice(offset, stop),
      references: findReferences(this.text, offset, stop),
    };
  }

  #separator(line: Line): void {
    let at = line.first;
    while (at < line.end && this.text[at] === '#') at++;
    while (at < line.end && /\s/.test(this.text[at] ?? '')) at++;
    this.#push({
      kind: 'separator',
      offset: line.start,
      length: line.next - line.start,
      title: { ...this.#word(at, line.end), references: [] },
    });
  }

  #comment(line: Line): void {
    const directive = /^(?:#+|\/\/)\s*@([\w-]*)[ \t]*(?::|=(?!=))?[ \t]*/.exec(
      this.text.slice(line.first, line.end),
    );
    const whole = { offset: line.start, length: line.next - line.start };
    if (directive === null) {
      this.#push({ kind: 'comment', ...whole });
      return;
    }
    const nameStart = line.first + directive[0].indexOf('@') + 1;
    const name = directive[1] ?? '';
    const value = this.#word(line.first + directive[0].length, line.end);
    const expects = name === 'expect' && value.length > 0;
    const item: Directive = {
      kind: 'directive',
      ...whole,
      name: { offset: nameStart, length: name.length, text: name, references: [] },
      value: expects
        ? value
        : { ...value, references: [], ...(name === 'name' ? { text: ownName(value.text) } : {}) },
      expectation: expects
        ? parseExpectation(this.text, value.offset, endOf(value), this.#problems)
        : undefined,
    };
    this.#push(item);
  }

  #variable(line: Line): void {
    const match = /^@([^\s=]*)[ \t]*(=?)[ \t]*/.exec(this.text.slice(line.first, line.end));
    const name = match?.[1] ?? '';
    const hasEquals = match?.[2] === '=';
    const head = match?.[0] ?? '@';
    const item: Variable = {
      kind: 'variable',
      offset: line.start,
      length: line.next - line.start,
      name: { offset: line.first + 1, length: name.length, text: ownName(name), references: [] },
      equals: hasEquals ? { offset: line.first + head.lastIndexOf('='), length: 1 } : undefined,
      value: this.#word(line.first + head.length, line.end),
    };
    const content = { offset: line.first, length: trimEnd(this.text, line.first, line.end) - line.first };
    if (!isIdentifier(name)) {
      this.#problems.push({
        code: 'invalid-reference',
        ...content,
        message: 'A variable’s name consists of letters, digits, “_” and “-”: @site = Lancaster.',
      });
    } else if (!hasEquals && item.value.length > 0 && directiveOf(name) !== undefined) {
      this.#problems.push({
        code: 'missing-value',
        ...content,
        message: `A line @${name} begins with “#”: write # @${name} ${item.value.text}. If you mean a variable, write @${name} = ${item.value.text}.`,
        fixes: [
          {
            title: `Write # @${name} ${item.value.text}`,
            preferred: true,
            edits: [{ offset: line.first, length: 0, text: '# ' }],
          },
        ],
      });
    } else if (!hasEquals) {
      this.#problems.push({
        code: 'missing-value',
        ...content,
        message: `Write “=” and a value: @${name} = value.`,
        fixes:
          item.value.length > 0
            ? [
                {
                  title: 'Insert “=”',
                  preferred: true,
                  edits: [{ offset: endOf(item.name), length: 0, text: ' =' }],
                },
              ]
            : [],
      });
    }
    this.#push(item);
  }

  /** The line and the indented lines that continue it; comment lines between them are included. */
  #continued(first: number): { lastLine: Line; count: number } {
    let count = 1;
    for (let next = first + 1; ; next++) {
      const line = this.#lines[next];
      if (line === undefined || line.first === line.end) break;
      const head = this.text.slice(line.first, line.first + 80);
      if (/^(#|\/\/)/.test(head)) continue;
      if (
        line.first === line.start ||
        /^[?&]/.test(head) ||
        /^(?:\$|%24)/.test(head) ||
        /^[{[](?!\{)/.test(head)
      )
        break;
      count = next - first + 1;
    }
    return { lastLine: this.#lines[first + count - 1] ?? { start: 0, end: 0, next: 0, first: 0 }, count };
  }

  *#requestLine(line: Line): Steps<void> {
    const { text } = this;
    const { lastLine, count } = this.#continued(this.#line);
    if (!this.#isShortPart(line, lastLine)) return;
    const rest = text.slice(line.first, line.end);
    const match = METHOD.exec(rest) ?? OTHER_METHOD.exec(rest) ?? slipIn(rest);
    const written = match?.[1];
    const method: Word | undefined =
      written === undefined
        ? undefined
        : { offset: line.first, length: written.length, text: written, references: [] };
    let start = line.first + (match?.[0].length ?? 0);
    while (start < line.end && /\s/.test(text[start] ?? '')) start++;
    const target: Target = yield* parseTarget(text, start, lastLine.end, this.#problems);
    this.#request = {
      kind: 'request-line',
      isCommand: false,
      offset: line.start,
      length: lastLine.next - line.start,
      method,
      target,
    };
    for (const clause of target.query) this.#clauses.push(clause);
    this.#items.push(this.#request);
    this.#line += count;
  }

  /** Whether the block has no request so far. */
  #isEmpty(): boolean {
    return this.#request === undefined && this.#body === undefined && this.#clauses.length === 0;
  }

  /** Takes the rest of the block: a statement, with comments and directives of the file between its lines. */
  #sqlAt(line: Line): void {
    const keyword = this.#word(line.first, line.end);
    this.#push({ kind: 'sql-line', offset: line.start, length: line.next - line.start, keyword });
    const { parts, sql } = divideSql(this.text, keyword, this.#lines.slice(this.#line));
    this.#sql = sql;
    for (const { kind, lines } of parts) {
      const [first] = lines;
      const last = lines.at(-1);
      if (first === undefined || last === undefined) continue;
      const where = { offset: first.start, length: last.next - first.start };
      if (kind === 'comment') this.#comment(first);
      else {
        this.#items.push({ kind: kind === 'blank' ? 'blank' : 'sql-text', ...where });
        this.#line += lines.length;
      }
    }
  }

  /** Takes a command of another tool, or SQL where none is expected, and what follows it: nobody knows where it ends. */
  #foreign(line: Line, problem: Omit<SyntaxProblem, 'length'> | undefined): boolean {
    if (problem === undefined) return false;
    const where = { offset: line.first, length: trimEnd(this.text, line.first, line.end) - line.first };
    this.#problems.push({ ...problem, ...where });
    let rest = line.start;
    if (this.#request === undefined && this.#body === undefined) {
      this.#request = {
        kind: 'request-line',
        isCommand: true,
        offset: line.start,
        length: line.next - line.start,
        method: undefined,
        target: nothingIn(where),
      };
      this.#items.push(this.#request);
      rest = line.next;
    }
    const content = { offset: rest, length: this.text.length - rest };
    // Blank lines behind it are none of it.
    const isAlone = trimEnd(this.text, rest, this.text.length) === rest;
    if (!isAlone) this.#items.push({ kind: 'stray', ...content, looksLike: 'text', content });
    this.#line = isAlone ? this.#line + 1 : this.#lines.length;
    return true;
  }

  /** Takes a statement of SQL in the place of a request, up to an empty line: a check says what to write, by what it asks. */
  #statement(line: Line): void {
    let count = 1;
    for (let next = this.#lines[this.#line + 1]; next !== undefined && next.first < next.end; count++)
      next = this.#lines[this.#line + count + 1];
    const last = this.#lines[this.#line + count - 1] ?? line;
    const statement = between(line.first, trimEnd(this.text, line.first, last.end));
    this.#request = {
      kind: 'request-line',
      isCommand: true,
      statement,
      offset: line.start,
      length: last.next - line.start,
      method: undefined,
      target: nothingIn(statement),
    };
    this.#items.push(this.#request);
    this.#line += count;
  }

  /** Takes comments of SQL: with the statement below them, or else as lines that need another sign. */
  #sqlComment(line: Line): boolean {
    const text = this.text.slice(line.first, line.first + MAX_HEAD);
    const [comment] = SQL_COMMENT.exec(text) ?? [];
    if (comment === undefined) return false;
    const below = line.first + commentsAtStart(text);
    if (this.#isEmpty() && isStatement(this.text.slice(below, below + MAX_PART))) {
      this.#statement(line);
      return true;
    }
    const where = { offset: line.first, length: comment.length };
    const lines = comment.replace(/^(?:--|\/\*)|\*\/$/g, '').split(/\r\n|\r|\n/);
    const isAlone = /^[ \t]*(?:[\r\n]|$)/.test(text.slice(comment.length));
    if (!isAlone) return false;
    const written = lines.map((each) => `# ${each.trim().replace(/^@+/, '')}`.trimEnd());
    this.#problems.push({
      code: 'misplaced-comment',
      ...where,
      message: 'A comment of a file begins with “#”.',
      fixes: [
        {
          title: 'Begin it with “#”',
          preferred: true,
          edits: [{ ...where, text: written.join(lineEndAt(this.text, line.start)) }],
        },
      ],
    });
    for (const own of this.#lines.slice(this.#line, this.#line + lines.length))
      this.#push({ kind: 'comment', offset: own.start, length: own.next - own.start });
    return true;
  }

  *#clause(line: Line): Steps<void> {
    const { lastLine, count } = this.#continued(this.#line);
    if (!this.#isShortPart(line, lastLine)) return;
    const marked = /[?&]/.test(this.text[line.first] ?? '');
    const plus = marked ? this.#plusInLines() : undefined;
    const clause = yield* parseClause(this.text, line.first, lastLine.end, 'line', this.#problems, plus);
    // The item covers whole lines; the parts keep their places.
    const item: Clause = { ...clause, offset: line.start, length: lastLine.next - line.start };
    this.#clauses.push(item);
    this.#items.push(item);
    this.#line += count;
  }

  /** How `+` is read in an address that goes on over lines, each of which begins with `?` or `&`. */
  #plusInLines(): PlusReading {
    this.#plus ??= plusIn(this.text, [
      ...(this.#request?.target.query ?? []),
      ...this.#lines
        .filter(({ first }) => /[?&]/.test(this.text[first] ?? ''))
        .map(({ first, end }) => ({ offset: first, length: end - first })),
    ]);
    return this.#plus;
  }

  *#bodyAt(line: Line): Steps<void> {
    const end = bodyEnd(this.text, line.first);
    let count = 1;
    while (
      end === undefined
        ? this.#line + count < this.#lines.length
        : (this.#lines[this.#line + count - 1]?.next ?? 0) < end
    )
      count++;
    const lastLine = this.#lines[this.#line + count - 1] ?? line;
    const contentEnd = end ?? trimEnd(this.text, line.first, lastLine.end);
    const body: Body = {
      kind: 'body',
      offset: line.start,
      length: lastLine.next - line.start,
      content: { offset: line.first, length: contentEnd - line.first },
      ...(yield* maskReferences(this.text, line.first, contentEnd)),
    };
    const tail = { offset: contentEnd, length: trimEnd(this.text, contentEnd, lastLine.end) - contentEnd };
    if (tail.length > 0) {
      this.#problems.push({
        code: 'unexpected-text',
        ...tail,
        message:
          'Nothing can follow the body’s last “}”. Remove this, or start a new request with a line “###”.',
      });
    }
    if (this.#body === undefined) this.#body = body;
    else
      this.#problems.push({
        code: 'unexpected-text',
        ...body.content,
        message: 'A request has one body. Start another request with a line “###” before it.',
        fixes: [this.#separate(line)],
      });
    this.#items.push(body);
    this.#line += count;
  }

  #separate(line: Line) {
    return { title: 'Start a new request here', edits: [{ offset: line.start, length: 0, text: '\n###\n' }] };
  }

  /** `and …` right below a filter, a field right below a list that ends in a comma: only the indentation is missing. */
  #carriesOn(written: string, line: Line): boolean {
    const above = this.#items.at(-1);
    if (above?.kind !== 'clause' || line.first > line.start) return false;
    return above.value.kind === 'filter'
      ? /^(?:and|or)\b/i.test(written)
      : above.view.text.trimEnd().endsWith(',');
  }

  /** `Status: Full` below a request that reads, which is no header. */
  #isCondition(written: string): boolean {
    const [, name] = CONDITION.exec(written) ?? [];
    const reads = meantMethod(this.#request?.method?.text ?? 'GET') === 'GET';
    return name !== undefined && reads && !HEADER_NAME.test(name);
  }

  #stray(line: Line): void {
    const content = { offset: line.first, length: trimEnd(this.text, line.first, line.end) - line.first };
    const written = this.text.slice(content.offset, endOf(content));
    const spoken = isStatement(written) ? undefined : spokenAt(written, 0);
    if (spoken !== undefined) {
      this.#problems.push(spokenProblem(this.text, spoken, content.offset, endOf(content)));
      this.#push({
        kind: 'stray',
        offset: line.start,
        length: line.next - line.start,
        looksLike: 'text',
        content,
      });
      return;
    }
    const looksLike: Stray['looksLike'] =
      METHOD.test(written) ||
      OTHER_METHOD.test(written) ||
      /^https?:\/\//i.test(written) ||
      /\/api(help)?\/v2\//i.test(written)
        ? 'request'
        : HEADER.test(written)
          ? 'header'
          : 'text';
    if (looksLike === 'request') {
      this.#problems.push({
        code: 'unexpected-text',
        ...content,
        message: 'Each request needs a line “###” before it.',
        fixes: [{ ...this.#separate(line), preferred: true }],
      });
    } else if (looksLike === 'header' && this.#isCondition(written)) {
      this.#problems.push(conditionProblem(this.text, content));
    } else if (looksLike === 'header') {
      const secret = /^(authorization|cookie|x-api-key)/i.test(written);
      this.#problems.push({
        code: secret ? 'secret-in-file' : 'unexpected-text',
        ...content,
        message: secret
          ? 'Remove this header: the connection signs in, and a key does not belong in a file.'
          : 'Requests have no headers here: the connection sends what the API needs. Remove this line.',
        fixes: [
          {
            title: 'Remove this line',
            preferred: true,
            edits: [{ offset: line.start, length: line.next - line.start, text: '' }],
          },
        ],
      });
    } else if (this.#carriesOn(written, line)) {
      this.#problems.push({
        code: 'unexpected-text',
        ...content,
        message: 'Indent this line, so that it continues the clause above.',
        fixes: [
          {
            title: 'Indent this line',
            // After a comma, removing the comma may be meant.
            preferred: /^(?:and|or)\b/i.test(written),
            edits: [{ offset: line.start, length: 0, text: '  ' }],
          },
        ],
      });
    } else {
      this.#problems.push({
        code: 'unexpected-text',
        ...content,
        message:
          line.first > line.start
            ? 'This line does not belong to anything: the clause above ended at the empty line. Remove the empty line, or this one.'
            : 'This line is no clause. Begin it with $filter =, $select =, $orderby = or $top =, or put a line “###” above it if it begins another request.',
      });
    }
    this.#push({ kind: 'stray', offset: line.start, length: line.next - line.start, looksLike, content });
  }
}
