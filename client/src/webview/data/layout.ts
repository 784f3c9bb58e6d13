/** How the user arranged the columns, by name, so that it outlives a run. */

export interface Layout {
  /** The known names; new ones follow. */
  readonly order: readonly string[];
  readonly widths: Readonly<Record<string, number>>;
  readonly pinned: readonly string[];
  readonly hidden: readonly string[];
  /** Whether the column that names the records scrolls away like the others. */
  readonly loose?: boolean;
  /** The columns of IDs that show names beside them. */
  readonly named?: readonly string[];
}

export const EMPTY_LAYOUT: Layout = { order: [], widths: {}, pinned: [], hidden: [] };

/** Returns all names in the user's order, pinned ones first. */
export function arrange(names: readonly string[], layout: Layout): string[] {
  const known = new Set(names);
  const ordered = [...new Set([...layout.order.filter((name) => known.has(name)), ...names])];
  const pinned = new Set(layout.pinned);
  return [...ordered.filter((name) => pinned.has(name)), ...ordered.filter((name) => !pinned.has(name))];
}

export function visibleNames(names: readonly string[], layout: Layout): string[] {
  const hidden = new Set(layout.hidden);
  return arrange(names, layout).filter((name) => !hidden.has(name));
}

/** Moves a column to another one's place; pinned columns stay together. */
export function moveColumn(
  names: readonly string[],
  layout: Layout,
  name: string,
  before: string | undefined,
): Layout {
  const order = arrange(names, layout).filter((each) => each !== name);
  const at = before === undefined ? order.length : order.indexOf(before);
  order.splice(at < 0 ? order.length : at, 0, name);
  const pins = new Set(layout.pinned);
  const next = order[order.indexOf(name) + 1];
  const previous = order[order.indexOf(name) - 1];
  // A column moved among the pinned ones is pinned, and vice versa.
  if (next !== undefined && pins.has(next)) pins.add(name);
  else if (previous === undefined || !pins.has(previous)) pins.delete(name);
  return { ...layout, order, pinned: [...pins] };
}

const toggled = (names: readonly string[], name: string, on: boolean) =>
  on ? [...new Set([...names, name])] : names.filter((each) => each !== name);

export const pin = (layout: Layout, name: string, on: boolean): Layout => ({
  ...layout,
  pinned: toggled(layout.pinned, name, on),
});

export const hide = (layout: Layout, name: string, on: boolean): Layout => ({
  ...layout,
  hidden: toggled(layout.hidden, name, on),
});

export const resize = (layout: Layout, name: string, width: number): Layout => ({
  ...layout,
  widths: { ...layout.widths, [name]: Math.round(Math.max(40, Math.min(width, 1600))) },
});
