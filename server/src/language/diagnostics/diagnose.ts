/** All diagnostics of a block or a file: the parser's problems and what the checks report. */
import type { EvaluationContext } from '../analysis/evaluate';
import { pagesIn, skipAdvice } from '../analysis/paging';
import { modelOf, parametersFor } from '../analysis/request-model';
import type { FileSymbols } from '../analysis/symbols';
import type { Platforms } from '../catalog/platforms';
import { release, stepsOn } from '../syntax/lazy-tree';
import type { BlockTree } from '../syntax/nodes';
import type { Fix } from '../syntax/problems';
import { type Block, type Chunk, parseFile, type SourceFile } from '../syntax/source-file';
import { MAX_BLOCKS, MAX_FILE } from '../text/limits';
import { meetsAny, shift } from '../text/span';
import { finish, type Steps } from '../text/steps';
import { checkAddress } from './addresses';
import { checkAnswers } from './answers';
import { checkBody } from './bodies';
import { type Check, type CheckContext, collector, type Diagnostic, type LongCheck } from './check';
import { checkClauses } from './clauses';
import { correctedRequest } from './corrections';
import { checkDirectives } from './directives';
import { checkExpandedFilters } from './expanded-filters';
import { checkExpectations } from './expectations';
import { checkOrder, checkSelect } from './field-lists';
import { checkFilters } from './filters';
import { checkFreshness } from './freshness';
import { checkId } from './ids';
import { checkLists } from './lists';
import { checkLength } from './long-addresses';
import { checkModule } from './modules';
import { checkNames } from './names';
import { checkPaging } from './paging';
import { checkParentheses } from './parentheses';
import { checkSecrets } from './secrets';
import { checkSqlConditions } from './sql/conditions';
import { checkSqlDates } from './sql/dates';
import { checkSqlEngine, withoutRepeats } from './sql/engine';
import { checkSqlFetching } from './sql/fetching';
import { checkSqlGroups } from './sql/groups';
import { checkSqlHabits } from './sql/habits';
import { checkSqlNames } from './sql/names';
import { checkSqlNumbers } from './sql/numbers';
import { checkSqlResults } from './sql/results';
import { checkSqlStatement } from './sql/statement';
import { checkSqlValues } from './sql/values';
import type { Reading } from './trial';
import { checkWholeDays } from './whole-days';

const CHECKS: readonly (Check | LongCheck)[] = [
  checkModule,
  checkAddress,
  checkId,
  checkSecrets,
  checkDirectives,
  checkClauses,
  checkPaging,
  checkSelect,
  checkOrder,
  checkFilters,
  checkWholeDays,
  checkParentheses,
  checkExpandedFilters,
  checkLists,
  checkAnswers,
  checkLength,
  checkBody,
  checkExpectations,
];

/** They look at other requests, as names do. */
const SQL_CHECKS: readonly (Check | LongCheck)[] = [
  checkSqlStatement,
  checkSqlNames,
  checkSqlValues,
  checkSqlNumbers,
  checkSqlDates,
  checkSqlHabits,
  checkSqlConditions,
  checkSqlResults,
  checkSqlGroups,
  checkSqlFetching,
  checkSqlEngine,
];

/** Characters of a request for which each check takes a moment. */
const LONG = 10_000;

/** Diagnostics are kept for a day: values such as `{{$today}}` change. */
const dayOf = (evaluation: EvaluationContext) => Math.floor(evaluation.now.getTime() / 86_400_000);

interface Kept {
  readonly platforms: Platforms;
  /** Undefined: the block uses and defines no names, so that symbols don't matter. */
  readonly names: object | undefined;
  /** Undefined: the block has no statement that the SQL engine may have found wrong. */
  readonly findings: object | undefined;
  readonly day: number;
  readonly diagnostics: readonly Diagnostic[];
  /** Those of them that don't depend on other blocks' names, unless the block has references. */
  readonly own: readonly Diagnostic[];
}

/** Diagnostics are kept until the block, or what it depends on, changes: a keystroke costs its own request. */
const keptFor = new Map<EvaluationContext['client'], WeakMap<BlockTree, Kept>>();

