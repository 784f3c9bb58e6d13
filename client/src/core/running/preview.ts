/** Shows what would be sent: method, address, headers without the key, body. */
import type { WireRequest } from '#language';
import { jsonLines } from '../sharing/code/literals';
import { withoutHidden } from '../text/mask';

/** More addresses are not read; how many there are is told. */
const MOST_SHOWN = 20;

/**
 * `addresses` are whole addresses, of each request that is sent; `signIn` describes what the Authorization header would
 * hold.
 */
export function previewOf(request: WireRequest, addresses: readonly string[], signIn: string): string {
  if (addresses.length === 0) return `${NOTHING}\n`;
  const more = addresses.length - MOST_SHOWN;
  const lines = [
    ...addresses.slice(0, MOST_SHOWN).map((address) => `${request.method} ${address}`),
    ...(more > 0 ? [`… and ${more.toLocaleString('en-GB')} more of them`] : []),
    'Accept: application/json',
    `Authorization: Bearer *** (${signIn})`,
    ...(request.body === undefined ? [] : ['Content-Type: application/json']),
  ];
  return withoutHidden(
    `${lines.join('\n')}\n${request.body === undefined ? '' : `\n${pretty(request.body)}\n`}`,
  );
}

/** What is told of a list without values. */
export const NOTHING = 'Nothing is sent, as there is no value to ask for.';

/** Indents a body, without changing its meaning or digits, so that readers see what is sent. */
export const pretty = (body: string): string => jsonLines(body);
