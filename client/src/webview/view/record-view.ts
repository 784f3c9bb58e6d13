/** One record as a form, with its full values. */
import type { ApiRecord } from '#core/results/read-page';
import { cellText, memberOf } from '#core/results/table';
import { nameKey } from '#core/text/names';
import { type Column, isDate, isLink } from '../data/columns';
import { voidOf } from '../data/values';
import type { Context, ResultView } from './context';
import { button, iconButton, make } from './dom';
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
  const previous = iconButton('left', 'Previous record (Alt+Left)', () => step(-1));
  const next = iconButton('right', 'Next record (Alt+Right)', () => step(1));
  host.append(
    make(
      'div',
      { class: 'view-tools' },
      previous,
      next,
      place,
      search,
      make('label', { for: 'with-empty' }, withEmpty, 'Fields without a value'),
      button('Back to the grid', () => context.show('grid', true), { class: 'plain link' }),
    ),
    body,
  );
  search.addEventListener('input', () => draw());
  withEmpty.addEventListener('change', () => draw());
  host.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') context.show('grid', true);
    else if (event.altKey && event.key === 'ArrowLeft') step(-1);
    else if (event.altKey && event.key === 'ArrowRight') step(1);
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
    const wanted = nameKey(search.value);
    const columns = record === undefined ? [] : model.visible;
    fields.replaceChildren(
      ...columns
        .filter(({ name, field }) => nameKey(`${name} ${field?.label ?? ''}`).includes(wanted))
        .filter(({ name }) => withEmpty.checked || voidOf(memberOf(record ?? {}, name)) === undefined)
        .map((column) => fieldRow(context, record ?? {}, column)),
    );
  }
  return { refresh: draw, focus: () => body.focus() };
}

function fieldRow(context: Context, record: ApiRecord, column: Column): HTMLElement {
  const { name, field } = column;
  const value = memberOf(record, name);
  const formatted = isDate(column.kind) ? context.model.formats.whole(column, value) : undefined;
  return make(
    'div',
    { class: 'field' },
    make('dt', { title: field?.label }, make('bdi', {}, name)),
    make('dd', {}, shownValue(value, formatted), fieldButtons(context, record, column)),
  );
}

function fieldButtons({ send }: Context, record: ApiRecord, { name, field }: Column): HTMLElement {
  const value = memberOf(record, name);
  const id = cellText(memberOf(record, 'ID'));
  const buttons = make('span', { class: 'field-buttons' });
  if (isLink(name) && voidOf(value) === undefined) {
    const target = cellText(Array.isArray(value) ? value[0] : value);
    buttons.append(
      button('Open', () => send({ type: 'openLinked', column: name, value: target }), {
        'aria-label': `Open the record that ${name} points at`,
      }),
    );
  }
  if (id !== '' && name !== 'ID' && field?.writable !== false)
    buttons.append(
      button('Edit', () => send({ type: 'edit', id, column: name, value: cellText(value) }), {
        'aria-label': `Edit ${name}`,
      }),
    );
  return buttons;
}
