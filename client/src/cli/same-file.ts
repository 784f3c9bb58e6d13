/** Keeps a run from writing over the file that it reads, and two outputs from going to one file. */
import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';
import { usage } from './exit';

/** Throws where two of the files are the same. `query` is read; the others are written, the report where there is one. */
export async function refuseSameFile(
  query: string,
  outputs: readonly string[],
  report: string | undefined,
): Promise<void> {
  const whole = async (path: string) => realpath(path).catch(() => resolve(path));
  const read = await whole(query);
  const reported = report === undefined ? undefined : await whole(report);
  for (const output of outputs) {
    const written = await whole(output);
    if (written === read)
      throw usage(`--output would write over ${query}, which it reads. Name another file.`);
    if (written === reported) throw usage(`--output and --report both name ${output}. Name two files.`);
  }
  if (reported === read)
    throw usage(`--report would write over ${query}, which it reads. Name another file.`);
}
