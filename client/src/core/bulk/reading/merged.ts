/** Merged ranges: only their first cell has a value, which may be meant for all of them. */
import type { Cell, MadeChoice, ReadingChoices } from '../table';
import type { MergedRange } from './merged-range';
import { BLANK, type RawRow } from './raw-rows';

/** Returns what fills rows that are given in their order: blank cells of a range get the value of its first cell. */
export function mergedFiller(ranges: readonly MergedRange[]): (row: RawRow) => RawRow {
  const waiting = ranges.toSorted((a, b) => b.top - a.top);
  let active: { range: MergedRange; value: Cell }[] = [];
  return (row) => {
    active = active.filter(({ range }) => range.bottom >= row.row);
    for (let next = waiting.at(-1); next !== undefined && next.top <= row.row; next = waiting.at(-1)) {
      waiting.pop();
      const value = next.top === row.row ? (row.cells[next.left] ?? BLANK) : BLANK;
      if (value.kind !== 'blank' && next.bottom >= row.row) active.push({ range: next, value });
    }
    if (active.length === 0) return row;
    const cells = [...row.cells];
    for (const { range, value } of active)
      for (let column = range.left; column <= range.right; column++) {
        while (cells.length <= column) cells.push(BLANK);
        if (cells[column]?.kind === 'blank') cells[column] = value;
      }
    return { ...row, cells };
  };
}

/** Ranges of one column: they join a name of two header rows. */
export const isUpright = ({ left, right }: MergedRange): boolean => left === right;

/** Whether blank cells of ranges below the header stand for something. */
export function mergedChoice(
  ranges: readonly MergedRange[],
  headerRow: number,
  given: ReadingChoices['merged'],
): MadeChoice | undefined {
  const below = ranges.filter(({ bottom }) => bottom > headerRow);
  const [first, ...others] = below;
  if (first === undefined) return undefined;
  const which = others.length === 0 ? first.name : `${first.name} and ${others.length} more`;
  const made = (how: MadeChoice['how'], sentence: string): MadeChoice => ({
    ...{ name: 'merged', value: given, how, options: ['repeat', 'blank'], sentence },
  });
  if (given === undefined)
    return made(
      'open',
      `Cells are merged (${which}). Does the value hold for each of them, or only for the first?`,
    );
  return made(
    'given',
    `Cells are merged (${which}): ${given === 'repeat' ? 'the value holds for each of them' : 'the others stay blank'}.`,
  );
}
