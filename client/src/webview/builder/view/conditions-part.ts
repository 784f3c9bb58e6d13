/** Which records the answer has. */
import { button, find, make } from '../../view/dom';
import type { ShownCondition } from '../messages';
import { ConditionRow, type RowCondition } from './condition-row';
import { KeyedRows } from './keyed';
import type { BuilderPage, PageRequest, Part } from './parts';

export class ConditionsPart implements Part {
  #conditions: readonly ShownCondition[] = [];
  /** Rows that are not complete yet, and so not in the file. */
  #drafts: RowCondition[] = [];
  #named = 0;
  #request = 0;
  /** How conditions joined by both words are read. */
  #reading = '';
  readonly #made = new Map<string, ConditionRow>();
  readonly #rows: KeyedRows<RowCondition>;
  readonly #add: HTMLButtonElement;
  readonly #hint = make('p', { class: 'hint' });

  constructor(private readonly page: BuilderPage) {
    const list = make('ol', { id: 'conditions', class: 'rows', 'aria-label': 'Conditions' });
    this.#add = button('Add Condition', () => this.#addRow(), { id: 'add-condition' });
    this.#rows = new KeyedRows(
      list,
      () => this.#add,
      ({ key }) => key,
      (_, key) => this.#rowOf(key),
    );
    find('conditions-part').append(list, this.#hint, this.#add);
  }

  show(shown: PageRequest): void {
    if (shown.request !== this.#request) this.#drafts = [];
    this.#request = shown.request;
    this.#conditions = shown.conditions;
    this.#drafts = this.#drafts.filter(({ key }) => !this.#isWritten(key));
    this.#add.disabled = shown.fields.length === 0;
    this.#reading = shown.reading ?? '';
    this.#showRows();
  }

  /** Records were found for a value. */
  refresh(): void {
    for (const row of this.#made.values()) row.refresh();
  }

  #isWritten(key: string): boolean {
    return this.#conditions.some((each) => each.key === key);
  }

  #showRows(): void {
    const all = [...this.#conditions, ...this.#drafts];
    this.#hint.textContent = all.length === 0 ? 'No condition: all records of the module.' : this.#reading;
    this.#rows.show(all);
    for (const key of this.#made.keys()) if (!all.some((each) => each.key === key)) this.#made.delete(key);
  }

  #addRow(): void {
    const key = `d${++this.#named}`;
    this.#drafts.push({ key, join: 'and', text: undefined });
    this.#showRows();
    this.#made.get(key)?.focus();
  }

  #rowOf(key: string): ConditionRow {
    const row = new ConditionRow(this.page, key, {
      change: (_, condition) => {
        const draft = this.#drafts.find((each) => each.key === key);
        return this.page.want(
          draft === undefined
            ? { kind: 'set-condition', key, condition }
            : { kind: 'add-condition', key, join: draft.join ?? 'and', condition },
        );
      },
      join: (_, join) => {
        if (this.#isWritten(key)) this.page.want({ kind: 'set-join', key, join });
        else this.#drafts = this.#drafts.map((each) => (each.key === key ? { ...each, join } : each));
      },
      fix: (_, fix) => this.page.want({ kind: 'fix-condition', key, fix }),
      remove: () => {
        if (this.#isWritten(key)) this.page.want({ kind: 'remove-condition', key });
        this.#drafts = this.#drafts.filter((each) => each.key !== key);
        this.#showRows();
      },
    });
    this.#made.set(key, row);
    return row;
  }
}
