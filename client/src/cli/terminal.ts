/** All writing to standard error and standard output, so that no foreign text steers a terminal. */
import { harmless, visible } from '#core/text/foreign-text';

/** The credentials of the environment, and those that `hide` adds: no message shows them. */
const secrets = [process.env['APQ_API_KEY'], process.env['APQ_PASSWORD']].filter(
  (each) => each !== undefined,
);

/** Keeps a secret out of messages, however it got into an address. */
export const hide = (secret: string): void => void secrets.push(secret);

/** Writes a message to standard error, on lines of its own; masks secrets, and shows controls. */
export const tell = (text: string): void => void process.stderr.write(`${harmless(text, secrets)}\n`);

/** Writes a line for people to standard output: a diagnostic, help. */
export const printLine = async (text: string): Promise<void> => print(`${harmless(text, secrets)}\n`);

/**
 * Writes a result to standard output: unchanged where another program reads it, with controls shown on a terminal.
 * Waits for a slow reader; one that closed the pipe (`| head`) is not a failure.
 */
export async function print(out: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    process.stdout.write(process.stdout.isTTY ? visible(out) : out, (error) =>
      error && !('code' in error && error.code === 'EPIPE') ? reject(error) : resolve(),
    );
  });
}
