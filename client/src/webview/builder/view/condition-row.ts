/** One condition: how it is joined, its field, the comparison and the value. */
import { button, make } from '../../view/dom';
import { redraw, setOptions } from '../../view/redraw';
import type { BuilderConditionParts, ShownCondition } from '../messages';
import { Combobox } from './combobox';
import type { Row } from './keyed';
import { type BuilderPage, fieldChoices, fieldNamed, lockedText, rowButtons } from './parts';
import { type AboutValue, kindOf, type ValueControl, valueControl } from './value-control';

/** A condition as a row shows it: one of the file, or one that is not complete yet. */
export type RowCondition = Omit<ShownCondition, 'text'> & { readonly text: string | undefined };

export interface RowActs {
  /** Returns the number of the wish. */
  readonly change: (key: string, condition: BuilderConditionParts) => number;
  readonly join: (key: string, join: 'and' | 'or') => void;
  readonly remove: (key: string) => void;
  readonly fix: (key: string, fix: string) => void;
}

const same = (a: BuilderConditionParts | undefined, b: BuilderConditionParts | undefined): boolean =>
  a?.field === b?.field && a?.operator === b?.operator && a?.value === b?.value;

/** A part of an ID is that of other records, too: one is compared as a whole. */
const forRecords = (operator: string): string => (operator === 'ne' ? operator : 'eq');

const EMPTY: BuilderConditionParts = { field: '', operator: '', value: '' };
const JOINS = [
  { value: 'and', label: 'and' },
  { value: 'or', label: 'or' },
];

export class ConditionRow implements Row<RowCondition> {
  readonly element = make('li', { class: 'row condition' });
  readonly #join = make('select', { 'data-does': 'join', 'aria-label': 'Joined with the one before by' });
  readonly #field: Combobox;
  readonly #operator = make('select', { 'data-does': 'operator', 'aria-label': 'Comparison' });
  readonly #place = make('span', { class: 'value-place' });
  /** What is missing, or wrong. */
  readonly #said = make('span', { class: 'said', role: 'status' });
  /** What mends it at once. */
  readonly #fixing = make('span', { class: 'fixes' });
  readonly #locked = make('span', { class: 'whole-condition' });
  readonly #buttons;
  #value: ValueControl | undefined;
  #kind = '';
  /** As the file has it. */
  #written: BuilderConditionParts | undefined;
  /** As it is shown, while that is not in the file: `wish` is the number of what was sent, if it was whole. */
  #pending: { readonly condition: BuilderConditionParts; readonly wish: number | undefined } | undefined;
  #about: AboutValue = {};
  #problems: readonly string[] = [];
  #notes: readonly string[] = [];
  #fixes: readonly string[] = [];
  #text: string | undefined;

