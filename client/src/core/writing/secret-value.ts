/** Which values of records belong neither on a disk nor on a page. */
import { isSecretName } from '../remote/secret-names';
import { cellText } from '../results/table';
import { withoutHidden } from '../text/mask';

/** True for a value that its name, or a connection, makes a secret; not for one that only looks like one. */
export function isSecretValue(name: string, value: unknown): boolean {
  const text = cellText(value);
  return (isSecretName(name) && text !== '') || withoutHidden(text) !== text;
}
