/** Splits command lines into words: POSIX shells, Windows command prompt, PowerShell. Expands nothing. */

/** A piece of a command line; `text` belongs to a word, even when it is empty. */
type Piece =
  { readonly kind: 'text'; readonly text: string } | { readonly kind: 'space' | 'end' | 'nothing' };
type Rule = readonly [pattern: RegExp, read: (inner: string) => Piece];

const text = (value: string): Piece => ({ kind: 'text', text: value });
const space: Rule = [/[ \t\r\f\v]+/y, () => ({ kind: 'space' })];
const nothing = (): Piece => ({ kind: 'nothing' });
const end = (): Piece => ({ kind: 'end' });
/** Takes what no other rule takes. */
const plain: Rule = [/([\s\S])/y, text];

const NAMED: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  b: '\b',
  f: '\f',
  v: '\v',
  e: '\x1b',
};

/** `$'…'`, which browsers write for texts with line breaks. */
const ansi = (inner: string): string =>
  inner.replace(
    /\\(?:u([0-9a-f]{1,4})|U([0-9a-f]{1,8})|x([0-9a-f]{1,2})|([\s\S]))/gi,
    (_, four?: string, eight?: string, two?: string, char: string = '') => {
      const code = four ?? eight ?? two;
      if (code === undefined) return NAMED[char] ?? char;
      const point = parseInt(code, 16);
      return point > 0x10ffff ? '\ufffd' : String.fromCodePoint(point);
    },
  );

const POSIX: readonly Rule[] = [
  [/\\\r?\n/y, nothing],
  [/'([^']*)(?:'|$)/y, text],
  [/\$'([^'\\]*(?:\\[\s\S][^'\\]*)*)(?:'|$)/y, (inner) => text(ansi(inner))],
  [
    /\$?"([^"\\]*(?:\\[\s\S][^"\\]*)*)(?:"|$)/y,
    (inner) => text(inner.replace(/\\\r?\n/g, '').replace(/\\([\\"$`])/g, '$1')),
  ],
  [/\\([\s\S]?)/y, text],
  [/[\n;&|()]+/y, end],
  space,
  plain,
];

const WINDOWS: readonly Rule[] = [
  [
    /"([^"\\]*(?:(?:\\[\s\S]|"")[^"\\]*)*)(?:"|$)/y,
    (inner) => text(inner.replace(/\\([\\"])/g, '$1').replaceAll('""', '"')),
  ],
  [/[\n&|]+/y, end],
  space,
  plain,
];

const POWERSHELL: readonly Rule[] = [
  [/`\r?\n/y, nothing],
  [/'([^']*(?:''[^']*)*)(?:'|$)/y, (inner) => text(inner.replaceAll("''", "'"))],
  [
    /"([^"`]*(?:(?:`[\s\S]|"")[^"`]*)*)(?:"|$)/y,
    (inner) =>
      text(
        inner
          .replaceAll('""', '"')
          .replace(/`\r?\n/g, '')
          .replace(/`([\s\S])/g, (_, char: string) => ({ n: '\n', r: '\r', t: '\t' })[char] ?? char),
      ),
  ],
  [/`([\s\S]?)/y, text],
  [/[\n;|]+/y, end],
  space,
  plain,
];

/** Returns the words of each command in the text. Never throws; a quote that is not closed ends with the text. */
export function commandsIn(source: string): string[][] {
  if (/\^[ \t]*\r?\n|\^"/.test(source)) return read(withoutCarets(source), WINDOWS);
  return read(source, /`[ \t]*\r?\n|\bcurl\.exe\b/i.test(source) ? POWERSHELL : POSIX);
}

/** Browsers escape a whole command for `cmd`, others only the ends of its lines. */
const withoutCarets = (source: string): string =>
  source.includes('^"')
    ? source.replace(/\^(?:\r?\n|([\s\S]))/g, '$1')
    : source.replace(/\^[ \t]*\r?\n/g, '');

function read(source: string, rules: readonly Rule[]): string[][] {
  const commands: string[][] = [];
  let words: string[] = [];
  let word: string | undefined;
  const endWord = () => {
    if (word !== undefined) words.push(word);
    word = undefined;
  };
  for (let at = 0; at < source.length;) {
    if (source[at] === '#' && word === undefined) {
      // A comment, to the end of the line.
      const line = source.indexOf('\n', at);
      at = line < 0 ? source.length : line;
      continue;
    }
    const { piece, next } = pieceAt(source, at, rules);
    at = next;
    if (piece.kind === 'text') word = (word ?? '') + piece.text;
    else if (piece.kind === 'space') endWord();
    else if (piece.kind === 'end') {
      endWord();
      if (words.length > 0) commands.push(words);
      words = [];
    }
  }
  endWord();
  return words.length > 0 ? [...commands, words] : commands;
}

function pieceAt(source: string, at: number, rules: readonly Rule[]): { piece: Piece; next: number } {
  for (const [pattern, readPiece] of rules) {
    pattern.lastIndex = at;
    const match = pattern.exec(source);
    if (match !== null) return { piece: readPiece(match[1] ?? ''), next: at + Math.max(1, match[0].length) };
  }
  return { piece: nothing(), next: at + 1 };
}
