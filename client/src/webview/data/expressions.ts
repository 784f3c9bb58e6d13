/** Regular expressions from a user: nobody can stop the engine once it has begun, so what may never end is refused. */

import { isEndless } from './endless';

/** An expression looks at so much of a text; at less, the more often it repeats something without a limit. */
const LOOKED_AT: readonly number[] = [2000, 2000, 2000, 400, 150, 80, 50];

export type Expression =
  | { readonly ok: true; readonly test: (text: string) => boolean }
  /** Why it can't be used, in a sentence. */
  | { readonly ok: false; readonly problem: string };

export function expressionOf(pattern: string): Expression {
  let expression: RegExp;
  try {
    expression = new RegExp(pattern, 'iu');
  } catch (error) {
    return { ok: false, problem: error instanceof Error ? error.message : 'This is no regular expression.' };
  }
  if (isEndless(pattern))
    return {
      ok: false,
      problem:
        'This can take forever: don’t repeat a group in which something is repeated, optional or a choice.',
    };
  const most = LOOKED_AT[repeatsIn(pattern)];
  if (most === undefined)
    return { ok: false, problem: 'This repeats too much to be quick. Make it simpler.' };
  return { ok: true, test: (text) => expression.test(text.slice(0, most)) };
}

/** How often something is repeated without a limit. */
function repeatsIn(pattern: string): number {
  let count = 0;
  for (let at = 0; at < pattern.length; at++) {
    const char = pattern[at];
    if (char === '\\') at++;
    else if (char === '[')
      while (at < pattern.length && pattern[at] !== ']') at += pattern[at] === '\\' ? 2 : 1;
    else if (char === '*' || char === '+' || (char === '{' && /^\{\d*,\}/.test(pattern.slice(at)))) count++;
  }
  return count;
}
