/** `apq`: run, check, format, metadata and doctor from a terminal. Results go to standard output, the rest to standard error. */
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { OutputFileError } from '#core/files/file-error';
import { removeUnfinished } from '#core/files/unfinished';
import { COMMAND_LINE_FORMATS } from '#core/results/formats';
import { ownValue } from '#core/text/names';
import { CONCURRENCY, MAX_CONCURRENCY } from '#language';
import { version } from '#package.json';
import { check } from './check';
import { doctor } from './doctor';
import { Exit, usage } from './exit';
import { format } from './format';
import { endOfHangUp, watchSignals } from './interruption';
import { metadata } from './metadata';
import { alternatives, type Options } from './options';
import { run } from './run';
import { print, tell } from './terminal';

interface Command {
  readonly usage: string;
  /** Option, value (undefined for a switch), meaning. */
  readonly options: readonly (readonly [name: string, value: string | undefined, meaning: string])[];
  readonly run: (files: readonly string[], options: Options) => Promise<number>;
}

const one = (files: readonly string[]): string => {
  const [file, another] = files;
  if (file === undefined) throw usage('Name the file: apq run FILE.');
  if (another !== undefined) throw usage(`apq run takes one file. What is “${another}”?`);
  return file;
};
const some = (files: readonly string[], command: string): readonly string[] => {
  if (files.length === 0) throw usage(`Name one file or more: apq ${command} FILES….`);
  return files;
};
const none = (files: readonly string[], command: string): void => {
  if (files.length > 0)
    throw usage(`apq ${command} takes no file. What is “${files[0] ?? ''}”? Write --output FILE.`);
};

const KEY = ['--api-key-stdin', undefined, 'Read the API key from standard input'] as const;
const ROOT = [
  '--root',
  'URL',
  'The platform’s root: https://NAME.accessplanit.com/accessplan (or set APQ_ROOT)',
] as const;

const METADATA = [
  '--metadata',
  'FILE',
  'The metadata to check names against (or APQ_METADATA, or an apq.json)',
] as const;

const [DEFAULT_FORMAT, ...OTHER_FORMATS] = COMMAND_LINE_FORMATS;
const FORMAT_WORDS = `${alternatives([DEFAULT_FORMAT, ...OTHER_FORMATS])} (default: as the name of --output says, else ${DEFAULT_FORMAT})`;

const COMMANDS: Readonly<Record<string, Command>> = {
  run: {
    usage: 'run FILE',
    options: [
      ['--request', 'WHICH', 'Title, name, index (from 0) or all (default: the first)'],
      ROOT,
      ['--pages', 'N', 'How many pages to fetch, or all'],
      [
        '--concurrency',
        'N',
        `How many pages to ask for at a time (default: ${CONCURRENCY}, at most ${MAX_CONCURRENCY})`,
      ],
      ['--format', 'FORMAT', FORMAT_WORDS],
      [
        '--no-formula-guard',
        undefined,
        'Leave cells of a CSV unchanged that a spreadsheet would run as a formula',
      ],
      ['--null', 'TEXT', 'What stands for null in a CSV (default: nothing)'],
      ['--lists', 'json', 'Write lists in a CSV as JSON (default: their elements, joined by “; ”)'],
      ['--output', 'FILE', 'Write the results to a file, whole or not at all (-: standard output)'],
      ['--resume', undefined, 'When interrupted, keep what has arrived, and continue from there next time'],
      ['--resume-within', 'TIME', 'How old what has arrived may be, such as 30m, 6h or 2d (default: 1d)'],
      ['--var', 'NAME=VALUE', 'Give a variable of the file a value; may be repeated'],
      [
        '--connection',
        'NAME=URL',
        'Which platform a # @connection of the file is, or an address in it; may be repeated',
      ],
      METADATA,
      ['--report', 'junit=FILE', 'Write a JUnit XML report of the expectations to a file'],
      ['--yes', undefined, 'Really send POST, PUT and DELETE'],
      ['--dry-run', undefined, 'Show what would be sent'],
      KEY,
    ],
    run: async (files, options) => run(one(files), options),
  },
  check: {
    usage: 'check FILES…',
    options: [METADATA, ['--format', 'FORMAT', 'text (default) or json']],
    run: async (files, options) => check(some(files, 'check'), options),
  },
  format: {
    usage: 'format FILES…',
    options: [['--check', undefined, 'Change nothing; fail when a file is not tidy']],
    run: async (files, options) => format(some(files, 'format'), options),
  },
  metadata: {
    usage: 'metadata',
    options: [
      ROOT,
      ['--output', 'FILE', 'Write the metadata to a file'],
      ['--modules', 'A,B', 'Only the fields of these modules'],
      KEY,
    ],
    run: async (files, options) => {
      none(files, 'metadata');
      return metadata(options);
    },
  },
  doctor: {
    usage: 'doctor',
    options: [
      ROOT,
      ['--format', 'FORMAT', 'text (default) or json'],
      ['--output', 'FILE', 'Keep the answers in a metadata file, where the other commands use them'],
      ['--yes', undefined, 'Don’t ask before'],
      KEY,
    ],
    run: async (files, options) => {
      none(files, 'doctor');
      return doctor(options);
    },
  },
};

