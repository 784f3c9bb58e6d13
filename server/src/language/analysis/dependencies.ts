/** Which requests' responses a request needs: those of the `{{name.…}}` in it and in the variables that it uses. */
import type { BlockTree } from '../syntax/nodes';
import type { Reference } from '../syntax/references';
import type { FileSymbols } from './symbols';

const kept = new WeakMap<FileSymbols, Map<BlockTree, readonly string[]>>();

/** The names of the requests from whose responses a block takes values, in the order in which it names them. */
function neededRequests(tree: BlockTree, symbols: FileSymbols): readonly string[] {
  const known = kept.get(symbols) ?? new Map<BlockTree, readonly string[]>();
  kept.set(symbols, known);
  let names = known.get(tree);
  if (names === undefined) {
    names = collect(tree, symbols);
    known.set(tree, names);
  }
  return names;
}

function collect(tree: BlockTree, symbols: FileSymbols): string[] {
  const names = new Set<string>();
  const seen = new Set<string>();
  // References in the block’s own variables matter only where such a variable is used.
  const defined = new Set(tree.variables.flatMap(({ value }) => value.references));
  const waiting: Reference[] = tree.references.filter((reference) => !defined.has(reference)).reverse();
  for (let reference = waiting.pop(); reference !== undefined; reference = waiting.pop()) {
    const { target } = reference;
    if (target.kind === 'response') names.add(target.request);
    if (target.kind !== 'variable' || seen.has(target.name)) continue;
    seen.add(target.name);
    const inner = symbols.variables.get(target.name)?.[0]?.node.value.references ?? [];
    for (const each of [...inner].reverse()) waiting.push(each);
  }
  return [...names];
}

/** True where the variable takes its value, directly or through others, from the one that is sought. */
export function usesVariable(name: string, sought: string, symbols: FileSymbols): boolean {
  const seen = new Set([name]);
  for (const each of seen) {
    if (each === sought) return true;
    for (const { target } of symbols.variables.get(each)?.[0]?.node.value.references ?? [])
      if (target.kind === 'variable') seen.add(target.name);
  }
  return false;
}

export interface Dependencies {
  /** The blocks to run first, each after those that it needs. The request itself is not included. */
  readonly order: readonly BlockTree[];
  /** Names along a cycle that leads back to the request, which then can never be the first to run. */
  readonly cycle: readonly string[] | undefined;
}

interface Step {
  readonly tree: BlockTree;
  readonly name: string | undefined;
  readonly needs: readonly string[];
  next: number;
}

/** Everything that the block needs, directly or indirectly. Not recursive: a chain may be as long as a file. */
export function dependenciesOf(tree: BlockTree, symbols: FileSymbols): Dependencies {
  const step = (at: BlockTree, name?: string): Step => ({
    tree: at,
    name,
    needs: neededRequests(at, symbols),
    next: 0,
  });
  const order: BlockTree[] = [];
  const entered = new Set<BlockTree>([tree]);
  const path: Step[] = [step(tree)];
  let cycle: string[] | undefined;
  for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
    const name = top.needs[top.next++];
    if (name === undefined) {
      path.pop();
      if (top.tree !== tree) order.push(top.tree);
      continue;
    }
    const needed = symbols.requests.get(name)?.[0]?.tree;
    if (needed === tree) cycle ??= [name, ...path.flatMap((each) => each.name ?? []), name];
    if (needed === undefined || entered.has(needed)) continue;
    entered.add(needed);
    path.push(step(needed, name));
  }
  return { order, cycle };
}
