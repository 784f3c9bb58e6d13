/** What a run knows beside the file: the time, new identifiers, the environment, what was asked for, earlier answers. */
import { randomUUID } from 'node:crypto';
import type { EvaluationContext } from '#language';

export const runContext = (
  response: NonNullable<EvaluationContext['response']>,
  given: ReadonlyMap<string, string> = new Map(),
): EvaluationContext => ({
  now: new Date(),
  guid: randomUUID,
  env: (name) => process.env[name],
  given,
  response,
});
