/** Which values of records belong neither on a disk nor on a page. */
import { isSecretName } from '../remote/secret-names';
import { cellText } from '../results/table';
import { withoutHidden } from '../text/mask';
import type { FieldChange } from './planned-change';

/** True for a value that its name, or a connection, makes a secret; not for one that only looks like one. */
export function isSecretValue(name: string, value: unknown): boolean {
  const text = cellText(value);
  return (isSecretName(name) && text !== '') || withoutHidden(text) !== text;
}

const HIDDEN = '***';

/** A value as a page or a sentence shows it. */
export const shownValue = (name: string, value: unknown): unknown =>
  isSecretValue(name, value) ? HIDDEN : value;

/** A text about a write, without the secrets that the write holds: the platform's words may quote them. */
export const withoutSecretsOf = (fields: readonly FieldChange[], text: string): string =>
  fields.reduce((shown, { name, before, after }) => {
    const secrets = [before, after].filter((value) => isSecretValue(name, value)).map(cellText);
    return secrets.reduce((all, secret) => all.replaceAll(secret, HIDDEN), shown);
  }, text);
