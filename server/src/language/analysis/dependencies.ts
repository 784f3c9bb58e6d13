/** Which requests' responses a request needs: those of the `{{name.…}}` in it and in the variables that it uses. */
import type { BlockTree } from '../syntax/nodes';
import type { Reference } from '../syntax/references';
import { tableNamed, tableWords } from './sql/tables';
import { type FileSymbols, nameDirective } from './symbols';

/** A request or a variable. An object that stands for itself: a block's tree, or a variable's references. */
type Node = BlockTree | readonly Reference[];

const isTree = (node: Node): node is BlockTree => 'text' in node;

interface Need {
  readonly node: Node;
  /** Of a request. */
  readonly name: string | undefined;
}

/** What a request or a variable uses, in the order of the text. */
function needsOf(node: Node, symbols: FileSymbols): Need[] {
  const needs: Need[] = [];
  const add = (found: Node | undefined, name?: string) => {
    if (found !== undefined) needs.push({ node: found, name });
  };
  for (const { target } of isTree(node) ? ownReferences(node) : node) {
    if (target.kind === 'response') add(symbols.requests.get(target.request)?.[0]?.tree, target.request);
    if (target.kind === 'variable') add(symbols.variables.get(target.name)?.[0]?.node.value.references);
  }
  if (isTree(node) && node.sql !== undefined)
    for (const { text } of tableWords(node.sql)) {
      const [name, definitions] = tableNamed(text, symbols.requests) ?? [];
      add(definitions?.[0]?.tree, name);
    }
  return needs;
}

/** More than a value, or a request, leads to in practice. */
const MAX_LED_TO = 200;

/** True where the variable takes its value, directly or through others, from the one that is sought, or from too many to tell. */
export const usesVariable = (name: string, sought: string, symbols: FileSymbols): boolean =>
  leadsTo(
    name,
    sought,
    (each) => symbols.variables.get(each)?.[0]?.node.value.references ?? [],
    ({ target }) => (target.kind === 'variable' ? target.name : undefined),
  );

/** True where the request needs, directly or through others, the response of the one that is sought, or of too many to tell. */
export const needsRequest = (tree: BlockTree, sought: BlockTree, symbols: FileSymbols): boolean =>
  leadsTo<Node, Need>(
    tree,
    sought,
    (node) => firstNeedsOf(node, symbols),
    ({ node }) => node,
  );

/** The first needs of the requests and variables that were asked about, in one version of the names. */
const firstNeeds = new WeakMap<FileSymbols, Map<Node, readonly Need[]>>();

function firstNeedsOf(node: Node, symbols: FileSymbols): readonly Need[] {
  let known = firstNeeds.get(symbols);
  if (known === undefined) {
    known = new Map();
    firstNeeds.set(symbols, known);
  }
  let found = known.get(node);
  if (found === undefined) {
    found = needsOf(node, symbols).slice(0, MAX_LED_TO + 1);
    known.set(node, found);
  }
  return found;
}

/** Bounded, as each name in a file may be asked about. */
function leadsTo<N, E>(
  from: N,
  sought: N,
  edgesOf: (node: N) => readonly E[],
  targetOf: (edge: E) => N | undefined,
): boolean {
  const seen = new Set([from]);
  let edges = 0;
  for (const each of seen) {
    if (each === sought) return true;
    for (const edge of edgesOf(each)) {
      if (++edges > MAX_LED_TO) return true;
      const target = targetOf(edge);
      if (target !== undefined) seen.add(target);
    }
  }
  return false;
}

/** References in the block’s own variables matter only where such a variable is used. */
function ownReferences({ references, variables }: BlockTree): readonly Reference[] {
  if (references.length === 0 || variables.length === 0) return references;
  const defined = new Set(variables.flatMap(({ value }) => value.references));
  return references.filter((reference) => !defined.has(reference));
}

interface Step {
  readonly node: Node;
  readonly name: string | undefined;
  readonly needs: readonly Need[];
  next: number;
}

const stepTo = ({ node, name }: Need, symbols: FileSymbols): Step => ({
  node,
  name,
  needs: needsOf(node, symbols),
  next: 0,
});

