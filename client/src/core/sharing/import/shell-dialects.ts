/** How POSIX shells, the Windows command prompt and PowerShell write words. */
import { parameterOf } from '#language';
import { ownValue } from '../../text/names';

/** A piece of a command line; `text` belongs to a word, even when it is empty. */
export type Piece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'space' | 'nothing' }
  /** What separates commands: `;`, a line break. */
  | { readonly kind: 'end' }
  /** The text that the shell passes to the command's input, and the quote around its last line's name. */
  | { readonly kind: 'here'; readonly until: string; readonly literal: boolean };

/** What the surroundings supply. */
export interface Shell {
  /** The value of a variable. */
  readonly variable: (name: string) => string;
  /** What a program prints, `$(cat id)`: it does not run, and what it prints is asked for. */
  readonly output: (program: string) => string;
  /** Called with a sentence where a text can be read in two ways. */
  readonly guess: (note: string) => void;
}

type Rule = readonly [pattern: RegExp, read: (match: readonly string[], shell: Shell) => Piece];
export type Dialect = readonly Rule[];

const text = (value: string): Piece => ({ kind: 'text', text: value });
const NOTHING: Piece = { kind: 'nothing' };
const SPACE: Piece = { kind: 'space' };
const END: Piece = { kind: 'end' };

/** Spaces that typesetting leaves in a command are spaces; what has no width is nothing. */
const SPACES: readonly Rule[] = [
  [
    /[^\S\n]+/y,
    ([spaces = ''], { guess }) => {
      if (/[^ \t\r\f\v]/.test(spaces)) guess('No-break spaces outside quotes were read as spaces.');
      return SPACE;
    },
  ],
  [/[\u200b-\u200d\u2060]+/y, () => NOTHING],
];
/** What separates commands. */
const OPERATORS = /\n|;+|&&?|\|\|?|[()]/y;
/** Takes what no other rule takes. */
const PLAIN: Rule = [/[\s\S]/y, ([char = '']) => text(char)];

/** A line break after `sign`, which continues the command. */
const continuation = (sign: string): Rule => [
  new RegExp(`\\${sign}([^\\S\\n]*)\\n`, 'y'),
  ([, spaces = ''], { guess }) => {
    if (spaces.replace('\r', '') === '') return NOTHING;
    guess(`A “${sign}” with spaces after it was read as one at the end of its line.`);
    return SPACE;
  },
];

const plainQuote = (quote: string): string => ('‘’‚‛'.includes(quote) ? "'" : '"');

/** Word processors replace all quotes: those around a word, and those in it. */
const typographic = (quoted: Rule): Rule => [
  /(?<=[\s=]|^)(?:‘(?:[^‘’]|‘[^‘’]*’)*’|[‚‛’][^‘’‚‛]*[‘’‛]|“(?:[^“”\\]|\\[\s\S]|“[^“”]*”)*”|[„‟”](?:[^“”„‟\\]|\\[\s\S])*[“”‟])/y,
  ([whole = ''], shell) => {
    shell.guess('Typographic quotes were read as plain ones.');
    const plain = whole.replace(/[‘’‚‛“”„‟]/g, plainQuote);
    // Quotes of the same kind in it belong to the text.
    const inner = plain.slice(1, -1);
    if (inner.includes(plain[0] ?? '') && !inner.includes('\\')) return text(inner);
    const [pattern, read] = quoted;
    pattern.lastIndex = 0;
    const match = plain.startsWith('"') ? pattern.exec(plain) : null;
    return match === null ? text(inner) : read(match, shell);
  },
];

const NAMED: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['a', '\x07'],
  ['b', '\b'],
  ['f', '\f'],
  ['v', '\v'],
  ['e', '\x1b'],
  ['E', '\x1b'],
]);

/** `$'…'`, which browsers write for texts with line breaks. */
const ansi = (inner: string): string =>
  inner.replace(
    /((?:\\x[0-9A-Fa-f]{1,2}|\\[0-7]{1,3})+)|\\(?:u([0-9A-Fa-f]{1,4})|U([0-9A-Fa-f]{1,8})|([\s\S]))/g,
    (_, bytes: string | undefined, four: string | undefined, eight: string | undefined, char: string) => {
      if (bytes !== undefined) return fromBytes(bytes);
      const code = four ?? eight;
      if (code === undefined) return NAMED.get(char) ?? char;
      const point = parseInt(code, 16);
      return point > 0x10ffff ? '\ufffd' : String.fromCodePoint(point);
    },
  );

/** Bytes of UTF-8, hexadecimal (`\xe9`) and octal (`\351`). */
function fromBytes(escapes: string): string {
  const bytes = [...escapes.matchAll(/\\(?:x([0-9A-Fa-f]{1,2})|([0-7]{1,3}))/g)].map(
    ([, hexadecimal, octal = '']) =>
      hexadecimal === undefined ? parseInt(octal, 8) & 0xff : parseInt(hexadecimal, 16),
  );
  try {
    return decodeURIComponent(bytes.map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''));
  } catch {
    return '\ufffd'.repeat(bytes.length);
  }
}

