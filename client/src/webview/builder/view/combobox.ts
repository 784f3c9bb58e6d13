/** A text with a list to choose from, by mouse and keyboard (the combobox pattern of ARIA). */
import { nameKey } from '#core/text/names';
import { isUntold, make } from '../../view/dom';
import { fitting, nearly } from './fitting';

export interface Choice {
  readonly value: string;
  /** What is shown in its place, such as the name of a record for its ID, or `in 30 days`. */
  readonly label?: string | undefined;
  /** What is searched in place of what is shown. */
  readonly key?: string;
  /** What it is: shown behind it, searched too. */
  readonly text?: string | undefined;
}

export interface ComboboxParts {
  readonly id: string;
  readonly label: string;
  readonly placeholder?: string;
  /** Whether other texts than those of the list may be written. */
  readonly free: () => boolean;
  /** Asked for whenever the list opens; `typed` is what may be chosen by. */
  readonly choices: (typed: string) => readonly Choice[];
  /** True where the choices were found by what is typed, perhaps in another spelling. */
  readonly isFound?: (typed: string) => boolean;
  /** Told of what is typed, and that the list was opened. */
  readonly typed?: (text: string) => void;
  /** A sentence below the choices, or ''. */
  readonly note?: () => string;
  readonly chosen: (value: string) => void;
  /** The last line of the list, which does something else than choosing. */
  readonly more?: () => { readonly label: string; readonly press: () => void } | undefined;
}

/** More lines than anybody reads; typing narrows them down. */
const MOST = 300;
/** Pixels between a list and the edge of the page, with its scroll bar. */
const MARGIN = 24;

export class Combobox {
  readonly element: HTMLElement;
  readonly input: HTMLInputElement;
  readonly #list: HTMLElement;
  #value = '';
  #active = -1;
  /** How many could be chosen when more were asked for: where there are more, the list opens again. */
  #had = Infinity;
  /** Choices may come for what was typed last. */
  #waits = false;
  /** The lines that can be chosen, and what each does. */
  #options: readonly HTMLElement[] = [];
  #lines: (() => void)[] = [];

  constructor(private readonly parts: ComboboxParts) {
    const { id, label, placeholder } = parts;
    this.input = make('input', {
      type: 'text',
      id,
      role: 'combobox',
      'aria-label': label,
      'aria-expanded': 'false',
      'aria-controls': `${id}-list`,
      'aria-autocomplete': 'list',
      autocomplete: 'off',
      spellcheck: 'false',
      ...(placeholder === undefined ? {} : { placeholder }),
    });
    this.#list = make('div', { id: `${id}-list`, role: 'listbox', 'aria-label': label, class: 'choices' });
    this.#list.hidden = true;
    this.input.dataset['told'] = '';
    this.element = make('div', { class: 'combobox' }, this.input, this.#list);
    this.input.addEventListener('input', () => this.#ask(this.input.value));
    this.input.addEventListener('mousedown', () => {
      if (this.#list.hidden) this.#ask();
      else this.close();
    });
    this.input.addEventListener('keydown', (event) => this.#key(event));
    this.input.addEventListener('blur', () => {
      this.close();
      this.#commit();
    });
    // The text keeps the focus while a line is pressed.
    this.#list.addEventListener('mousedown', (event) => event.preventDefault());
    this.#list.addEventListener('click', (event) => {
      const line =
        event.target instanceof Element ? event.target.closest<HTMLElement>('[role=option]') : null;
      const index = line === null ? -1 : this.#options.indexOf(line);
      this.#lines[index]?.();
    });
  }

  /** Shows a value, perhaps in other words; what somebody is typing stays. */
  set(value: string, words = value): void {
    const keeps = isUntold(this.input) && document.activeElement === this.input;
    this.#value = value;
    this.input.dataset['told'] = words;
    if (!keeps && this.input.value !== words) this.input.value = words;
  }

  /** What was told last, or set from outside. */
  #told(): string {
    return this.input.dataset['told'] ?? '';
  }

  close(): void {
    this.#waits = false;
    this.#list.hidden = true;
    this.#activate(-1);
    this.input.setAttribute('aria-expanded', 'false');
  }

  /** Fills the list anew where it is open, or was asked for more: what can be chosen may have come in the meantime. */
  refresh(): void {
    const isMore = this.#had < this.parts.choices('').length && document.activeElement === this.input;
    if (isMore) this.#had = Infinity;
    const isWaiting = this.#waits && document.activeElement === this.input;
    if (!isMore && !isWaiting && this.#list.hidden) return;
    const active = this.#options[this.#active];
    this.#open(isUntold(this.input) ? this.input.value : '');
    // Where the user has gone by keys is there still.
    const same = this.#options.findIndex((each) => each.textContent === active?.textContent);
    if (same >= 0) this.#activate(same);
  }

  #key(event: KeyboardEvent): void {
    const isOpen = !this.#list.hidden;
    switch (event.key) {
      case 'ArrowDown':
      case 'ArrowUp':
        event.preventDefault();
        if (!isOpen) this.#ask();
        else this.#move(event.key === 'ArrowDown' ? 1 : -1);
        return;
      case 'Enter':
        event.preventDefault();
        if (isOpen && this.#active >= 0) this.#lines[this.#active]?.();
        // The list says that there is nothing of that name, and what is near.
        else if (this.#isUnknown()) this.#ask(this.input.value);
        else {
          this.close();
          this.#commit();
        }
        return;
      case 'Escape':
        if (!isOpen && !isUntold(this.input)) return;
        event.preventDefault();
        event.stopPropagation();
        this.close();
        this.input.value = this.#told();
        return;
    }
  }

  #move(by: 1 | -1): void {
    const { length } = this.#lines;
    if (length === 0) return;
    const from = this.#active < 0 && by < 0 ? 0 : this.#active;
    this.#activate((from + by + length) % length);
  }

  #activate(index: number): void {
    this.#options[this.#active]?.setAttribute('aria-selected', 'false');
    this.#active = index;
    const line = this.#options[index];
    if (line === undefined) {
      this.input.removeAttribute('aria-activedescendant');
      return;
    }
    line.setAttribute('aria-selected', 'true');
    line.scrollIntoView({ block: 'nearest' });
    this.input.setAttribute('aria-activedescendant', line.id);
  }

  #ask(typed = ''): void {
    this.#waits = this.parts.typed !== undefined;
    this.parts.typed?.(typed.trim());
    this.#open(typed);
    // Where there was nothing to show, all choices may still have to come.
    this.#waits ||= this.#list.hidden;
  }

