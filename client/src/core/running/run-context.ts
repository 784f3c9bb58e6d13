/** What a run knows besides the file: time, new identifiers, environment, values from prompts, earlier responses. */
import { randomUUID } from 'node:crypto';
import type { EvaluationContext } from '#language';
import { ownValue } from '../text/names';

/** What the user entered and allowed in one run: each is asked for once. */
export interface RunValues {
  /** Values of variables, by name. */
  readonly given: Map<string, string>;
  /** Environment variables that may be read. */
  readonly environment: Set<string>;
}

/** `withPlaces`: `response` returns places (`{{name.results[0].ID}}`) of values that have not arrived. */
export const runContext = (
  response: NonNullable<EvaluationContext['response']>,
  { given, environment }: RunValues,
  withPlaces: boolean,
): EvaluationContext => ({
  now: new Date(),
  guid: randomUUID,
  env: (name) => (environment.has(name) ? ownValue(process.env, name) : undefined),
  given,
  response,
  withPlaces,
});
