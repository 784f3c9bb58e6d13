/** The tooltip of a cell. */
import { cellText } from '#core/results/table';
import type { Column } from '../data/columns';
import { voidOf } from '../data/values';

/** The value as the API sent it, where the cell shows it cut or formatted; '' where there is nothing to add. */
export function titleOf(column: Column, value: unknown, cell: HTMLElement): string {
  const nothing = voidOf(value);
  if (nothing === 'missing') return `The record has no ${column.name}.`;
  if (nothing === 'null') return 'null';
  if (nothing === 'empty') return Array.isArray(value) ? 'An empty list' : 'An empty text';
  if (Array.isArray(value)) return `${value.length} values\n${value.map(cellText).join('\n')}`.slice(0, 2000);
  const text = cellText(value);
  return text !== cell.textContent || cell.scrollWidth > cell.clientWidth ? text.slice(0, 2000) : '';
}
