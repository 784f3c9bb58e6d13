/** Which column is which field, and what its blank cells do. */
import { find, make } from '../../view/dom';
import { redrawFor } from '../../view/redraw';
import type { FromImport, ImportState } from '../messages';
import { select, textWithList } from './fields';

const MODES = [
  { value: 'write', label: 'Blank cells leave it alone' },
  { value: 'fill', label: 'Only where it is empty' },
  { value: 'clear', label: 'Blank cells empty it' },
];

export function showColumns(state: ImportState, send: (message: FromImport) => void): void {
  find('mapping-problems').replaceChildren(...state.problems.map((problem) => make('li', {}, problem)));
  redrawFor(find('columns'), [state.columns, state.module === ''], () => [
    make(
      'table',
      {},
      make(
        'thead',
        {},
        make(
          'tr',
          {},
          ...['Letter', 'Column', 'Such as', 'Field', 'Type', 'Blank cells', 'Remark'].map((head) =>
            make('th', { scope: 'col' }, head),
          ),
        ),
      ),
      make('tbody', {}, ...state.columns.map((_, column) => line(state, column, send))),
    ),
  ]);
}

function line(
  { columns, module }: ImportState,
  column: number,
  send: (message: FromImport) => void,
): HTMLElement | undefined {
  const shown = columns[column];
  if (shown === undefined) return undefined;
  const { letter, name, sample, field, type, mode, role, remark, isWrong } = shown;
  const label = name === '' ? `column ${letter}` : name;
  const assign = (assigned: string, how: string) =>
    send({ type: 'assign', column, field: assigned, mode: how });
  const hasField = role === '' && field !== '';
  return make(
    'tr',
    {},
    make('td', { class: 'letter' }, letter),
    make('th', { scope: 'row' }, name),
    make('td', { class: 'sample', title: sample }, sample),
    make(
      'td',
      {},
      role === '' && module !== ''
        ? textWithList(
            {
              id: `field-${column}`,
              list: 'fields',
              'aria-label': `Field of ${label}`,
              placeholder: 'Left out',
            },
            field,
            (value) => assign(value, mode),
          )
        : role,
    ),
    make('td', { class: 'hint' }, type),
    make(
      'td',
      {},
      hasField
        ? select({ id: `mode-${column}`, 'aria-label': `Blank cells of ${label}` }, MODES, mode, (value) =>
            assign(field, value),
          )
        : '',
    ),
    make('td', { class: isWrong ? 'remark wrong' : 'remark hint' }, remark),
  );
}
