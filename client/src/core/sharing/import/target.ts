/** Turns an address of any tool into the target of a request line, and its parameters. The language reads it. */
import { type Address, readAddress } from '#language';
import type { Parameter } from './imported';

export interface ForeignTarget {
  /** As in a request line: `coursedate/2024`, `/apihelp/v2/modules`. */
  readonly target: string;
  /** The same, for people: not encoded. */
  readonly title: string;
  readonly endpoint: 'data' | 'help' | 'token';
  /** The host of the address; undefined where it names none. */
  readonly host: string | undefined;
  /** The user name and the password in the address. */
  readonly signedIn: string | undefined;
  readonly parameters: readonly Parameter[];
}

/** Returns undefined where the address is not one of the API. */
export function readTarget(address: string): ForeignTarget | undefined {
  const text = withoutBlanks(address.trim().replace(/[\r\n\t]+/g, ''));
  // `{{baseUrl}}/coursedate`: the variable may hold all that precedes, or all but `v2`.
  const [, below] =
    /^\{\{[^{}]*\}\}\/(?:v2\/)?((?:\{\{[^{}]*\}\}|[^/?#])+(?:\/[^/?#]*)?\/?(?:[?#].*)?)$/s.exec(text) ?? [];
  const whole = readAddress(text);
  const read = whole.isApi || below === undefined ? whole : readAddress(`/api/v2/${below}`);
  if ((!whole.isApi && below === undefined) || (read.module === '' && read.endpoint !== 'modules'))
    return undefined;
  const [, signedIn, host] = /^https?:\/\/(?:(.*)@)?(.*)$/is.exec(read.host ?? '') ?? [];
  const path = pathOf(read);
  return {
    target: path.map(encodeSegment).join('/'),
    title: path.join('/'),
    endpoint: endpointOf(read),
    host: host?.includes('{{') === true ? undefined : host,
    signedIn,
    parameters: read.parameters,
  };
}

function endpointOf({ endpoint }: Address): ForeignTarget['endpoint'] {
  if (endpoint === 'token') return 'token';
  return endpoint === 'data' ? 'data' : 'help';
}

function pathOf({ endpoint, module, id }: Address): string[] {
  switch (endpoint) {
    case 'token':
      return ['token'];
    case 'modules':
      return ['', 'apihelp', 'v2', 'modules'];
    case 'fields':
      return ['', 'apihelp', 'v2', 'modules', module];
    case 'data':
      return id === undefined ? [module] : [module, id];
  }
}

/** Encodes blanks in the path, where some tools allow them, but not the one before a protocol version. */
const withoutBlanks = (text: string): string =>
  text.replace(/^[^?#]*/, (path) =>
    path.replace(
      /(\{\{[^{}]*\}\})| (?!HTTP\/\d)/gi,
      (_, reference: string | undefined) => reference ?? '%20',
    ),
  );

/** Percent-encodes all but `{{…}}`. Halves of surrogate pairs, which can't be encoded, are replaced. */
const encodeSegment = (segment: string): string =>
  segment
    .split(/(\{\{[^{}]*\}\})/)
    .map((part, index) => (index % 2 === 1 ? part : encodeURIComponent(part.replace(/\p{Cs}/gu, '\ufffd'))))
    .join('');
