/** All diagnostics of a block or a file: what the parser found, then each check. */
import type { EvaluationContext } from '../analysis/evaluate';
import { modelOf } from '../analysis/request-model';
import type { FileSymbols } from '../analysis/symbols';
import type { Platforms } from '../catalog/platforms';
import { CODES } from '../syntax/codes';
import type { BlockTree } from '../syntax/nodes';
import { unchanged, type Block, type SourceFile } from '../syntax/source-file';
import { checkAddress } from './addresses';
import { checkBody } from './bodies';
import { collector, type Check, type CheckContext, type Diagnostic } from './check';
import { checkClauses } from './clauses';
import { checkDirectives } from './directives';
import { checkExpandedFilters } from './expanded-filters';
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
  checkExpandedFilters,
  checkBody,
];

/** Dates such as `{{$today}}` are checked again on another day. */
const dayOf = (evaluation: EvaluationContext) => Math.floor(evaluation.now.getTime() / 86_400_000);

interface Kept {
  readonly platforms: Platforms;
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
  platforms: Platforms,
  evaluation: EvaluationContext,
): readonly Diagnostic[] {
  const before = kept.get(tree);
  const depends = tree.references.length > 0 ? symbols : undefined;
  const day = dayOf(evaluation);
  if (
    before !== undefined &&
    before.platforms === platforms &&
    before.symbols === depends &&
    before.day === day
  )
    return before.diagnostics;
  const found: Diagnostic[] = [];
  const report = collector(found);
  for (const { code, message, fixes = [], offset, length } of tree.problems)
    found.push({ code, message, fixes, offset, length, severity: CODES[code] });
  const context: CheckContext = { model: modelOf(tree, platforms), symbols, evaluation, report };
  for (const check of CHECKS) check(context);
  found.sort((a, b) => a.offset - b.offset || a.length - b.length);
  kept.set(tree, { platforms, symbols: depends, day, diagnostics: found });
  return found;
}

/** Diagnostics of one block, in the order of the text; offsets are relative to it. */
export function diagnoseBlock(
  block: Block,
  symbols: FileSymbols,
  platforms: Platforms,
  evaluation: EvaluationContext,
): readonly Diagnostic[] {
  const own = diagnoseTree(block.tree, symbols, platforms, evaluation);
  const { tree } = block;
  if (tree.references.length === 0 && tree.variables.length === 0 && tree.directives.length === 0) return own;
  const names: Diagnostic[] = [];
  checkNames({ model: modelOf(tree, platforms), symbols, evaluation, report: collector(names) });
  return names.length === 0
    ? own
    : [...own, ...names].sort((a, b) => a.offset - b.offset || a.length - b.length);
}

export interface FileDiagnostics {
  readonly block: Block;
  readonly diagnostics: readonly Diagnostic[];
}

/** What is known of the blocks of the last version of a file, so that an edit costs its own blocks. */
interface Known {
  readonly platforms: Platforms;
  readonly symbols: FileSymbols;
  readonly day: number;
  readonly blocks: readonly Block[];
  readonly diagnostics: readonly (readonly Diagnostic[])[];
}

/** Keeps the diagnostics of one file from version to version. */
export class FileDiagnoser {
  #known: Known | undefined;

  /** Diagnostics by block. What concerns the whole file (no metadata, old metadata) stands at its first request. */
  diagnose(
    file: SourceFile,
    symbols: FileSymbols,
    platforms: Platforms,
    evaluation: EvaluationContext,
  ): FileDiagnostics[] {
    const day = dayOf(evaluation);
    const known = this.#known;
    const usable =
      known !== undefined && known.platforms === platforms && known.symbols === symbols && known.day === day
        ? known
        : undefined;
    const { blocks } = file;
    const old = usable?.blocks ?? [];
    const kept = usable?.diagnostics ?? [];
    const { head, tail } = unchanged(old, blocks);
    const fresh = blocks
      .slice(head, blocks.length - tail)
      .map((block) => diagnoseBlock(block, symbols, platforms, evaluation));
    const diagnostics = kept.slice(0, head).concat(fresh, kept.slice(kept.length - tail));
    this.#known = { platforms, symbols, day, blocks, diagnostics };
    return withFreshness(blocks, diagnostics, platforms, evaluation);
  }
}

function withFreshness(
  blocks: readonly Block[],
  all: readonly (readonly Diagnostic[])[],
  platforms: Platforms,
  evaluation: EvaluationContext,
): FileDiagnostics[] {
  const result: FileDiagnostics[] = [];
  let first = true;
  for (let index = 0; index < blocks.length; index++) {
    const block = blocks[index];
    const diagnostics = all[index];
    if (block === undefined || diagnostics === undefined) continue;
    if (first && block.tree.request !== undefined) {
      first = false;
      const extra: Diagnostic[] = [];
      checkFreshness(block.tree, platforms, evaluation.now, collector(extra));
      if (extra.length > 0) {
        result.push({ block, diagnostics: [...extra, ...diagnostics] });
        continue;
      }
    }
    if (diagnostics.length > 0) result.push({ block, diagnostics });
  }
  return result;
}
