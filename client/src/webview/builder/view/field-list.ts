/** All fields of a module, to be ticked: one stop of the keyboard, with arrows, space and a search. */
import { nameKey } from '#core/text/names';
import { make } from '../../view/dom';
import { fitting, nearly } from './fitting';
import { aboutField, type KnownField } from './parts';

/** How far keys lead. */
const STEPS: ReadonlyMap<string, number> = new Map([
  ['ArrowDown', 1],
  ['ArrowUp', -1],
  ['PageDown', 8],
  ['PageUp', -8],
  ['Home', -Infinity],
  ['End', Infinity],
]);

export class FieldList {
  readonly search = make('input', {
    type: 'search',
    id: 'field-search',
    placeholder: 'Search fields',
    'aria-label': 'Search fields by name, type or description',
    autocomplete: 'off',
    spellcheck: 'false',
  });
  readonly #found = make('span', { class: 'hint', role: 'status' });
  readonly #list = make('div', {
    id: 'fields',
    role: 'listbox',
    class: 'fields',
    tabindex: 0,
    'aria-multiselectable': 'true',
    'aria-label': 'Fields',
  });
  readonly element = make('div', {}, make('div', { class: 'line' }, this.search, this.#found), this.#list);
  #fields: readonly KnownField[] = [];
  /** By `nameKey`. */
  #chosen: ReadonlySet<string> = new Set();
  #lines: HTMLElement[] = [];
  #names: string[] = [];
  #active = 0;
  #shown = '';

  /** `toggle` gets whether the field was chosen before. */
  constructor(private readonly toggle: (name: string, chosen: boolean) => void) {
    this.search.addEventListener('input', () => this.#fill());
    this.search.addEventListener('keydown', (event) => {
      if (event.key !== 'ArrowDown' && event.key !== 'Enter') return;
      event.preventDefault();
      this.#list.focus();
    });
    this.#list.addEventListener('keydown', (event) => this.#key(event));
    this.#list.addEventListener('focus', () => this.#activate(this.#active));
    this.#list.addEventListener('click', (event) => {
      const line =
        event.target instanceof Element ? event.target.closest<HTMLElement>('[role=option]') : null;
      const index = line === null ? -1 : this.#lines.indexOf(line);
      if (index < 0) return;
      this.#activate(index);
      this.#press(index);
    });
  }

  /** `isOther`: of another request, for which nobody has searched. */
  show(fields: readonly KnownField[], chosen: ReadonlySet<string>, isOther: boolean): void {
    const all = fields.map((field) => `${field.name} ${aboutField(field)}`).join('\n');
    const isNew = isOther || all !== this.#shown;
    if (isOther) this.search.value = '';
    this.#shown = all;
    this.#fields = fields;
    this.#chosen = chosen;
    if (isNew) this.#fill();
    else this.#tick();
  }

  #fill(): void {
    const named = this.#fields.map((field) => ({ name: field.name, about: aboutField(field) }));
    const typed = this.search.value.trim();
    const fits = fitting(named, typed, (each) => each);
    const found = fits.length === 0 ? nearly(named, typed, (each) => each) : fits;
    this.#names = found.map(({ name }) => name);
    this.#lines = found.map(({ name, about }, index) =>
      make(
        'div',
        { role: 'option', id: `field-${index}` },
        make('span', { class: 'tick', 'aria-hidden': 'true' }),
        make('span', { class: 'choice' }, name),
        ' ',
        make('span', { class: 'about' }, about),
      ),
    );
    this.#list.replaceChildren(...this.#lines);
    const { length } = this.#fields;
    if (fits.length === 0)
      this.#found.textContent = found.length === 0 ? 'Nothing found.' : 'Nothing found; these are near.';
    else
      this.#found.textContent =
        fits.length === length ? `${length} fields` : `${fits.length} of ${length} fields`;
    this.#active = 0;
    this.#list.scrollTop = 0;
    this.#list.removeAttribute('aria-activedescendant');
    this.#tick();
  }

  #tick(): void {
    for (const [index, line] of this.#lines.entries())
      line.setAttribute('aria-selected', String(this.#isChosen(index)));
  }

  #isChosen(index: number): boolean {
    return this.#chosen.has(nameKey(this.#names[index] ?? ''));
  }

  #key(event: KeyboardEvent): void {
    const last = this.#lines.length - 1;
    const by = STEPS.get(event.key);
    if (by !== undefined) {
      event.preventDefault();
      this.#activate(Math.max(0, Math.min(last, this.#active + by)));
    } else if (event.key === ' ' || event.key === 'Enter') {
      event.preventDefault();
      this.#press(this.#active);
    }
  }

  #activate(index: number): void {
    this.#lines[this.#active]?.classList.remove('active');
    const line = this.#lines[index];
    if (line === undefined) return;
    this.#active = index;
    line.classList.add('active');
    line.scrollIntoView({ block: 'nearest' });
    this.#list.setAttribute('aria-activedescendant', line.id);
  }

  #press(index: number): void {
    const name = this.#names[index];
    if (name !== undefined) this.toggle(name, this.#isChosen(index));
  }
}
