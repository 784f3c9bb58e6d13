/** Splits a filter that is too large into several requests, and lays out rewritten filters. */
import { type Chain, chainOfAlternatives, chainText } from '../analysis/joining';
import { MAX_CONDITIONS } from '../analysis/without-parentheses';
import type { Traits } from '../catalog/traits';
import { lineStart } from '../syntax/lines';
import type { BlockTree, Clause, FilterList } from '../syntax/nodes';
import type { Fix } from '../syntax/problems';
import { MAX_REQUESTS } from '../text/limits';
import { endOf } from '../text/span';
import { escapeForAddress } from '../text/view';

/**
 * The fix that repeats the request, each copy with as many alternatives as one filter can hold: none where that is too many,
 * or where the request has another filter. A record may be in several results.
 */
export function splitFix(
  tree: BlockTree,
  clause: Clause,
  filter: FilterList,
  alternatives: readonly (readonly string[])[] | undefined,
  traits: Traits,
): Fix[] {
  if (
    alternatives === undefined ||
    tree.clauses.some((each) => each !== clause && each.value.kind === 'filter')
  )
    return [];
  const parts: (readonly string[])[][] = [];
  const chains: Chain[] = [];
  for (const conditions of alternatives) {
    const last = parts.at(-1) ?? [];
    const more = chainOfAlternatives([...last, conditions], traits);
    const fits = more !== undefined && more.length <= MAX_CONDITIONS;
    const chain = fits ? more : chainOfAlternatives([conditions], traits);
    if (chain === undefined || chain.length > MAX_CONDITIONS) return [];
    if (fits && parts.length > 0) {
      last.push(conditions);
      chains[chains.length - 1] = chain;
    } else {
      parts.push([conditions]);
      chains.push(chain);
    }
    if (parts.length > MAX_REQUESTS) return [];
  }
  const filters = chains.map((chain) => layOut(tree.text, clause, chain));
  // Names and variables belong to the whole file: the copies must not define them again.
  const kept = tree.items.filter(
    (item) =>
      item.kind !== 'separator' &&
      item.kind !== 'variable' &&
      !(item.kind === 'directive' && item.name.text === 'name'),
  );
  const title = tree.separator?.title.text || 'Part';
  const copies = filters.slice(1).map((text, index) => {
    const written = clause.plus === undefined ? text : escapeForAddress(text, clause.plus);
    const lines = kept.map((item) => {
      const inside = filter.offset >= item.offset && filter.offset < endOf(item);
      return inside
        ? tree.text.slice(item.offset, filter.offset) + written + tree.text.slice(endOf(filter), endOf(item))
        : tree.text.slice(item.offset, endOf(item));
    });
    return `### ${title} (${index + 2} of ${parts.length})\n${lines.join('').trimEnd()}\n`;
  });
  const end = tree.text.length;
  const gap = /[\r\n]$/.test(tree.text) ? '\n' : '\n\n';
  return [
    {
      title: `Split into ${parts.length} requests`,
      edits: [
        { offset: filter.offset, length: filter.length, text: filters[0] ?? '' },
        { offset: end, length: 0, text: gap + copies.join('\n') },
      ],
    },
  ];
}

/** One line if it fits; else a line for each alternative, with `or` before the column of the first field. */
export function layOut(source: string, clause: Clause, chain: Chain): string {
  const text = chainText(chain);
  const column = clause.valueSpan.offset - lineStart(source, clause.valueSpan.offset);
  if (clause.plus !== undefined || column + text.length <= 100) return text;
  const indent = ' '.repeat(Math.max(1, column - 3));
  return chain
    .map(({ join, text: condition }, index) => {
      if (index === 0) return condition;
      return join === 'or' ? `\n${indent}or ${condition}` : ` and ${condition}`;
    })
    .join('');
}
