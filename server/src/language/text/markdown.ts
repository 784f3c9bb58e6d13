/** Text from outside (metadata, a file, a message) in Markdown: it is shown as written and is never markup. */
import { visible } from './unseen';

const onOneLine = (text: string): string => visible(text).replace(/\s+/g, ' ').trim();

/** Characters with a meaning anywhere in a line, and those that would make an address a link. */
const MARKUP = /[\\`*_[\]<>#|!~&@]|:(?=\/\/)|(?<=www)\./gi;

/** Words in a paragraph: no emphasis, image, link, HTML or list; on one line. */
export const escapeMarkdown = (text: string): string =>
  onOneLine(text)
    .replace(MARKUP, '\\$&')
    .replace(/^(\d*)([-+=.)])/, '$1\\$2');

/** Text as code within a line; backquotes in the text don't end the code. */
export function codeSpan(text: string): string {
  const code = onOneLine(text);
  const quotes = '`'.repeat(longestRun(code) + 1);
  const pad = code === '' || /^`|`$/.test(code) ? ' ' : '';
  return `${quotes}${pad}${code}${pad}${quotes}`;
}

/** A path as the target of a link: nothing in it ends the link or begins another. */
export const linkTarget = (path: string): string =>
  encodeURI(path.replace(/\p{Cs}/gu, '\ufffd')).replace(
    /[()']/g,
    (char) => `%${char.charCodeAt(0).toString(16)}`,
  );

/** Lines as a block of code of the language `apq`. */
export function codeBlock(text: string): string {
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1));
  return `${fence}apq\n${visible(text)}\n${fence}`;
}

const longestRun = (text: string): number =>
  [...text.matchAll(/`+/g)].reduce((longest, [run]) => Math.max(longest, run.length), 0);
