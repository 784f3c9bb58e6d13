/**
 * Regular expressions that users write, for `# @expect … matches` and the filters of the results view. RE2 takes time in
 * proportion to the text, whatever the expression; a backtracking engine can’t be stopped once it has begun. The price:
 * no look-arounds and no back-references.
 */
import { RE2JS, RE2JSSyntaxException } from 're2js';

export type RegularExpression =
  | {
      readonly ok: true;
      /** Whether it is found anywhere in the text. */
      readonly test: (text: string) => boolean;
    }
  /** What is wrong with it: a sentence that quotes the engine’s words. */
  | { readonly ok: false; readonly problem: string };

/** Reads JavaScript’s spelling, too (`\u0041`, `[^]`). Never throws. */
export function regularExpression(
  pattern: string,
  { ignoreCase = false }: { readonly ignoreCase?: boolean } = {},
): RegularExpression {
  const escape = unknownEscape(pattern);
  if (escape !== undefined)
    return { ok: false, problem: problemOf(pattern, `invalid escape sequence: “${escape}”`) };
  try {
    const flags = ignoreCase ? RE2JS.CASE_INSENSITIVE : 0;
    const compiled = RE2JS.compile(RE2JS.translateRegExp(pattern), flags);
    return { ok: true, test: (text) => compiled.test(text) };
  } catch (error) {
    return { ok: false, problem: problemOf(pattern, wordsOf(error)) };
  }
}

/** What a backslash may stand before; a letter that means nothing there the translation would take for itself. */
const ESCAPES =
  /\\(?:u(?:[\da-fA-F]{4}|\{[\da-fA-F]+\})|c[a-zA-Z]|[dwsbpDWSBPnrtfvxAzQE0]|[^a-zA-Z\d])|(?<unknown>\\(?:[a-zA-Z\d]|$))/g;

const unknownEscape = (pattern: string): string | undefined =>
  [...pattern.matchAll(ESCAPES)].find(({ groups }) => groups?.['unknown'] !== undefined)?.[0];

/** Correct in other engines: what is wrong with it is not its spelling. */
const UNAVAILABLE = /\(\?<?[=!]|\\[1-9]|\\k</;

const wordsOf = (error: unknown): string =>
  error instanceof RE2JSSyntaxException
    ? `${error.getDescription()}${error.getPattern() ? `: “${error.getPattern()}”` : ''}`
    : 'it is too long or too deeply nested';

const problemOf = (pattern: string, words: string): string =>
  UNAVAILABLE.test(pattern)
    ? `Look-arounds and back-references are not available, because they can take forever (${words}).`
    : `This is not a regular expression (${words}). Write \\ before a special character to match the character itself; for plain text write contains.`;
