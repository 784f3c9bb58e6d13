/** Metadata that a file needs: what is missing for its requests, and what they contradict. */
import { connectionOf, modelOf } from '../analysis/request-model';
import type { Platforms } from '../catalog/platforms';
import type { DiagnosticCode } from '../syntax/codes';
import type { Chunk, SourceFile } from '../syntax/source-file';
import type { Steps } from '../text/steps';
import type { FileDiagnostics } from './diagnose';

export interface WantedMetadata {
  readonly root: string;
  /** The module whose fields are wanted; undefined: the list of modules. */
  readonly module: string | undefined;
  /** The metadata exists, but the file contradicts it: perhaps it is old. */
  readonly doubted: boolean;
}

/** Diagnostics that newer metadata may cure. */
export const METADATA_DOUBTS: ReadonlySet<DiagnosticCode> = new Set([
  'unknown-module',
  'unknown-field',
  'unknown-body-field',
]);

/** Each platform and module once: first what is doubted, then what is missing. */
export function* wantedMetadata(
  file: SourceFile,
  platforms: Platforms,
  diagnostics: readonly FileDiagnostics[],
): Steps<WantedMetadata[]> {
  const found = new Map<string, WantedMetadata>();
  const add = (wanted: WantedMetadata) => found.set(`${wanted.root} ${wanted.module ?? ''}`, wanted);
  for (const { block, diagnostics: own } of diagnostics) {
    if (!own.some(({ code }) => METADATA_DOUBTS.has(code))) continue;
    const { catalog, module } = modelOf(block.tree, platforms);
    if (catalog !== undefined) add({ root: catalog.root, module: module?.name, doubted: true });
  }
  for (const chunk of file.chunks) {
    for (const wanted of missingIn(chunk, platforms)) add(wanted);
    yield;
  }
  return [...found.values()];
}

const missing = new WeakMap<
  Chunk,
  { readonly platforms: Platforms; readonly wanted: readonly WantedMetadata[] }
>();

/** What is missing for a chunk's requests; kept while neither the chunk nor the platforms change. */
function missingIn(chunk: Chunk, platforms: Platforms): readonly WantedMetadata[] {
  const known = missing.get(chunk);
  if (known?.platforms === platforms) return known.wanted;
  const wanted = chunk.trees.flatMap((tree): WantedMetadata[] => {
    if (tree.request === undefined) return [];
    const { catalog, module, endpoint } = modelOf(tree, platforms);
    if (catalog === undefined) {
      const root = platforms.connection(connectionOf(tree) ?? '')?.root;
      return root === undefined ? [] : [{ root, module: undefined, doubted: false }];
    }
    return endpoint === 'data' && module !== undefined && module.fields === undefined
      ? [{ root: catalog.root, module: module.name, doubted: false }]
      : [];
  });
  missing.set(chunk, { platforms, wanted });
  return wanted;
}
