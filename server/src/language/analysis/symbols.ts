/** The names of a file: variables, named requests, and which of them are used. Collected from chunks, each read once. */
import { mayName, stepsOn } from '../syntax/lazy-tree';
import type { BlockTree, Directive, Variable } from '../syntax/nodes';
import type { Reference } from '../syntax/references';
import { type Chunk, difference, type SourceFile } from '../syntax/source-file';
import { nameKey } from '../text/names';
import { type Span, textOf } from '../text/span';
import { finish, type Steps } from '../text/steps';
import { parameterOf } from '../vocabulary/parameters';
import { fetchesPart } from './paging';
import { tableWords } from './sql/tables';

interface Definition<T> {
  /** Its block, which may move in the file while the tree stays the same. */
  readonly tree: BlockTree;
  readonly node: T;
}

export interface FileSymbols {
  readonly variables: ReadonlyMap<string, readonly Definition<Variable>[]>;
  readonly requests: ReadonlyMap<string, readonly Definition<Directive>[]>;
  /** Names of variables and requests that some `{{…}}` uses, or that stand without their braces. */
  readonly used: ReadonlySet<string>;
  /** The same object in all versions of a file in which the names mean the same: what depends on them stays valid. */
  readonly meaning: object;
  /**
   * The same object as long as the requests bring the same fields, as far as their text tells, and the statements and
   * references that use them are the same: diagnostics of what uses answers stay valid. Another one whenever `meaning` is.
   */
  readonly answers: object;
  /** The SQL requests of the file. */
  readonly statements: readonly BlockTree[];
  /** The `{{name.…}}` of the file, without braces. */
  readonly reads: readonly string[];
  /** The first request without a `# @name` that reads a module; the file is searched when somebody asks. */
  readonly unnamed: (module: string) => BlockTree | undefined;
}

/** The name that a reference uses: a variable's or a named request's. */
export function usedName(reference: Reference): string | undefined {
  const { target } = reference;
  if (target.kind === 'variable') return target.name;
  return target.kind === 'response' ? target.request : undefined;
}

