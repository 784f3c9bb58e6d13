/** By what the records are sorted. */
import { find, make } from '../../view/dom';
import { setOptions } from '../../view/redraw';
import type { BuilderOrder } from '../messages';
import { Combobox } from './combobox';
import { KeyedRows, keyOfText, type Row } from './keyed';
import {
  type BuilderPage,
  fieldChoices,
  fieldNamed,
  lockedText,
  type PageRequest,
  type Part,
  rowButtons,
} from './parts';

/** How the two directions are called, by what a field holds. */
function directions(type: string | undefined): readonly { readonly value: string; readonly label: string }[] {
  const called = (up: string, down: string) => [
    { value: 'asc', label: up },
    { value: 'desc', label: down },
  ];
  switch (type) {
    case 'date':
    case 'datetime':
      return called('earliest first', 'latest first');
    case 'integer':
    case 'decimal':
      return called('smallest first', 'largest first');
    case 'string':
      return called('A to Z', 'Z to A');
    default:
      return called('ascending', 'descending');
  }
}

export class OrderPart implements Part {
  #order: readonly BuilderOrder[] = [];
  readonly #rows: KeyedRows<BuilderOrder>;
  readonly #add: Combobox;

  constructor(private readonly page: BuilderPage) {
    const list = make('ol', { id: 'order', class: 'rows', 'aria-label': 'Sorted by' });
    this.#add = new Combobox({
      id: 'add-order',
      label: 'Sort by a field',
      placeholder: 'Sort by a field…',
      free: () => false,
      choices: () =>
        fieldChoices(
          page.shown(),
          ({ name, sortable }) => sortable && !this.#order.some(({ text }) => text === name),
        ),
      chosen: (field) => {
        this.#add.set('');
        this.#add.input.value = '';
        page.want({ kind: 'add-order', field });
      },
    });
    this.#rows = new KeyedRows(
      list,
      () => this.#add.input,
      keyOfText(() => this.#order),
      (item) => this.#row(item),
    );
    find('order-part').append(list, this.#add.element);
  }

  show(shown: PageRequest): void {
    this.#order = shown.order;
    this.#rows.show(shown.order);
    this.#add.refresh();
    this.#add.input.disabled = shown.fields.length === 0;
  }

  #row({ locked }: BuilderOrder): Row<BuilderOrder> {
    const { page } = this;
    let part = { text: '', index: 0 };
    const buttons = rowButtons(
      (by) => page.want({ kind: 'move-order', part, by }),
      () => page.want({ kind: 'remove-order', part }),
    );
    const name = make('span', { class: 'name' });
    const direction = make('select', { 'data-does': 'direction' });
    direction.addEventListener('change', () =>
      page.want({ kind: 'set-order', part, text: part.text, descending: direction.value === 'desc' }),
    );
    return {
      element: make(
        'li',
        { class: 'row' },
        name,
        ...(locked ? [] : [direction]),
        make('span', { class: 'buttons' }, ...buttons.elements),
      ),
      update: ({ text, descending }, index, count) => {
        part = { text, index };
        buttons.update(`sorting by ${text}`, index, count);
        name.replaceChildren(locked ? lockedText(text) : text);
        direction.setAttribute('aria-label', `Direction of ${text}`);
        setOptions(direction, directions(fieldNamed(page.shown(), text)?.type), descending ? 'desc' : 'asc');
      },
    };
  }
}
