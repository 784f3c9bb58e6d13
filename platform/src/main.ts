/**
 * The command line of the sample platform:
 *
 *     platform [--port N] [--records N] [--seed N] [--latency MS]
 *
 * Prints one line of JSON when it is ready and runs until it is stopped. The API key is random, unless it is set by the
 * environment variable APQ_PLATFORM_KEY. Exit status: 0 stopped, 1 could not start, 2 wrong arguments.
 */
import { startPlatform } from './platform';

const USAGE = 'Usage: platform [--port N] [--records N] [--seed N] [--latency MS]';

/** Each option's lowest and highest value. */
const OPTIONS: Readonly<Record<string, readonly [number, number]>> = {
  port: [0, 65_535],
  records: [1, 100_000],
  seed: [0, 4_294_967_295],
  latency: [0, 60_000],
};

/** One sentence on what is wrong with the command line. */
class UsageError extends Error {}

/** `--name value` or `--name=value`. */
function readArguments(args: readonly string[]): ReadonlyMap<string, number> {
  const values = new Map<string, number>();
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] ?? '';
    const match = /^--([a-z]+)(?:=(.*))?$/s.exec(arg);
    const name = match?.[1] ?? '';
    const range = Object.hasOwn(OPTIONS, name) ? OPTIONS[name] : undefined;
    if (!range) throw new UsageError(`Unknown argument '${arg}'.`);
    if (values.has(name)) throw new UsageError(`The argument --${name} is repeated.`);
    const text = match?.[2] ?? args[++i];
    const [low, high] = range;
    const value = text !== undefined && /^\d{1,10}$/.test(text) ? Number(text) : NaN;
    if (!(value >= low && value <= high)) {
      const given = text === undefined ? 'nothing' : `'${text}'`;
      throw new UsageError(`--${name} takes a whole number from ${low} to ${high}, not ${given}.`);
    }
    values.set(name, value);
  }
  return values;
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
    port: values.get('port'),
    records: values.get('records'),
    seed: values.get('seed'),
    latency: values.get('latency'),
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
