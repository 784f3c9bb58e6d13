/** A value of a record in a sentence. */
import { cellText } from '../results/table';
import { shownValue } from './describe-change';
import { isSecretValue } from './secret-value';

/** `“Leeds”`, `empty`, or `a secret`. */
export function shortValue(name: string, value: unknown): string {
  if (cellText(value) === '') return 'empty';
  return isSecretValue(name, value) ? 'a secret' : `“${shownValue(value)}”`;
}
