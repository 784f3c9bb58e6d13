/**
 * Regular expressions that users write, for `# @expect … matches` and the filters of the results view. The time that RE2
 * takes is proportional to the text, whatever the expression; a backtracking engine can’t be stopped once it has begun.
 * The price: no look-arounds and no back-references.
 */
import { RE2JS, RE2JSSyntaxException } from 're2js';

export type RegularExpression =
  | {
      readonly ok: true;
      /** Returns whether the expression matches anywhere in the text. */
      readonly test: (text: string) => boolean;
    }
  /** `problem` is a sentence that quotes the engine’s words. */
  | { readonly ok: false; readonly problem: string };

/** Compiles a pattern; JavaScript’s spellings (`\u0041`, `[^]`) are read as well. Never throws. */
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

/** Characters that a backslash may precede. Without this check, the translation would take an unknown letter literally. */
const ESCAPES =
  /\\(?:u(?:[\da-fA-F]{4}|\{[\da-fA-F]+\})|c[a-zA-Z]|[dwsbpDWSBPnrtfvxAzQE0]|[^a-zA-Z\d])|(?<unknown>\\(?:[a-zA-Z\d]|$))/g;

const unknownEscape = (pattern: string): string | undefined =>
  [...pattern.matchAll(ESCAPES)].find(({ groups }) => groups?.['unknown'] !== undefined)?.[0];

/** Constructs that are correct in other engines, so that their spelling is not what is wrong. */
const UNAVAILABLE = /\(\?<?[=!]|\\[1-9]|\\k</;

const wordsOf = (error: unknown): string =>
  error instanceof RE2JSSyntaxException
    ? `${error.getDescription()}${error.getPattern() ? `: “${error.getPattern()}”` : ''}`
    : 'it is too long or too deeply nested';

const problemOf = (pattern: string, words: string): string =>
  UNAVAILABLE.test(pattern)
    ? `Look-arounds and back-references are not available, because they can take forever (${words}).`
    : `This is not a regular expression (${words}). Write \\ before a special character to match the character itself; for plain text write contains.`;
