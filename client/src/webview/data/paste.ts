/** A block of cells from the clipboard, as spreadsheets and the grid itself copy it. */
import { withoutGuard } from '#core/results/csv';
import { nameKey } from '#core/text/names';
import type { Place, Range } from './selection';

/** Rows of cells; each row may have another length. */
export type Block = readonly (readonly string[])[];

/**
 * Reads tab-separated text. A cell in quotes may hold tabs, line breaks and doubled quotes; a spreadsheet writes quotes
 * around such cells only, so any others are part of the value. The line break at the end begins no row.
 */
export function readBlock(text: string): Block {
  const rows: string[][] = [[]];
  let at = 0;
  for (;;) {
    const quoted = quotedAt(text, at);
    const end = quoted?.end ?? endOfPlain(text, at);
    rows.at(-1)?.push(quoted?.text ?? text.slice(at, end));
    if (end >= text.length) break;
    at = end + 1;
    if (text[end] === '\t') continue;
    if (text[end] === '\r' && text[at] === '\n') at++;
    if (at >= text.length) break;
    rows.push([]);
  }
  return rows;
}

function endOfPlain(text: string, from: number): number {
  for (let at = from; at < text.length; at++)
    if (text[at] === '\t' || text[at] === '\r' || text[at] === '\n') return at;
  return text.length;
}

/** A cell that begins at `from` in quotes which a program put around it; undefined where they belong to the text. */
function quotedAt(text: string, from: number): { readonly text: string; readonly end: number } | undefined {
  if (text[from] !== '"') return undefined;
  let at = from + 1;
  for (;;) {
    at = text.indexOf('"', at);
    if (at < 0) return undefined;
    if (text[at + 1] !== '"') break;
    at += 2;
  }
  const end = at + 1;
  if (end < text.length && !/[\t\r\n]/.test(text[end] ?? '')) return undefined;
  const inner = text.slice(from + 1, at);
  return /[\t\r\n"]/.test(inner) ? { text: inner.replaceAll('""', '"'), end } : undefined;
}

/** A cell of the grid, and the text for it. */
interface PastedCell extends Place {
  readonly text: string;
}

export interface Pasted {
  readonly cells: readonly PastedCell[];
  /** How many cells of the block found no place. */
  readonly beyond: number;
  /** Whether the first row named the columns, and was left out. */
  readonly header: boolean;
}

/** What a paste goes into. */
export interface Target {
  /** Where the selection is; the first range gets a block, all of them a single value. */
  readonly ranges: readonly Range[];
  /** How many rows the grid has. */
  readonly rows: number;
  /** The names of the columns, in the order in which they are shown. */
  readonly columns: readonly string[];
}

/**
 * Lays a block over the grid. One value fills the selection; a block that fits into it several times is repeated; any other
 * begins at its first cell.
 */
export function spread(block: Block, { ranges, rows, columns }: Target): Pasted {
  const [range] = ranges;
  if (range === undefined) return { cells: [], beyond: 0, header: false };
  const header = namesColumns(block, columns.slice(range.left));
  const body = (header ? block.slice(1) : block).map((row) => row.map((text) => withoutGuard(text) ?? text));
  const [height, width] = [body.length, Math.max(...body.map((row) => row.length))];
  if (height === 1 && width === 1) {
    const text = body[0]?.[0] ?? '';
    return {
      cells: ranges.flatMap((each) => cellsOf(each).map((place) => ({ ...place, text }))),
      beyond: 0,
      header,
    };
  }
  const area = { height: range.bottom - range.top + 1, width: range.right - range.left + 1 };
  const fits = area.height % height === 0 && area.width % width === 0;
  const cells = cellsOf({
    ...range,
    bottom: range.top + (fits ? area.height : height) - 1,
    right: range.left + (fits ? area.width : width) - 1,
  }).flatMap(({ row, column }): PastedCell[] => {
    const text = body[(row - range.top) % height]?.[(column - range.left) % width];
    return text === undefined ? [] : [{ row, column, text }];
  });
  const within = cells.filter(({ row, column }) => row < rows && column < columns.length);
  return { cells: within, beyond: cells.length - within.length, header };
}

/** The grid copies several cells with the names of their columns. */
function namesColumns(block: Block, columns: readonly string[]): boolean {
  const [first = []] = block;
  return (
    block.length > 1 && first.every((name, at) => nameKey(name) === nameKey(columns[at] ?? '') && name !== '')
  );
}

function cellsOf({ top, bottom, left, right }: Range): Place[] {
  const cells: Place[] = [];
  for (let row = top; row <= bottom; row++)
    for (let column = left; column <= right; column++) cells.push({ row, column });
  return cells;
}

/** Fills each column of a range with its first value; a single row gets the values above it. */
export function fillDown(range: Range): readonly { readonly to: Place; readonly from: Place }[] {
  const one = range.top === range.bottom;
  const source = one ? range.top - 1 : range.top;
  if (source < 0) return [];
  return cellsOf(one ? range : { ...range, top: range.top + 1 }).map((to) => ({
    to,
    from: { row: source, column: to.column },
  }));
}
