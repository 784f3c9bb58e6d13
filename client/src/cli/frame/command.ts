/** A command of `apq`: one definition, from which come its help, its page, its completion and the check of its usage. */
import { COLOR, setColor } from '../color';
import type { Status } from '../exit';
import type { Variable } from './environment';
import type { Option } from './option';

/** Options by their names in code: `dryRun` is written `--dry-run`. */
export type Options = Readonly<Record<string, Option<unknown>>>;

/** What a command gets for its options. */
export type ValuesOf<O extends Options> = {
  readonly [Name in keyof O]: O[Name] extends Option<infer T> ? T : never;
};

/** A command line, without `apq `, and what it does. */
type Example = readonly [line: string, meaning: string];

/** What stands behind the command, beside options. */
interface Operands {
  /** As the help names it: `FILE`, `PATHS…`. */
  readonly name: string;
  readonly least: number;
  readonly most: number;
  /** Words that it can be, for the completion of shells; undefined: files. */
  readonly choices?: readonly string[];
}

interface Definition<O extends Options> {
  readonly name: string;
  /** What it does, as a sentence without a full stop: `Run the requests of a file`. */
  readonly summary: string;
  /** What else the help says of it, in paragraphs. */
  readonly details?: readonly string[];
  /** Undefined for a command that takes no operand. */
  readonly operands?: Operands;
  readonly options: O;
  readonly examples: readonly [Example, Example, ...Example[]];
  /** What its statuses mean, where the table of all has only the general word for it. */
  readonly statuses: Readonly<Partial<Record<Status, string>>>;
  /** Variables of the environment that it heeds. */
  readonly environment: readonly Variable[];
  /** Returns the exit status. Throws an `Exit` for what it tells in a sentence. */
  readonly run: (operands: readonly string[], options: ValuesOf<O>) => Promise<number>;
}

/** A command as the frame sees it. */
export interface Command extends Omit<Definition<Options>, 'run'> {
  /** Reads the options as written, by their names in code, then runs. */
  readonly start: (
    operands: readonly string[],
    written: ReadonlyMap<string, readonly string[]>,
  ) => Promise<number>;
}

/** Makes a command of its definition. */
export const command = <O extends Options>({ run, ...definition }: Definition<O>): Command => ({
  ...definition,
  options: { ...definition.options, color: COLOR },
  environment: [...definition.environment, 'NO_COLOR', 'FORCE_COLOR'],
  start: async (operands, written) => {
    setColor(valuesOf({ color: COLOR }, written).color);
    return run(operands, valuesOf(definition.options, written));
  },
});

/** Reads the values of options. Throws an `Exit` for one that can't be read. */
export function valuesOf<O extends Options>(
  options: O,
  written: ReadonlyMap<string, readonly string[]>,
): ValuesOf<O> {
  const values = Object.entries(options).map(([name, option]) => [
    name,
    option.read(written.get(name) ?? [], longName(name)),
  ]);
  // Each value is what the option of its name read, which the compiler can't follow through the list.
  return Object.fromEntries(values) as ValuesOf<O>;
}

/** `dryRun` → `--dry-run`. */
export const longName = (name: string): string =>
  `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;
