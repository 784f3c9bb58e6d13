/** What a run knows besides the file: time, new identifiers, environment, values from prompts, earlier responses. */
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
