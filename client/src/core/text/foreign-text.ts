/**
 * Foreign text (a file's, the API's, another program's) on its way to a reader: the one place that makes it harmless.
 * Secrets are masked, and what can't be seen or reorders other text is shown instead of obeyed.
 */
// Not through the façade: the web view has this file, and must not grow by what it leaves unused.
import { visible, withoutLinks } from '#language/text/unseen';
import { mask } from './mask';

export { replaceUnseen, visible, visibleOnOneLine } from '#language/text/unseen';

/** For a message, a log or a terminal: `secrets` are masked (see `mask`), and nothing in it is obeyed. Idempotent. */
export const harmless = (text: string, secrets: readonly string[] = []): string =>
  // Masked again, for what became readable as a secret only when a line break was written the short way.
  mask(visible(mask(text, secrets)), secrets);

/** For a notification, which would make a link of `[text](command:…)`: that is broken up. */
export const forNotification = (text: string): string => withoutLinks(harmless(text));

/** For the label of a tree, a list, a tab or the status bar: on one line, and `$(name)` is no icon. */
export const forLabel = (text: string): string =>
  singleSpaced(harmless(text)).replace(/\$(?=\()/g, '$\u{2009}');

/** On one line: each run of line breaks is a space. Other spaces count and stay. */
export const oneLine = (text: string): string => text.replace(/[\r\n\u2028\u2029]+/g, ' ').trim();

/** On one line of prose, in which each run of spaces and line breaks is one space. */
export const singleSpaced = (text: string): string => text.replace(/\s+/g, ' ').trim();
