/** The names of a file: variables, named requests, and who uses them. Summed up from blocks, each of which is read once. */
import type { BlockTree, Directive, Variable } from '../syntax/nodes';
import type { Reference } from '../syntax/references';
import { unchanged, type SourceFile } from '../syntax/source-file';

export interface Definition<T> {
  /** Its block: where that stands in the file may change while the tree stays. */
  readonly tree: BlockTree;
  readonly node: T;
}

export interface FileSymbols {
  readonly variables: ReadonlyMap<string, readonly Definition<Variable>[]>;
  readonly requests: ReadonlyMap<string, readonly Definition<Directive>[]>;
  /** Names of variables and requests that some `{{…}}` uses. */
  readonly used: ReadonlySet<string>;
}

/** The name that a reference uses: a variable's or a named request's. */
export function usedName(reference: Reference): string | undefined {
  const { target } = reference;
  if (target.kind === 'variable') return target.name;
  return target.kind === 'response' ? target.request : undefined;
}

const usedBy = new WeakMap<BlockTree, readonly string[]>();

function namesUsedIn(tree: BlockTree): readonly string[] {
  let names = usedBy.get(tree);
  if (names === undefined) {
    names = [...new Set(tree.references.flatMap((reference) => usedName(reference) ?? []))];
    usedBy.set(tree, names);
  }
  return names;
}

/** The `# @name` of a block. */
export const nameDirective = (tree: BlockTree): Directive | undefined =>
  tree.directives.find((directive) => directive.name.text === 'name' && directive.value.length > 0);

export function symbolsOf(file: SourceFile): FileSymbols {
  const variables = new Map<string, Definition<Variable>[]>();
  const requests = new Map<string, Definition<Directive>[]>();
  const used = new Set<string>();
  const add = <T>(map: Map<string, Definition<T>[]>, name: string, definition: Definition<T>) => {
    const list = map.get(name);
    if (list === undefined) map.set(name, [definition]);
    else list.push(definition);
  };
  for (const block of file.blocks) {
    for (const node of block.tree.variables)
      if (node.name.length > 0) add(variables, node.name.text, { tree: block.tree, node });
    const name = nameDirective(block.tree);
    if (name !== undefined) add(requests, name.value.text, { tree: block.tree, node: name });
    for (const each of namesUsedIn(block.tree)) used.add(each);
  }
  return { variables, requests, used };
}

/** The symbols of an edited file: the same ones (so that what depends on them stays valid) unless names came, went or moved. */
export function symbolsAfter(before: SourceFile, symbols: FileSymbols, file: SourceFile): FileSymbols {
  const { head, tail } = unchanged(before.blocks, file.blocks);
  const print = (blocks: SourceFile['blocks']) => {
    const changed = blocks.slice(head, blocks.length - tail).map(({ tree }) => tree);
    const defines = changed.some((tree) => tree.variables.length > 0 || nameDirective(tree) !== undefined);
    return defines ? undefined : [...new Set(changed.flatMap(namesUsedIn))].sort().join(' ');
  };
  const [old, now] = [print(before.blocks), print(file.blocks)];
  return old !== undefined && old === now ? symbols : symbolsOf(file);
}
