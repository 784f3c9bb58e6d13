/** When a text that is typed finds another one: in any case, with or without accents. */

const ASCII = /^[\x20-\x7e]*$/;

/** The text in lower case and without accents. Its length may differ. */
export const foldedText = (text: string): string =>
  ASCII.test(text) ? text.toLowerCase() : text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** How well a folded text matches a typed one, also folded: 0 it starts so, 1 a word of it does, 2 it contains it; undefined: not at all. */
export function matchOf(folded: string, typed: string): number | undefined {
  const at = folded.indexOf(typed);
  if (at <= 0) return at < 0 ? undefined : 0;
  for (let start = at; start > 0; start = folded.indexOf(typed, start + 1))
    if (!/[\p{L}\p{N}]/u.test(folded[start - 1] ?? '')) return 1;
  return 2;
}
