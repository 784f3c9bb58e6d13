/** Names of conditions, which they keep while the text of the request changes around them. */

interface Named {
  readonly key: string;
  readonly text: string;
}

/** What the builder itself did to the conditions. */
export type OwnChange =
  | { readonly kind: 'added'; readonly key: string }
  | { readonly kind: 'removed'; readonly key: string }
  /** None came and none went. */
  | { readonly kind: 'kept' };

/** Returns a name for each of the conditions `texts`; `fresh` makes one that was never used. */
export function keysFor(
  before: readonly Named[],
  texts: readonly string[],
  own: OwnChange | undefined,
  fresh: () => string,
): string[] {
  const expected = own === undefined ? undefined : keysAfter(before, own);
  return expected?.length === texts.length ? expected : matched(before, texts, fresh);
}

function keysAfter(before: readonly Named[], own: OwnChange): string[] {
  const keys = before.map(({ key }) => key);
  switch (own.kind) {
    case 'added':
      return [...keys, own.key];
    case 'removed':
      return keys.filter((key) => key !== own.key);
    case 'kept':
      return keys;
  }
}

/** After a change in the editor: what is the same at both ends keeps its name, and as many between as there are. */
function matched(before: readonly Named[], texts: readonly string[], fresh: () => string): string[] {
  const shorter = Math.min(before.length, texts.length);
  let start = 0;
  while (start < shorter && before[start]?.text === texts[start]) start++;
  let end = 0;
  while (end < shorter - start && before.at(-1 - end)?.text === texts.at(-1 - end)) end++;
  const inside = before.length === texts.length ? before.slice(start, before.length - end) : [];
  return texts.map((_, index) => {
    if (index < start) return before[index]?.key ?? fresh();
    if (index >= texts.length - end) return before[before.length - (texts.length - index)]?.key ?? fresh();
    return inside[index - start]?.key ?? fresh();
  });
}
