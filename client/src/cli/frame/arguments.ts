/** Reads the words behind a command: which are options, and which operands. */
import { parseArgs } from 'node:util';
import { usage } from '../exit';
import { type Command, longName } from './command';
import { near } from './near';

/** The words of a command line, sorted. */
export interface Arguments {
  readonly operands: readonly string[];
  /** By the name in code, in the order in which they stand; a switch has an empty text for each time. */
  readonly written: ReadonlyMap<string, readonly string[]>;
}

/** Throws an `Exit` for wrong usage, with the words that were probably meant. */
export function readArguments(command: Command, words: readonly string[]): Arguments {
  const options = new Map(
    Object.entries(command.options).map(([name, option]) => [longName(name).slice(2), { name, option }]),
  );
  const { tokens } = parseArgs({
    args: [...words],
    options: Object.fromEntries(
      [...options].map(([long, { option }]) => [
        long,
        {
          type: option.value === undefined ? ('boolean' as const) : ('string' as const),
          ...(option.letter === undefined ? {} : { short: option.letter }),
        },
      ]),
    ),
    strict: false,
    tokens: true,
  });
  const operands: string[] = [];
  const written = new Map<string, string[]>();
  for (const token of tokens) {
    if (token.kind === 'positional') operands.push(token.value);
    if (token.kind !== 'option') continue;
    const known = options.get(token.name);
    if (known === undefined) throw unknown(command, token.rawName, options.keys(), words[token.index] ?? '');
    const isSwitch = known.option.value === undefined;
    if (isSwitch && token.value !== undefined) throw usage(`${token.rawName} takes no value.`);
    if (!isSwitch && (token.value === undefined || (!token.inlineValue && /^-./.test(token.value))))
      throw usage(
        `Give ${token.rawName} a value: ${token.rawName} ${known.option.value ?? ''}.${token.value === undefined ? '' : ` One that begins with a hyphen is written --${token.name}=${token.value}.`}`,
      );
    const values = written.get(known.name) ?? [];
    written.set(known.name, values);
    values.push(token.value ?? '');
  }
  checkOperands(command, operands);
  return { operands, written };
}

/** `word`: in which it stands, which may be the name of a file. */
const unknown = ({ name }: Command, written: string, options: Iterable<string>, word: string) =>
  usage(
    `apq ${name} has no option ${written}.${near(
      written,
      [...options].map((each) => `--${each}`),
    )}${/\.\w+$/.test(word) ? ` If ${word} is a file, write ./${word}.` : ''} See apq ${name} --help.`,
  );

function checkOperands({ name, operands, options }: Command, given: readonly string[]): void {
  const { name: word, least, most } = operands ?? { name: '', least: 0, most: 0 };
  if (given.length < least)
    throw usage(`Name ${least === most ? 'the' : 'at least one'} ${noun(word)}: apq ${name} ${word}.`);
  const extra = given[most];
  if (extra === undefined) return;
  const takes = most === 0 ? 'no file' : `one ${noun(word)}`;
  throw usage(
    `apq ${name} takes ${takes}. What is “${extra}”?${most === 0 && 'output' in options ? ' Write --output FILE.' : ''}`,
  );
}

/** `FILES…` → `file`. */
const noun = (word: string): string => word.replace(/\|.*$/, '').replace(/S?…$/, '').toLowerCase();
