/** All writing to standard error and standard output, so that no foreign text steers a terminal. */
import { harmless, visible } from '#core/text/foreign-text';
import { hide } from '#core/text/mask';
import { eachPart, painted, type Text } from './color';
import { usage } from './exit';

const { APQ_API_KEY: key = '', APQ_PASSWORD: password = '' } = process.env;
for (const secret of [key, password]) hide(secret);

/** How much is told beside results: only what is wrong, as much as a user needs, or also what is sent. */
export type Volume = 'quiet' | 'normal' | 'verbose';

let volume: Volume = 'normal';

/** How much is told. */
export const told = (): Volume => volume;

/** Takes `--quiet` and `--verbose`. Throws an `Exit` where both are given. */
export function setVolume({ quiet, verbose }: Readonly<Record<'quiet' | 'verbose', boolean>>): void {
  if (quiet && verbose) throw usage('--quiet and --verbose contradict each other: give one of them.');
  volume = 'normal';
  if (quiet) volume = 'quiet';
  if (verbose) volume = 'verbose';
}

/**
 * Tells what is wrong, or may be: a message to standard error, on lines of its own. Masks secrets, and shows controls.
 */
export const tell = (text: Text): void =>
  void process.stderr.write(`${painted(eachPart(text, harmless), process.stderr)}\n`);

/** Tells what is good to know. */
export function inform(text: Text): void {
  if (volume !== 'quiet') tell(typeof text === 'string' ? [{ look: 'aside', text }] : text);
}

/** Writes a line for people to standard output: a diagnostic, help. */
export const printLine = async (text: Text): Promise<void> =>
  print([...eachPart(text, harmless), { text: '\n' }]);

/**
 * Writes a result to standard output: unchanged where another program reads it, with controls shown on a terminal.
 * Waits for a slow reader; one that closed the pipe (`| head`) is not a failure.
 */
export async function print(text: Text): Promise<void> {
  const out = painted(process.stdout.isTTY ? eachPart(text, visible) : text, process.stdout);
  await new Promise<void>((resolve, reject) => {
    process.stdout.write(out, (error) =>
      error && !('code' in error && error.code === 'EPIPE') ? reject(error) : resolve(),
    );
  });
}
