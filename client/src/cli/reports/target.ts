/** Where a report goes. */
import { OutputFile } from '#core/files/output-file';
import { plain, type Text } from '../color';
import { print, tell } from '../terminal';

interface Target extends Pick<OutputFile, 'keep' | 'discard'> {
  readonly write: (text: Text) => Promise<void>;
}

/** A file; without a path, standard output, or standard error where standard output has something else to hold. */
export async function openTarget(path: string | undefined, toStandardError: boolean): Promise<Target> {
  if (path !== undefined) {
    const file = await OutputFile.create(path);
    return {
      write: async (text) => file.write(plain(text)),
      keep: async () => file.keep(),
      discard: async () => file.discard(),
    };
  }
  const nothing = async () => Promise.resolve();
  const write = toStandardError ? tellLines : print;
  return { write, keep: nothing, discard: nothing };
}

async function tellLines(text: Text): Promise<void> {
  const lines = typeof text === 'string' ? text.trimEnd() : text.slice(0, -1);
  if (lines.length > 0) tell(lines);
  return Promise.resolve();
}
