/** The tooltip of a cell. */
import { cellText, idOf, memberOf } from '#core/results/table';
import type { Column } from '../data/columns';
import type { Edit } from '../data/edits';
import type { GridModel } from '../data/grid-model';
import type { Place } from '../data/selection';
import { type Void, voidOf } from '../data/values';

const NOTHING: Readonly<Record<Void, string>> = {
  missing: 'not in the record',
  null: 'null',
  empty: 'empty',
};

/** What is wrong with a change of a cell, and what the record has. */
export function editTitle({ before, problem, failure }: Edit): string {
  const nothing = voidOf(before);
  const was = `was: ${nothing === undefined ? cellText(before).slice(0, 500) : NOTHING[nothing]}`;
  return [problem, failure, was].filter((line) => line !== undefined).join('\n');
}

/** What a cell does not show: its whole value, what was changed, and why it can't be. Lines; '' where there is nothing to add. */
export function cellTitle(
  model: GridModel,
  { row, column: at }: Place,
  cell: HTMLElement,
  lock: string | undefined,
): string {
  const [record, column] = [model.recordAt(row), model.visible[at]];
  if (record === undefined || column === undefined) return '';
  const edit = model.edits.of(idOf(record))?.get(column.name);
  const value = edit === undefined ? memberOf(record, column.name) : edit.value;
  const lines = [titleOf(column, value, cell), edit === undefined ? '' : editTitle(edit), lock ?? ''];
  return lines.filter((line) => line !== '').join('\n');
}

/** The value as the API sent it, where the cell shows it cut or formatted; '' where there is nothing to add. */
function titleOf(column: Column, value: unknown, cell: HTMLElement): string {
  const nothing = voidOf(value);
  if (nothing === 'missing') return `The record has no ${column.name}.`;
  if (nothing === 'null') return 'null';
  if (nothing === 'empty') return Array.isArray(value) ? 'An empty list' : 'An empty text';
  if (Array.isArray(value)) return `${value.length} values\n${value.map(cellText).join('\n')}`.slice(0, 2000);
  const text = cellText(value);
  const shown = cell.firstChild?.textContent ?? '';
  return text !== shown || cell.scrollWidth > cell.clientWidth ? text.slice(0, 2000) : '';
}
