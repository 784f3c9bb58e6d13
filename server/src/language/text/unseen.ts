/** Characters that are invisible or that reorder what a reader sees: the one list of them, and how they are shown. */

/** Controls, bidirectional marks, invisible and interlinear characters. All of them are one UTF-16 unit. */
const UNSEEN =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/;
const EACH = new RegExp(UNSEEN, 'g');

/** Replaces each unseen character, tabs and line breaks included, with what `write` returns for it. */
export const replaceUnseen = (text: string, write: (char: string) => string): string =>
  UNSEEN.test(text) ? text.replace(EACH, write) : text;

/** A control picture of Unicode (`␛`), or the character's number (`[U+202E]`). */
const shown = (char: string): string => {
  const code = char.charCodeAt(0);
  return code < 0x20
    ? String.fromCharCode(0x2400 + code)
    : `[U+${code.toString(16).toUpperCase().padStart(4, '0')}]`;
};

/** Shows unseen characters, except tabs and line feeds, so that none takes effect; CRLF becomes LF. Idempotent. */
export const visible = (text: string): string =>
  replaceUnseen(text.replaceAll('\r\n', '\n'), (char) => (/[\t\n]/.test(char) ? char : shown(char)));

/** `visible` on one line: line breaks become `↵`, tabs `→`. */
export const visibleOnOneLine = (text: string): string =>
  // Line breaks are unseen as well, so that most texts take one test.
  UNSEEN.test(text)
    ? replaceUnseen(text.replace(/\r\n?|\n/g, '↵'), (char) => (char === '\t' ? '→' : shown(char)))
    : text;

/** `visibleOnOneLine` with at most so many characters; an ellipsis stands for the rest. */
export function shortOnOneLine(text: string, most: number): string {
  const characters = [...visibleOnOneLine(text.slice(0, 4 * most))];
  return characters.length > most
    ? `${characters
        .slice(0, most - 1)
        .join('')
        .trimEnd()}…`
    : characters.join('');
}

/** `visible` for notifications: breaks up `[text](command:…)`, which an editor would make a link. */
export const withoutLinks = (text: string): string => visible(text).replace(/\](?=\()/g, ']\u{2009}');
