/** How the file was read, each guess to be changed, and its first rows as they are read then. */
import { find, make } from '../../view/dom';
import { redrawFor } from '../../view/redraw';
import type { FromImport, ImportState } from '../messages';
import { select } from './fields';

export function showFile(state: ImportState, send: (message: FromImport) => void): void {
  redrawFor(find('choices'), state.choices, () =>
    state.choices.map(({ name, label, value, options, sentence }) =>
      make(
        'div',
        { class: value === '' ? 'choice open' : 'choice' },
        make('label', { for: `choice-${name}` }, label),
        select({ id: `choice-${name}` }, options, value, (chosen) =>
          send({ type: 'choose', name, value: chosen }),
        ),
        make('span', { class: 'hint' }, sentence),
      ),
    ),
  );
  find('notes').replaceChildren(...state.notes.map((note) => make('li', {}, note)));
  find('preview').replaceChildren(previewOf(state));
}

const previewOf = ({ columns, rows, rowCount }: ImportState): HTMLElement =>
  make(
    'table',
    {},
    make('caption', { class: 'hidden-text' }, `The first ${rows.length} of ${rowCount} rows`),
    make(
      'thead',
      {},
      make(
        'tr',
        {},
        make('th', { scope: 'col' }, 'Row'),
        ...columns.map(({ letter, name }) =>
          make('th', { scope: 'col', title: name }, make('span', { class: 'letter' }, `${letter} `), name),
        ),
      ),
    ),
    make(
      'tbody',
      {},
      ...rows.map(({ row, cells }) =>
        make(
          'tr',
          {},
          make('th', { scope: 'row', class: 'number' }, String(row)),
          ...cells.map((text) => make('td', { title: text }, text)),
        ),
      ),
    ),
  );
