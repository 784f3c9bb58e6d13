/** Imports text that was pasted or opened. */
import { foreignCommandOf } from '#language';
import { addressToApq, isAddress } from './address';
import { curlToApq, isCurl } from './curl';
import { textOfPage } from './html';
import type { Imported } from './imported';
import { postmanToApq } from './postman';

/** True for text that can be turned into requests when it is pasted. */
export const isImportable = (text: string): boolean => isCurl(text) || isAddress(text);

/** In bytes or characters; a larger file was chosen by mistake. */
export const MAX_IMPORT = 20_000_000;
export const TOO_LARGE: Imported = {
  ok: false,
  message: 'The file is too large to be a collection of requests. Choose another one.',
};

/** Turns a cURL command, addresses, or a Postman collection into an `.apq` file. Never throws. */
export function importText(text: string): Imported {
  if (text.length > MAX_IMPORT) return TOO_LARGE;
  const content = text.replace(/^\ufeff/, '');
  if (content.trimStart().startsWith('{')) return postmanToApq(content);
  if (/\bcurl(?:\.exe)?\s/i.test(content)) {
    const page = textOfPage(content);
    if (page !== undefined)
      return curlToApq(page, [
        'The tags and entities of a web page around the command were read as its text.',
      ]);
  }
  if (isCurl(content)) return curlToApq(content);
  if (isAddress(content)) return addressToApq(content);
  // A command further down, for example in a page of a wiki.
  if (/\bcurl(?:\.exe)?\s/i.test(content)) return curlToApq(content);
  const other = content
    .split('\n')
    .map(foreignCommandOf)
    .find((each) => each !== undefined);
  if (other !== undefined)
    return {
      ok: false,
      message: `This is a command of ${other.tool}. Only cURL commands are read, so that no method and no body gets lost. Import the same request as a cURL command, or its address alone.`,
    };
  return {
    ok: false,
    message: 'This is not a cURL command, an address of the accessplanit API or a Postman collection.',
  };
}
