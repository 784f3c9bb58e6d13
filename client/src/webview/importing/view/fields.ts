/** Fields of the page's forms. */
import { find, make } from '../../view/dom';

interface Option {
  readonly value: string;
  readonly label: string;
}

/** A button or an input of the page. */
export const field = (id: string): HTMLButtonElement | HTMLInputElement => {
  const element = find(id);
  if (element instanceof HTMLButtonElement || element instanceof HTMLInputElement) return element;
  throw new Error(`#${id} is no field`);
};

/** A list to choose from. `value` '' shows `ask` until something is chosen. */
export function select(
  attributes: { readonly id: string; readonly 'aria-label'?: string },
  options: readonly Option[],
  value: string,
  changed: (value: string) => void,
  ask = 'Choose…',
): HTMLSelectElement {
  const asks = value === '' ? [make('option', { value: '', disabled: true }, ask)] : [];
  const list = make(
    'select',
    attributes,
    ...asks,
    ...options.map((option) => make('option', { value: option.value }, option.label)),
  );
  list.value = value;
  list.addEventListener('change', () => changed(list.value));
  return list;
}

/** A text with completion, told when it is left, or at Enter. */
export function textWithList(
  attributes: {
    readonly id: string;
    readonly list?: string;
    readonly 'aria-label'?: string;
    readonly placeholder?: string;
  },
  value: string,
  changed: (value: string) => void,
): HTMLInputElement {
  const input = make('input', { type: 'text', autocomplete: 'off', spellcheck: 'false', ...attributes });
  input.value = value;
  input.dataset['told'] = value;
  input.addEventListener('change', () => {
    input.dataset['told'] = input.value;
    changed(input.value);
  });
  return input;
}
