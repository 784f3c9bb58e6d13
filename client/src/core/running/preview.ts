/** Shows what would be sent: method, address, headers without the key, body. */
import type { WireRequest } from '#language';
import { jsonLines } from '../sharing/code/literals';

/** `address` is the whole address; `signIn` describes what the Authorization header would hold. */
export function previewOf(request: WireRequest, address: string, signIn: string): string {
  const headers = [
    'Accept: application/json',
    `Authorization: Bearer *** (${signIn})`,
    ...(request.body === undefined ? [] : ['Content-Type: application/json']),
  ];
  return `${request.method} ${address}\n${headers.join('\n')}\n${request.body === undefined ? '' : `\n${pretty(request.body)}\n`}`;
}

/** Indents a body, without changing its meaning or digits, so that readers see what is sent. */
export const pretty = (body: string): string => jsonLines(body);