/** Where the name stands that a reference uses. */
export const usedNameSpan = ({ inner, text }: Reference): Span => ({
  offset: inner.offset,
  length: /^[^.[]*/.exec(text)?.[0].length ?? inner.length,
});

const namesUsed = (trees: readonly BlockTree[]): string[] => [
  ...new Set(
    trees.flatMap(({ references, sql, text }) => [
      ...references.flatMap((each) => usedName(each) ?? []),
      ...(sql === undefined ? bareNames(text) : tableWords(sql).map((word) => word.text)),
    ]),
  ),
];

/** The names of variables behind words, as in `Surname eq @site`, which a fix puts into braces. */
const bareNames = (text: string): string[] =>
  text.includes('@')
    ? [...text.matchAll(/(?<=[^\s#/][ \t]?)@([\p{L}_][\p{L}\p{N}_-]*)/gu)].map(([, name = '']) => name)
    : [];

/** The `# @name` of a block. */
export const nameDirective = (tree: BlockTree): Directive | undefined =>
  tree.directives.find((directive) => directive.name.text === 'name' && directive.value.length > 0);

/** The names in a chunk; most chunks have none. */
interface ChunkNames {
  readonly variables: readonly Definition<Variable>[];
  readonly requests: readonly Definition<Directive>[];
  readonly used: readonly string[];
  readonly statements: readonly BlockTree[];
  readonly reads: readonly string[];
}

const names = new WeakMap<Chunk, ChunkNames>();

const namesOf = (chunk: Chunk): ChunkNames => finish(namesInSteps(chunk));

/** A block, or a part of it, in each step. */
function* namesInSteps(chunk: Chunk): Steps<ChunkNames> {
  const known = names.get(chunk);
  if (known !== undefined) return known;
  const variables: Definition<Variable>[] = [];
  const requests: Definition<Directive>[] = [];
  const used = new Set<string>();
  const statements: BlockTree[] = [];
  const reads: string[] = [];
  for (const tree of chunk.trees) {
    if (mayName(tree))
      yield* stepsOn(tree, function* () {
        for (const node of tree.variables) if (node.name.length > 0) variables.push({ tree, node });
        const named = nameDirective(tree);
        if (named !== undefined) requests.push({ tree, node: named });
        for (const name of namesUsed([tree])) used.add(name);
        if (tree.sql !== undefined) statements.push(tree);
        for (const { target, text } of tree.references) if (target.kind === 'response') reads.push(text);
      });
    yield;
  }
  const found = { variables, requests, used: [...used], statements, reads };
  names.set(chunk, found);
  return found;
}

/** Reads the names of a file: afterwards its symbols are quickly collected. */
export function* readNames(file: SourceFile): Steps<void> {
  for (const chunk of file.chunks) yield* namesInSteps(chunk);
}

export function symbolsOf(file: SourceFile): FileSymbols {
  const variables = new Map<string, Definition<Variable>[]>();
  const requests = new Map<string, Definition<Directive>[]>();
  const used = new Set<string>();
  const add = <T>(map: Map<string, Definition<T>[]>, name: string, definition: Definition<T>) => {
    const list = map.get(name);
    if (list === undefined) map.set(name, [definition]);
    else list.push(definition);
  };
  const statements: BlockTree[] = [];
  const reads: string[] = [];
  for (const { variables: defined, requests: named, used: uses, ...more } of file.chunks.map(namesOf)) {
    for (const tree of more.statements) statements.push(tree);
    for (const text of more.reads) reads.push(text);
    for (const variable of defined) add(variables, variable.node.name.text, variable);
    for (const request of named) add(requests, request.node.value.text, request);
    for (const name of uses) used.add(name);
  }
  return { variables, requests, used, meaning: {}, answers: {}, statements, reads, unnamed: unnamedIn(file) };
}

/** The symbols of an edited file: the same object unless the edit touches a definition or a request without a name, with the same meaning unless it changes one, or the names used. */
export function symbolsAfter(before: SourceFile, symbols: FileSymbols, file: SourceFile): FileSymbols {
  const { removed, added } = difference(before, file);
  const used = (trees: readonly BlockTree[]) => namesUsed(trees).sort().join(' ');
  const defines = (trees: readonly BlockTree[]) =>
    trees.some((tree) => tree.variables.length > 0 || nameDirective(tree) !== undefined);
  const sameUse = used(removed) === used(added);
  const isDefined = defines(removed) || defines(added);
  const hasSql = (trees: readonly BlockTree[]) => trees.some(({ sql }) => sql !== undefined);
  if (!sameUse || hasSql(removed) !== hasSql(added)) return symbolsOf(file);
  const [[old, ...others], [now, ...more]] = [removed, added];
  const isOne = old !== undefined && now !== undefined && others.length + more.length === 0;
  if (isDefined && !(isOne && definitionsIn(old) === definitionsIn(now))) return symbolsOf(file);
  const { meaning } = symbols;
  const hasNone = symbols.statements.length === 0;
  const isUsed = !hasNone || symbols.reads.length > 0;
  const answers = !isUsed || answersIn(removed) === answersIn(added) ? symbols.answers : {};
  if (isDefined) return { ...symbolsOf(file), meaning, answers };
  if (hasNone) return answers === symbols.answers ? symbols : { ...symbols, answers };
  const isFetching = ({ request, sql }: BlockTree) => request !== undefined || sql !== undefined;
  return answers === symbols.answers && !added.some(isFetching)
    ? symbols
    : { ...symbolsOf(file), meaning, answers };
}

/** What blocks bring, and use of what others bring, as text. */
const answersIn = (trees: readonly BlockTree[]): string =>
  JSON.stringify(
    trees.flatMap((tree) => {
      const { request, sql, clauses, directives, references } = tree;
      const uses = references.flatMap(({ target, text }) => (target.kind === 'response' ? [text] : []));
      if (request === undefined && sql === undefined && uses.length === 0) return [];
      return [
        [
          uses,
          sql?.text,
          request && textOf(tree.text, request),
          clauses
            .filter(({ name }) => parameterOf(name.text) === '$select')
            .map((each) => textOf(tree.text, each)),
          directives.map(({ name, value }) => [name.text, value.text]),
        ],
      ];
    }),
  );

/** Requests of a chunk that have no name, by the keys of their modules. */
const unnamed = new WeakMap<Chunk, ReadonlyMap<string, BlockTree>>();

const unnamedIn =
  ({ chunks }: SourceFile) =>
  (module: string): BlockTree | undefined => {
    const key = nameKey(module);
    for (const chunk of chunks) {
      let known = unnamed.get(chunk);
      if (known === undefined) {
        known = new Map(chunk.trees.toReversed().flatMap((tree) => moduleWithoutName(tree)));
        unnamed.set(chunk, known);
      }
      const found = known.get(key);
      if (found !== undefined) return found;
    }
    return undefined;
  };

/** Read from the text: parsing all of a file would take long. */
function moduleWithoutName(tree: BlockTree): [string, BlockTree][] {
  const [, module] = /^[ \t]*GET[ \t]+([\p{L}\p{N}_]+)[ \t\r]*$/imu.exec(tree.text) ?? [];
  return module === undefined || (mayName(tree) && nameDirective(tree) !== undefined)
    ? []
    : [[nameKey(module), tree]];
}

/** What a block defines, as text. */
const definitionsIn = (tree: BlockTree): string =>
  JSON.stringify([
    nameDirective(tree)?.value.text,
    fetchesPart(tree),
    tree.variables.map(({ name, value }) => [name.text, value.text]),
  ]);
