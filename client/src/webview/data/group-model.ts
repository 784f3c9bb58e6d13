/** A table of groups as the grid shows it. */
import type { ApiRecord } from '#core/results/read-page';
import type { Column } from './columns';
import { Edits } from './edits';
import type { Formats } from './formats';
import type { GridModel } from './grid-model';
import type { GroupTable } from './group-table';
import { EMPTY_LAYOUT, type Layout } from './layout';
import type { SortKey } from './sort';

export class GroupModel implements GridModel {
  layout: Layout = EMPTY_LAYOUT;
  readonly filters = [];
  readonly matches = undefined;
  /** The labels are pinned anyway. */
  readonly naming = -1;
  /** There are none: figures can't be edited. */
  readonly edits = new Edits(() => undefined);
  records: GridModel['records'] = [];
  #table: GroupTable | undefined;

  constructor(private readonly format: () => Formats) {}

  get table(): GroupTable | undefined {
    return this.#table;
  }

  show(table: GroupTable | undefined): void {
    this.#table = table;
    this.records = {
      length: this.count,
      slice: (from = 0, to = this.count) =>
        Array.from({ length: Math.max(0, Math.min(to, this.count) - from) }, (_, at) =>
          this.recordAt(from + at),
        ),
    };
  }

  get formats(): Formats {
    return this.format();
  }

  get visible(): readonly Column[] {
    return this.#table?.columns ?? [];
  }

  /** The labels stay in sight. */
  get pinned(): number {
    return this.#table?.groups.rows.levels.length ?? 0;
  }

  get count(): number {
    return this.#table?.lines.length ?? 0;
  }

  get sort(): readonly SortKey[] {
    const { spec } = this.#table ?? {};
    if (spec?.sort !== undefined && this.column(spec.sort.column) !== undefined) return [spec.sort];
    const [first] = this.visible;
    return first?.grouped === 'label' ? [{ column: first.name, descending: false }] : [];
  }

  column(name: string): Column | undefined {
    return this.visible.find((column) => column.name === name);
  }

  numberAt(row: number): number {
    return row;
  }

  recordAt(row: number): ApiRecord {
    return row >= 0 && row < this.count ? (this.#table?.recordAt(row) ?? {}) : {};
  }

  shownAt(row: number): ApiRecord {
    return this.recordAt(row);
  }

  /** Totals stand out; a label that the line above has, too, stands back. */
  lookOf(row: number, column: number): string {
    const { groups, lines } = this.#table ?? {};
    if (groups === undefined || lines === undefined) return '';
    const { depths, parents, levels } = groups.rows;
    const group = lines[row] ?? 0;
    if ((depths[group] ?? 0) < levels.length) return 'total';
    if (column >= levels.length - 1 || row === 0) return '';
    const holder = (at: number) => {
      let up = at;
      while ((depths[up] ?? 0) > column + 1) up = parents[up] ?? 0;
      return up;
    };
    return holder(group) === holder(lines[row - 1] ?? 0) ? 'again' : '';
  }
}
