/** What the parts of the builder's page share. */
import { nameKey } from '#core/text/names';
import { icon, iconButton, make } from '../../view/dom';
import type { BuilderField, BuilderOperator, FoundRecords, ShownRequest, Wish } from '../messages';
import type { Choice } from './combobox';

/** A field with what may be done with its type. */
export interface KnownField extends BuilderField {
  readonly typeName: string;
  readonly operators: readonly BuilderOperator[];
  /** What a number in the place of `#` may mean: `in # days`. */
  readonly counted: readonly string[];
}

/** A request as the parts of the page show it. */
export interface PageRequest extends Omit<ShownRequest, 'fields'> {
  readonly fields: readonly KnownField[];
}

/** Joins each field with its type. */
export function pageRequest(shown: ShownRequest): PageRequest {
  const types = new Map(shown.types.map((each) => [each.type, each]));
  const fields = shown.fields.map((field) => {
    const type = types.get(field.type);
    return {
      ...field,
      typeName: type?.name ?? '',
      operators: type?.operators ?? [],
      counted: type?.counted ?? [],
      values: [...field.values, ...(type?.values ?? [])],
    };
  });
  return { ...shown, fields };
}

/** What a part of the page asks of it. */
export interface BuilderPage {
  /** The request as it is shown. */
  readonly shown: () => PageRequest;
  /** Returns the number of the wish. */
  readonly want: (wish: Wish) => number;
  readonly lookUp: (field: string) => void;
  /** Asks for records whose IDs the field holds, by a part of their names. */
  readonly findRecords: (field: string, text: string) => void;
  /** What was found last. */
  readonly records: () => FoundRecords | undefined;
}

/** A part of the page: shows what is there, and keeps its elements. */
export interface Part {
  show(shown: PageRequest): void;
}

export const fieldNamed = ({ fields }: PageRequest, name: string): KnownField | undefined => {
  const wanted = nameKey(name);
  return fields.find((each) => nameKey(each.name) === wanted);
};

/** `date and time · When it begins. · can’t be sorted`. */
export function aboutField({ typeName, text, filterable, sortable }: KnownField): string {
  const limits = [filterable ? '' : 'can’t be filtered', sortable ? '' : 'can’t be sorted'];
  return [typeName, text ?? '', ...limits].filter((each) => each !== '').join(' · ');
}

export const fieldChoices = (
  { fields }: PageRequest,
  can: (field: KnownField) => boolean,
): readonly Choice[] => fields.filter(can).map((field) => ({ value: field.name, text: aboutField(field) }));

/** A text that the builder keeps as it is. */
export const lockedText = (text: string): HTMLElement =>
  make(
    'span',
    { class: 'locked', title: 'Written by hand; edit it in the file.' },
    icon('lock'),
    make('code', {}, text),
    make('span', { class: 'hidden-text' }, ' (written by hand; edit it in the file)'),
  );

/** The buttons that move a row, or remove it. `what` names the row. */
export interface RowButtons {
  readonly elements: readonly HTMLButtonElement[];
  update(what: string, index: number, count: number): void;
}

export function rowButtons(move: ((by: -1 | 1) => void) | undefined, remove: () => void): RowButtons {
  const up = iconButton('up', 'Move up', () => move?.(-1), { 'data-does': 'up' });
  const down = iconButton('down', 'Move down', () => move?.(1), { 'data-does': 'down' });
  const removing = iconButton('close', 'Remove', remove, { 'data-does': 'remove' });
  const name = (button: HTMLButtonElement, label: string) => {
    if (button.title === label) return;
    button.title = label;
    button.setAttribute('aria-label', label);
  };
  return {
    elements: move === undefined ? [removing] : [up, down, removing],
    update: (what, index, count) => {
      up.disabled = index === 0;
      down.disabled = index === count - 1;
      name(up, `Move ${what} up`);
      name(down, `Move ${what} down`);
      name(removing, `Remove ${what}`);
    },
  };
}
