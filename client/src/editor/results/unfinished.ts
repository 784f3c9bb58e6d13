/** A fetch that ended with its window and can go on in the next one. */
import * as v from 'valibot';
import { ApiError } from '#core/remote/api-error';
import type { ApiRecord } from '#core/results/read-page';
import { type Position, positionSchema } from '#core/running/progress';
import type { RunResult } from '#core/running/send';

const schema = v.object({
  /** The file's URI, and the request in it. */
  file: v.string(),
  request: v.object({ name: v.exactOptional(v.string()), title: v.string(), index: v.number() }),
  pages: v.union([v.literal('all'), v.number()]),
  /** What was sent: only the same request can go on. */
  address: v.string(),
  position: positionSchema,
});

export type Unfinished = Readonly<v.InferOutput<typeof schema>>;

/** Reads it from disk; returns undefined when the value is something else. */
export function readUnfinished(value: unknown): Unfinished | undefined {
  const parsed = v.safeParse(v.object({ unfinished: schema }), value);
  return parsed.success ? parsed.output.unfinished : undefined;
}

/** Converts it to the result of a run that was stopped there; undefined when some delivered records were not kept. */
export function asResult(
  position: Position,
  records: readonly ApiRecord[],
  address: string,
): RunResult | undefined {
  if (records.length < position.records || position.pages === 0) return undefined;
  const kept = records.slice(0, position.records);
  return {
    records: kept,
    url: address,
    status: 200,
    milliseconds: 0,
    bytes: 0,
    pages: position.pages,
    count: kept.length,
    duplicates: 0,
    extent: { kind: 'stopped', error: new ApiError('cancelled') },
    position,
    notes: [],
    json: { results: kept.slice(0, position.size) },
    ...(position.total === undefined ? {} : { total: position.total }),
  };
}
