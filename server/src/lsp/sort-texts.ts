/** The order of a list of completion, in as few characters as a client needs to keep it. */
import { nameKey } from '#language';

/** A label whose place doesn't depend on how a client compares: in code units, or without regard to case. */
const PLAIN = /^[A-Za-z0-9][\x20-\x7d]*$/;

/**
 * The `sortText` of each label. A client sorts what has none by its label: the longest stretch that is in the order of
 * the alphabet needs none, which leaves it out for most of a long list of fields. No two labels that are the same have
 * the same one.
 */
export function sortTexts(labels: readonly string[]): (string | undefined)[] {
  const { start, end } = longestSorted(labels);
  const width = labels.length.toString(36).length;
  return labels.map((_label, index) => {
    if (index >= start && index < end) return undefined;
    // Before all labels, and behind them.
    return (index < start ? '!' : '~') + index.toString(36).padStart(width, '0');
  });
}

function longestSorted(labels: readonly string[]): { start: number; end: number } {
  let longest = { start: 0, end: 0 };
  let start = 0;
  for (const [index, label] of labels.entries()) {
    if (!PLAIN.test(label)) {
      start = index + 1;
      continue;
    }
    const previous = index === start ? undefined : labels[index - 1];
    if (previous !== undefined && !isBefore(previous, label)) start = index;
    if (index + 1 - start > longest.end - longest.start) longest = { start, end: index + 1 };
  }
  return longest;
}

const isBefore = (a: string, b: string): boolean => a < b && nameKey(a) < nameKey(b);
