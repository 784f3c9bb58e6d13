/** Metadata that a file needs: what its requests use and nobody knows, and what they contradict. */
import { connectionOf, modelOf } from '../analysis/request-model';
import type { Platforms } from '../catalog/platforms';
import type { DiagnosticCode } from '../syntax/codes';
import type { SourceFile } from '../syntax/source-file';
import type { FileDiagnostics } from './diagnose';

export interface WantedMetadata {
  readonly root: string;
  /** Whose fields; undefined: the list of modules. */
  readonly module: string | undefined;
  /** Something is known, but the file says otherwise: perhaps it is old. */
  readonly doubted: boolean;
}

const DOUBTS: ReadonlySet<DiagnosticCode> = new Set([
  'unknown-module',
  'unknown-field',
  'unknown-body-field',
]);

/** Each once, in the order of the file. */
export function wantedMetadata(
  file: SourceFile,
  platforms: Platforms,
  diagnostics: readonly FileDiagnostics[],
): WantedMetadata[] {
  const found = new Map<string, WantedMetadata>();
  const add = (wanted: WantedMetadata) => found.set(`${wanted.root} ${wanted.module ?? ''}`, wanted);
  for (const { block, diagnostics: own } of diagnostics) {
    if (!own.some(({ code }) => DOUBTS.has(code))) continue;
    const { catalog, module } = modelOf(block.tree, platforms);
    if (catalog !== undefined) add({ root: catalog.root, module: module?.name, doubted: true });
  }
  for (const { tree } of file.blocks) {
    if (tree.request === undefined) continue;
    const { catalog, module, endpoint } = modelOf(tree, platforms);
    if (catalog === undefined) {
      const root = platforms.connection(connectionOf(tree) ?? '')?.root;
      if (root !== undefined) add({ root, module: undefined, doubted: false });
    } else if (endpoint === 'data' && module !== undefined && module.fields === undefined)
      add({ root: catalog.root, module: module.name, doubted: false });
  }
  return [...found.values()];
}
