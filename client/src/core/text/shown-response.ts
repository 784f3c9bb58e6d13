/** A response as a reader may see it: headers and body without secrets, the body cut. */
import { mask, maskedStart } from './mask';

export interface ShownResponse {
  readonly status: number;
  readonly statusText: string;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Milliseconds; bytes of the body. */
  readonly milliseconds: number;
  readonly bytes: number;
  /** Cut after `MAX_CHARACTERS`, which sets `cut`. */
  readonly body: string;
  readonly cut: boolean;
}

const MAX_CHARACTERS = 200_000;
/** A cookie that identifies the caller is as good as a key. */
const HIDDEN = /^(?:set-cookie|authorization|proxy-authorization|cookie)$/i;

export function shownResponse(
  response: Omit<ShownResponse, 'body' | 'cut'> & { readonly text: string },
  secrets: readonly string[] = [],
): ShownResponse {
  const { status, statusText, headers, milliseconds, bytes, text } = response;
  return {
    status,
    statusText,
    milliseconds,
    bytes,
    headers: headers.map(
      ([name, value]) => [name, HIDDEN.test(name) ? '***' : mask(value, secrets)] as const,
    ),
    body: maskedStart(text, MAX_CHARACTERS, secrets),
    cut: text.length > MAX_CHARACTERS,
  };
}