const COMMAND_NAMES = alternatives(Object.keys(COMMANDS));

function help(): string {
  const lines = Object.values(COMMANDS).flatMap((command) => [
    '',
    `apq ${command.usage}`,
    ...command.options.map(
      ([name, value, meaning]) =>
        `  ${`${name}${value === undefined ? '' : ` ${value}`}`.padEnd(22)} ${meaning}`,
    ),
  ]);
  return `apq ${version}: queries for the accessplanit API\n${lines.join('\n')}\n\nCredentials: APQ_API_KEY, or APQ_USERNAME and APQ_PASSWORD, or --api-key-stdin.\n`;
}

async function main(argv: readonly string[]): Promise<number> {
  const [name, ...rest] = argv;
  if (argv.includes('--help') || argv.includes('-h') || name === 'help') {
    await print(help());
    return 0;
  }
  // With anything beside it, `-v` may be meant as something else, and nothing would run.
  if (argv.length === 1 && (name === '--version' || name === '-v')) {
    await print(`apq ${version}\n`);
    return 0;
  }
  const command = name === undefined ? undefined : ownValue(COMMANDS, name);
  if (command === undefined) {
    throw usage(
      name === undefined
        ? `Name a command: ${COMMAND_NAMES}. See apq --help.`
        : `There is no command “${name}”. Use ${COMMAND_NAMES}.`,
    );
  }
  return command.run(...readArguments(command, rest));
}

function readArguments(
  command: Command,
  argv: readonly string[],
): [files: readonly string[], options: Options] {
  const config: NonNullable<ParseArgsConfig['options']> = Object.fromEntries(
    command.options.map(([option, value]) => [
      option.slice(2),
      value === undefined ? { type: 'boolean' as const } : { type: 'string' as const, multiple: true },
    ]),
  );
  try {
    const { values, positionals } = parseArgs({
      args: [...argv],
      options: config,
      allowPositionals: true,
      strict: true,
    });
    return [positionals, values];
  } catch (error) {
    const known = command.options.map(([option]) => option).join(', ');
    throw usage(
      `${error instanceof Error ? (error.message.split('. ')[0] ?? '') : String(error)}. The options of apq ${command.usage} are ${known}.`,
    );
  }
}

process.on('exit', removeUnfinished);
watchSignals();

// A reader that closed the pipe (`| head`) has all it wanted.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

void main(process.argv.slice(2))
  .then(
    (code) => (process.exitCode = code),
    (error: unknown) => {
      if (error instanceof Exit || error instanceof OutputFileError) tell(error.message);
      else
        tell(
          `Something went wrong in apq: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
        );
      process.exitCode =
        error instanceof Exit ? error.code : error instanceof OutputFileError && error.refused ? 2 : 1;
    },
  )
  .finally(endOfHangUp);