/** `$name`, `${name}`, `$(program)`, `` `program` ``; `$env:name` of PowerShell. */
const EXPANSION =
  /\$\{(?:env:)?(\w+)[^}]*\}|\$(?:env:)?([A-Za-z_]\w*)|\$([0-9@*])|(\$\((?:[^()]|\([^()]*\))*\))/gi;

/** The API's parameters begin with a dollar, and people forget to escape it. */
const expanded = (inner: string, shell: Shell): string =>
  inner.replace(
    EXPANSION,
    (
      whole,
      braced: string | undefined,
      bare: string | undefined,
      argument: string | undefined,
      program: string | undefined,
      at: number,
    ) => {
      if (bare !== undefined && (parameterOf(whole) !== undefined || isParameter(inner, at, whole.length)))
        return whole;
      if (program !== undefined) return shell.output(program);
      return shell.variable(braced ?? bare ?? `argument_${argument ?? ''}`);
    },
  );

/** `?$expand=…`: any parameter of that form. */
const isParameter = (text: string, at: number, length: number): boolean =>
  /(?:^|[?&])$/.test(text.slice(Math.max(0, at - 1), at)) && text[at + length] === '=';

/** Expands what is not escaped by `escape`, and removes the escapes. */
function unescaped(
  inner: string,
  escape: RegExp,
  plain: (escaped: string, program: string | undefined) => string,
  shell: Shell,
): string {
  let result = '';
  let last = 0;
  for (const match of inner.matchAll(escape)) {
    result += expanded(inner.slice(last, match.index), shell) + plain(match[1] ?? '', match[2]);
    last = match.index + match[0].length;
  }
  return result + expanded(inner.slice(last), shell);
}

