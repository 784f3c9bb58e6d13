/** How many records are fetched. */
import { find, make } from '../../view/dom';
import type { BuilderPage, PageRequest, Part } from './parts';

const isAll = (pages: string | undefined): boolean => pages?.toLowerCase() === 'all';
const number = (count: number): string => count.toLocaleString('en-GB');

export class AmountPart implements Part {
  readonly #page = radio('amount-page');
  readonly #first = radio('amount-first');
  readonly #all = radio('amount-all');
  readonly #other = radio('amount-other');
  readonly #top = make('input', {
    type: 'text',
    inputmode: 'numeric',
    id: 'top',
    'aria-label': 'Number of records',
    placeholder: 'how many',
    autocomplete: 'off',
  });
  readonly #pageText = make('span');
  readonly #allText = make('span');
  readonly #otherText = make('span');
  readonly #otherLine = make('label', { class: 'line' }, this.#other, this.#otherText);
  #shown: PageRequest | undefined;
  #total: number | undefined;

  constructor(private readonly page: BuilderPage) {
    this.#page.addEventListener('change', () => {
      if (this.#shown?.top !== undefined) page.want({ kind: 'top', top: undefined });
      this.#onePage();
    });
    // Arrow keys go on to the next choice; the mouse is to write a number.
    this.#first.addEventListener('click', ({ detail }) => {
      if (detail > 0) this.#top.focus();
    });
    this.#all.addEventListener('change', () => page.want({ kind: 'pages', pages: 'all' }));
    this.#top.addEventListener('change', () => this.#setTop());
    find('amount-part').append(
      make('label', { class: 'line' }, this.#page, this.#pageText),
      make('div', { class: 'line' }, make('label', {}, this.#first, 'The first'), this.#top, 'records'),
      make('label', { class: 'line' }, this.#all, this.#allText),
      this.#otherLine,
    );
  }

  show(shown: PageRequest): void {
    this.#shown = shown;
    const { top = '', pages } = shown;
    const isOne = pages === undefined || pages === '1';
    this.#page.checked = isOne && top === '';
    this.#first.checked = isOne && top !== '';
    this.#all.checked = isAll(pages);
    this.#other.checked = !isOne && !isAll(pages);
    this.#otherLine.hidden = !this.#other.checked;
    const size = top === '' ? '' : ` of ${top}`;
    this.#otherText.textContent = this.#other.checked
      ? `${pages ?? ''} pages${size}, as written in the file`
      : '';
    const typed = isOne ? top : '';
    if (document.activeElement !== this.#top || this.#top.value === this.#top.dataset['told'])
      this.#top.value = typed;
    this.#top.dataset['told'] = typed;
    this.#count();
  }

  /** How many records there are; undefined while that is not known. */
  count(total: number | undefined): void {
    this.#total = total;
    this.#count();
  }

  #count(): void {
    if (this.#shown === undefined) return;
    const { pageSize, top = '' } = this.#shown;
    if (this.#total === 0) {
      this.#pageText.textContent = 'The first page';
      this.#allText.textContent = 'All records';
      return;
    }
    const of = this.#total === undefined ? '' : ` of ${number(this.#total)}`;
    const isOnly = this.#total !== undefined && this.#total <= pageSize;
    this.#pageText.textContent = `The first page (${isOnly ? `all${of}` : `about ${pageSize}${of || ' records'}`})`;
    const all = this.#total === undefined ? '' : ` (${number(this.#total)})`;
    const pace = isAll(this.#shown.pages) && top !== '' ? `, ${top} at a time` : '';
    this.#allText.textContent = `All records${all}${pace}`;
  }

  #setTop(): void {
    const top = this.#top.value.trim();
    this.#top.dataset['told'] = top;
    this.page.want({ kind: 'top', top: top === '' ? undefined : top });
    this.#onePage();
  }

  #onePage(): void {
    const { pages } = this.#shown ?? {};
    if (pages !== undefined && pages !== '1') this.page.want({ kind: 'pages', pages: undefined });
  }
}

const radio = (id: string): HTMLInputElement => make('input', { type: 'radio', name: 'amount', id });
