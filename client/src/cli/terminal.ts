/** The only way to standard error and standard output, so that no foreign text steers a terminal. */
import { harmless, visible } from '#core/text/foreign-text';

/** A message on standard error, on lines of its own; secrets are masked, controls are shown. */
export const tell = (text: string): void => void process.stderr.write(`${harmless(text)}\n`);

/** A line for people on standard output: a diagnostic, help. */
export const printLine = async (text: string): Promise<void> => print(`${harmless(text)}\n`);

/**
 * A result on standard output: to the byte where another program reads it, with controls shown on a terminal. Waits
 * for a slow reader; one that went away (`| head`) is no failure.
 */
export async function print(out: string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    process.stdout.write(process.stdout.isTTY ? visible(out) : out, (error) =>
      error && !('code' in error && error.code === 'EPIPE') ? reject(error) : resolve(),
    );
  });
}
