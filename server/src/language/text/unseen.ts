/** Characters that a reader does not see, or that reorder what they see: the one list of them, and how they are shown. */

/** Controls, bidirectional marks, invisible and interlinear characters. All of them are one UTF-16 unit. */
const UNSEEN =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/;
const EACH = new RegExp(UNSEEN, 'g');

/** Each unseen character replaced by what `write` makes of it; tabs and line breaks are among them. */
export const replaceUnseen = (text: string, write: (char: string) => string): string =>
  UNSEEN.test(text) ? text.replace(EACH, write) : text;

/** Like the control pictures of Unicode (`␛`), or by number (`[U+202E]`). */
const shown = (char: string): string => {
  const code = char.charCodeAt(0);
  return code < 0x20
    ? String.fromCharCode(0x2400 + code)
    : `[U+${code.toString(16).toUpperCase().padStart(4, '0')}]`;
};

/** Nothing in the text is obeyed, but for tabs and line feeds, which stay; CRLF becomes LF. Idempotent. */
export const visible = (text: string): string =>
  replaceUnseen(text.replaceAll('\r\n', '\n'), (char) => (/[\t\n]/.test(char) ? char : shown(char)));

/** On one line: line breaks as `↵`, tabs as `→`, the rest as `visible`. */
export const visibleOnOneLine = (text: string): string =>
  replaceUnseen(text.replace(/\r\n?|\n/g, '↵'), (char) => (char === '\t' ? '→' : shown(char)));

/** For a notification, in which an editor makes a link of `[text](command:…)`: visible, and that is broken up. */
export const withoutLinks = (text: string): string => visible(text).replace(/\](?=\()/g, ']\u{2009}');
