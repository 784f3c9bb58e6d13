/** What is known of the columns of a result: of a SQL request its own, else by the metadata. */
import type { Column, FieldTypes } from '../results/typed';
import { nameKey } from '../text/names';
import type { Prepared } from './prepare';
import { type RunResult, selectedFields } from './send';

type Columns = Pick<RunResult, 'columns'>;

/** The columns that come first, also where no record has them. */
export const selectOf = (prepared: Prepared, { columns = [] }: Columns): string[] =>
  prepared.kind === 'sql' ? columns.map(({ name }) => name) : selectedFields(prepared.wire);

/** The columns whose types are known. */
export const knownColumns = (prepared: Prepared, { columns = [] }: Columns): readonly Column[] =>
  prepared.kind === 'sql' ? columns : prepared.fields;

/** Their types by `nameKey`. */
export const typesOf = (prepared: Prepared, result: Columns): FieldTypes =>
  new Map(knownColumns(prepared, result).map(({ name, type }) => [nameKey(name), type]));
