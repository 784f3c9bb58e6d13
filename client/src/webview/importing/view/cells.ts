/** The cells that can't be sent as they are: a list that can be filtered, each to be mended in its place. */
import { find, make } from '../../view/dom';
import { redrawFor } from '../../view/redraw';
import type { FromImport, ImportState, ShownProblem } from '../messages';
import { field, textWithList } from './fields';

export function showCells(state: ImportState, send: (message: FromImport) => void): void {
  const { cells, cellCount } = state;
  find('problem-part').hidden = cellCount === 0;
  const wanted = field('filter').value.trim().toLowerCase();
  const found = cells.filter((cell) => wanted === '' || textOf(cell).includes(wanted));
  const number = (count: number) => count.toLocaleString();
  const of = found.length === cellCount ? '' : ` of ${number(cellCount)}`;
  find('found').textContent = `${number(found.length)}${of} ${cellCount === 1 ? 'problem' : 'problems'}`;
  redrawFor(find('cells'), found, () => [
    make(
      'table',
      {},
      make(
        'thead',
        {},
        make(
          'tr',
          {},
          ...['Row', 'Cell', 'Value', 'What is wrong'].map((head) => make('th', { scope: 'col' }, head)),
        ),
      ),
      make('tbody', {}, ...found.map((cell) => line(cell, send))),
    ),
  ]);
}

const textOf = ({ row, letter, text, message }: ShownProblem): string =>
  `${row} ${letter}${row} ${text} ${message}`.toLowerCase();

const line = (
  { row, column, letter, text, message }: ShownProblem,
  send: (message: FromImport) => void,
): HTMLElement =>
  make(
    'tr',
    {},
    make('td', { class: 'number' }, String(row)),
    make('td', { class: 'letter' }, column < 0 ? '' : `${letter}${row}`),
    make(
      'td',
      {},
      column < 0
        ? ''
        : textWithList(
            { id: `cell-${row}-${column}`, 'aria-label': `Value of ${letter}${row}` },
            text,
            (value) => send({ type: 'edit', row, column, text: value }),
          ),
    ),
    make('td', { class: 'remark wrong' }, message),
  );
