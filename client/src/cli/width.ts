/** How wide lines for people may be. */
import { PIPE_WIDTH } from '#core/results/text-table';

/** Of standard output: that of the terminal, else COLUMNS, else what a pipe gets. */
export function outputWidth(): number {
  if (process.stdout.isTTY && process.stdout.columns > 0) return process.stdout.columns;
  const { COLUMNS: written = '' } = process.env;
  return /^[1-9]\d{0,4}$/.test(written) ? Number(written) : PIPE_WIDTH;
}
