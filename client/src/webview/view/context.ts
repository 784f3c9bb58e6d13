/** Shared by the parts of the view. */
import type { Rows } from '../data/fetched';
import type { Filter } from '../data/filters';
import type { GroupSpec } from '../data/group-spec';
import type { Layout } from '../data/layout';
import type { Model } from '../data/model';
import type { SortKey } from '../data/sort';
import type { FromView, ViewHead } from '../messages';
import type { TabName } from '../page';
import type { Grid } from './grid';
import type { Anchor } from './menu';

export interface Context {
  readonly model: Model;
  readonly grid: Grid;
  readonly send: (message: FromView) => void;
  readonly head: () => ViewHead | undefined;
  readonly show: (tab: TabName, focus?: boolean) => void;
  readonly setLayout: (layout: Layout) => void;
  readonly setSort: (sort: readonly SortKey[]) => void;
  readonly setFilters: (filters: readonly Filter[]) => void;
  /** Shows related records in place of the result. */
  readonly follow: (link: { record: number } & ({ relation: string } | { field: string })) => void;
  /** Opens the dialog of what is related to the record in a row. */
  readonly showRelated: (row: number, anchor: Anchor) => void;
  /** Brings a record into view from any tab. */
  readonly goTo: (row: number) => void;
  /** Shows the records in these groups. */
  readonly group: (spec: GroupSpec) => void;
  /** The user chose other groups. */
  readonly groupsChanged: () => void;
  /** Shows the records behind a figure in the grid: those that fit these filters, too. */
  readonly showBehind: (filters: readonly Filter[]) => void;
  /** Goes back to the figure; undefined where no records behind one are shown. */
  readonly back: () => (() => void) | undefined;
}

/** The rows of the result, for words about them. */
export const rowsOf = ({ model: { formats, count, records }, head }: Context): Rows => ({
  formats,
  count,
  all: records.length,
  part: head()?.part === true,
});

/** A view of the result other than the grid. `refresh` is called when it is shown, and when records or their order change. */
export interface ResultView {
  readonly refresh: () => void;
  readonly focus: () => void;
}
