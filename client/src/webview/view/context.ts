/** Shared by the parts of the view. */
import type { Rows } from '../data/fetched';
import type { Filter } from '../data/filters';
import type { Layout } from '../data/layout';
import type { Model } from '../data/model';
import type { SortKey } from '../data/sort';
import type { FromView, ViewHead } from '../messages';
import type { TabName } from '../page';
import type { Grid } from './grid';

export interface Context {
  readonly model: Model;
  readonly grid: Grid;
  readonly send: (message: FromView) => void;
  readonly head: () => ViewHead | undefined;
  readonly show: (tab: TabName, focus?: boolean) => void;
  readonly setLayout: (layout: Layout) => void;
  readonly setSort: (sort: readonly SortKey[]) => void;
  readonly setFilters: (filters: readonly Filter[]) => void;
  /** Brings a record into view from any tab. */
  readonly goTo: (row: number) => void;
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
