/** A request that fetches records for a statement of SQL: what it is called, and the lines that it needs. */
import { isIdentifier } from '../../text/identifiers';
import type { FileSymbols } from '../symbols';
import { tableNamed } from './tables';

/** A name that no request of the file has, such as `courseDates`; `records` where the module has none that can be one. */
export function freeTableName(module: string, { requests }: Pick<FileSymbols, 'requests'>): string {
  const own = isIdentifier(module)
    ? plural(`${module.charAt(0).toLowerCase()}${module.slice(1)}`)
    : 'records';
  let name = own;
  for (let next = 2; tableNamed(name, requests) !== undefined; next++) name = `${own}${next}`;
  return name;
}

function plural(word: string): string {
  if (/[^aeiou]y$/i.test(word)) return `${word.slice(0, -1)}ies`;
  return /(?:s|x|ch|sh)$/i.test(word) ? `${word}es` : `${word}s`;
}

/** The directives that a request needs for its records to be a whole table. */
export const tableDirectives = (name: string): string[] => [`# @name ${name}`, '# @pages all'];