/** Advice is worded for the client that shows it. */
function keptOf({ client }: EvaluationContext): WeakMap<BlockTree, Kept> {
  const kept = keptFor.get(client) ?? new WeakMap<BlockTree, Kept>();
  keptFor.set(client, kept);
  return kept;
}

const hasNames = ({ references, variables, directives, sql, request }: BlockTree) =>
  references.length > 0 ||
  variables.length > 0 ||
  directives.length > 0 ||
  sql !== undefined ||
  request?.statement !== undefined;

/** The same object as long as the SQL engine has found nothing more. */
const findingsFor = ({ sql }: BlockTree, { sqlFindings }: EvaluationContext): object | undefined =>
  sql === undefined ? undefined : sqlFindings?.version;

/** Whether what was found with these findings still holds. */
const isAsFound = (findings: object | undefined, { sqlFindings }: EvaluationContext): boolean =>
  findings === undefined || findings === sqlFindings?.version;

/** Whether a block uses what other requests bring. Fixes of it may write into those, as they were when it was checked. */
const usesAnswers = ({ sql, references }: BlockTree): boolean =>
  sql !== undefined || references.some(({ target }) => target.kind === 'response');

/** What a block depends on beyond itself. */
const namesFor = (tree: BlockTree, symbols: FileSymbols): object =>
  usesAnswers(tree) ? symbols.answers : symbols.meaning;

interface DiagnoseOptions {
  /** Whether the diagnostics are kept for the next time. */
  readonly keeps?: boolean;
  /** Whether fixes may write into other requests: then these must be as they are now, and what was kept is left aside. */
  readonly forFixes?: boolean;
  /** How many pages are fetched, where that is not what the request says. */
  readonly pages?: number | 'all' | undefined;
  /** Whether the request is not in the file: a fix would write it. */
  readonly isAlone?: boolean;
}

/** A request that is not in the file yet, as it would be read there; undefined where the text is not one request. */
function readAlone(
  text: string,
  symbols: FileSymbols,
  platforms: Platforms,
  evaluation: EvaluationContext,
): Reading | undefined {
  const [block, other] = parseFile(text).blocks;
  if (block === undefined || other !== undefined) return undefined;
  const { tree } = block;
  const options = { keeps: false, isAlone: true };
  return { tree, diagnostics: diagnoseTree(tree, symbols, platforms, evaluation, options) };
}

/** Diagnostics of one block, in the order of the text; offsets are relative to it. */
export const diagnoseTree = (...of: Parameters<typeof diagnoseTreeInSteps>): readonly Diagnostic[] =>
  finish(diagnoseTreeInSteps(...of));

/** The same, a check or a part of it in each step. */
export function* diagnoseTreeInSteps(
  tree: BlockTree,
  symbols: FileSymbols,
  platforms: Platforms,
  evaluation: EvaluationContext,
  options: DiagnoseOptions = {},
): Steps<readonly Diagnostic[]> {
  const day = dayOf(evaluation);
  const known = keptOf(evaluation).get(tree);
  const before = known?.platforms === platforms && known?.day === day ? known : undefined;
  const isSame = before?.names === undefined || before.names === namesFor(tree, symbols);
  const isStale = options.forFixes === true && usesAnswers(tree);
  const isKept = isSame && isAsFound(before?.findings, evaluation) && !isStale;
  if (before !== undefined && isKept && options.pages === undefined) return before.diagnostics;
  return yield* stepsOn(tree, () => checkTree(tree, symbols, platforms, evaluation, before, options));
}

