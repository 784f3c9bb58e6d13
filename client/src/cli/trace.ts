/** `--verbose`: shows what is sent and answered, as curl does. Secrets are masked. */
import { ApiError } from '#core/remote/api-error';
import type { Proxy } from '#core/remote/error-kinds';
import type { ExchangeEnd, HttpRequest, HttpResponse } from '#core/remote/http';
import { harmless } from '#core/text/foreign-text';
import { sizeOf } from '#core/text/size';
import { tell as tellSentence } from './terminal';

/** The headers whose values are secrets, or may be used as such. */
const SECRET = /^(?:authorization|proxy-authorization|cookie|set-cookie)$/i;

let count = 0;

/** Addresses, headers and bodies are no sentences: whatever follows the name of a secret is masked. */
const tell = (text: string): void => tellSentence(harmless(text));

/** Tells of a request; returns what tells how it ended. */
export function trace({ method, url, headers, body }: HttpRequest, proxy: Proxy | undefined): ExchangeEnd {
  const number = ++count;
  const via = proxy === undefined ? '' : ` through the proxy ${proxy.address} (${proxy.source})`;
  tell(
    [
      `* Request ${number}${via}`,
      `> ${method} ${url}`,
      ...Object.entries(headers).map((header) => `> ${shown(header)}`),
      ...(body === undefined ? [] : ['>', ...body.split(/\r\n?|\n/).map((line) => `> ${line}`)]),
    ].join('\n'),
  );
  return (end, milliseconds) =>
    tell(
      end instanceof ApiError
        ? `* Request ${number} failed after ${milliseconds} ms: ${end.reading}`
        : answered(end, milliseconds, number).join('\n'),
    );
}

const answered = (
  { status, statusText, bytes, headers }: HttpResponse,
  milliseconds: number,
  number: number,
): string[] => [
  `< ${status}${statusText === '' ? '' : ` ${statusText}`}, ${sizeOf(bytes)} in ${milliseconds} ms (request ${number})`,
  ...headers.map((header) => `< ${shown(header)}`),
];

const shown = ([name, value]: readonly [string, string]): string =>
  `${name}: ${SECRET.test(name) ? value.replace(/^(?:(Bearer|Basic)\s)?.*$/s, (_, scheme: string | undefined) => `${scheme === undefined ? '' : `${scheme} `}***`) : value}`;
