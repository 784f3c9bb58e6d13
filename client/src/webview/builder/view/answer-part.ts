/** How many records there are, and the first of them, as the platform says after each change. */
import type { ApiRecord } from '#core/results/read-page';
import { memberOf } from '#core/results/table';
import { readJson } from '#core/values/read-json';
import { describeColumn } from '../../data/columns';
import { Formats, formatsFor } from '../../data/formats';
import { find, make } from '../../view/dom';
import type { ShownAnswer } from '../messages';
import { fieldNamed, type PageRequest } from './parts';

type Rows = Extract<ShownAnswer, { kind: 'rows' }>;

export class AnswerPart {
  readonly #switch = find('preview');
  #formats = new Formats(navigator.language);
  #json = '';

  constructor(
    private readonly shown: () => PageRequest,
    private readonly turn: (on: boolean) => void,
    /** Told how many records there are; undefined while that may be another number. */
    private readonly counted: (total: number | undefined) => void,
  ) {
    this.#switch.addEventListener('change', () => {
      if (this.#switch instanceof HTMLInputElement) this.turn(this.#switch.checked);
    });
  }

  /** What is shown may be old: the request was changed. */
  wait(busy = true): void {
    for (const id of ['answer', 'count']) find(id).setAttribute('aria-busy', String(busy));
    if (busy) this.counted(undefined);
  }

  show(answer: ShownAnswer, on: boolean): void {
    if (this.#switch instanceof HTMLInputElement) this.#switch.checked = on;
    this.wait(answer.kind === 'asking');
    // The last rows stay until others come, so that the page does not jump.
    if (answer.kind === 'asking') {
      find('answer-note').textContent = 'Asking the platform…';
      return;
    }
    const isRows = answer.kind === 'rows';
    this.counted(isRows ? answer.total : undefined);
    find('answer-note').textContent = isRows ? answer.note : answer.text;
    find('answer-note').classList.toggle('problem', answer.kind === 'failed');
    const count = isRows ? answer.count : '';
    if (find('count').textContent !== count) find('count').textContent = count;
    find('answer').hidden = !isRows || answer.columns.length === 0;
    if (isRows && answer.json !== this.#json) this.#showRows(answer);
  }

  /** As the grid of the results shows them. */
  #showRows({ columns: names, json, locale }: Rows): void {
    this.#json = json;
    this.#formats = formatsFor(locale, this.#formats);
    // The extension makes the text, of records.
    const records = readJson(json) as ApiRecord[];
    const columns = names.map((name) => {
      const field = fieldNamed(this.shown(), name);
      return describeColumn(name, records, field && { ...field, values: [], writable: false });
    });
    const cells = (tag: 'th' | 'td', text: (column: (typeof columns)[number]) => string) =>
      make('tr', {}, ...columns.map((each) => make(tag, { class: each.kind }, text(each))));
    find('answer').replaceChildren(
      make(
        'table',
        {},
        make(
          'thead',
          {},
          cells('th', ({ name }) => name),
        ),
        make(
          'tbody',
          {},
          ...records.map((record) =>
            cells('td', (column) => this.#formats.show(column, memberOf(record, column.name))),
          ),
        ),
      ),
    );
  }
}