/** `before`: what is kept of the tree, where only names have changed since. */
function* checkTree(
  tree: BlockTree,
  symbols: FileSymbols,
  platforms: Platforms,
  evaluation: EvaluationContext,
  before: Kept | undefined,
  { keeps = true, pages = pagesIn(tree), isAlone = false }: DiagnoseOptions,
): Steps<readonly Diagnostic[]> {
  const depends = hasNames(tree) ? namesFor(tree, symbols) : undefined;
  const isOwn = pages === pagesIn(tree);
  const read = (text: string) => readAlone(text, symbols, platforms, evaluation);
  const corrected = isAlone ? undefined : (text: string) => correctedRequest(text, read);
  const model = modelOf(tree, platforms);
  const find = function* (checks: readonly (Check | LongCheck)[]): Steps<Diagnostic[]> {
    const found: Diagnostic[] = [];
    const report = collector(found, evaluation);
    const context: CheckContext = { model, symbols, evaluation, pages, report, corrected };
    for (const check of checks) {
      const steps = check(context);
      if (typeof steps === 'object') yield* steps;
      if (tree.text.length > LONG) yield;
    }
    return found;
  };
  // A block without references keeps its own diagnostics when names elsewhere change, but for those of tables.
  const own =
    before !== undefined && isOwn && tree.references.length === 0 && tree.request?.statement === undefined
      ? before.own
      : inOrder(yield* find([reportProblems, ...CHECKS]));
  const names = depends === undefined ? [] : yield* find([checkNames, ...SQL_CHECKS]);
  const found = names.length === 0 ? own : inOrder([...own, ...names]);
  const diagnostics = withoutRepeats(tree.sql, withoutGuesses(tree, found));
  const findings = findingsFor(tree, evaluation);
  if (keeps && isOwn)
    keptOf(evaluation).set(tree, {
      platforms,
      names: depends,
      findings,
      day: dayOf(evaluation),
      diagnostics,
      own,
    });
  return diagnostics;
}

/** The problems that the parser saw. It does not know which parameters a method takes, and which there are. */
const reportProblems: Check = ({ model: { tree, meant, endpoint, clause, traits }, report }) => {
  for (const { code, message, advises, next, fixes = [], ...where } of tree.problems)
    report(code, where, advises === undefined ? message : `${message} ${skipAdvice('records', traits)}`, {
      next,
      fixes: fixes.filter(
        ({ adds }) =>
          adds === undefined || (parametersFor(meant, endpoint).includes(adds) && clause(adds) === undefined),
      ),
    });
};

/** After a `{{` without its `}}`, nobody knows how the rest of a clause is read: only the braces can be closed there. */
function withoutGuesses(tree: BlockTree, found: readonly Diagnostic[]): readonly Diagnostic[] {
  const open = tree.references.filter(({ closed }) => !closed);
  if (open.length === 0) return found;
  const items = tree.items.filter(meetsAny(open));
  if (items.length === 0) return found;
  const closes = ({ edits }: Fix) => edits.every(({ text }) => text === '}}');
  const isBroken = meetsAny(items);
  const isSafe = (fix: Fix) => closes(fix) || !fix.edits.some(isBroken);
  return found.map((each) =>
    each.fixes.length === 0 ? each : { ...each, fixes: each.fixes.filter(isSafe) },
  );
}

const inOrder = (diagnostics: Diagnostic[]) =>
  diagnostics.sort((a, b) => a.offset - b.offset || a.length - b.length);

export interface FileDiagnostics {
  readonly block: Block;
  readonly diagnostics: readonly Diagnostic[];
}

/** The diagnostics with offsets of the file. */
export const diagnosticsInFile = ({ block, diagnostics }: FileDiagnostics): Diagnostic[] =>
  diagnostics.map((each) => ({ ...each, ...shift(each, block.offset) }));

/** The blocks of a chunk that have diagnostics, at their places in the chunk. */
interface Known {
  readonly platforms: Platforms;
  /** Undefined: the chunk uses and defines no names. */
  readonly names: object | undefined;
  /** As of a block. */
  readonly findings: object | undefined;
  readonly day: number;
  readonly found: readonly FileDiagnostics[];
}

/** In digits that a reader groups at a glance. */
const inDigits = (value: number) => value.toLocaleString('en-GB');

const FILE_TOO_LONG: readonly Diagnostic[] = [
  {
    code: 'unexpected-text',
    severity: 'information',
    offset: 0,
    length: 1,
    message: `This file is not checked, and its requests can’t be sent, because it has more than ${inDigits(MAX_FILE)} characters or ${inDigits(MAX_BLOCKS)} requests. Divide it into several files.`,
    fixes: [],
  },
];

