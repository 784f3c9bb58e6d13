/** The module, and what becomes of the rows: chosen once, and never by itself. */
import { find, make } from '../../view/dom';
import { redrawFor } from '../../view/redraw';
import type { FromImport, ImportState, ShownDeed } from '../messages';
import { select, textWithList } from './fields';

type Send = (message: FromImport) => void;

export function showDeed(state: ImportState, send: Send): void {
  redrawFor(find('module-line'), state.module, () => [
    make('label', { for: 'module' }, 'Module'),
    textWithList(
      { id: 'module', list: 'modules', placeholder: 'Such as user or Course' },
      state.module,
      (name) => send({ type: 'module', name }),
    ),
  ]);
  const { deed, columns } = state;
  redrawFor(find('deeds'), [deed, columns.map(({ letter, name }) => [letter, name])], () => [
    deedLine('create', 'Create a record for each row', state, send),
    deedLine('update', 'Change the records whose IDs stand in column', state, send, byColumn(state, send)),
    deedLine(
      'upsert',
      'Change the record with the same value in this field, else create one',
      state,
      send,
      byField(state, send),
    ),
  ]);
}

function deedLine(
  kind: 'create' | 'update' | 'upsert',
  label: string,
  { deed }: ImportState,
  send: Send,
  by?: HTMLElement,
): HTMLElement {
  const id = `deed-${kind}`;
  const radio = make('input', { type: 'radio', name: 'deed', id, checked: deed.kind === kind });
  radio.addEventListener('change', () =>
    send({ type: 'deed', deed: { kind, by: kind === 'create' ? '' : valueOf(by) } }),
  );
  return make('div', { class: 'line' }, radio, make('label', { for: id }, label), by);
}

const valueOf = (element: HTMLElement | undefined): string =>
  element instanceof HTMLSelectElement || element instanceof HTMLInputElement ? element.value : '';

const byOf = (kind: ShownDeed['kind'], deed: ShownDeed): string => (deed.kind === kind ? deed.by : '');

function byColumn({ columns, deed }: ImportState, send: Send): HTMLSelectElement {
  const options = columns.map(({ letter, name }) => ({ value: letter, label: `${letter} ${name}`.trim() }));
  const likely = columns.find(({ name }) => name.toLowerCase() === 'id')?.letter ?? '';
  const value = byOf('update', deed) || likely;
  return select({ id: 'by-column', 'aria-label': 'Column of the IDs' }, options, value, (by) =>
    send({ type: 'deed', deed: { kind: 'update', by } }),
  );
}

const byField = ({ deed }: ImportState, send: Send): HTMLInputElement =>
  textWithList(
    {
      id: 'by-field',
      list: 'fields',
      'aria-label': 'Field that tells records apart',
      placeholder: 'Such as Email',
    },
    byOf('upsert', deed),
    (by) => send({ type: 'deed', deed: { kind: 'upsert', by } }),
  );
