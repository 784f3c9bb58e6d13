/** How the answers to a question decide: a value, or why it is not known. */
import type { Answer } from './inquiry';

export type Outcome<T> = { readonly value: T } | { readonly unknown: string };

export const known = <T>(value: T): Outcome<T> => ({ value });
export const unknown = (why: string): { readonly unknown: string } => ({ unknown: why });

/** Why an answer that is neither of those expected decides nothing. */
export function undecided(answer: Answer): { readonly unknown: string } {
  switch (answer.kind) {
    case 'records':
      return unknown('Other records came than any known reading brings.');
    case 'refused':
      return unknown('The platform refused the request, which says nothing here.');
    case 'unclear':
      return unknown(answer.why);
  }
}

/** Whether exactly these records came, in any order. */
export const brings = (answer: Answer, ids: readonly string[]): boolean =>
  answer.kind === 'records' && answer.ids.length === ids.length && ids.every((id) => answer.ids.includes(id));