/** In how many chunks each block keeps its diagnostics; a file of 100,000 lines has fewer. */
const KEPT_CHUNKS = 1000;

/** Keeps the diagnostics of one file from version to version, by chunk. */
export class FileDiagnoser {
  readonly #known = new WeakMap<Chunk, Known>();

  /** The blocks that have diagnostics; once `most` are found, the rest of the file is not checked. Those about the whole file (no metadata, old metadata) are at its first request. */
  *diagnose(
    file: SourceFile,
    symbols: FileSymbols,
    platforms: Platforms,
    evaluation: EvaluationContext,
    most = Number.POSITIVE_INFINITY,
  ): Steps<FileDiagnostics[]> {
    if (!file.isRead) return [{ block: file.blockAt(0), diagnostics: FILE_TOO_LONG }];
    let count = 0;
    let fresh = 0;
    const day = dayOf(evaluation);
    const result: FileDiagnostics[] = [];
    for (const [index, chunk] of file.chunks.entries()) {
      let each = this.#known.get(chunk);
      if (
        each?.platforms !== platforms ||
        each?.day !== day ||
        !isAsFound(each.findings, evaluation) ||
        (each.names !== undefined && each.names !== symbols.meaning && each.names !== symbols.answers)
      ) {
        const found: FileDiagnostics[] = [];
        let names: object | undefined;
        let findings: object | undefined;
        // Of a long file that is checked as a whole, blocks keep theirs once their chunk is edited.
        const keeps = ++fresh <= KEPT_CHUNKS;
        for (const block of chunk.blocks) {
          const { tree } = block;
          const diagnostics = yield* diagnoseTreeInSteps(tree, symbols, platforms, evaluation, { keeps });
          // Answers change whenever names do.
          if (hasNames(tree) && names !== symbols.answers) names = namesFor(tree, symbols);
          findings ??= findingsFor(tree, evaluation);
          if (diagnostics.length > 0) found.push({ block, diagnostics });
          else if (!keeps) release(tree);
          yield;
        }
        each = { platforms, names, findings, day, found };
        this.#known.set(chunk, each);
      }
      for (const { block, diagnostics } of each.found) {
        result.push({ block: file.moved(index, block), diagnostics });
        count += diagnostics.length;
      }
      if (count >= most) break;
      yield;
    }
    return withFreshness(yield* firstRequest(file), result, platforms, evaluation);
  }
}

function withFreshness(
  block: Block | undefined,
  found: FileDiagnostics[],
  platforms: Platforms,
  evaluation: EvaluationContext,
): FileDiagnostics[] {
  if (block === undefined) return found;
  const extra: Diagnostic[] = [];
  checkFreshness(block.tree, platforms, evaluation.now, collector(extra, evaluation));
  if (extra.length === 0) return found;
  const index = found.findIndex((each) => each.block.offset >= block.offset);
  const at = index < 0 ? found.length : index;
  const own = found[at]?.block.tree === block.tree ? found[at] : undefined;
  const diagnostics = [...extra, ...(own?.diagnostics ?? [])];
  return found.toSpliced(at, own === undefined ? 0 : 1, { block, diagnostics });
}

/** The first request of each chunk, `null` where it has none. */
const firstIn = new WeakMap<Chunk, Block | null>();

function* firstRequest(file: SourceFile): Steps<Block | undefined> {
  for (const [index, chunk] of file.chunks.entries()) {
    let block = firstIn.get(chunk);
    if (block === undefined) {
      block = (yield* firstRequestIn(chunk)) ?? null;
      firstIn.set(chunk, block);
    }
    if (block !== null) return file.moved(index, block);
    yield;
  }
  return undefined;
}

/** The steps of reading alone. */
function* nothing(): Steps<void> {
  yield;
}

function* firstRequestIn({ blocks }: Chunk): Steps<Block | undefined> {
  for (const block of blocks) {
    const { tree } = block;
    if (tree.text.length > LONG) yield* stepsOn(tree, nothing);
    if (tree.request !== undefined) return block;
    yield;
  }
  return undefined;
}
