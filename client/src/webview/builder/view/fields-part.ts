/** Which fields the answer has: those that were chosen, in their order, and all to choose from. */
import { nameKey } from '#core/text/names';
import { announce, button, find, make } from '../../view/dom';
import type { BuilderPart } from '../messages';
import { FieldList } from './field-list';
import { KeyedRows, keyOfText, type Row } from './keyed';
import { type BuilderPage, fieldNamed, lockedText, type PageRequest, type Part, rowButtons } from './parts';

const NO_FIELDS = 'The fields of this module are not known yet.';
const NONE = 'None is chosen, so the platform sends its own choice of fields.';

const whyNone = ({ module, modules }: PageRequest): string =>
  modules.length === 0 || modules.some(({ name }) => nameKey(name) === nameKey(module))
    ? NO_FIELDS
    : `There is no module “${module}”. Choose another one above.`;

export class FieldsPart implements Part {
  #select: readonly BuilderPart[] = [];
  #request = 0;
  readonly #chosen = make('ol', { id: 'chosen', class: 'rows', 'aria-label': 'Chosen fields' });
  readonly #hint = make('p', { class: 'hint' });
  readonly #none: HTMLButtonElement;
  readonly #rows: KeyedRows<BuilderPart>;
  readonly #list: FieldList;

  constructor(private readonly page: BuilderPage) {
    this.#list = new FieldList((name, chosen) => this.#toggle(name, chosen));
    this.#rows = new KeyedRows(
      this.#chosen,
      () => this.#list.search,
      keyOfText(() => this.#select),
      () => this.#row(),
    );
    this.#none = button('Choose None', () => page.want({ kind: 'all-fields' }), { class: 'plain link' });
    find('fields-part').append(
      this.#chosen,
      make('div', { class: 'line' }, this.#hint, this.#none),
      this.#list.element,
    );
  }

  show(shown: PageRequest): void {
    this.#select = shown.select ?? [];
    this.#rows.show(this.#select);
    this.#chosen.hidden = this.#select.length === 0;
    this.#none.hidden = this.#select.length === 0;
    this.#list.element.hidden = shown.fields.length === 0;
    const isLocked = shown.locked.includes('select');
    if (shown.module === '') this.#hint.textContent = 'Choose a module first.';
    else if (shown.fields.length === 0) this.#hint.textContent = whyNone(shown);
    else this.#hint.textContent = shown.select === undefined && !isLocked ? NONE : '';
    const isOther = shown.request !== this.#request;
    this.#request = shown.request;
    this.#list.show(shown.fields, new Set(this.#select.map(({ text }) => nameKey(text))), isOther);
  }

  #toggle(name: string, chosen: boolean): void {
    if (!chosen) {
      this.page.want({ kind: 'add-field', field: name });
      announce(`${name} chosen`);
      return;
    }
    const index = this.#select.findIndex(({ text }) => nameKey(text) === nameKey(name));
    const part = this.#select[index];
    if (part === undefined) return;
    this.page.want({ kind: 'remove-field', part: { text: part.text, index } });
    announce(`${name} removed`);
  }

  #row(): Row<BuilderPart> {
    const { page } = this;
    let part = { text: '', index: 0 };
    const buttons = rowButtons(
      (by) => page.want({ kind: 'move-field', part, by }),
      () => page.want({ kind: 'remove-field', part }),
    );
    const name = make('span', { class: 'name' });
    const about = make('span', { class: 'about' });
    return {
      element: make(
        'li',
        { class: 'row' },
        name,
        about,
        make('span', { class: 'buttons' }, ...buttons.elements),
      ),
      update: ({ text, locked }, index, count) => {
        part = { text, index };
        buttons.update(text, index, count);
        name.replaceChildren(locked ? lockedText(text) : text);
        about.textContent = fieldNamed(page.shown(), text)?.typeName ?? '';
      },
    };
  }
}
