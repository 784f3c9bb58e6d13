/** Fixes of a condition, as the builder offers them. */
import type { BlockTree, Term } from '../../syntax/nodes';
import { findReferences } from '../../syntax/references';
import { clausesOf } from '../clause-writer';
import { filterIn } from './conditions';
import { dateValue } from './values';

/** More would be a list to choose from. */
export const MOST_FIXES = 3;

/** The condition with that index; undefined where there is none, or the filter can't be read. */
export function conditionAt(tree: BlockTree, index: number): Term | undefined {
  const [clause] = clausesOf(tree, '$filter');
  return clause && filterIn(clause)?.list.terms[index];
}

const DAY = /'(\d{4}-\d{2}-\d{2}(?:T[\d:.]+)?)'/g;

/** The title of a fix, with its dates in words. */
export function fixInWords(title: string, now: Date): string {
  const inWords = (value: string) => {
    const { label, text } = dateValue(value, now) ?? {};
    return label ?? text;
  };
  const references = findReferences(title, 0, title.length);
  return references
    .reduceRight((text, { offset, length }) => {
      const [start, end] = [offset - 1, offset + length + 1];
      const words = inWords(title.slice(offset, offset + length));
      const isWhole = text.charAt(start) === "'" && text.charAt(end - 1) === "'";
      return words === undefined || !isWhole ? text : text.slice(0, start) + words + text.slice(end);
    }, title)
    .replace(DAY, (whole, day: string) => inWords(day) ?? whole);
}
