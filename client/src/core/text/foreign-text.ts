/**
 * Foreign text (a file's, the API's, another program's) on its way to a reader: the one place that makes it harmless.
 * Secrets are masked, and what can't be seen or reorders other text is shown instead of obeyed.
 */
import { mask } from '../remote/mask';

/** Controls but tab and line feed, bidirectional marks, invisible and interlinear characters. */
const UNSEEN =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

/** Each unseen character as its code point: `⟨U+202E⟩`. Tabs and line feeds stay; a CR before a line feed goes. */
export const visible = (text: string): string =>
  text
    .replaceAll('\r\n', '\n')
    .replace(UNSEEN, (char) => `⟨U+${char.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}⟩`);

/** For a message, a log or a terminal: masked, and nothing in it is obeyed. */
export const harmless = (text: string): string => visible(mask(text));

/** For a notification, which would make a link of `[text](command:…)`: that is broken up. */
export const forNotification = (text: string): string => harmless(text).replace(/\](?=\()/g, ']\u{2009}');

/** On one line: each run of line breaks is a space. */
export const oneLine = (text: string): string => text.replace(/\s*[\r\n\u2028\u2029]+\s*/g, ' ').trim();