export interface Dependencies {
  /** The blocks to run first, each after those that it needs. The request itself is not included. */
  readonly order: readonly BlockTree[];
  /** Names along a cycle that leads back to the request, which then can never be the first to run. */
  readonly cycle: readonly string[] | undefined;
}

/** Everything that the block needs, directly or indirectly. Not recursive: a chain may be as long as a file. */
export const dependenciesOf = (tree: BlockTree, symbols: FileSymbols): Dependencies => walk(tree, symbols);

/** `through`: the names of the requests that are looked at. */
function walk(
  tree: BlockTree,
  symbols: FileSymbols,
  through: (name: string) => boolean = () => true,
): Dependencies {
  const order: BlockTree[] = [];
  const entered = new Set<Node>([tree]);
  const path: Step[] = [stepTo({ node: tree, name: undefined }, symbols)];
  let cycle: string[] | undefined;
  for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
    const need = top.needs[top.next++];
    if (need === undefined) {
      path.pop();
      if (top.node !== tree && isTree(top.node)) order.push(top.node);
      continue;
    }
    if (need.node === tree && need.name !== undefined)
      cycle ??= [need.name, ...path.flatMap((each) => each.name ?? []), need.name];
    if (entered.has(need.node) || (need.name !== undefined && !through(need.name))) continue;
    entered.add(need.node);
    path.push(stepTo(need, symbols));
  }
  return { order, cycle };
}

/** Longer cycles are not told in full: in a ring of thousands, each request would name them all. */
const MAX_TOLD = 20;

/** Names along a cycle on which the request is; undefined where it is on none. */
export function cycleOf(tree: BlockTree, symbols: FileSymbols): readonly string[] | undefined {
  const name = nameDirective(tree)?.value.text ?? '';
  if (symbols.requests.get(name)?.[0]?.tree !== tree) return undefined;
  let rings = known.get(symbols.meaning);
  if (rings === undefined) {
    rings = ringsOf(symbols);
    known.set(symbols.meaning, rings);
  }
  const ring = rings.get(name);
  if (ring === undefined) return undefined;
  if (ring.size <= MAX_TOLD) return walk(tree, symbols, (each) => ring.has(each)).cycle;
  const next = needsOf(tree, symbols).find((each) => each.name !== undefined && ring.has(each.name))?.name;
  return [name, ...(next === undefined ? [] : [next]), '…', name];
}

type Rings = ReadonlyMap<string, ReadonlySet<string>>;

const known = new WeakMap<object, Rings>();

/** The names of the requests that need themselves, each with all those on its cycles (Tarjan’s strongly connected components). */
function ringsOf(symbols: FileSymbols): Rings {
  const rings = new Map<string, Set<string>>();
  /** When each node was entered, and the earliest entered node of its component that it is known to reach. */
  const entered = new Map<Node, number>();
  const reaches = new Map<Node, number>();
  const open: Need[] = [];
  const isOpen = new Set<Node>();
  const path: Step[] = [];
  const enter = (need: Need) => {
    reaches.set(need.node, entered.size);
    entered.set(need.node, entered.size);
    open.push(need);
    isOpen.add(need.node);
    path.push(stepTo(need, symbols));
  };
  const reach = (from: Node, at: number | undefined) =>
    reaches.set(from, Math.min(reaches.get(from) ?? Infinity, at ?? Infinity));
  for (const [name, [first]] of symbols.requests) {
    if (first === undefined || entered.has(first.tree)) continue;
    enter({ node: first.tree, name });
    for (let top = path.at(-1); top !== undefined; top = path.at(-1)) {
      const { node, needs } = top;
      const need = needs[top.next++];
      if (need !== undefined) {
        if (!entered.has(need.node)) enter(need);
        else if (isOpen.has(need.node)) reach(node, entered.get(need.node));
        continue;
      }
      path.pop();
      const parent = path.at(-1);
      if (parent !== undefined) reach(parent.node, reaches.get(node));
      if (reaches.get(node) !== entered.get(node)) continue;
      const ring = open.splice(open.findLastIndex((each) => each.node === node));
      for (const each of ring) isOpen.delete(each.node);
      if (ring.length === 1 && !needs.some((each) => each.node === node)) continue;
      const names = new Set(ring.flatMap((each) => each.name ?? []));
      for (const each of names) rings.set(each, names);
    }
  }
  return rings;
}
