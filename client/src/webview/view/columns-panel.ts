/** The dialog that finds, shows and hides columns. */
import { memberOf } from '#core/results/table';
import { nameKey } from '#core/text/names';
import { arrange, EMPTY_LAYOUT, hide } from '../data/layout';
import { voidOf } from '../data/values';
import type { Context } from './context';
import { button, make } from './dom';
import { type Anchor, closePopup, heading, openDialog } from './menu';
import { redraw } from './redraw';

export function openColumns(context: Context, anchor: Anchor): void {
  const { model, grid } = context;
  const search = make('input', {
    type: 'search',
    placeholder: 'Find a column',
    'aria-label': 'Find a column',
    'data-first': true,
    spellcheck: 'false',
  });
  const list = make('div', { class: 'values', role: 'group', 'aria-label': 'Columns' });
  const goTo = (name: string) => {
    closePopup();
    if (model.layout.hidden.includes(name)) context.setLayout(hide(model.layout, name, false));
    context.show('grid');
    grid.moveTo({ row: grid.focus.row, column: model.visible.findIndex((column) => column.name === name) });
  };
  const names = () => {
    const wanted = nameKey(search.value);
    return arrange(
      model.columns.map(({ name }) => name),
      model.layout,
    ).filter((name) => nameKey(`${name} ${model.column(name)?.field?.label ?? ''}`).includes(wanted));
  };
  const draw = () =>
    redraw(
      list,
      ...names().map((name) => {
        const box = make('input', { type: 'checkbox', 'aria-label': `Show ${name}` });
        box.checked = !model.layout.hidden.includes(name);
        box.addEventListener('change', () => context.setLayout(hide(model.layout, name, !box.checked)));
        return make(
          'div',
          { class: 'line-of-list' },
          box,
          button(name, () => goTo(name), { class: 'plain', title: 'Go to this column' }),
        );
      }),
    );
  search.addEventListener('input', draw);
  search.addEventListener('keydown', (event) => {
    const [first] = names();
    if (event.key === 'Enter' && first !== undefined) goTo(first);
  });
  const set = (hidden: readonly string[]) => {
    context.setLayout({ ...model.layout, hidden });
    draw();
  };
  openDialog(
    'Columns',
    [
      heading('Columns'),
      search,
      list,
      make(
        'div',
        { class: 'dialog-buttons' },
        button('Show all', () => set([])),
        button('Hide all', () => set(model.columns.map(({ name }) => name).filter((name) => name !== 'ID'))),
        button('Hide empty', () => set([...model.layout.hidden, ...emptyColumns(context)])),
        button(
          'Reset',
          () => {
            context.setLayout(EMPTY_LAYOUT);
            draw();
          },
          { title: 'Resets order, widths and pins' },
        ),
      ),
    ],
    anchor,
  );
  draw();
}

/** Returns the columns without values. Most are ruled out by their first records. */
function emptyColumns({ model }: Context): string[] {
  return model.columns
    .map(({ name }) => name)
    .filter((name) => model.records.every((record) => voidOf(memberOf(record, name)) !== undefined));
}
