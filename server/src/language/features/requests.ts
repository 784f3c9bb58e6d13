/** The requests of a file: for code lenses and the outline, and to find the one under the cursor. */
import { dependenciesOf } from '../analysis/dependencies';
import type { EvaluationContext } from '../analysis/evaluate';
import {
  type ResolvedExpectation,
  resolveExpectation,
  type UnresolvedExpectation,
} from '../analysis/expectations';
import { pagesIn } from '../analysis/paging';
import { connectionOf, modelOf } from '../analysis/request-model';
import { tableNamed, tableWords } from '../analysis/sql/tables';
import { type FileSymbols, nameDirective } from '../analysis/symbols';
import { Platforms } from '../catalog/platforms';
import type { BlockTree, RequestLine } from '../syntax/nodes';
import { isListReference } from '../syntax/references';
import { type Block, inEachBlock, type SourceFile } from '../syntax/source-file';
import { between, endOf, shift, type Span } from '../text/span';
import { finish, type Steps } from '../text/steps';
import type { DirectiveName } from '../vocabulary/directives';
import type { Method } from '../vocabulary/methods';

/** One `# @expect` as written; `span` is its place in the file, without `# @expect`. */
export interface ExpectationInfo {
  readonly text: string;
  readonly span: Span;
}

/** A `# @expect` with its variables replaced, or why that is impossible. */
export type Expectation = ExpectationInfo & (ResolvedExpectation | UnresolvedExpectation);

export interface RequestInfo {
  /** From 0, counting requests only. */
  readonly index: number;
  readonly title: string;
  /** From `# @name`. */
  readonly name: string | undefined;
  readonly method: Method | undefined;
  readonly module: string;
  /** Whether it changes records: anything but a GET and a SQL request. */
  readonly changes: boolean;
  /** Of a SQL request: where its statement is in the file. */
  readonly sql: Span | undefined;
  /** From `# @connection`. */
  readonly connection: string | undefined;
  /** From a `# @connection` on top of the file, in no request: it may have been meant for all of them. */
  readonly strayConnection: string | undefined;
  /** From `# @pages`; a run may fetch others (`diagnoseRequest` heeds it). */
  readonly pages: number | 'all' | undefined;
  readonly description: string | undefined;
  /** From its `# @expect` lines, in the order of the text. */
  readonly expectations: readonly ExpectationInfo[];
  /** The request line, in the file. */
  readonly line: Span;
  /** From the title to the end of the last clause or the body, in the file. */
  readonly span: Span;
  readonly block: Block;
}

export const requestsOf = (file: SourceFile): RequestInfo[] => finish(requestsIn(file));

/** The first requests, or all. */
export function* requestsIn(file: SourceFile, most?: number): Steps<RequestInfo[]> {
  const top = file.chunks[0]?.trees[0];
  // Below a title it is what is left of a request.
  const isTop =
    top !== undefined && top.request === undefined && top.sql === undefined && !top.separator?.title.text;
  const stray = isTop ? connectionOf(top) : undefined;
  let index = 0;
  return yield* inEachBlock(
    file,
    (block) =>
      block.tree.request === undefined && block.tree.sql === undefined
        ? []
        : [{ ...describe(block, index++), strayConnection: stray }],
    most,
  );
}

/** The request in whose block the offset is; for a block without one (variables on top), the next request. */
export function requestAt(file: SourceFile, offset: number): RequestInfo | undefined {
  const block = file.blockAt(offset);
  const all = requestsOf(file);
  return (
    all.find((request) => request.block.tree === block.tree) ??
    all.find((request) => request.block.offset > block.offset)
  );
}

/**
 * The requests whose responses the request needs (`{{name.results[0].ID}}`), in the order in which to run them. Each
 * appears once, even in a cycle, which is an error of its own (`request-cycle`).
 */
export function requestsNeededBy(
  { block }: RequestInfo,
  file: SourceFile,
  symbols: FileSymbols,
): RequestInfo[] {
  const { order } = dependenciesOf(block.tree, symbols);
  if (order.length === 0) return [];
  const byTree = new Map(requestsOf(file).map((each) => [each.block.tree, each]));
  return order.flatMap((tree) => byTree.get(tree) ?? []);
}

/** The requests that a SQL request uses as tables, by name. */
export function sqlTablesOf(
  { sql }: BlockTree,
  file: SourceFile,
  symbols: FileSymbols,
): Map<string, RequestInfo> {
  const tables = new Map<string, RequestInfo>();
  if (sql === undefined) return tables;
  const byTree = new Map(requestsOf(file).map((each) => [each.block.tree, each]));
  for (const { text } of tableWords(sql)) {
    const [name, definitions] = tableNamed(text, symbols.requests) ?? [];
    const tree = definitions?.[0]?.tree;
    const request = tree && byTree.get(tree);
    if (name !== undefined && request !== undefined) tables.set(name, request);
  }
  return tables;
}

/** The requests of all of whose records a request takes values (`{{name.results[*].ID}}`). */
export function listSourcesOf(
  { references }: BlockTree,
  file: SourceFile,
  symbols: FileSymbols,
): RequestInfo[] {
  const names = new Set(references.filter(isListReference).map(({ target }) => target.request));
  if (names.size === 0) return [];
  const trees = new Set([...names].map((name) => symbols.requests.get(name)?.[0]?.tree));
  return requestsOf(file).filter(({ block }) => trees.has(block.tree));
}

/** The request's `# @expect` lines, ready to be compared with its response. */
export function expectationsOf(
  { block: { tree }, expectations }: RequestInfo,
  symbols: FileSymbols,
  evaluation: EvaluationContext,
): Expectation[] {
  const written = tree.directives.flatMap(({ expectation }) => expectation ?? []);
  return expectations.flatMap((info, index) => {
    const expectation = written[index];
    return expectation === undefined
      ? []
      : [{ ...info, ...resolveExpectation(expectation, tree.text, symbols, evaluation) }];
  });
}

function describe(block: Block, index: number): Omit<RequestInfo, 'strayConnection'> {
  const { tree, offset } = block;
  const model = modelOf(tree, Platforms.none);
  const written = (name: DirectiveName) =>
    tree.directives.find((each) => each.name.text === name && each.value.length > 0)?.value.text;
  const { expect, ...values } = {
    name: nameDirective(tree)?.value.text,
    connection: connectionOf(tree),
    pages: pagesIn(tree),
    description: written('description'),
    expect: tree.directives
      .filter(({ expectation }) => expectation !== undefined)
      .map(({ value }) => ({ text: value.text, span: shift(value, offset) })),
  } satisfies Record<DirectiveName, unknown>;
  const { request, sql } = tree;
  const method = sql === undefined ? model.method : undefined;
  const module = request?.target.module.text ?? '';
  const line = sql?.keyword ?? (request === undefined ? { offset: 0, length: 0 } : lineOf(request));
  const last = tree.items.findLast((item) => item.kind !== 'blank' && item.kind !== 'comment');
  return {
    index,
    title: tree.separator?.title.text ?? '',
    ...values,
    method,
    module,
    changes: sql === undefined && method !== 'GET',
    sql: sql && shift(sql, offset),
    expectations: expect,
    line: shift(line, offset),
    span: { offset, length: last === undefined ? tree.text.length : endOf(last) },
    block,
  };
}

const lineOf = ({ method, target }: RequestLine): Span =>
  between(method?.offset ?? target.offset, endOf(target));
