/** What would be sent, as text: method, address, headers without the key, body. */
import type { WireRequest } from '../../../../server/src/language/service';

/** `address` is the whole one; `signIn` says in words what the Authorization header would hold. */
export function previewOf(request: WireRequest, address: string, signIn: string): string {
  const headers = [
    'Accept: application/json',
    `Authorization: Bearer *** (${signIn})`,
    ...(request.body === undefined ? [] : ['Content-Type: application/json']),
  ];
  return `${request.method} ${address}\n${headers.join('\n')}\n${request.body === undefined ? '' : `\n${pretty(request.body)}\n`}`;
}

export function pretty(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), undefined, 2);
  } catch {
    return body;
  }
}
