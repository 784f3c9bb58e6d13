/** `apq format`: tidies files in place, or lists those that are not tidy. */
import { stat } from 'node:fs/promises';
import { writeWhole } from '#core/files/output-file';
import { applyEdits, LanguageService } from '#language';
import { usage } from '../exit';
import { command } from '../frame/command';
import { flag } from '../frame/option';
import { type Input, Inputs, STDIN_FILEPATH } from '../inputs';
import { print, tell } from '../terminal';

export const format = command({
  name: 'format',
  summary: 'Tidy files in place',
  operands: { name: 'PATHS…', least: 1, most: Infinity },
  options: { check: flag('Change nothing; fail when a file is not tidy'), stdinFilepath: STDIN_FILEPATH },
  examples: [
    ['format courses.apq', 'Writes the tidy text back. What is sent stays the same.'],
    ['format --check courses.apq people.apq', 'For CI: names the files that are not tidy, and ends with 1.'],
  ],
  statuses: { 1: 'with --check: a file is not tidy' },
  environment: [],
  run: async (operands, { check, stdinFilepath }) =>
    formatFiles(await Inputs.find(operands, stdinFilepath), check),
});

async function formatFiles(inputs: Inputs, onlyCheck: boolean): Promise<number> {
  const service = new LanguageService();
  for (const input of inputs.list) await refuseDevice(input);
  let untidy = 0;
  for await (const { name, isStdin, text: before } of inputs.texts()) {
    const after = applyEdits(before, service.format(service.parse(before)));
    if (isStdin && !onlyCheck) await print(after);
    if (after === before) continue;
    untidy++;
    if (onlyCheck) tell(`${name} is not tidy.`);
    else if (!isStdin) {
      await writeWhole(name, after);
      tell(`${name} tidied.`);
    }
  }
  if (inputs.incomplete) return 2;
  return onlyCheck && untidy > 0 ? 1 : 0;
}

/** What is written back must be a file: of a pipe, the text would be lost. */
async function refuseDevice({ name, isStdin }: Input): Promise<void> {
  if (isStdin) return;
  const found = await stat(name).catch(() => undefined);
  if (found !== undefined && !found.isFile() && !found.isDirectory())
    throw usage(
      `${name} is not a file, so the tidy text can’t be written back to it. Write - to read standard input.`,
    );
}