  /** `typed`: only what has it. */
  #open(typed = ''): void {
    const { choices, isFound, more, id, free } = this.parts;
    const wanted = typed.trim();
    const all = choices(wanted);
    const fits = fitting(all, isFound?.(wanted) === true ? '' : wanted, namesOf);
    const isNothing = fits.length === 0 && wanted !== '' && !free();
    const found = (isNothing ? nearly(all, wanted, namesOf) : fits).slice(0, MOST);
    const other = more?.();
    const told = this.#noteOn(wanted, isNothing, found.length);
    this.#active = -1;
    this.#lines = found.map(
      ({ value }) =>
        () =>
          this.#choose(value),
    );
    if (other !== undefined)
      this.#lines.push(() => {
        this.close();
        this.#had = choices('').length;
        other.press();
      });
    const line = (index: number, ...children: (Node | string)[]) =>
      make('div', { role: 'option', id: `${id}-${index}`, 'aria-selected': 'false' }, ...children);
    this.#options = [
      ...found.map(({ value, label = value, text = '' }, index) =>
        line(index, make('bdi', { class: 'choice' }, label), ' ', make('span', { class: 'about' }, text)),
      ),
      ...(other === undefined ? [] : [line(found.length, make('span', { class: 'more' }, other.label))]),
    ];
    this.#list.replaceChildren(...this.#options);
    // It can't be chosen. What asks about the choices stands before them.
    if (told !== '')
      this.#list[isNothing ? 'prepend' : 'append'](
        make('div', { role: 'option', 'aria-disabled': 'true', class: 'note about' }, told),
      );
    const isEmpty = this.#list.childElementCount === 0;
    this.#list.hidden = isEmpty;
    this.input.setAttribute('aria-expanded', String(!isEmpty));
    this.#keepInside();
    const current = found.findIndex(({ value }) => value === this.#value);
    if (wanted === '' && current >= 0) this.#activate(current);
    else this.#activate(!free() && wanted !== '' && !isNothing ? 0 : -1);
  }

  /** What is said above the choices, or below them. */
  #noteOn(wanted: string, isNothing: boolean, near: number): string {
    if (!isNothing) return this.parts.note?.() ?? '';
    return near === 0 ? 'Nothing found.' : `Nothing is called “${wanted}”. Did you mean one of these?`;
  }

  /** Moves the list to the left where the edge of the page would cut it off. */
  #keepInside(): void {
    this.#list.style.left = '0';
    const { left, right } = this.#list.getBoundingClientRect();
    const over = right + MARGIN - document.documentElement.clientWidth;
    if (over > 0) this.#list.style.left = `${-Math.max(0, Math.min(over, left - MARGIN))}px`;
  }

  #choose(value: string): void {
    this.input.value = value;
    this.close();
    this.#commit();
  }

  /** Whether something is written that can't be chosen. */
  #isUnknown(): boolean {
    return isUntold(this.input) && this.input.value.trim() !== '' && !this.parts.free() && !this.#written();
  }

  /** The choice that is written. */
  #written(): Choice | undefined {
    const written = this.input.value.trim();
    const all = this.parts.choices(written);
    return all.find(({ value }) => nameKey(value) === nameKey(written)) ?? onlyNamed(all, written);
  }

  /** Tells what was written, once; where it must be of the list, nothing else. */
  #commit(): void {
    if (!isUntold(this.input)) return;
    const { free, chosen } = this.parts;
    const written = this.input.value;
    const found = this.#written();
    if (!free() && found === undefined) {
      this.input.value = this.#told();
      return;
    }
    const value = free() && found?.label === undefined ? written : (found?.value ?? written);
    this.input.value = found?.label ?? value;
    this.set(value, this.input.value);
    chosen(value);
  }
}

const namesOf = ({ value, label = value, key = label, text = '' }: Choice) => ({
  name: key,
  about: label === value ? text : `${value} ${text}`,
});

/** The only choice that is called so. */
function onlyNamed(all: readonly Choice[], name: string): Choice | undefined {
  const [found, ...more] = all.filter(({ label }) => label !== undefined && nameKey(label) === nameKey(name));
  return more.length === 0 ? found : undefined;
}
