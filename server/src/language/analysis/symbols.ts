/** The names of a file: variables, named requests, and which of them are used. Collected from chunks, each read once. */
import { mayName, stepsOn } from '../syntax/lazy-tree';
import type { BlockTree, Directive, Variable } from '../syntax/nodes';
import type { Reference } from '../syntax/references';
import { type Chunk, difference, type SourceFile } from '../syntax/source-file';
import type { Span } from '../text/span';
import { finish, type Steps } from '../text/steps';

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
    trees.flatMap(({ references, text }) => [
      ...references.flatMap((each) => usedName(each) ?? []),
      ...bareNames(text),
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
  for (const tree of chunk.trees) {
    if (mayName(tree))
      yield* stepsOn(tree, function* () {
        for (const node of tree.variables) if (node.name.length > 0) variables.push({ tree, node });
        const named = nameDirective(tree);
        if (named !== undefined) requests.push({ tree, node: named });
        for (const name of namesUsed([tree])) used.add(name);
      });
    yield;
  }
  const found = { variables, requests, used: [...used] };
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
  for (const { variables: defined, requests: named, used: uses } of file.chunks.map(namesOf)) {
    for (const variable of defined) add(variables, variable.node.name.text, variable);
    for (const request of named) add(requests, request.node.value.text, request);
    for (const name of uses) used.add(name);
  }
  return { variables, requests, used, meaning: {} };
}

/** The symbols of an edited file: the same object unless the edit touches a definition, with the same meaning unless it changes one, or the names used. */
export function symbolsAfter(before: SourceFile, symbols: FileSymbols, file: SourceFile): FileSymbols {
  const { removed, added } = difference(before, file);
  const used = (trees: readonly BlockTree[]) => namesUsed(trees).sort().join(' ');
  const defines = (trees: readonly BlockTree[]) =>
    trees.some((tree) => tree.variables.length > 0 || nameDirective(tree) !== undefined);
  const sameUse = used(removed) === used(added);
  if (!defines(removed) && !defines(added)) return sameUse ? symbols : symbolsOf(file);
  const [[old, ...others], [now, ...more]] = [removed, added];
  const same =
    sameUse &&
    old !== undefined &&
    now !== undefined &&
    others.length + more.length === 0 &&
    definitionsIn(old) === definitionsIn(now);
  return same ? { ...symbolsOf(file), meaning: symbols.meaning } : symbolsOf(file);
}

/** What a block defines, as text. */
const definitionsIn = (tree: BlockTree): string =>
  JSON.stringify([
    nameDirective(tree)?.value.text,
    tree.variables.map(({ name, value }) => [name.text, value.text]),
  ]);
