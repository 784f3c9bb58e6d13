/** `apq format`: tidies files in place, or lists those that are not tidy. */
import { stat } from 'node:fs/promises';
import { writeWhole } from '#core/files/output-file';
import { applyEdits, LanguageService } from '#language';
import { usage } from '../exit';
import { readText } from '../files';
import { command } from '../frame/command';
import { flag } from '../frame/option';
import { tell } from '../terminal';

export const format = command({
  name: 'format',
  summary: 'Tidy files in place',
  operands: { name: 'FILES…', least: 1, most: Infinity },
  options: { check: flag('Change nothing; fail when a file is not tidy') },
  examples: [
    ['format courses.apq', 'Writes the tidy text back. What is sent stays the same.'],
    ['format --check courses.apq people.apq', 'For CI: names the files that are not tidy, and ends with 1.'],
  ],
  statuses: { 1: 'with --check: a file is not tidy' },
  environment: [],
  run: async (files, { check }) => formatFiles(files, check),
});

async function formatFiles(files: readonly string[], onlyCheck: boolean): Promise<number> {
  const service = new LanguageService();
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
