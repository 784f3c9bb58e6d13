/** How a name is written in a statement. */
import { CONTEXT_WORDS, JOIN_WORDS, RESERVED_WORDS } from '../../vocabulary/sql-keywords';

/** Whether a bare word is a name everywhere: no keyword of queries. */
const isPlainWord = (word: string): boolean =>
  !RESERVED_WORDS.has(word.toLowerCase()) &&
  !CONTEXT_WORDS.has(word.toLowerCase()) &&
  !JOIN_WORDS.has(word.toLowerCase());

/** In quotes where it must be: a keyword, or a name with other characters than letters, digits and `_`. */
export const writtenName = (name: string): string =>
  /^[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*$/.test(name) && isPlainWord(name)
    ? name
    : `"${name.replaceAll('"', '""')}"`;
