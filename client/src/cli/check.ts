/** `apq check`: diagnostics of files. */
import { type Diagnostic, LanguageService, LineIndex } from '#language';
import { readMetadataFile, readText } from './files';
import { oneOf, type Options, text } from './options';
import { print, printLine, tell } from './terminal';

export async function check(files: readonly string[], options: Options): Promise<number> {
  const format = oneOf(options, 'format', ['text', 'json']);
  const path = text(options, 'metadata');
  const service = new LanguageService();
  if (path !== undefined) service.setMetadata(await readMetadataFile(path));
  const found: { file: string; lines: LineIndex; diagnostic: Diagnostic }[] = [];
  for (const file of files) {
    const content = await readText(file);
    const lines = new LineIndex(content);
    for (const diagnostic of service.diagnose(service.parse(content)))
      found.push({ file, lines, diagnostic });
  }
  if (format === 'json') {
    const list = found.map(({ file, lines, diagnostic }) => ({
      file,
      code: diagnostic.code,
      severity: diagnostic.severity,
      message: diagnostic.message,
      range: {
        start: lines.positionAt(diagnostic.offset),
        end: lines.positionAt(diagnostic.offset + diagnostic.length),
      },
    }));
    await print(`${JSON.stringify(list, undefined, 2)}\n`);
  } else {
    for (const { file, lines, diagnostic } of found) {
      const { line, character } = lines.positionAt(diagnostic.offset);
      await printLine(
        `${file}:${line + 1}:${character + 1}: ${diagnostic.severity} ${diagnostic.code}: ${diagnostic.message}`,
      );
    }
  }
  const errors = found.filter(({ diagnostic }) => diagnostic.severity === 'error').length;
  const count = (number: number, word: string) => `${number} ${word}${number === 1 ? '' : 's'}`;
  tell(
    errors === 0
      ? `${count(files.length, 'file')} without errors.`
      : `${count(errors, 'error')} in ${count(files.length, 'file')}.`,
  );
  return errors === 0 ? 0 : 1;
}
