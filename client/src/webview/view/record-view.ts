/** One record as a form, with its full values. */
import { cellText, memberOf } from '#core/results/table';
import { nameKey } from '#core/text/names';
import { type Column, isDate, isLink } from '../data/columns';
import { voidOf } from '../data/values';
import type { Context, ResultView } from './context';
import { button, iconButton, make } from './dom';
import { redrawFor } from './redraw';
import { shownValue } from './value';

export function recordView(host: HTMLElement, context: Context): ResultView {
  const { model, grid } = context;
  const place = make('span', { class: 'place', role: 'status' });
  const search = make('input', {
    type: 'search',
    placeholder: 'Find a field',
    'aria-label': 'Find a field',
    spellcheck: 'false',
  });
  const withEmpty = make('input', { type: 'checkbox', id: 'with-empty' });
  withEmpty.checked = true;
  const fields = make('dl', { class: 'record' });
  const body = make('div', { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': 'Fields' }, fields);
  const step = (by: number) => {
    grid.moveTo({ row: grid.focus.row + by, column: grid.focus.column }, { focus: false });
    draw();
  };
  const previous = iconButton('left', 'Previous record (Alt+Up)', () => step(-1));
  const related = button('Related records', () => context.showRelated(Math.max(0, grid.focus.row), related), {
    'aria-haspopup': 'dialog',
  });
  const next = iconButton('right', 'Next record (Alt+Down)', () => step(1));
  host.append(
    make(
      'div',
      { class: 'view-tools' },
      previous,
      next,
      place,
      search,
      make('label', { for: 'with-empty' }, withEmpty, 'Fields without a value'),
      related,
      button('Back to the grid', () => context.show('grid', true), { class: 'plain link' }),
    ),
    body,
  );
  search.addEventListener('input', () => draw());
  withEmpty.addEventListener('change', () => draw());
  host.addEventListener('keydown', (event) => {
    // Behind related records, Alt+Left goes back.
    const back = context.head()?.trail !== undefined;
    if (event.key === 'Escape') context.show('grid', true);
    else if (event.altKey && (event.key === 'ArrowUp' || (event.key === 'ArrowLeft' && !back))) step(-1);
    else if (event.altKey && (event.key === 'ArrowDown' || event.key === 'ArrowRight')) step(1);
    else return;
    event.preventDefault();
  });

  function draw(): void {
    const row = Math.max(0, grid.focus.row);
    const record = model.recordAt(row);
    place.textContent =
      record === undefined
        ? 'No record'
        : `Record ${model.formats.count(row + 1)} of ${model.formats.count(model.count)}`;
    previous.disabled = row <= 0;
    next.disabled = row >= model.count - 1;
    related.disabled = record === undefined;
    const wanted = nameKey(search.value);
    const columns = record === undefined ? [] : model.visible;
    const by = [row, model.numberAt(row), record, columns, wanted, withEmpty.checked, model.formats.locale];
    // What somebody has selected stays while others arrive.
    redrawFor(fields, by, () =>
      columns
        .filter(({ name, field }) => nameKey(`${name} ${field?.label ?? ''}`).includes(wanted))
        .filter(({ name }) => withEmpty.checked || voidOf(memberOf(record ?? {}, name)) === undefined)
        .map((column) => fieldRow(context, row, column)),
    );
  }
  return { refresh: draw, focus: () => body.focus() };
}

function fieldRow(context: Context, row: number, column: Column): HTMLElement {
  const record = context.model.recordAt(row) ?? {};
  const { name, field } = column;
  const value = memberOf(record, name);
  const formatted =
    isDate(column.kind) || column.kind === 'number' ? context.model.formats.whole(column, value) : undefined;
  return make(
    'div',
    { class: 'field' },
    make('dt', { title: field?.label }, make('bdi', {}, name)),
    make('dd', {}, shownValue(value, formatted), fieldButtons(context, row, column)),
  );
}

function fieldButtons({ model, send, follow }: Context, row: number, { name, field }: Column): HTMLElement {
  const record = model.recordAt(row) ?? {};
  const value = memberOf(record, name);
  const id = cellText(memberOf(record, 'ID'));
  const buttons = make('span', { class: 'field-buttons' });
  if (isLink(name) && voidOf(value) === undefined)
    buttons.append(
      button('Open', () => follow({ record: model.numberAt(row), field: name }), {
        'aria-label': `Open the record that ${name} points at`,
      }),
    );
  if (id !== '' && name !== 'ID' && field?.writable !== false)
    buttons.append(
      button('Edit', () => send({ type: 'edit', id, column: name, value: cellText(value) }), {
        'aria-label': `Edit ${name}`,
      }),
    );
  return buttons;
}
