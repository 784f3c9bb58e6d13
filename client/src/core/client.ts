/** The program that core is part of: its messages say what to do next as it is done there. */
import { type ClientKind, type EvaluationContext, LanguageService, type NextStep, nextStep } from '#language';

interface Client {
  readonly kind: ClientKind;
  /** Where the key or password came from, as a message names it: `APQ_API_KEY`. */
  readonly signInFrom?: string;
}

/** A program is one client from its start to its end; the command line, unless it says otherwise. */
let client: Client = { kind: 'terminal' };

/** Says which program this is, before its first message. */
export const setClient = (now: Client): void => void (client = now);

/** Returns what to do next, said for this program; `about`: see `NEXT_STEPS`. */
export const nextStepHere = (step: NextStep, about = client.signInFrom): string =>
  nextStep(client.kind, step, about);

/** The language as this program speaks it; `world`: see `LanguageService`. */
export function languageHere(world?: () => EvaluationContext): LanguageService {
  const language = new LanguageService(world);
  language.client = client.kind;
  return language;
}
