/** What would be sent, as text: method, address, headers without the key, body. */
import type { WireRequest } from '#language';
import { jsonLines } from '../sharing/code/literals';

/** `address` is the whole one; `signIn` says in words what the Authorization header would hold. */
export function previewOf(request: WireRequest, address: string, signIn: string): string {
  const headers = [
    'Accept: application/json',
    `Authorization: Bearer *** (${signIn})`,
    ...(request.body === undefined ? [] : ['Content-Type: application/json']),
  ];
  return `${request.method} ${address}\n${headers.join('\n')}\n${request.body === undefined ? '' : `\n${pretty(request.body)}\n`}`;
}

/** Over lines, the same in meaning and digits: a reader must see what is sent. */
export const pretty = (body: string): string => jsonLines(body);

/** The beginning of a body for a question that has no room for all of it; what is left out is said. */
export function bodyInQuestion(body: string, most: number): string {
  const text = pretty(body);
  return text.length <= most
    ? text
    : `${text.slice(0, most)}\n… and ${(text.length - most).toLocaleString('en-GB')} more characters: Show All shows them, and nothing is sent.`;
}
