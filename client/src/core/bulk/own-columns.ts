/** Columns that an import itself writes into its files of rows. They are no fields, whatever a module has. */
import { nameKey } from '../text/names';

/** Why a row failed. */
export const REASON_COLUMN = 'apq-reason';
/** The ID that the platform gave. */
export const ID_COLUMN = 'apq-id';

/** Whether a column of a file is one of them, as in a file of failed rows that was mended. */
export const isOwnColumn = (name: string): boolean =>
  [REASON_COLUMN, ID_COLUMN].includes(nameKey(name.trim()));
