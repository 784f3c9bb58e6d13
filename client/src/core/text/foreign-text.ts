/**
 * Foreign text (a file's, the API's, another program's) on its way to a reader: the one place that makes it harmless.
 * Secrets are masked, and what can't be seen or reorders other text is shown instead of obeyed.
 */
// Not through the façade: the web view includes this file, and must not grow by code that it does not use.
import { replaceUnseen, visible, withoutLinks } from '#language/text/unseen';
import { mask, maskSentence } from './mask';

export { replaceUnseen, shortOnOneLine, visible, visibleOnOneLine } from '#language/text/unseen';

/** For a message, a log or a terminal: masks `secrets` (see `mask`), and shows controls. Idempotent. */
export const harmless = (text: string, secrets: readonly string[] = []): string =>
  // Masked again: a secret may become recognizable only when a line break is written as an escape.
  mask(visible(mask(text, secrets)), secrets);

/** For a sentence of APQ's own, in which what is foreign was made harmless where it came in. Idempotent. */
export const harmlessSentence = (text: string): string => maskSentence(visible(maskSentence(text)));

/** Indented JSON in which nothing is unseen: what JSON allows as it is, such as bidirectional marks, is escaped. */
export const harmlessJson = (value: unknown): string =>
  replaceUnseen(JSON.stringify(value, undefined, 2), (char) =>
    // Line feeds are the layout: those of a text are escaped already.
    char === '\n' ? char : `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** `$(name)` does not become an icon. */
const withoutIcons = (text: string): string => text.replace(/\$(?=\()/g, '$\u{2009}');

/** For a notification or a question: `[text](command:…)` does not become a link, nor `$(name)` an icon. */
export const forNotification = (text: string): string => withoutIcons(withoutLinks(harmlessSentence(text)));

/** For the label of a tree, a list, a tab or the status bar: on one line, and `$(name)` does not become an icon. */
export const forLabel = (text: string): string => withoutIcons(singleSpaced(harmlessSentence(text)));

/** On one line: each run of line breaks becomes a space. Other spaces are kept. */
export const oneLine = (text: string): string => text.replace(/[\r\n\u2028\u2029]+/g, ' ').trim();

/** On one line: each run of spaces and line breaks becomes one space. */
export const singleSpaced = (text: string): string => text.replace(/\s+/g, ' ').trim();
