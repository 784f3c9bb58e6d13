/** Regular expressions that try more and more ways with each character: nobody can stop the engine once it has begun. */

interface Group {
  /** Something in it, at any depth, is repeated or optional. */
  varies: boolean;
  /** What each of its alternatives begins with; undefined for what is no plain character. */
  begins: (string | undefined)[];
  /** Nothing of the current alternative has been read yet. */
  fresh: boolean;
}

const group = (): Group => ({ varies: false, begins: [], fresh: true });

/**
 * True when a group is repeated within which there is more than one way to read a text: `(a+)+`, `((a+))+`, `(aa?)*`,
 * `(a|a)*`. Alternatives that begin with different characters leave no choice. `pattern` is a valid expression.
 */
export function isEndless(pattern: string): boolean {
  const open: Group[] = [group()];
  for (let at = 0; at < pattern.length; at++) {
    const here = open.at(-1) ?? group();
    const char = pattern[at] ?? '';
    if (char === '(') {
      begin(here, undefined);
      // `?:`, `?=`, `?<name>` are none of its text.
      const mark = /^\?(?:[:=!]|<[=!]|<[^>]*>)/.exec(pattern.slice(at + 1));
      at += mark?.[0].length ?? 0;
      open.push(group());
    } else if (char === ')') {
      const closed = open.pop() ?? group();
      begin(closed, undefined);
      const outer = open.at(-1) ?? group();
      const choice = closed.begins.length > 1 && !areDifferent(closed.begins);
      if (REPEATS.test(pattern.slice(at + 1)) && (closed.varies || choice)) return true;
      // A choice that is not repeated here may be, further out.
      outer.varies ||= closed.varies || choice;
    } else if (char === '|') {
      begin(here, undefined);
      here.fresh = true;
    } else if (VARIES.test(pattern.slice(at, at + 20))) here.varies = true;
    else if (char === '[') {
      begin(here, undefined);
      while (at < pattern.length && pattern[at] !== ']') at += pattern[at] === '\\' ? 2 : 1;
    } else if (char === '\\') {
      at++;
      begin(here, /[^a-z0-9]/i.test(pattern[at] ?? '') ? pattern[at] : undefined);
    } else begin(here, char === '.' ? undefined : char.toLowerCase());
  }
  return false;
}

/** More than once. */
const REPEATS = /^(?:[*+]|\{(?!1\}))/;
const VARIES = /^(?:[*+?]|\{\d*,)/;

function begin(here: Group, char: string | undefined): void {
  if (here.fresh) here.begins.push(char);
  here.fresh = false;
}

const areDifferent = (begins: readonly (string | undefined)[]): boolean =>
  !begins.includes(undefined) && new Set(begins).size === begins.length;
