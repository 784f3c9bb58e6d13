/** Imports text that was pasted or opened. */
import { addressToApq, isAddress } from './address';
import { curlToApq, isCurl } from './curl';
import { textOfPage } from './html';
import type { Imported } from './imported';
import { postmanToApq } from './postman';

/** True for text that can be turned into requests when it is pasted. */
export const isImportable = (text: string): boolean => isCurl(text) || isAddress(text);

const OTHER_TOOLS: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/\b(?:Invoke-(?:RestMethod|WebRequest)|irm|iwr)\b/i, 'PowerShell (Invoke-RestMethod)'],
  [/^\s*(?:[$>]\s*)?wget\s/im, 'wget'],
  [/^\s*(?:[$>]\s*)?(?:https?|xhs?)\s+\S/im, 'HTTPie'],
];

/** Turns a cURL command, addresses, or a Postman collection into an `.apq` file. Never throws. */
export function importText(text: string): Imported {
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
  const other = OTHER_TOOLS.find(([pattern]) => pattern.test(content))?.[1];
  if (other !== undefined)
    return {
      ok: false,
      message: `This is a command of ${other}. Only cURL commands are read, so that no method and no body gets lost. Import the same request as a cURL command, or its address alone.`,
    };
  return {
    ok: false,
    message: 'This is not a cURL command, an address of the accessplanit API or a Postman collection.',
  };
}
