/** `apq format`: tidies files in place, or lists those that are not tidy. */
import { stat } from 'node:fs/promises';
import { writeWhole } from '#core/files/output-file';
import { applyEdits, LanguageService } from '#language';
import { usage } from './exit';
import { readText } from './files';
import { isOn, type Options } from './options';
import { tell } from './terminal';

export async function format(files: readonly string[], options: Options): Promise<number> {
  const service = new LanguageService();
  const onlyCheck = isOn(options, 'check');
  let untidy = 0;
  for (const path of files) {
    const before = await readText(await fileAt(path));
    const after = applyEdits(before, service.format(service.parse(before)));
    if (after === before) continue;
    untidy++;
    if (!onlyCheck) await writeWhole(path, after);
    tell(onlyCheck ? `${path} is not tidy.` : `${path} tidied.`);
  }
  return onlyCheck && untidy > 0 ? 1 : 0;
}

/** What is written back must be a file: of a pipe, the text would be lost. */
async function fileAt(path: string): Promise<string> {
  const found = await stat(path).catch(() => undefined);
  if (found !== undefined && !found.isFile() && !found.isDirectory())
    throw usage(`${path} is not a file, so the tidy text can’t be written back to it. Save the text first.`);
  return path;
}