  constructor(
    private readonly page: BuilderPage,
    private readonly key: string,
    private readonly acts: RowActs,
  ) {
    this.#field = new Combobox({
      id: `${key}-field`,
      label: 'Field of the condition',
      placeholder: 'Field',
      free: () => false,
      choices: () => fieldChoices(page.shown(), ({ filterable }) => filterable),
      chosen: (field) => this.#chooseField(field),
    });
    this.#buttons = rowButtons(undefined, () => acts.remove(key));
    this.#join.addEventListener('change', () => acts.join(key, this.#join.value === 'or' ? 'or' : 'and'));
    this.#operator.addEventListener('change', () =>
      this.#change({ ...this.#parts, operator: this.#operator.value }),
    );
    this.element.append(
      this.#join,
      this.#locked,
      this.#field.element,
      this.#operator,
      this.#place,
      make('span', { class: 'buttons' }, ...this.#buttons.elements),
      make('span', { class: 'below' }, this.#said, this.#fixing),
    );
  }

  update(
    { join, text, parts, name, label, problems = [], notes = [], fixes = [] }: RowCondition,
    index: number,
    count: number,
  ): void {
    const isCarriedOut = (this.#pending?.wish ?? Infinity) <= this.page.shown().done;
    // What could not be added stays to be mended.
    if (isCarriedOut && (parts !== undefined || this.#written !== undefined)) this.#pending = undefined;
    else if (this.#written !== undefined && !same(parts, this.#written)) this.#pending = undefined;
    this.#written = parts;
    this.#about = { name, label };
    this.#problems = problems;
    this.#notes = notes;
    this.#fixes = fixes;
    this.#text = text;
    this.#join.hidden = index === 0;
    setOptions(this.#join, JOINS, join ?? 'and');
    this.#buttons.update(text ?? 'this condition', index, count);
    const isLocked = text !== undefined && parts === undefined;
    this.#locked.replaceChildren(...(isLocked ? [lockedText(text)] : []));
    this.#locked.hidden = !isLocked;
    for (const each of [this.#field.element, this.#operator, this.#place]) each.hidden = isLocked;
    if (isLocked) this.#say();
    else this.#show();
  }

  /** Records were found for a value. */
  refresh(): void {
    if (!this.element.hidden && this.#locked.hidden) this.#show();
  }

  focus(): void {
    this.#field.input.focus();
  }

  get #parts(): BuilderConditionParts {
    return this.#pending?.condition ?? this.#written ?? EMPTY;
  }

  #show(): void {
    const { field: name, operator, value } = this.#parts;
    const field = fieldNamed(this.page.shown(), name);
    this.#field.set(name);
    this.#field.refresh();
    const known = (field?.operators ?? []).map((each) => ({ value: each.name, label: each.meaning }));
    const other = operator === '' || known.some((each) => each.value === operator);
    setOptions(this.#operator, other ? known : [{ value: operator, label: operator }, ...known], operator);
    this.#operator.disabled = name === '';
    const kind = kindOf(field);
    if (this.#value === undefined || kind !== this.#kind) {
      this.#kind = kind;
      this.#value = valueControl(kind, {
        id: `${this.key}-value`,
        chosen: (chosen, isRecord) => {
          const parts = { ...this.#parts, value: chosen };
          this.#change(isRecord ? { ...parts, operator: forRecords(parts.operator) } : parts);
        },
        page: this.page,
      });
    }
    this.#value.update(field, value, this.#pending === undefined ? this.#about : {});
    // Somebody may be writing the value while it is told what the field holds.
    if (this.#value.element.parentElement !== this.#place) redraw(this.#place, this.#value.element);
    this.#place.hidden = name === '';
    this.#say();
  }

  #say(): void {
    const missing = this.#locked.hidden ? this.#missing() : '';
    const isWritten = missing === '' && this.#pending === undefined;
    const text = isWritten ? [...this.#problems, ...this.#notes].join(' ') : missing;
    if (this.#said.textContent !== text) this.#said.textContent = text;
    const isProblem = missing === '' && this.#problems.length > 0;
    this.#said.classList.toggle('open', !isProblem);
    this.#said.classList.toggle('problem', isProblem);
    this.#showFixes(isWritten ? this.#fixes : []);
  }

  #showFixes(fixes: readonly string[]): void {
    const shown = [...this.#fixing.children].map(({ textContent }) => textContent);
    if (shown.join('\n') === fixes.join('\n')) return;
    this.#fixing.replaceChildren(
      ...fixes.map((fix) =>
        button(fix, () => {
          this.acts.fix(this.key, fix);
          // The button goes with what it mends.
          (this.#locked.hidden ? this.#value : undefined)?.focus();
        }),
      ),
    );
  }

  /** What is missing until it can stand in the file. */
  #missing(): string {
    const isOpen =
      this.#pending === undefined ? this.#written === undefined : this.#pending.wish === undefined;
    if (!isOpen) return '';
    const wanted = this.#parts.field === '' ? 'Choose a field.' : 'Choose or write a value.';
    return this.#text === undefined ? wanted : `${wanted} Until then, the file has ${this.#text}`;
  }

  /** Keeps the comparison and the value where they make sense for the field, too. */
  #chooseField(name: string): void {
    const shown = this.page.shown();
    const [before, field] = [fieldNamed(shown, this.#parts.field), fieldNamed(shown, name)];
    const { operator, value } = this.#parts;
    const wanted = field?.linked === undefined ? operator : forRecords(operator);
    const kept = field?.operators.find((each) => each.name === wanted);
    const sameType = before !== undefined && before.type === field?.type && before.linked === field.linked;
    this.#change({
      field: name,
      operator: (kept ?? field?.operators[0])?.name ?? 'eq',
      value: sameType ? value : '',
    });
    if (this.#pending?.wish === undefined) this.#value?.focus();
  }

  #change(condition: BuilderConditionParts): void {
    const field = fieldNamed(this.page.shown(), condition.field);
    // An empty text is a value only where somebody has emptied it.
    const isCleared = field?.type === 'string' && this.#written?.field === condition.field;
    const isWhole = condition.field !== '' && (condition.value !== '' || isCleared);
    this.#pending = {
      condition,
      wish: isWhole ? this.acts.change(this.key, condition) : undefined,
    };
    this.#show();
  }
}
