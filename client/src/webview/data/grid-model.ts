/** What the grid shows: rows of records in columns. */
import type { ApiRecord } from '#core/results/read-page';
import type { Model } from './model';

export interface GridModel extends Pick<
  Model,
  | 'visible'
  | 'pinned'
  | 'naming'
  | 'count'
  | 'layout'
  | 'formats'
  | 'sort'
  | 'filters'
  | 'edits'
  | 'column'
  | 'numberAt'
  | 'recordAt'
  | 'shownAt'
> {
  /** All that it has; another object where these are others. */
  readonly records: Pick<readonly ApiRecord[], 'length' | 'slice'>;
  readonly matches: Model['matches'];
  /** The name of the record whose ID a cell holds, where it is shown. */
  readonly nameBeside?: Model['nameBeside'];
  /** How a cell looks, where cells differ: words for the style. */
  readonly lookOf?: (row: number, column: number) => string;
}
