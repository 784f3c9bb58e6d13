/** Keywords of SQL with a letter wrong, such as `form` and `oder by`, where nothing but a keyword can stand. */
import { isSlip } from '../../text/nearest';
import { CONTEXT_WORDS, JOIN_WORDS, OPERATOR_WORDS, RESERVED_WORDS } from '../../vocabulary/sql-keywords';
import type { SqlToken } from './tokens';

/** A word, and the keyword that it is meant for. */
export interface KeywordSlip {
  readonly token: SqlToken;
  readonly keyword: string;
}

/** What may stand between two names, values or tables; the likeliest first. */
const BETWEEN = [
  'from',
  'where',
  'join',
  'group',
  'order',
  'limit',
  'having',
  'like',
  'and',
  'union',
  'between',
];

/** The slips among the tokens of a statement, which may have comments among them. */
export function keywordSlips(all: readonly SqlToken[]): KeywordSlip[] {
  const tokens = all.filter(({ kind }) => kind !== 'comment');
  return tokens.flatMap((token, index) => {
    const keyword =
      token.kind === 'word' && !isKeyword(token)
        ? meantAt(token, tokens[index - 1], tokens[index + 1], tokens[index + 2])
        : undefined;
    return keyword === undefined ? [] : [{ token, keyword }];
  });
}

function meantAt(
  token: SqlToken,
  before: SqlToken | undefined,
  next: SqlToken | undefined,
  behind: SqlToken | undefined,
): string | undefined {
  if (before === undefined) return isFirst(token.text) && next !== undefined ? 'select' : undefined;
  if (next === undefined || next.text === '.' || before.text === '.') return undefined;
  const like = (...keywords: readonly string[]) => keywords.find((keyword) => isSlip(token.text, keyword));
  if (isWord(next, 'by')) return like('order', 'group');
  if (isWord(before, 'select'))
    return startsValue(next) && behind?.text !== '.' ? like('distinct') : undefined;
  // Two names side by side are a column and its new name; of three, one is a keyword.
  return endsValue(before) && startsValue(next) ? like(...BETWEEN) : undefined;
}

const isWord = ({ kind, text }: SqlToken, word: string): boolean =>
  kind === 'word' && text.toLowerCase() === word;

const isFirst = (text: string): boolean => !/^select$/i.test(text) && isSlip(text, 'select');

/** True where a statement begins with “select”, or a slip of it. */
export const startsSelect = (word: string): boolean => /^select$/i.test(word) || isSlip(word, 'select');

function isKeyword({ text }: SqlToken): boolean {
  const word = text.toLowerCase();
  return [RESERVED_WORDS, CONTEXT_WORDS, JOIN_WORDS, OPERATOR_WORDS].some((words) => words.has(word));
}

const endsValue = (token: SqlToken): boolean =>
  ['name', 'string', 'number', 'variable'].includes(token.kind) ||
  (token.kind === 'word' && !isKeyword(token)) ||
  token.text === ')' ||
  token.text === '*';

const startsValue = (token: SqlToken): boolean =>
  ['name', 'string', 'number', 'variable'].includes(token.kind) ||
  (token.kind === 'word' && !isKeyword(token));
