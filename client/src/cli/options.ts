/** Options as they come from the command line: outside data. */
import { usage } from './exit';

export type Options = Readonly<Record<string, unknown>>;

/** One value, as text; undefined when the option is absent. A value that looks like a number came as one. */
export function text(options: Options, name: string): string | undefined {
  const value = options[name];
  if (value === undefined) return undefined;
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  throw usage(`Give --${name} one value.`);
}

export function oneOf<T extends string>(options: Options, name: string, allowed: readonly T[]): T {
  const value = text(options, name);
  const found = allowed.find((each) => each === value);
  if (found === undefined) throw usage(`--${name} is one of ${allowed.join(', ')}, not “${value ?? ''}”.`);
  return found;
}

/** `name=value` as often as it is given. */
export function pairs(options: Options, name: string): Map<string, string> {
  const value = options[name];
  const list: readonly unknown[] = value === undefined ? [] : Array.isArray(value) ? value : [value];
  return new Map(
    list.map((each) => {
      const match = /^([^=]+)=([\s\S]*)$/.exec(String(each));
      if (match === null) throw usage(`Write --${name} name=value.`);
      return [match[1] ?? '', match[2] ?? ''];
    }),
  );
}
