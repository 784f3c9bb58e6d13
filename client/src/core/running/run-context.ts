/** What a run knows besides the file: time, new identifiers, environment, values from prompts, earlier responses. */
import { randomUUID } from 'node:crypto';
import type { EvaluationContext } from '#language';
import { isSecretName } from '../remote/secret-names';
import { hide } from '../text/mask';
import { ownValue } from '../text/names';

/** What the user entered and allowed in one run: each is asked for once. */
export interface RunValues {
  /** Values of variables, by name. */
  readonly given: Map<string, string>;
  /** Environment variables that may be read. */
  readonly environment: Set<string>;
  /** Names of secrets for which `***` stands, as what is prepared is written down; undefined where it is sent. */
  readonly masked: Set<string> | undefined;
  /** Keeps a secret out of all texts that are shown; for good where nothing else is said. */
  readonly hide?: ((secret: string) => void) | undefined;
  /** True where one text is to come to the same all day: the time stands still, and new identifiers are the same. */
  readonly still?: boolean;
}

/** What stands for a secret where a request is shown. */
export const STARS = '***';

/** What has the name of a secret is sent, but shown nowhere. */
export function hideSecret(
  name: string,
  value: string,
  { hide: keep = hide }: Pick<RunValues, 'hide'>,
): void {
  if (isSecretName(name)) keep(value);
}

const startOfDay = (now: Date): Date => new Date(now.getFullYear(), now.getMonth(), now.getDate());

/** `withPlaces`: `response` returns places (`{{name.results[0].ID}}`) of values that have not arrived. */
export const runContext = (
  answers: Pick<EvaluationContext, 'response' | 'list'>,
  values: RunValues,
  withPlaces: boolean,
): EvaluationContext => {
  const { given, environment, masked, still = false } = values;
  return {
    now: still ? startOfDay(new Date()) : new Date(),
    guid: still ? () => '' : randomUUID,
    env: (name) => (environment.has(name) ? ownValue(process.env, name) : undefined),
    given,
    use: (name, value) => {
      hideSecret(name, value, values);
      if (masked === undefined || !isSecretName(name)) return value;
      masked.add(name);
      return STARS;
    },
    ...answers,
    withPlaces,
  };
};
