// Resolves an import as TypeScript does: relative, by a name of package.json's "imports", or to a package.
import { isBuiltin } from 'node:module';
import path from 'node:path';
import ts from 'typescript';
import { ROOT } from '../lib/paths';
import type { Target } from './layers';

const OPTIONS: ts.CompilerOptions = {
  module: ts.ModuleKind.Preserve,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  resolveJsonModule: true,
  allowJs: true,
};
const cache = ts.createModuleResolutionCache(ROOT, (name) => name, OPTIONS);

/** Returns a path relative to the project's root, with `/` on every system. */
export const fromRoot = (file: string) => path.relative(ROOT, file).split(path.sep).join('/');

/**
 * Returns what an import resolves to; undefined if it does not exist (the compiler reports that).
 * @param from absolute path of the importing file
 */
export function resolveImport(from: string, specifier: string): Target | undefined {
  if (isBuiltin(specifier)) return { kind: 'node', name: specifier.replace(/^node:/, '') };
  if (!/^[.#]/.test(specifier))
    return { kind: 'package', name: /^(@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier };
  const found = ts.resolveModuleName(specifier, from, OPTIONS, ts.sys, cache).resolvedModule;
  return found && { kind: 'file', path: fromRoot(found.resolvedFileName) };
}

/** Returns the names in all imports of a text, including types, dynamic imports and re-exports. */
export const importsOf = (text: string): string[] =>
  ts.preProcessFile(text, true, true).importedFiles.map(({ fileName }) => fileName);
