/** All writing to standard error and standard output, so that no foreign text steers a terminal. */
import { harmless, visible } from '#core/text/foreign-text';
import { hide } from '#core/text/mask';

const { APQ_API_KEY: key = '', APQ_PASSWORD: password = '' } = process.env;
for (const secret of [key, password]) hide(secret);

/** Writes a message to standard error, on lines of its own; masks secrets, and shows controls. */
export const tell = (text: string): void => void process.stderr.write(`${harmless(text)}\n`);

/** Writes a line for people to standard output: a diagnostic, help. */
export const printLine = async (text: string): Promise<void> => print(`${harmless(text)}\n`);

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
