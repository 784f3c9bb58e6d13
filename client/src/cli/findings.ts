/** What `apq check` reports of a file. */
import type { ApqDocument, Diagnostic, LanguageService } from '#language';
import type { FileLanguage } from './metadata-source';

/**
 * In the order of the file. With `strict`, that names can't be checked is an error, wherever it is so; otherwise a file
 * without metadata says nothing of it, as it is said once for all files.
 */
export function findingsOf(
  document: ApqDocument,
  { language, checksNames }: FileLanguage,
  strict: boolean,
): Diagnostic[] {
  const found = language.diagnose(document);
  if (!strict) return checksNames ? found : found.filter(({ code }) => code !== 'no-metadata');
  return [
    ...found.map((each): Diagnostic => (each.code === 'no-metadata' ? { ...each, severity: 'error' } : each)),
    ...variableModules(document, language),
  ].sort((a, b) => a.offset - b.offset);
}

/** Which fields there are is known only when such a request runs. */
const variableModules = (document: ApqDocument, language: LanguageService): Diagnostic[] =>
  language
    .requests(document)
    .filter(({ module }) => module.includes('{{'))
    .map(({ module, line }) => ({
      ...line,
      code: 'no-metadata',
      severity: 'error',
      message: `The module is ${module}, so its fields can’t be checked before it runs. Name the module, or check without --strict.`,
      fixes: [],
    }));
