/** `apq convert` without `--as`: what other tools wrote becomes requests, as *Import* of the editor makes them. */
import { writeWhole } from '#core/files/output-file';
import { readQueryFile } from '#core/running/query-file';
import { importText } from '#core/sharing/import/import-text';
import { withoutHidden } from '#core/text/mask';
import { Exit, usage } from './exit';
import { inform, print, tell } from './terminal';

/** `output`: undefined for standard output. Returns the exit status. */
export async function convertToRequests(
  path: string,
  content: string,
  output: string | undefined,
): Promise<number> {
  refuseRequests(path, content);
  const imported = importText(content);
  if (!imported.ok) throw new Exit(1, `${path} can’t be converted. ${imported.message}`);
  const converted = withoutHidden(imported.text);
  if (output === undefined) await print(converted);
  else {
    await writeWhole(output, converted);
    inform(`Requests written to ${output}.`);
  }
  for (const note of imported.notes) tell(note);
  return imported.missing === 0 ? 0 : 1;
}

/** Requests of the file would be left out. One that was made for a pasted command only is converted. */
function refuseRequests(path: string, content: string): void {
  if (
    /\.apq$/i.test(path) &&
    readQueryFile(path, content).requests.some(({ block }) => block.tree.request?.isCommand !== true)
  )
    throw usage(
      `${path} holds requests already. To make programs of them, name a language with --as; to convert a command in it, save that in a file of its own.`,
    );
}
