/** Selecting with the pointer. */
import { type Place, type Range, rangeOf } from '../data/selection';
import { placeOf, rowOf } from './grid-rows';

/** What selecting needs of the grid. */
export interface Selectable {
  readonly element: HTMLElement;
  readonly focus: Place;
  ranges: readonly Range[];
  /** Where a selection that is extended begins. */
  anchor: Place;
  readonly select: (ranges: readonly Range[]) => void;
  readonly selectAll: () => void;
  readonly moveTo: (place: Place) => void;
  /** All columns of some rows. */
  readonly wholeRows: (top: number, bottom: number) => Range;
  /** Scrolls by pixels. */
  readonly scrollBy: (across: number, down: number) => void;
  /** The cell nearest to a point of the page. */
  readonly placeAt: (x: number, y: number) => Place;
  /** Where the cells begin, below the heads and beside the row numbers. */
  readonly inner: () => DOMRect;
}

/** A press selects a cell or row, with Shift as far as there, with Ctrl besides; a drag extends the selection. */
export function pressed(event: PointerEvent, grid: Selectable, isSelected: (place: Place) => boolean): void {
  if (event.target instanceof Element && event.target.closest('.corner') !== null) {
    grid.selectAll();
    return;
  }
  const place = placeOf(event.target);
  const row = rowOf(event.target);
  const to = place ?? (row === undefined ? undefined : { row, column: 0 });
  if (to === undefined) return;
  if (event.button === 2 && isSelected(to)) return;
  event.preventDefault();
  const whole = place === undefined;
  const adds = event.ctrlKey || event.metaKey;
  const kept = adds ? grid.ranges : [];
  // The focused cell becomes the first of several selected ranges.
  const first = kept.length === 0 && adds ? [rangeOf(grid.focus, grid.focus)] : kept;
  const anchor = event.shiftKey ? grid.anchor : to;
  const extend = (end: Place) => {
    const range = whole ? grid.wholeRows(anchor.row, end.row) : rangeOf(anchor, end);
    const one = first.length === 0 && !whole && range.top === range.bottom && range.left === range.right;
    grid.select(one ? [] : [...first, range]);
  };
  grid.moveTo(to);
  grid.anchor = anchor;
  extend(to);
  if (event.button === 0) dragged(event, grid, extend);
}

/** Follows the pointer until it is released; beyond an edge the grid keeps scrolling. */
function dragged(start: PointerEvent, grid: Selectable, extend: (end: Place) => void): void {
  let last = start;
  const step = () => {
    const box = grid.inner();
    const speed = (low: number, high: number, at: number) =>
      at < low ? at - low : at > high ? at - high : 0;
    const down = speed(box.top, box.bottom, last.clientY);
    const across = speed(box.left, box.right, last.clientX);
    if (down !== 0 || across !== 0) grid.scrollBy(across, down);
    extend(grid.placeAt(last.clientX, last.clientY));
  };
  const timer = setInterval(step, 40);
  const move = (event: PointerEvent) => (last = event);
  const end = () => {
    clearInterval(timer);
    if (last !== start) extend(grid.placeAt(last.clientX, last.clientY));
    window.removeEventListener('pointermove', move);
  };
  window.addEventListener('pointermove', move);
  window.addEventListener('pointerup', end, { once: true });
}
