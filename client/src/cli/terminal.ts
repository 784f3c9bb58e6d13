/** All writing to standard error and standard output, so that no foreign text steers a terminal. */
import { codeOf, unwritable } from '#core/files/file-error';
import { harmlessSentence, visible } from '#core/text/foreign-text';
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
 * The words of a platform or of another program must be `harmless` already.
 */
export const tell = (text: Text): void =>
  void process.stderr.write(`${painted(eachPart(text, harmlessSentence), process.stderr)}\n`);

/** Tells what is good to know. */
export function inform(text: Text): void {
  if (volume !== 'quiet') tell(typeof text === 'string' ? [{ look: 'aside', text }] : text);
}

/** Writes a line for people to standard output: a diagnostic, help. */
export const printLine = async (text: Text): Promise<void> =>
  print([...eachPart(text, harmlessSentence), { text: '\n' }]);

/** Why standard output takes nothing any more: its reader has all it wanted (`| head`), or it failed. */
let lost: 'unread' | 'failed' | undefined;

/** True where nobody gets what is printed from now on: what is fetched for that alone need not be fetched. */
export const isOutputLost = (): boolean => lost !== undefined;

/** Takes a failure to write to standard output. */
export function loseOutput(error: unknown): void {
  if (lost !== undefined) return;
  lost = codeOf(error) === 'EPIPE' ? 'unread' : 'failed';
  if (lost === 'failed') tell(unwritable('Standard output', error).message);
}

/** Returns the exit status of a command that ended with this one: results that could not be written are a failure. */
export const withOutput = (status: number): number => (status === 0 && lost === 'failed' ? 1 : status);

/**
 * Writes a result to standard output: unchanged where another program reads it, with controls shown on a terminal.
 * Waits for a slow reader. Where standard output is lost, it is dropped, and what else is due goes on: a change that
 * follows, a file, a report, the exit status.
 */
export async function print(text: Text): Promise<void> {
  if (lost !== undefined) return;
  const out = painted(process.stdout.isTTY ? eachPart(text, visible) : text, process.stdout);
  await new Promise<void>((resolve, reject) => {
    process.stdout.write(out, (error) => (error ? reject(error) : resolve()));
  }).catch(loseOutput);
}
