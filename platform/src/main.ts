/**
 * The command line of the sample platform:
 *
 *     platform [--port N] [--records N] [--seed N] [--latency MS] [--changes FILE]
 *              [--quirks NAME,NAME]
 *
 * Prints one line of JSON when it is ready and runs until it is stopped. What is written to its records ends with it,
 * unless a file is named that keeps the changes. The API key is random, unless it is set by the
 * environment variable APQ_PLATFORM_KEY. Exit status: 0 stopped, 1 could not start, 2 wrong arguments.
 */
import { startPlatform } from './platform';
import { QUIRK_NAMES, type Quirks, readQuirks } from './quirks';

const USAGE =
  'Usage: platform [--port N] [--records N] [--seed N] [--latency MS] [--changes FILE] [--quirks NAME,NAME]';

/** The lowest and highest value of each option that takes a number. */
const NUMBERS: ReadonlyMap<string, readonly [number, number]> = new Map([
  ['port', [0, 65_535]],
  ['records', [1, 100_000]],
  ['seed', [0, 4_294_967_295]],
  ['latency', [0, 60_000]],
]);

/** The option that takes the name of a file. */
const CHANGES = 'changes';

/** The option that takes a list of quirks. */
const QUIRKS = 'quirks';

/** One sentence on what is wrong with the command line. */
class UsageError extends Error {}

/** `--name value` or `--name=value`. */
function readArguments(args: readonly string[]): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? '';
    const match = /^--([a-z]+)(?:=(.*))?$/s.exec(arg);
    const name = match?.[1] ?? '';
    if (name !== CHANGES && name !== QUIRKS && !NUMBERS.has(name))
      throw new UsageError(`Unknown argument '${arg}'.`);
    if (values.has(name)) throw new UsageError(`The argument --${name} is repeated.`);
    values.set(name, match?.[2] ?? args[++i] ?? '');
  }
  if (values.get(CHANGES) === '') throw new UsageError(`--${CHANGES} takes the name of a file.`);
  return values;
}

function readNumber(values: ReadonlyMap<string, string>, name: string): number | undefined {
  const text = values.get(name);
  const [low, high] = NUMBERS.get(name) ?? [0, 0];
  if (text === undefined) return undefined;
  const value = /^\d{1,10}$/.test(text) ? Number(text) : NaN;
  if (value >= low && value <= high) return value;
  const given = text === '' ? 'nothing' : `'${text}'`;
  throw new UsageError(`--${name} takes a whole number from ${low} to ${high}, not ${given}.`);
}

function readQuirksOption(values: ReadonlyMap<string, string>): Quirks | undefined {
  const text = values.get(QUIRKS);
  if (text === undefined) return undefined;
  const { quirks, unknown } = readQuirks(text);
  if (unknown === undefined) return quirks;
  const given = unknown === '' ? 'nothing' : `'${unknown}'`;
  throw new UsageError(`--${QUIRKS} takes a list of ${QUIRK_NAMES.join(', ')}; not ${given}.`);
}

/** The key travels in a header: printable ASCII without spaces. */
function readKey(key: string | undefined): string | undefined {
  if (key === undefined || key === '') return undefined;
  // The value is a secret, so it is not repeated.
  if (!/^[\x21-\x7e]{8,200}$/.test(key)) {
    throw new UsageError('APQ_PLATFORM_KEY takes 8 to 200 printable ASCII characters without spaces.');
  }
  return key;
}

async function main(args: readonly string[]): Promise<void> {
  if (args.includes('--help')) {
    process.stdout.write(`${USAGE}\n`);
    return;
  }
  const values = readArguments(args);
  const platform = await startPlatform({
    port: readNumber(values, 'port'),
    records: readNumber(values, 'records'),
    seed: readNumber(values, 'seed'),
    latency: readNumber(values, 'latency'),
    changes: values.get(CHANGES),
    quirks: readQuirksOption(values),
    apiKey: readKey(process.env['APQ_PLATFORM_KEY']),
  });
  const stop = (): void => {
    void platform.close().then(() => process.exit(0));
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  // When forked with a channel, it ends with its parent.
  process.on('disconnect', stop);
  // The program runs on when its reader goes away after the first line.
  process.stdout.on('error', () => undefined);
  const { root, apiKey, username, password } = platform;
  process.stdout.write(`${JSON.stringify({ root, apiKey, username, password })}\n`);
}

main(process.argv.slice(2)).catch((error: unknown) => {
  const text = error instanceof Error ? error.message : String(error);
  process.stderr.write(`${text}\n`);
  process.exit(error instanceof UsageError ? 2 : 1);
});
