/** A value of a record in a sentence. */
import { cellText } from '../results/table';
import { singleSpaced } from '../text/foreign-text';
import { isSecretValue } from './secret-value';

/** So much of it stands there. */
const MOST = 60;

/** `“Leeds”`, `empty`, or `a secret`. `name`: of its field. */
export function shortValue(name: string, value: unknown): string {
  const text = singleSpaced(cellText(value));
  if (text === '') return 'empty';
  if (isSecretValue(name, value)) return 'a secret';
  return `“${text.length > MOST ? `${text.slice(0, MOST)}…` : text}”`;
}

/** `Town: “York” → “Leeds”`; `before` is absent where it is not known. */
export function fieldInWords(name: string, after: unknown, before?: { readonly value: unknown }): string {
  const old = before === undefined ? '' : `${shortValue(name, before.value)} → `;
  return `${name}: ${old}${shortValue(name, after)}`;
}
