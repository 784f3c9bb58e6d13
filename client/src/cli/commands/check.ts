/** `apq check`: diagnostics of files. */
import { parseRoot } from '#core/connections/root';
import { applyEdits, LineIndex, type MadeFix } from '#language';
import { checkSql } from '../check-sql';
import type { Text } from '../color';
import { diagnosticLine } from '../diagnostic-line';
import { usage } from '../exit';
import { findingsOf } from '../findings';
import { command, type ValuesOf } from '../frame/command';
import { choice, flag, parsed } from '../frame/option';
import { count } from '../frame/words';
import { Inputs, STDIN_FILEPATH } from '../inputs';
import { MetadataSource } from '../metadata-source';
import { formatFor, METADATA, output, pathOf } from '../options';
import { ENDINGS, formatOf, newReport, REPORT_FORMATS } from '../reports/all';
import type { CheckedFile } from '../reports/report';
import { openTarget } from '../reports/target';
import { inform, setVolume, tell } from '../terminal';

const OPTIONS = {
  metadata: METADATA,
  fix: flag('Apply the fixes that are sure, as the editor’s Fix All does, and report what remains'),
  strict: flag('Names that can’t be checked are errors'),
  maxWarnings: parsed('N', 'Fail when there are more than N warnings', {
    parse: (written) => (/^\d{1,9}$/.test(written) ? Number(written) : undefined),
    must: 'a whole number, 0 or more',
  }),
  quiet: flag('Report errors only', { letter: 'q' }),
  format: choice(REPORT_FORMATS, 'text (default), json, github, sarif or junit', { letter: 'f' }),
  output: output('Write the report to FILE; its ending (.json, .sarif, .xml) decides about the format'),
  stdinFilepath: STDIN_FILEPATH,
};

export const check = command({
  name: 'check',
  summary: 'Check files, as the editor does while you type',
  details: [
    'Names of modules and fields are checked where there are metadata; without any, the last line says that they were not.',
    'With --fix, a line on standard error names each fix: file:line:column: fixed code: title.',
    'With --fix, the fixed text of standard input (-) goes to standard output, and what remains to standard error.',
  ],
  operands: { name: 'PATHS…', least: 1, most: Infinity },
  options: OPTIONS,
  examples: [
    ['check courses.apq', 'Prints each finding as file:line:column: severity code: message.'],
    [
      'check queries --metadata acme.json',
      'Also checks the names of modules and fields, in all files of a folder.',
    ],
    [
      'check queries --strict --max-warnings 0 -f github',
      'For CI: shows findings beside the lines of a pull request.',
    ],
    ['check "queries/**/*.apq" --fix', 'Writes the fixes that are sure into the files.'],
  ],
  statuses: {
    1: 'a file has errors, or more warnings than --max-warnings allows',
    2: 'wrong usage, or a file that can’t be read: the others are checked all the same',
  },
  environment: ['APQ_METADATA', 'APQ_ROOT', 'GITHUB_WORKSPACE'],
  run: async (operands, options) => checkFiles(operands, options),
});

type CheckOptions = ValuesOf<typeof OPTIONS>;

/** What was done and found, in numbers. */
interface Counts {
  files: number;
  fixed: number;
  errors: number;
  warnings: number;
  /** Files without metadata. */
  unchecked: number;
}

async function checkFiles(operands: readonly string[], options: CheckOptions): Promise<number> {
  setVolume({ quiet: options.quiet, verbose: false });
  const path = pathOf(options.output);
  const inputs = await Inputs.find(operands, options.stdinFilepath);
  if (path !== undefined && (await inputs.include(path)))
    throw usage(`--output would write over ${path}, which is checked. Name another file.`);
  const named = formatOf(path ?? '');
  const format = formatFor(options.format, path ?? '', { named, usual: 'text', endings: ENDINGS });
  const fixesStdin = options.fix && inputs.readStdin;
  if (fixesStdin && path === undefined && format !== 'text')
    throw usage(
      `With --fix, the fixed text of standard input goes to standard output. Write the report to a file: --output FILE.`,
    );
  if (options.fix) await inputs.refuseDevices();
  const report = newReport(format);
  const target = await openTarget(path, fixesStdin);
  try {
    await target.write(report.begin);
    const counts = await checkEach(inputs, options, async (file) => target.write(report.file(file)));
    await target.write(report.end(inputs.problems));
    await target.keep();
    return outcome(counts, inputs, options);
  } catch (error) {
    await target.discard();
    throw error;
  }
}

