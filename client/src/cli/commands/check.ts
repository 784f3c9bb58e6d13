/** `apq check`: diagnostics of files. */
import { parseRoot } from '#core/connections/root';
import { harmlessJson } from '#core/text/foreign-text';
import { type Diagnostic, LineIndex } from '#language';
import { diagnosticLine } from '../diagnostic-line';
import { command } from '../frame/command';
import { choice } from '../frame/option';
import { Inputs, STDIN_FILEPATH } from '../inputs';
import { MetadataSource } from '../metadata-source';
import { METADATA } from '../options';
import { print, printLine, tell } from '../terminal';

interface Found {
  readonly file: string;
  readonly lines: LineIndex;
  readonly diagnostic: Diagnostic;
}

export const check = command({
  name: 'check',
  summary: 'Check files, as the editor does while you type',
  details: [
    'Names of modules and fields are checked where there are metadata; without any, the last line says that they were not.',
  ],
  operands: { name: 'PATHS…', least: 1, most: Infinity },
  options: {
    metadata: METADATA,
    stdinFilepath: STDIN_FILEPATH,
    format: choice(['text', 'json'], 'text (default) or json', { letter: 'f' }),
  },
  examples: [
    ['check courses.apq', 'Prints each finding as file:line:column: severity code: message.'],
    ['check courses.apq people.apq --metadata acme.json', 'Also checks the names of modules and fields.'],
  ],
  statuses: {
    1: 'a file has errors',
    2: 'wrong usage, or a file that can’t be read: the others are checked all the same',
  },
  environment: ['APQ_METADATA', 'APQ_ROOT'],
  run: async (operands, { metadata, stdinFilepath, format = 'text' }) =>
    checkFiles(await Inputs.find(operands, stdinFilepath), metadata, format),
});

async function checkFiles(
  inputs: Inputs,
  metadata: string | undefined,
  format: 'text' | 'json',
): Promise<number> {
  const source = new MetadataSource(metadata);
  const root = rootOf(process.env['APQ_ROOT']);
  const found: Found[] = [];
  let [files, unchecked] = [0, 0];
  for await (const { name: file, text: content } of inputs.texts()) {
    files++;
    const lines = new LineIndex(content);
    const { language, checksNames } = await source.of(file, root);
    if (!checksNames) unchecked++;
    for (const diagnostic of language.diagnose(language.parse(content)))
      // Said once, at the end.
      if (checksNames || diagnostic.code !== 'no-metadata') found.push({ file, lines, diagnostic });
  }
  if (format === 'json') await print(`${harmlessJson(found.map(asJson))}\n`);
  else
    for (const { file, lines, diagnostic } of found) await printLine(diagnosticLine(file, lines, diagnostic));
  const errors = found.filter(({ diagnostic }) => diagnostic.severity === 'error').length;
  const summary =
    errors === 0
      ? `${count(files, 'file')} without errors.`
      : `${count(errors, 'error')} in ${count(files, 'file')}.`;
  tell(unchecked === 0 ? summary : `${summary} ${describeUnchecked(unchecked, files)}`);
  if (inputs.incomplete) return 2;
  return errors === 0 ? 0 : 1;
}

/** The platform that is meant, where there is one: only to compare that of the metadata with it. */
function rootOf(written: string | undefined): string | undefined {
  const parsed = parseRoot(written ?? '');
  return parsed.ok ? parsed.root : undefined;
}

const asJson = ({ file, lines, diagnostic: { code, severity, message, offset, length } }: Found) => ({
  file,
  code,
  severity,
  message,
  range: { start: lines.positionAt(offset), end: lines.positionAt(offset + length) },
});

const count = (number: number, word: string) => `${number} ${word}${number === 1 ? '' : 's'}`;

const describeUnchecked = (unchecked: number, files: number): string =>
  `Names of modules and fields were not checked${unchecked === files ? '' : ` in ${unchecked} of them`}: no metadata. Fetch them with apq metadata --output FILE, then name the file with --metadata, APQ_METADATA or an apq.json.`;
