/** Options of commands: how each is written, what it means, and how its value is read. */
import { ownName } from '#core/text/names';
import { usage } from '../exit';
import { alternatives } from './words';

/** An option whose value the command gets as a `T`. */
export interface Option<T> {
  /** `o` for `-o`. */
  readonly letter?: string;
  /** What stands behind it in the help, such as `FILE`; undefined for a switch. */
  readonly value?: string;
  /** In the help, and in the page of `docs/`. */
  readonly meaning: string;
  /** All values that it takes, where they can be listed: for the completion of shells. */
  readonly choices?: readonly string[];
  readonly repeated?: boolean;
  /** Reads what was written, in order (empty: the option is absent). Throws an `Exit` that names the option as `name`. */
  readonly read: (written: readonly string[], name: string) => T;
}

type Look = Pick<Option<unknown>, 'letter'>;

/** True when it is given. */
export const flag = (meaning: string, look: Look = {}): Option<boolean> => ({
  ...look,
  meaning,
  read: (written) => written.length > 0,
});

/** Returns the one value; undefined when the option is absent. */
function single(written: readonly string[], name: string, mayBeEmpty = false): string | undefined {
  const [value, another] = written;
  if (another !== undefined) throw usage(`Give ${name} once.`);
  if (value === '' && !mayBeEmpty) throw usage(`Give ${name} a value.`);
  return value;
}

/** A text; undefined when it is absent. */
export const text = (
  value: string,
  meaning: string,
  { mayBeEmpty = false, ...look }: Look & { readonly mayBeEmpty?: boolean } = {},
): Option<string | undefined> => ({
  ...look,
  value,
  meaning,
  read: (written, name) => single(written, name, mayBeEmpty),
});

/** Texts, one for each time that the option is written. */
export const texts = (value: string, meaning: string): Option<readonly string[]> => ({
  value,
  meaning,
  repeated: true,
  read: (written, name) => {
    if (written.includes('')) throw usage(`Give ${name} a value.`);
    return written;
  },
});

/** Anything that `parse` makes of the text; undefined when it is absent. `must`: what a value is that it can't be made of. */
export const parsed = <T>(
  value: string,
  meaning: string,
  { parse, must, ...look }: Look & { readonly parse: (text: string) => T | undefined; readonly must: string },
): Option<T | undefined> => ({
  ...look,
  value,
  meaning,
  read: (written, name) => {
    const given = single(written, name);
    if (given === undefined) return undefined;
    const found = parse(given);
    if (found === undefined) throw usage(`${name} must be ${must}.`);
    return found;
  },
});

/** One of some words; undefined when it is absent. */
export const choice = <const T extends string>(
  choices: readonly T[],
  meaning: string,
  { value = 'FORMAT', ...look }: Look & { readonly value?: string } = {},
): Option<T | undefined> => ({
  ...look,
  value,
  meaning: choices.every((each) => meaning.includes(each)) ? meaning : `${meaning}: ${alternatives(choices)}`,
  choices,
  read: (written, name) => {
    const given = single(written, name);
    const found = choices.find((each) => each === given);
    if (given !== undefined && found === undefined)
      throw usage(`${name} must be ${alternatives(choices)}, not “${given}”.`);
    return found;
  },
});

/** Values by name, each written as `name=value`. */
export const pairs = (value: string, meaning: string): Option<ReadonlyMap<string, string>> => ({
  value,
  meaning,
  repeated: true,
  read: (written, name) =>
    new Map(
      written.map((each) => {
        const at = each.indexOf('=');
        if (at < 1) throw usage(`Write ${name} ${value}.`);
        return [ownName(each.slice(0, at)), each.slice(at + 1)];
      }),
    ),
});
