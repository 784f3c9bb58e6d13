/** Turns an address of any tool into the target of a request line, and its parameters. The language reads it. */
import { type Address, readAddress } from '#language';
import { afterReference, hasReference } from '../../text/braces';
import type { Parameter } from './imported';

export interface ForeignTarget {
  /** The segments of a request line's target, decoded: `coursedate`, `2024`. The first is empty for a path from the root. */
  readonly path: readonly string[];
  readonly endpoint: 'data' | 'help' | 'token';
  /** The host of the address; undefined where it names none. */
  readonly host: string | undefined;
  /** The site that the address names, where it is not production. */
  readonly site: string | undefined;
  /** The user name and the password in the address. */
  readonly signedIn: string | undefined;
  readonly parameters: readonly Parameter[];
  /** What was guessed, a sentence. */
  readonly guessed: string | undefined;
}

/** Returns undefined where the address is not one of the API. */
export function readTarget(address: string): ForeignTarget | undefined {
  const text = withoutBlanks(address.trim().replace(/[\r\n\t]+/g, ''));
  // A variable without a value may hold all that precedes the module, or all but `v2`.
  const below = afterReference(text);
  const whole = readAddress(below === undefined ? text : `/${below}`);
  const guessed = !whole.isApi && below !== undefined && isBelowRoot(below);
  if (!whole.isApi && !guessed) return undefined;
  const read = guessed ? readAddress(`/api/v2/${below.replace(/^v2\//, '')}`) : whole;
  if (read.module === '' && read.endpoint !== 'modules') return undefined;
  const [, signedIn, host] = /^https?:\/\/(?:(.*)@)?(.*)$/is.exec(read.host ?? '') ?? [];
  return {
    path: pathOf(read),
    endpoint: endpointOf(read),
    host: host === undefined || hasReference(host) || host.includes('{{') ? undefined : host,
    site: read.site === undefined || /^accessplan$|\{\{/i.test(read.site) ? undefined : read.site,
    signedIn,
    parameters: read.parameters,
    guessed: guessed
      ? 'The address begins with a variable whose value is not known: what follows it was read as module and ID.'
      : undefined,
  };
}

/** `course`, `course/1`, `v2/course/1?…`: a module, perhaps with an ID. */
const isBelowRoot = (below: string): boolean => {
  const [path = ''] = below.split(/[?#]/, 1);
  return /^(?:v2\/)?[^/]+(?:\/[^/]*)?\/?$/.test(path) && !/^v\d+\/?$/.test(path);
};

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
  text.replace(/^[^?#]*/, (path) => path.replace(/ (?!HTTP\/\d)/gi, '%20'));
