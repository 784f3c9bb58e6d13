/**
 * The field over a cell while it is edited. It belongs to a record and a column, wherever they are shown: sorting and
 * scrolling move it, and what is typed goes nowhere else.
 */
import { nameKey } from '#core/text/names';
import { make } from './dom';

/** How an edit ends. `move`: where the focus goes, in rows and columns. */
export interface EditorActions {
  readonly commit: (text: string, move?: { readonly rows: number; readonly columns: number }) => void;
  readonly cancel: () => void;
  readonly review: () => void;
  /** Why this text can't be a value, if it can't: a sentence. */
  readonly problem: (text: string) => string | undefined;
}

/** What is edited. */
export interface EditorTarget {
  /** The field, and which record's. */
  readonly label: string;
  readonly text: string;
  /** The text to begin with, where typing began the edit. */
  readonly typed?: string;
  readonly hint: string;
  /** Values to choose from; others may be typed. */
  readonly options: readonly string[];
}

/** More options than these are found by typing. */
const MOST_OPTIONS = 100;

export class CellEditor {
  readonly element = make('div', { class: 'cell-editor' });
  readonly #input: HTMLInputElement | HTMLTextAreaElement;
  readonly #problem = make('div', { class: 'edit-problem', id: 'edit-problem', role: 'alert' });
  readonly #list = make('ul', {
    class: 'options',
    id: 'edit-options',
    role: 'listbox',
    'aria-label': 'Values',
  });
  #active = -1;
  #closed = false;

  constructor(
    private readonly target: EditorTarget,
    private readonly actions: EditorActions,
  ) {
    const { label, text, typed, hint, options } = target;
    const attributes = {
      'aria-label': label,
      'aria-describedby': 'edit-problem',
      placeholder: hint,
      autocomplete: 'off',
      spellcheck: 'false',
    };
    const choice = options.length > 0;
    this.#input = choice
      ? make('input', {
          ...attributes,
          type: 'text',
          role: 'combobox',
          'aria-autocomplete': 'list',
          'aria-controls': 'edit-options',
          'aria-expanded': 'false',
        })
      : make('textarea', { ...attributes, rows: 1 });
    this.#input.value = typed ?? text;
    this.element.append(this.#input, ...(choice ? [this.#list] : []), this.#problem);
    this.#input.addEventListener('input', () => this.#changed());
    this.element.addEventListener('keydown', (event) => this.#key(event));
    this.element.addEventListener('focusout', () => this.close(true));
    // Choosing with the pointer must not take the focus.
    this.#list.addEventListener('pointerdown', (event) => {
      event.preventDefault();
      const option = event.target instanceof Element ? event.target.closest('[role=option]') : null;
      if (option !== null) this.#take(option.textContent);
    });
  }

  /** The text as it is now. */
  get text(): string {
    return this.#input.value;
  }

  open(): void {
    this.#input.focus({ preventScroll: true });
    this.#input.setSelectionRange(this.text.length, this.text.length);
    this.#changed();
  }

  /** Ends the edit, with or without what was typed, and leaves the focus where it is. */
  close(commit: boolean): void {
    if (this.#closed) return;
    this.#closed = true;
    this.element.remove();
    if (commit) this.actions.commit(this.text);
  }

  /** Moves over a cell; out of sight where the cell is. */
  place(cell: DOMRect | undefined): void {
    const { style } = this.element;
    style.left = cell === undefined ? '-9999px' : `${cell.left}px`;
    style.top = cell === undefined ? '0' : `${cell.top}px`;
    if (cell === undefined) return;
    this.#input.style.minWidth = `${cell.width}px`;
    this.#input.style.minHeight = `${cell.height}px`;
  }

  #changed(): void {
    const { typed, text, options } = this.target;
    const input = this.#input;
    if (input instanceof HTMLTextAreaElement) {
      input.rows = Math.min(8, this.text.split('\n').length);
      input.style.width = `${Math.min(60, Math.max(...this.text.split('\n').map(({ length }) => length + 2)))}ch`;
    }
    const unchanged = typed === undefined && this.text === text;
    this.#say(unchanged ? undefined : this.actions.problem(this.text));
    if (options.length > 0) this.#offer(unchanged ? '' : this.text);
  }

  #say(problem: string | undefined): void {
    this.#problem.textContent = problem ?? '';
    this.#input.setAttribute('aria-invalid', String(problem !== undefined));
  }

  /** Offers the values that hold a text. */
  #offer(text: string): void {
    const found = this.target.options.filter((each) => nameKey(each).includes(nameKey(text)));
    this.#active = -1;
    this.#list.replaceChildren(
      ...found
        .slice(0, MOST_OPTIONS)
        .map((each, at) =>
          make('li', { role: 'option', id: `edit-option-${at}`, 'aria-selected': 'false' }, each),
        ),
    );
    this.#list.hidden = found.length === 0;
    this.#input.setAttribute('aria-expanded', String(found.length > 0));
    this.#input.removeAttribute('aria-activedescendant');
  }

  #go(by: number): void {
    const options = [...this.#list.children];
    if (options.length === 0) return;
    options[this.#active]?.setAttribute('aria-selected', 'false');
    this.#active = (Math.max(this.#active + by, by < 0 ? -1 : 0) + options.length) % options.length;
    const option = options[this.#active];
    option?.setAttribute('aria-selected', 'true');
    option?.scrollIntoView({ block: 'nearest' });
    this.#input.setAttribute('aria-activedescendant', option?.id ?? '');
  }

  #take(value: string): void {
    this.#input.value = value;
    this.#changed();
  }

  #end(move: { readonly rows: number; readonly columns: number }): void {
    const chosen = this.#list.children[this.#active]?.textContent;
    if (chosen !== undefined) this.#input.value = chosen;
    this.close(false);
    this.actions.commit(this.text, move);
  }

  #key(event: KeyboardEvent): void {
    const by = event.shiftKey ? -1 : 1;
    switch (event.key) {
      case 'Enter':
        // While a text is being composed, the key belongs to that.
        if (event.isComposing) return;
        if (event.altKey || event.ctrlKey) this.#breakLine();
        else this.#end({ rows: by, columns: 0 });
        break;
      case 'Tab':
        this.#end({ rows: 0, columns: by });
        break;
      case 'Escape':
        this.close(false);
        this.actions.cancel();
        break;
      case 'ArrowDown':
      case 'ArrowUp':
        if (this.target.options.length === 0) return;
        this.#go(event.key === 'ArrowDown' ? 1 : -1);
        break;
      default:
        if (!(event.ctrlKey || event.metaKey)) return;
        // The field does these itself: the editor around it would do them later, to what was typed by then.
        if ('azy'.includes(event.key.toLowerCase())) event.stopPropagation();
        if (event.key.toLowerCase() !== 's') return;
        this.actions.review();
    }
    event.preventDefault();
    event.stopPropagation();
  }

  #breakLine(): void {
    if (!(this.#input instanceof HTMLTextAreaElement)) return;
    this.#input.setRangeText('\n', this.#input.selectionStart, this.#input.selectionEnd, 'end');
    this.#changed();
  }
}
