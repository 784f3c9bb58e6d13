/** Imports text that was pasted or opened. */
import { addressToApq, isAddress } from './address';
import { curlToApq, isCurl } from './curl';
import type { Imported } from './imported';
import { postmanToApq } from './postman';

/** True for text that can be turned into requests when it is pasted. */
export const isImportable = (text: string): boolean => isCurl(text) || isAddress(text);

/** Turns a cURL command, addresses, or a Postman collection into an `.apq` file. Never throws. */
export function importText(text: string): Imported {
  const content = text.replace(/^\ufeff/, '');
  if (content.trimStart().startsWith('{')) return postmanToApq(content);
  if (isCurl(content)) return curlToApq(content);
  if (isAddress(content)) return addressToApq(content);
  // A command further down, for example in a page of a wiki.
  if (/\bcurl(?:\.exe)?\s/i.test(content)) return curlToApq(content);
  return {
    ok: false,
    message: 'This is not a cURL command, an address of the accessplanit API or a Postman collection.',
  };
}
