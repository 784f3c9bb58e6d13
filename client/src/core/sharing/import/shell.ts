/** Finds the commands in a text and splits them into words. No program runs. */
import {
  type Dialect,
  dialectOf,
  expandPosix,
  type Piece,
  type Shell,
  WINDOWS,
  withoutCarets,
} from './shell-dialects';

export interface Command {
  /** Beginning with the command's name. */
  readonly words: readonly string[];
  /** The text that the shell passes to it: a here-document. */
  readonly input: string | undefined;
  /** What was guessed. */
  readonly notes: readonly string[];
}

export interface Commands {
  readonly commands: readonly Command[];
  /** What was not read, in pieces as written. */
  readonly others: readonly string[];
}

/** Where a command stands: `$ curl`, `sudo /usr/bin/curl`, `C:\> curl.exe`, `x=$(curl`. */
const CURL = /(?<=^|[\s;&|({`'"$>])(?:[\w.:~\\/-]*[\\/])?curl(?:\.exe)?(?=\s|$)/im;
/** What may stand before a command without changing what it sends. */
const LEAD =
  /^(?:\s|[$#%>({`"*!-]|\d+[.)]|PS\b[^\n>]*>|[A-Z]:[^\n>]*>|[\w.@:~/-]+[$#](?=\s)|(?:sudo|time|exec|command|env|do|then|if|call|start|export)\b|\w+=(?:\$\(|`)?(?=["'$`\s(]|$)|\$\w+\s*=)*$/i;
const ASSIGNMENT = /^[^\S\n]*(?:export[^\S\n]+|set[^\S\n]+"?|\$(?:env:)?)?([A-Za-z_]\w*)[^\S\n]*=/i;
/** Lines that are no commands and lose nothing: blanks, comments, fences of Markdown. */
const SILENT = /^\s*(?:#.*|::.*|rem\b.*|`{3}.*|~{3}.*|[(){}[\]]*|#!.*)\s*$/i;

/**
 * Returns the cURL commands of a text, in order. `variable` returns the text for a variable of the shell that the text
 * does not set. Never throws; a quote that is not closed ends with the text.
 */
export function commandsIn(source: string, variable: (name: string) => string): Commands {
  const found: Found = { commands: [], others: [], known: new Map(), programs: new Map() };
  for (const part of partsOf(source.replace(/\r\n?/g, '\n'))) new Reader(part, found, variable).read();
  return found;
}

/**
 * Divides a text before each line that begins with a cURL command, unless a quote goes on over it: a page may show one
 * for each shell.
 */
function partsOf(source: string): string[] {
  const parts: string[] = [];
  let start = 0;
  let command: CommandText | undefined;
  for (let at = 0; at < source.length;) {
    const newline = source.indexOf('\n', at);
    const line = source.slice(at, newline < 0 ? source.length : newline);
    const curl = CURL.exec(line);
    if (curl !== null && LEAD.test(line.slice(0, curl.index))) {
      if (command === undefined) command = new CommandText(source, at + curl.index);
      else if (!command.quotes(at)) {
        parts.push(source.slice(start, at));
        start = at;
        command = new CommandText(source, at + curl.index);
      }
    }
    at += line.length + 1;
  }
  return [...parts, source.slice(start)];
}

/** A text that begins with a command; read piece by piece, and no further than asked. */
class CommandText {
  #dialect: Dialect | undefined;
  /** Whether a quote of the Windows prompt is open at `at`. */
  #open = false;

  constructor(
    private readonly source: string,
    private at: number,
  ) {}

  /** True where a quote that is closed goes on over `offset`. Each offset must be larger than the one before. */
  quotes(offset: number): boolean {
    this.#dialect ??= dialectOf(this.source.slice(this.at, offset));
    if (this.#dialect === WINDOWS) return this.#goesOnInWindows(offset);
    while (this.at < offset) {
      const length = this.#length(this.#dialect);
      const next = this.at + length;
      // One that a word follows is the beginning of the next quote: this one is not closed.
      if (next > offset && !/["'’”@]$/.test(this.source.slice(next - 1, next))) return false;
      if (next > offset && !/^[\s;|&)"'\\`$]?$/.test(this.source.slice(next, next + 1))) return false;
      this.at = next;
    }
    return this.at > offset;
  }

  /** There, a quote ends with its line, unless browsers write a line break into it. */
  #goesOnInWindows(offset: number): boolean {
    const before = this.source.slice(this.at, offset);
    for (const [, escape] of before.matchAll(/(\\\^?)?"/g))
      if (escape === undefined) this.#open = !this.#open;
    this.at = offset;
    return this.#open && before.endsWith('^\n\n');
  }

  #length(dialect: Dialect): number {
    for (const [pattern] of dialect) {
      pattern.lastIndex = this.at;
      const match = pattern.exec(this.source);
      if (match !== null) return Math.max(1, match[0].length);
    }
    return 1;
  }
}

type Here = Extract<Piece, { kind: 'here' }>;

interface Found extends Commands {
  readonly commands: Command[];
  readonly others: string[];
  /** Values of the shell's variables. */
  readonly known: Map<string, string>;
  /** The programs in it that would run, numbered from 1. */
  readonly programs: Map<string, number>;
}

/** Reads a text for one shell. */
class Reader {
  readonly #source: string;
  readonly #dialect: Dialect;
  #notes = new Set<string>();
  readonly #shell: Shell;

  constructor(
    source: string,
    private readonly found: Found,
    unknown: (name: string) => string,
  ) {
    this.#shell = {
      variable: (name) => this.found.known.get(name) ?? unknown(name),
      output: (program) => this.#output(program, unknown),
      guess: (note) => void this.#notes.add(note),
    };
    const start = CURL.exec(source)?.index ?? 0;
    this.#dialect = dialectOf(source.slice(start));
    this.#source =
      this.#dialect === WINDOWS
        ? source.slice(0, start) + withoutCarets(source.slice(start), this.#shell.guess)
        : source;
  }

  read(): void {
    const source = this.#source;
    for (let at = 0; at < source.length;) {
      const newline = source.indexOf('\n', at);
      const end = newline < 0 ? source.length : newline;
      const line = source.slice(at, end);
      const curl = CURL.exec(line);
      const lead = line.slice(0, curl?.index);
      if (ASSIGNMENT.test(line)) at = this.#line(at);
      else if (curl !== null && !lead.trimStart().startsWith('#')) {
        if (!LEAD.test(lead)) this.#leave(lead);
        at = this.#line(at + curl.index);
      } else {
        if (!SILENT.test(line)) this.#leave(line);
        at = end + 1;
      }
    }
  }

  /** Two programs have two values. */
  #output(program: string, unknown: (name: string) => string): string {
    const { programs } = this.found;
    const number = programs.get(program) ?? programs.size + 1;
    programs.set(program, number);
    this.#notes.add(`The value of ${program} is asked for when the request runs.`);
    return unknown(number === 1 ? 'output' : `output_${number}`);
  }

  #leave(text: string): void {
    this.found.others.push(text.trim());
  }

  /** Reads the commands from `at` to the end of the line, or of its continuations. Returns where the next line starts. */
  #line(start: number): number {
    let at = start;
    for (let more = true; more;) {
      const { words: all, input, next, sameLine } = this.#command(at);
      const words = this.#withoutSettings(all);
      const string = words.indexOf('<<<');
      const given = string < 0 ? input : words[string + 1];
      const text = this.#source.slice(at, next);
      if (/(?:^|[\\/])curl(?:\.exe)?$/i.test(words[0] ?? ''))
        this.found.commands.push({ words, input: given, notes: [...this.#notes] });
      else {
        const curl = CURL.exec(text);
        if (words.length > 0 && curl !== null && curl.index > 0) {
          if (!LEAD.test(text.slice(0, curl.index))) this.#leave(text.slice(0, curl.index));
          at += curl.index;
          this.#notes = new Set();
          continue;
        }
        if (words.length > 0 && !SILENT.test(text) && !this.#setVariable(words))
          this.#leave(text.replace(/[\s;&|()]+$/, ''));
      }
      this.#notes = new Set();
      at = next;
      more = sameLine;
    }
    return at;
  }

  /** A command, without what is set for it alone. */
  #withoutSettings(words: readonly string[]): readonly string[] {
    const first = words.findIndex((word) => !/^[A-Za-z_]\w*=/.test(word));
    return first > 0 && this.#setVariable(words.slice(0, first)) ? words.slice(first) : words;
  }

  #setVariable(words: readonly string[]): boolean {
    const [first = '', ...rest] = words;
    if (/^(?:export|set|declare|local|readonly)$/i.test(first) && rest.length > 0)
      return this.#setVariable(rest);
    if (words.length === 0) return false;
    // PowerShell, where the variable was read as one.
    if (rest[0] === '=' && rest.length === 2) {
      const name = [...this.#assigned(first)][0];
      if (name !== undefined) this.found.known.set(name, rest[1] ?? '');
      return name !== undefined;
    }
    const pairs = words.map((word) => /^([A-Za-z_]\w*)=([\s\S]*)$/.exec(word) ?? undefined);
    if (pairs.includes(undefined)) return false;
    for (const pair of pairs) this.found.known.set(pair?.[1] ?? '', pair?.[2] ?? '');
    return true;
  }

  /** Names whose variable reads as `word`. */
  #assigned(word: string): Set<string> {
    return new Set(
      [...this.#source.matchAll(/\$(?:env:)?([A-Za-z_]\w*)[^\S\n]*=/gi)]
        .map(([, name = '']) => name)
        .filter((name) => this.#shell.variable(name) === word),
    );
  }

  #command(start: number): { words: string[]; input: string | undefined; next: number; sameLine: boolean } {
    const source = this.#source;
    const words: string[] = [];
    let word: string | undefined;
    let here: Here | undefined;
    let at = start;
    const endWord = () => {
      if (word !== undefined) words.push(word);
      word = undefined;
    };
    while (at < source.length) {
      if (source[at] === '#' && word === undefined) {
        // A comment, to the end of the line.
        const line = source.indexOf('\n', at);
        at = line < 0 ? source.length : line;
        continue;
      }
      const { piece, next } = this.#piece(at);
      const from = at;
      at = next;
      if (piece.kind === 'text') word = (word ?? '') + piece.text;
      else if (piece.kind === 'space') endWord();
      else if (piece.kind === 'here') here = piece;
      else if (piece.kind === 'end') {
        const sign = source.slice(from, at);
        if (word !== undefined && this.#belongsToAddress(word, sign, source[at] ?? '')) {
          word += sign;
          continue;
        }
        endWord();
        if (sign.includes('\n') && words.length > 0 && this.#goesOn(at)) continue;
        if (here !== undefined && sign.includes('\n')) {
          const { text, next: after } = this.#here(from + sign.indexOf('\n') + 1, here);
          return { words, input: text, next: after, sameLine: false };
        }
        const newline = sign.indexOf('\n');
        return newline < 0
          ? { words, input: undefined, next: at, sameLine: at < source.length }
          : { words, input: undefined, next: from + newline + 1, sameLine: false };
      }
    }
    endWord();
    return { words, input: undefined, next: source.length, sameLine: false };
  }

  /** An address without quotes: a shell would end the command at its `&`, which nobody means. */
  #belongsToAddress(word: string, sign: string, after: string): boolean {
    const open = word.split('(').length > word.split(')').length;
    const belongs =
      sign === '(' ||
      (sign === ')' && open) ||
      (sign === '&' && word.includes('?') && /[^\s&;|<>()]/.test(after));
    if (belongs)
      this.#shell.guess(
        `“${sign}” in an address without quotes was read as part of the address: put the address in quotes.`,
      );
    return belongs;
  }

  /** An option at the start of a line belongs to the command above, whose line lost the sign that continues it. */
  #goesOn(at: number): boolean {
    const goesOn = /^(?:\s|#[^\n]*\n)*[-\u2010-\u2015\u2212]{1,2}[A-Za-z]/.test(
      this.#source.slice(at, at + 200),
    );
    if (goesOn)
      this.#shell.guess('A line that begins with an option was read as part of the command above it.');
    return goesOn;
  }

  #here(start: number, { until, literal }: Here): { text: string; next: number } {
    const source = this.#source;
    for (let at = start; at < source.length;) {
      const newline = source.indexOf('\n', at);
      const end = newline < 0 ? source.length : newline;
      if (source.slice(at, end).trim() === until) {
        const text = source.slice(start, Math.max(start, at - 1));
        return { text: literal ? text : expandPosix(text, this.#shell), next: end + 1 };
      }
      at = end + 1;
    }
    return { text: source.slice(start), next: source.length };
  }

  #piece(at: number): { piece: Piece; next: number } {
    for (const [pattern, read] of this.#dialect) {
      pattern.lastIndex = at;
      const match = pattern.exec(this.#source);
      if (match !== null) return { piece: read(match, this.#shell), next: at + Math.max(1, match[0].length) };
    }
    return { piece: { kind: 'nothing' }, next: at + 1 };
  }
}
