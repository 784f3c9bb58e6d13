/** Options as parsed from the command line: texts (in lists, as each may be repeated) and switches. */
import { ownValue } from '#core/text/names';
import { ownName } from '#core/text/names';
import { usage } from './exit';

export type Options = Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;

const listOf = (options: Options, name: string): readonly (string | boolean)[] => {
  const value = ownValue(options, name);
  return Array.isArray(value) ? value : value === undefined ? [] : [value];
};

/** Returns the value; undefined when the option is absent. */
export function text(
  options: Options,
  name: string,
  { mayBeEmpty = false }: { readonly mayBeEmpty?: boolean } = {},
): string | undefined {
  const [value, another] = listOf(options, name);
  if (value === undefined) return undefined;
  if (another !== undefined) throw usage(`Give --${name} once.`);
  if (typeof value !== 'string' || (value === '' && !mayBeEmpty)) throw usage(`Give --${name} a value.`);
  return value;
}

/** Returns the path of `--output`; undefined for standard output, which `-` is, too. */
export function outputOf(options: Options): string | undefined {
  const output = text(options, 'output');
  return output === '-' ? undefined : output;
}

export const isOn = (options: Options, name: string): boolean => listOf(options, name).includes(true);

/** Returns the value; the first of `allowed` when the option is absent. */
export function oneOf<T extends string>(options: Options, name: string, allowed: readonly [T, ...T[]]): T {
  const value = text(options, name);
  if (value === undefined) return allowed[0];
  const found = allowed.find((each) => each === value);
  if (found === undefined) throw usage(`--${name} must be one of ${allowed.join(', ')}, not “${value}”.`);
  return found;
}

/** `csv, json or ndjson`. */
export const alternatives = (words: readonly string[]): string =>
  [words.slice(0, -1).join(', '), ...words.slice(-1)].filter((part) => part !== '').join(' or ');

/** Returns the values of an option `name=value`, which may be repeated. */
export function pairs(options: Options, name: string): Map<string, string> {
  return new Map(
    listOf(options, name).map((each) => {
      const match = /^([^=]+)=([\s\S]*)$/.exec(String(each));
      if (match === null) throw usage(`Write --${name} name=value.`);
      return [ownName(match[1] ?? ''), match[2] ?? ''];
    }),
  );
}
