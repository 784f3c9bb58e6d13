/** What a named request was answered, as other requests use it. */
import type { FieldInfo } from '#language';
import type { ApiRecord } from '../results/read-page';
import type { Column } from '../results/typed';
import type { Extent } from './extent';
import type { RunResult } from './send';

/** What a request was answered. */
export interface Answer {
  /** The JSON of the first response. */
  readonly json: unknown;
  /** Of all pages; undefined where they were written and not kept. */
  readonly records: readonly ApiRecord[] | undefined;
  /** Of a SQL request, in order. */
  readonly columns: readonly Column[] | undefined;
  /** The fields that `$select` names. */
  readonly select: readonly string[];
  /** The module's fields; empty where no metadata tell them. */
  readonly fields: readonly FieldInfo[];
  readonly extent: Extent;
  readonly count: number;
  readonly total?: number;
  /** The connection's name. */
  readonly from: string;
  /** What was sent, or asked of the engine: see `askedOf`. */
  readonly asked: string;
  /** How many pages were asked for; of a list of values, all are. */
  readonly pages: number | 'all';
}

/** An answer, and when it came. */
export interface KeptAnswer extends Answer {
  readonly at: Date;
  /** No other answer has it. */
  readonly key: string;
  /** Later answers have a higher one. */
  readonly order: number;
}

/** What a request tells of its answer. */
export type AboutAnswer = Pick<Answer, 'select' | 'fields' | 'from' | 'asked' | 'pages'>;

/** Returns the answer that a result is for other requests. */
export const answerOf = (
  { json, records, columns, extent, count, total }: RunResult,
  about: AboutAnswer,
): Answer => ({
  json,
  records: records.length === count ? records : undefined,
  columns,
  extent,
  count,
  ...(total === undefined ? {} : { total }),
  ...about,
});
