/** `apq format`: tidies files, names those that are not tidy, or shows what would change. */
import { applyEdits, LanguageService } from '#language';
import { command, type ValuesOf } from '../frame/command';
import { flag } from '../frame/option';
import { count } from '../frame/words';
import { Inputs, STDIN_FILEPATH } from '../inputs';
import { inform, print, setVolume, tell } from '../terminal';
import { unifiedDiff } from '../unified-diff';

const OPTIONS = {
  check: flag('Change nothing; name the files that are not tidy, and fail when there are any'),
  diff: flag('Change nothing; show what would change as a unified diff, and fail when anything would'),
  quiet: flag('Only tell what is wrong', { letter: 'q' }),
  stdinFilepath: STDIN_FILEPATH,
};

export const format = command({
  name: 'format',
  summary: 'Tidy files in place',
  details: ['What is sent stays the same. The tidy text of standard input (-) goes to standard output.'],
  operands: { name: 'PATHS…', least: 1, most: Infinity },
  options: OPTIONS,
  examples: [
    ['format queries', 'Writes the tidy text back, in all files of a folder.'],
    ['format --check "queries/**/*.apq"', 'For CI: names the files that are not tidy, and ends with 1.'],
    ['format --diff courses.apq', 'Shows what would change.'],
    ['format - < courses.apq', 'Prints the tidy text, for an editor or a hook.'],
  ],
  statuses: {
    1: 'with --check or --diff: a file is not tidy',
    2: 'wrong usage, or a file that can’t be read or written: the others are tidied all the same',
  },
  environment: [],
  run: async (operands, options) => formatFiles(operands, options),
});

async function formatFiles(
  operands: readonly string[],
  { check, diff, quiet, stdinFilepath }: ValuesOf<typeof OPTIONS>,
): Promise<number> {
  setVolume({ quiet, verbose: false });
  const inputs = await Inputs.find(operands, stdinFilepath);
  const writes = !check && !diff;
  if (writes) await inputs.refuseDevices();
  const service = new LanguageService();
  let [untidy, tidy] = [0, 0];
  for await (const input of inputs.texts()) {
    const { name, isStdin, text } = input;
    const edits = service.format(service.parse(text));
    const after = applyEdits(text, edits);
    if (writes && (!(await inputs.writeBack(input, after)) || isStdin)) continue;
    if (after === text) tidy++;
    else {
      untidy++;
      if (diff) await print(unifiedDiff(name, text, edits));
      if (check) tell(`${name} is not tidy.`);
      if (writes) inform(`${name} tidied.`);
    }
  }
  if (untidy + tidy > 0) inform(writes ? done(untidy, tidy) : found(untidy, tidy));
  if (inputs.incomplete) return 2;
  return !writes && untidy > 0 ? 1 : 0;
}

const done = (tidied: number, unchanged: number): string =>
  `${count(tidied, 'file')} tidied, ${unchanged} unchanged.`;

const found = (untidy: number, tidy: number): string =>
  untidy === 0
    ? `${count(tidy, 'file')}, all tidy.`
    : `${untidy} of ${count(untidy + tidy, 'file')} not tidy.`;
