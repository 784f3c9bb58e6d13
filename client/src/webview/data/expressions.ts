/** Regular expressions from a user: nobody can stop the engine once it has begun, so what may never end is refused. */

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
  const repeats = repeatsIn(pattern);
  if (repeats === undefined)
    return {
      ok: false,
      problem:
        'This can take forever: don’t repeat a group that repeats something itself, or has alternatives.',
    };
  const most = LOOKED_AT[repeats];
  if (most === undefined)
    return { ok: false, problem: 'This repeats too much to be quick. Make it simpler.' };
  return { ok: true, test: (text) => expression.test(text.slice(0, most)) };
}

/** How often something is repeated without a limit; undefined when that could happen within what is repeated itself. */
function repeatsIn(pattern: string): number | undefined {
  let count = 0;
  /** Of each open group: whether something in it repeats, or has alternatives. */
  const groups: boolean[] = [];
  for (let at = 0; at < pattern.length; at++) {
    const char = pattern[at];
    if (char === '\\') at++;
    else if (char === '[')
      while (at < pattern.length && pattern[at] !== ']') at += pattern[at] === '\\' ? 2 : 1;
    else if (char === '(') groups.push(false);
    else if (char === '|') mark(groups);
    else if (char === ')') {
      const uncertain = groups.pop() === true;
      if (uncertain && /^[*+{]/.test(pattern.slice(at + 1))) return undefined;
      if (uncertain) mark(groups);
    } else if (char === '?' && at > 0 && !/[(*+?}]/.test(pattern[at - 1] ?? '')) mark(groups);
    else if (char === '*' || char === '+' || (char === '{' && /^\{\d*,/.test(pattern.slice(at)))) {
      count++;
      mark(groups);
    }
  }
  return count;
}

function mark(groups: boolean[]): void {
  if (groups.length > 0) groups[groups.length - 1] = true;
}
