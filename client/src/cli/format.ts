/** `apq format`: tidies files in place, or lists those that are not tidy. */
import { OutputFile } from '#core/files/output-file';
import { applyEdits, LanguageService } from '#language';
import { readText } from './files';
import { isOn, type Options } from './options';
import { tell } from './terminal';

export async function format(files: readonly string[], options: Options): Promise<number> {
  const service = new LanguageService();
  const onlyCheck = isOn(options, 'check');
  let untidy = 0;
  for (const path of files) {
    const before = await readText(path);
    const after = applyEdits(before, service.format(service.parse(before)));
    if (after === before) continue;
    untidy++;
    tell(onlyCheck ? `${path} is not tidy.` : `${path} tidied.`);
    if (onlyCheck) continue;
    const file = await OutputFile.create(path);
    await file.write(after);
    await file.keep();
  }
  return onlyCheck && untidy > 0 ? 1 : 0;
}
