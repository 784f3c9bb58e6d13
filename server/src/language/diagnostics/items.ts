/** Which part of a request an offset belongs to: for fixes of a whole part, and for what is left alone. */
import type { BlockTree, Item } from '../syntax/nodes';
import { endOf, firstFrom } from '../text/span';

/** The item at the offset, or the last one if that ends there; undefined where there is none. */
export function itemAt({ items }: BlockTree, offset: number): Item | undefined {
  const item = items[firstFrom(items, offset + 1) - 1];
  return item === undefined || offset > endOf(item) ? undefined : item;
}
