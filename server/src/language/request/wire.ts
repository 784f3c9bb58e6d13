import type { PlatformTraits } from '../catalog/traits';
import type { Method } from '../vocabulary/methods';

/** One query parameter, decoded: `{ name: '$filter', value: "ID eq 'A&B'" }`. */
export interface QueryParameter {
  readonly name: string;
  readonly value: string;
}

/** Values of which a field has to have one. They are asked for in batches, see `requestOfValues`. */
export interface ValueList {
  /** What stands before each value in the filter: `ID eq `. */
  readonly start: string;
  /** All different ones, decoded and without quotes. Without any, nothing is sent. */
  readonly values: readonly string[];
  /** What else has to hold: alternatives of conditions; an empty one holds always. */
  readonly rest: readonly (readonly string[])[];
  /** Why there may be other values, in a sentence, where what they are from is not whole. */
  readonly part?: string;
}

/**
 * What a request of an .apq file sends, before it is given a host. All text is decoded; `pathOf` is the one place that
 * encodes it.
 */
export interface WireRequest {
  readonly method: Method;
  /** `data` when absent. `modules` and `fields` are the help feeds; `token` is for signing in, which the connection does. */
  readonly endpoint?: 'data' | 'modules' | 'fields' | 'token';
  /** Canonical module name when the metadata is known, else as written. */
  readonly module: string;
  /** Record ID of PUT and DELETE, decoded. */
  readonly id?: string;
  readonly query: readonly QueryParameter[];
  /** `+`: spaces in the query are sent so, which is shorter than `%20`, but not read as a space everywhere. */
  readonly spaces?: '+';
  /** Of a GET whose `$filter` has a list; its own `$filter` asks for all values at once. */
  readonly list?: ValueList;
  /** Its address holds what somebody typed for APQ to look for, so no log may hold it, or an answer that refuses it; the module and how much came may stand there. */
  readonly unlogged?: true;
  /** JSON text of POST and PUT, exactly as sent. */
  readonly body?: string;
}

/** Path and query below the site root, percent-encoded: `/api/v2/user?$top=5`. */
export function pathOf(request: WireRequest): string {
  const module = encode(request.module);
  const endpoint = request.endpoint ?? 'data';
  switch (endpoint) {
    case 'modules':
      return '/apihelp/v2/modules';
    case 'fields':
      return `/apihelp/v2/modules/${module}`;
    case 'token':
      return '/api/v2/token';
    case 'data':
      return `/api/v2/${module}${request.id === undefined ? '' : '/' + encode(request.id)}${queryText(request)}`;
  }
}

/** How many characters the address has as it is sent, where a quote in a query is encoded on the way. */
export function addressLength(root: string, request: WireRequest): number {
  const [path = '', query] = pathOf(request).split('?', 2);
  return root.length + path.length + (query === undefined ? 0 : `?${query.replaceAll("'", '%27')}`.length);
}

/** Writes spaces with one character instead of three where the address is too long otherwise, and means the same so. */
export function shortened(
  request: WireRequest,
  root: string,
  { plus, longestAddress = 'none' }: Pick<PlatformTraits, 'plus' | 'longestAddress'>,
): WireRequest {
  if (plus === 'plus' || longestAddress === 'none') return request;
  return addressLength(root, request) > longestAddress ? { ...request, spaces: '+' } : request;
}

function queryText({ query, spaces }: Pick<WireRequest, 'query' | 'spaces'>): string {
  if (query.length === 0) return '';
  const text = query.map(({ name, value }) => `${encodeName(name)}=${encodeValue(value)}`).join('&');
  return `?${text.replaceAll('%20', spaces ?? '%20')}`;
}

/** Never throws: half a character, which no request that was built holds, is replaced. */
const encode = (text: string) => encodeURIComponent(text.replace(/[\ud800-\udfff]/gu, '\ufffd'));

/** `$` is legal in a query and the guide writes it bare: so do we. */
const encodeName = (name: string) => encode(name).replace(/%24/g, '$');

/** Keeps bare what is legal in a query and bare in the guide (`,` `:`), so that addresses stay readable. */
const encodeValue = (value: string) =>
  encode(value).replace(/%2C/g, ',').replace(/%3A/g, ':').replace(/%24/g, '$');