async function checkEach(
  inputs: Inputs,
  { metadata, fix, strict, quiet }: CheckOptions,
  take: (checked: CheckedFile) => Promise<void>,
): Promise<Counts> {
  const counts: Counts = { files: 0, fixed: 0, errors: 0, warnings: 0, unchecked: 0 };
  const source = new MetadataSource(metadata);
  const root = rootOf(process.env['APQ_ROOT']);
  for await (const input of inputs.texts()) {
    counts.files++;
    const known = await source.of(input.name, root);
    const { language, checksNames } = known;
    let { text } = input;
    if (fix) {
      const { edits, made } = language.sureFixes(language.parse(text));
      const fixed = applyEdits(text, edits);
      if (await inputs.writeBack(input, fixed)) {
        if (fixed !== text) counts.fixed++;
        for (const line of fixedLines(input.name, made)) inform(line);
        text = fixed;
      }
    }
    if (!checksNames) counts.unchecked++;
    const document = language.parse(text);
    await checkSql(language, document);
    const found = findingsOf(document, known, strict);
    const errors = found.filter(({ severity }) => severity === 'error');
    counts.errors += errors.length;
    counts.warnings += found.filter(({ severity }) => severity === 'warning').length;
    await take({ name: input.name, lines: new LineIndex(text), findings: quiet ? errors : found });
  }
  return counts;
}

/** `courses.apq:3:11: fixed unknown-field: …`, in the form of a diagnostic. */
function fixedLines(name: string, made: readonly MadeFix[]): Text[] {
  const lines = new Map<string, LineIndex>();
  return made.map(({ text, offset, code, title }) => {
    const index = lines.get(text) ?? new LineIndex(text);
    lines.set(text, index);
    return diagnosticLine(name, index, { offset, severity: 'fixed', code, message: title });
  });
}

/** Tells the outcome, and returns the exit status. */
function outcome(
  counts: Counts,
  { incomplete }: Inputs,
  { maxWarnings = Infinity, strict }: CheckOptions,
): number {
  const { files, errors, warnings } = counts;
  if (files > 0) inform(summaryOf(counts, strict));
  const tooMany = warnings > maxWarnings;
  if (tooMany) tell(`${count(warnings, 'warning')}: --max-warnings allows ${maxWarnings}.`);
  if (incomplete) return 2;
  return errors > 0 || tooMany ? 1 : 0;
}

function summaryOf({ files, fixed, errors, warnings, unchecked }: Counts, strict: boolean): string {
  const warned = warnings === 0 ? '' : `, ${count(warnings, 'warning')}`;
  const found =
    errors === 0
      ? `${count(files, 'file')} without errors${warned}.`
      : `${count(errors, 'error')}${warned} in ${count(files, 'file')}.`;
  return [
    ...(fixed === 0 ? [] : [`${count(fixed, 'file')} fixed.`]),
    found,
    // With `--strict`, each is an error already.
    ...(unchecked === 0 || strict ? [] : [describeUnchecked(unchecked, files)]),
  ].join(' ');
}

/** The platform that is meant, where there is one: only to compare that of the metadata with it. */
function rootOf(written: string | undefined): string | undefined {
  const parsed = parseRoot(written ?? '');
  return parsed.ok ? parsed.root : undefined;
}

const describeUnchecked = (unchecked: number, files: number): string =>
  `Names of modules and fields were not checked${unchecked === files ? '' : ` in ${unchecked} of them`}: no metadata. Fetch them with apq metadata --output FILE, then name the file with --metadata, APQ_METADATA or an apq.json.`;
