/** Where a key moves to in the grid. */
import type { Place } from '../data/selection';

export interface Room extends Place {
  /** How many rows a page has. */
  readonly page: number;
  readonly rows: number;
  readonly columns: number;
}

/** Returns where a key moves to; undefined for other keys. The heads of the columns are row -1. */
export function moveFor(
  { key, ctrlKey, metaKey, altKey }: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey'>,
  { row, column, page, rows, columns }: Room,
): Place | undefined {
  if (altKey) return undefined;
  const far = ctrlKey || metaKey;
  switch (key) {
    case 'ArrowDown':
      return { row: far ? rows - 1 : Math.min(row + 1, rows - 1), column };
    case 'ArrowUp':
      return { row: far ? 0 : Math.max(row - 1, -1), column };
    case 'ArrowRight':
      return { row, column: far ? columns - 1 : column + 1 };
    case 'ArrowLeft':
      return { row, column: far ? 0 : column - 1 };
    case 'PageDown':
      return { row: Math.min(Math.max(row, 0) + page, rows - 1), column };
    case 'PageUp':
      return { row: Math.max(0, row - page), column };
    case 'Home':
      return { row: far ? 0 : row, column: 0 };
    case 'End':
      return { row: far ? rows - 1 : row, column: columns - 1 };
    default:
      return undefined;
  }
}
