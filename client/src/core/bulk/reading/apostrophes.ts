/** The apostrophe that exports put before a text that a spreadsheet would run as a formula. */
import { withoutGuard } from '../../results/csv';
import type { Cell, MadeChoice, ReadingChoices } from '../table';
import { textCell } from './raw-rows';
import type { Survey } from './survey';

export function withoutApostrophe(cell: Cell): Cell {
  const text = cell.kind === 'text' ? withoutGuard(cell.text) : undefined;
  return text === undefined ? cell : textCell(text);
}

export function apostropheChoice(
  { guarded }: Survey,
  given: ReadingChoices['apostrophes'],
): MadeChoice | undefined {
  if (guarded === 0) return undefined;
  const value = given ?? 'remove';
  const cells = guarded === 1 ? '1 cell begins' : `${guarded.toLocaleString('en-GB')} cells begin`;
  return {
    name: 'apostrophes',
    value,
    how: given === undefined ? 'assumed' : 'given',
    options: ['remove', 'keep'],
    sentence: `${cells} with an apostrophe before what a spreadsheet would run as a formula, as exports write it; the apostrophe is ${value === 'remove' ? 'left out' : 'kept'}.`,
  };
}
