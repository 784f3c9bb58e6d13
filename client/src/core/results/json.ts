/** Records as JSON, with everything that the API sent. */
import { writeJson } from '../values/write-json';
import type { ApiRecord } from './read-page';

/** Returns an indented array. */
export const toJson = (records: readonly ApiRecord[]): string => writeJson(records, 2) + '\n';

/** Returns each record as JSON on a line of its own. */
export const toNdjson = (records: readonly ApiRecord[]): string =>
  records.map((record) => writeJson(record) + '\n').join('');