/** The inside of double quotes, and a here-document. */
export const expandPosix = (inner: string, shell: Shell): string =>
  unescaped(
    inner.replace(/\\\r?\n/g, ''),
    /\\([\\"$`])|(?<!\\)(`[^`]*`)/g,
    (char, program) => (program === undefined ? char : shell.output(program)),
    shell,
  );

const POSIX_QUOTED: Rule = [
  /\$?"([^"\\]*(?:\\[\s\S][^"\\]*)*)(?:"|$)/y,
  ([, inner = ''], shell) => text(expandPosix(inner, shell)),
];

/** `` `cat id` `` without quotes. With a space inside, two ends of Markdown's code are meant. */
const PROGRAM: Rule = [/`[^\s`][^`\n]*`/y, ([program = ''], shell) => text(shell.output(program))];

const HERE: Rule = [
  /<<-?[ \t]*(['"]?)([\w.-]+)\1/y,
  ([, quote = '', until = '']) => ({ kind: 'here', until, literal: quote !== '' }),
];

const POSIX: Dialect = [
  continuation('\\'),
  [/'([^']*)(?:'|$)/y, ([, inner = '']) => text(inner)],
  [/\$'([^'\\]*(?:\\[\s\S][^'\\]*)*)(?:'|$)/y, ([, inner = '']) => text(ansi(inner))],
  POSIX_QUOTED,
  typographic(POSIX_QUOTED),
  [/\\([\s\S]?)/y, ([, char = '']) => text(char)],
  [new RegExp(EXPANSION.source, 'iy'), ([whole = ''], shell) => text(expanded(whole, shell))],
  PROGRAM,
  HERE,
  [/\d?>&\d?|&>/y, ([whole = '']) => text(whole)],
  [OPERATORS, () => END],
  ...SPACES,
  PLAIN,
];

/** `%20` is part of an address, not the start of a name. */
const PERCENT = /%((?![0-9a-f]{2})[a-z_]\w*)%/gi;

const WINDOWS_QUOTED: Rule = [
  /"([^"\\]*(?:(?:\\[\s\S]|"")[^"\\]*)*)(?:"|$)/y,
  ([, inner = ''], { variable }) =>
    text(
      inner
        .replace(/\\([\\"])|""/g, (_, char: string | undefined) => char ?? '"')
        .replace(PERCENT, (_, name: string) => variable(name)),
    ),
];

/** After `withoutCarets`. */
export const WINDOWS: Dialect = [
  WINDOWS_QUOTED,
  typographic(WINDOWS_QUOTED),
  [/\\"/y, () => text('"')],
  [new RegExp(PERCENT.source, 'iy'), ([, name = ''], { variable }) => text(variable(name))],
  [/\d?>&\d?/y, ([whole = '']) => text(whole)],
  [/\n|&&?|\|\|?/y, () => END],
  ...SPACES,
  PLAIN,
];

const POWERSHELL_QUOTED: Rule = [
  /"([^"`]*(?:(?:`[\s\S]|"")[^"`]*)*)(?:"|$)/y,
  ([, inner = ''], shell) =>
    text(
      unescaped(
        inner.replace(/`\r?\n/g, ''),
        /`([\s\S])|""/g,
        (char) => (char === '' ? '"' : (ownValue({ n: '\n', r: '\r', t: '\t', '0': '\0' }, char) ?? char)),
        shell,
      ),
    ),
];

const POWERSHELL: Dialect = [
  continuation('`'),
  [/@'[^\S\n]*\n([\s\S]*?)\r?\n'@/y, ([, inner = '']) => text(inner)],
  [/@"[^\S\n]*\n([\s\S]*?)\r?\n"@/y, ([, inner = ''], shell) => text(expanded(inner, shell))],
  [/'([^']*(?:''[^']*)*)(?:'|$)/y, ([, inner = '']) => text(inner.replace(/(['‘’‚‛])\1/g, '$1'))],
  POWERSHELL_QUOTED,
  typographic(POWERSHELL_QUOTED),
  [/`([\s\S]?)/y, ([, char = '']) => text(char)],
  [new RegExp(EXPANSION.source, 'iy'), ([whole = ''], shell) => text(expanded(whole, shell))],
  [/\d?>&\d?/y, ([whole = '']) => text(whole)],
  [OPERATORS, () => END],
  ...SPACES,
  PLAIN,
];

/** What a text shows of its shell: words in single quotes, and what stands in no quotes and in double ones. */
function evidence(source: string): { single: boolean; bare: string; quoted: string } {
  let single = false;
  let quoted = '';
  const bare = source.replace(
    /\$'(?:[^'\\]|\\[\s\S])*(?:'|$)|(?<=[\s=]|^)'(?:[^']|''|'\\'')*(?:'|$)|(?<!@)"(?:[^"\\]|\\[\s\S])*(?:"|$)/g,
    (whole) => {
      if (whole.startsWith('"')) quoted += whole;
      else single = true;
      return '""';
    },
  );
  return { single, bare, quoted };
}

/** The shell for which a text was written; a POSIX shell where nothing shows. `source` begins with a cURL command. */
export function dialectOf(source: string): Dialect {
  // Browsers escape every quote for the Windows prompt.
  if (/^[^"']*\^"/.test(source)) return WINDOWS;
  const { single, bare, quoted } = evidence(source);
  if (/\\[^\S\n]*\n/.test(bare)) return POSIX;
  if (
    /`[^\S\n]*\n|\$env:/i.test(bare) ||
    /`[$"]|(?<!\\)\$env:/i.test(quoted.replace(/`[^`"$]+`/g, '')) ||
    /\s-(?:Uri|Method|Body|Headers)\s/i.test(bare)
  )
    return POWERSHELL;
  if (/\s@['"][^\S\n]*\n/.test(bare)) return POWERSHELL;
  const executable = /^\S*curl\.exe\b/i.test(source);
  if (single) return executable && !source.includes("'\\''") ? POWERSHELL : POSIX;
  const carets = /\^[^\S\n]*\n|\^"/.test(bare) || /\^[&%$^{]|%\^/.test(bare + quoted);
  return executable || carets || /[{,:[]\s*""[^",\s}\]]/.test(source) ? WINDOWS : POSIX;
}

/**
 * Removes the escapes of the Windows prompt. In quotes it knows none, but browsers used to write them there, too:
 * `^&`, `%^20`.
 */
export function withoutCarets(source: string, guess: Shell['guess']): string {
  let quoted = false;
  let quotedByCaret = false;
  let result = '';
  for (let at = 0; at < source.length; at++) {
    const char = source[at] ?? '';
    if (char !== '^') {
      if (char === '"' && source[at - 1] !== '\\') quoted = !quoted;
      result += char;
      continue;
    }
    const [whole, line, next] = /^\^(?:([^\S\n]*\n)|([\s\S]?))/.exec(source.slice(at, at + 80)) ?? [''];
    if (
      quoted &&
      (line ?? '') === '' &&
      !/[&%"{}$|<>\\!^()#@[\]]/.test(next ?? '') &&
      result.at(-1) !== '%'
    ) {
      result += '^';
      continue;
    }
    if (quoted) guess('A “^” before a special character was read as the escape of the Windows prompt.');
    if (line !== undefined) {
      if (line.replace('\r', '') !== '\n')
        guess('A “^” with spaces after it was read as one at the end of its line.');
    } else if (!quoted && !quotedByCaret && /[&|<>()]/.test(next ?? '')) result += `"${next ?? ''}"`;
    else {
      if (next === '"' && !quoted && !result.endsWith('\\')) quotedByCaret = !quotedByCaret;
      result += next ?? '';
    }
    at += whole.length - 1;
  }
  return result;
}
