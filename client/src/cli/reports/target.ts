/** Where a report goes. */
import { OutputFile } from '#core/files/output-file';
import { print, tell } from '../terminal';

type Target = Pick<OutputFile, 'write' | 'keep' | 'discard'>;

/** A file; without a path, standard output, or standard error where standard output has something else to hold. */
export async function openTarget(path: string | undefined, toStandardError: boolean): Promise<Target> {
  if (path !== undefined) return OutputFile.create(path);
  const nothing = async () => Promise.resolve();
  const write = toStandardError ? tellLines : print;
  return { write, keep: nothing, discard: nothing };
}

async function tellLines(text: string): Promise<void> {
  if (text !== '') tell(text.trimEnd());
  return Promise.resolve();
}
