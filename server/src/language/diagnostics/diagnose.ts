/** All diagnostics of a block or a file: what the parser found, then each check. */
import type { EvaluationContext } from '../analysis/evaluate';
import { modelOf } from '../analysis/request-model';
import type { FileSymbols } from '../analysis/symbols';
import type { Catalog } from '../catalog/catalog';
import { CODES } from '../syntax/codes';
import type { BlockTree } from '../syntax/nodes';
import type { Block, SourceFile } from '../syntax/source-file';
import { checkAddress } from './addresses';
import { checkBody } from './bodies';
import { collector, type Check, type CheckContext, type Diagnostic } from './check';
import { checkClauses } from './clauses';
import { checkDirectives } from './directives';
import { checkOrder, checkSelect } from './field-lists';
import { checkFilters } from './filters';
import { checkId } from './ids';
import { checkFreshness } from './freshness';
import { checkModule } from './modules';
import { checkNames } from './names';
import { checkPaging } from './paging';
import { checkParentheses } from './parentheses';

const CHECKS: readonly Check[] = [
  checkModule,
  checkAddress,
  checkId,
  checkDirectives,
  checkClauses,
  checkPaging,
  checkSelect,
  checkOrder,
  checkFilters,
  checkParentheses,
  checkBody,
];

interface Kept {
  readonly catalog: Catalog | undefined;
  /** Undefined: the block uses no variables, so that they don't matter. */
  readonly symbols: FileSymbols | undefined;
  readonly day: number;
  readonly diagnostics: readonly Diagnostic[];
}

/** Blocks keep what was found while neither they nor what they depend on changes: a keystroke costs its own request. */
const kept = new WeakMap<BlockTree, Kept>();

function diagnoseTree(
  tree: BlockTree,
  symbols: FileSymbols,
  catalog: Catalog | undefined,
  evaluation: EvaluationContext,
): readonly Diagnostic[] {
  const before = kept.get(tree);
  const depends = tree.references.length > 0 ? symbols : undefined;
  const day = Math.floor(evaluation.now.getTime() / 86_400_000);
  if (before !== undefined && before.catalog === catalog && before.symbols === depends && before.day === day)
    return before.diagnostics;
  const found: Diagnostic[] = [];
  const report = collector(found);
  for (const { code, message, fixes = [], offset, length } of tree.problems)
    found.push({ code, message, fixes, offset, length, severity: CODES[code] });
  const context: CheckContext = { model: modelOf(tree, catalog), symbols, evaluation, report };
  for (const check of CHECKS) check(context);
  found.sort((a, b) => a.offset - b.offset || a.length - b.length);
  kept.set(tree, { catalog, symbols: depends, day, diagnostics: found });
  return found;
}

/** Diagnostics of one block, in the order of the text; offsets are relative to it. */
export function diagnoseBlock(
  block: Block,
  symbols: FileSymbols,
  catalog: Catalog | undefined,
  evaluation: EvaluationContext,
): readonly Diagnostic[] {
  const own = diagnoseTree(block.tree, symbols, catalog, evaluation);
  const { tree } = block;
  if (tree.references.length === 0 && tree.variables.length === 0 && tree.directives.length === 0) return own;
  const names: Diagnostic[] = [];
  checkNames({ model: modelOf(tree, catalog), symbols, evaluation, report: collector(names) }, block);
  return names.length === 0
    ? own
    : [...own, ...names].sort((a, b) => a.offset - b.offset || a.length - b.length);
}

export interface FileDiagnostics {
  readonly block: Block;
  readonly diagnostics: readonly Diagnostic[];
}

/** Diagnostics of a file by block. What concerns the whole file (no metadata, old metadata) stands at its first request. */
export function diagnoseFile(
  file: SourceFile,
  symbols: FileSymbols,
  catalog: Catalog | undefined,
  evaluation: EvaluationContext,
): FileDiagnostics[] {
  const result: FileDiagnostics[] = [];
  const first = file.blocks.find((block) => block.tree.request !== undefined);
  for (const block of file.blocks) {
    let diagnostics = diagnoseBlock(block, symbols, catalog, evaluation);
    if (block === first && block.tree.request !== undefined) {
      const extra: Diagnostic[] = [];
      checkFreshness(block.tree.request, catalog, evaluation.now, collector(extra));
      if (extra.length > 0) diagnostics = [...extra, ...diagnostics];
    }
    if (diagnostics.length > 0) result.push({ block, diagnostics });
  }
  return result;
}
