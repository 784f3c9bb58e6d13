/** Names of records beside their IDs, for the columns where the user asked for them. */
import { idsIn } from '#core/results/table';
import { type Column, isLink } from './columns';
import type { Layout } from './layout';

/** Whether names can be asked for: the column holds IDs of other records. */
export const canShowNames = ({ name, grouped, field }: Column): boolean =>
  grouped === undefined && (isLink(name) || field?.names === true);

/** Shows names beside the IDs of columns, or no longer. */
export const showNames = (layout: Layout, columns: readonly string[], on: boolean): Layout => {
  const others = (layout.named ?? []).filter((name) => !columns.includes(name));
  return { ...layout, named: on ? [...others, ...columns] : others };
};

export class ShownNames {
  /** By column, then by ID. */
  readonly #names = new Map<string, ReadonlyMap<string, string>>();

  clear(): void {
    this.#names.clear();
  }

  set(column: string, names: readonly (readonly [id: string, name: string])[]): void {
    this.#names.set(column, new Map(names));
  }

  /** The names of the records that a cell names, in the order of their IDs; undefined where none is known or wanted. */
  of({ name }: Column, value: unknown, { named }: Layout): string | undefined {
    const names = named?.includes(name) === true ? this.#names.get(name) : undefined;
    const ids = names === undefined ? [] : idsIn(value);
    if (!ids.some((id) => names?.has(id))) return undefined;
    return ids.map((id) => names?.get(id) ?? id).join('; ');
  }
}
