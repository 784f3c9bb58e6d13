/** Records as JSON, with everything that the API sent. */
import type { ApiRecord } from './read-page';

/** Returns an indented array. */
export const toJson = (records: readonly ApiRecord[]): string => JSON.stringify(records, undefined, 2) + '\n';

/** Returns each record as JSON on a line of its own. */
export const toNdjson = (records: readonly ApiRecord[]): string =>
  records.map((record) => JSON.stringify(record) + '\n').join('');
