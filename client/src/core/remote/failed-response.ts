/** Which failure a response is: the one place that decides it, for the API's calls and for signing in. */
import { harmless, singleSpaced } from '../text/foreign-text';
import { ApiError } from './api-error';
import type { ErrorFacts, ErrorKind } from './error-kinds';
import { type HttpResponse, retryAfter } from './http';

/** What the response should have been: that of a request with a key or token, or that of the token address. */
export type Exchange = 'call' | 'sign-in';

/** What a refusal means depends on what was asked. */
const REFUSALS: Readonly<Record<Exchange, Readonly<Record<400 | 401, ErrorKind>>>> = {
  call: { 400: 'refused', 401: 'signed-out' },
  'sign-in': { 400: 'wrong-password', 401: 'wrong-password' },
};

/** The beginning of a web page: many leave out what should come first. */
export const isPage = (text: string): boolean =>
  /^\s*<(?:!|\?xml|(?:html|head|body|title|meta|link|script|style|div|p|h\d|center|form|table|main|section)\b)/i.test(
    text,
  );

/** Returns the failure of a response that has another status than 2xx, or holds a web page. */
export function failureOf(
  response: HttpResponse,
  exchange: Exchange,
  known: ErrorFacts,
  secrets: readonly string[],
): ApiError {
  const { status, text } = response;
  const seconds = retryAfter(response);
  const facts: ErrorFacts = seconds === undefined ? known : { ...known, retryAfterSeconds: seconds };
  if (status >= 300 && status < 400) return new ApiError('redirected', facts);
  if (status === 429) return new ApiError('too-many', facts);
  if (status === 401) return new ApiError(REFUSALS[exchange][401], facts);
  if (status >= 500) return new ApiError('server', facts);
  if (isPage(text)) {
    const title = pageTitle(text, secrets);
    return new ApiError('not-json', title === '' ? facts : { ...facts, pageTitle: title });
  }
  if (status === 400) return new ApiError(REFUSALS[exchange][400], facts);
  if (status === 403) return new ApiError('forbidden', facts);
  if (status === 404) return new ApiError('not-found', facts);
  return new ApiError('unexpected-status', facts);
}

/** A web page's title is looked for in so many characters. */
const TITLE_WITHIN = 65_536;

/** Masked before it is cut, so that no part of a secret is left. */
const pageTitle = (text: string, secrets: readonly string[]): string =>
  singleSpaced(harmless(/<title[^>]*>([^<]+)/i.exec(text.slice(0, TITLE_WITHIN))?.[1] ?? '', secrets)).slice(
    0,
    120,
  );
