/** Rings in a graph: paths that lead back to their start. */

/** Returns the shortest path from a node back to itself; undefined when there is none. */
function ringFrom(graph: ReadonlyMap<string, readonly string[]>, start: string): string[] | undefined {
  const cameFrom = new Map<string, string>();
  const queue = [start];
  for (const node of queue)
    for (const next of graph.get(node) ?? []) {
      if (next === start) {
        const way = [start];
        for (let at = node; at !== start; at = cameFrom.get(at) ?? start) way.unshift(at);
        return [start, ...way];
      }
      if (!cameFrom.has(next)) {
        cameFrom.set(next, node);
        queue.push(next);
      }
    }
  return undefined;
}

/** Returns the shortest ring of a graph, with its first node again at the end; undefined when there is none. */
export function findRing(graph: ReadonlyMap<string, readonly string[]>): string[] | undefined {
  let shortest: string[] | undefined;
  for (const node of graph.keys()) {
    const ring = ringFrom(graph, node);
    if (ring !== undefined && ring.length < (shortest?.length ?? Infinity)) shortest = ring;
  }
  return shortest;
}
