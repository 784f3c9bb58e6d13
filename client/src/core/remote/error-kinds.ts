/** Every way in which a call can fail, one row each: everything that depends on the kind is decided here. */
import { nextStepHere } from '../client';
import type { ShownResponse } from '../text/shown-response';
import { MAX_DEPTH } from './nesting';

export type ErrorKind =
  | 'unreachable'
  /** The proxy can't be reached, or doesn't connect. */
  | 'proxy'
  | 'dns'
  /** The certificate is not trusted. */
  | 'tls'
  /** No secure connection came about; mostly, what answers speaks no TLS. */
  | 'no-tls'
  | 'timeout'
  | 'cancelled'
  | 'interrupted'
  | 'signed-out'
  | 'wrong-password'
  /** The stored key can't be sent: it contains characters that no key contains. */
  | 'bad-key'
  | 'forbidden'
  | 'not-found'
  | 'refused'
  | 'too-many'
  | 'server'
  | 'unexpected-status'
  | 'not-json'
  /** JSON in an unknown form. */
  | 'not-understood'
  /** A list of modules with none in it. */
  | 'no-modules'
  | 'truncated'
  /** A body that is wrong before its end. */
  | 'malformed'
  /** Errors in a response with a status of success, and no records. */
  | 'reported'
  | 'redirected'
  | 'too-large'
  /** JSON that is nested more deeply than records are. */
  | 'nested'
  | 'no-credentials'
  | 'rebound'
  | 'other-host'
  /** A change on a read-only connection. */
  | 'read-only'
  /** A change on a connection that is gone, or leads elsewhere, since it was prepared. */
  | 'connection-changed';

/** What a user can do about a failure. */
export type ErrorAction = 'retry' | 'credentials' | 'connection' | 'metadata' | 'output';

/** A proxy, as far as it may be shown. */
export interface Proxy {
  /** Without a user and a password. */
  readonly address: string;
  /** What names it: `HTTPS_PROXY`. */
  readonly source: string;
}

/** What is known about a failure. No member holds a secret but `cause`. */
export interface ErrorFacts {
  readonly host?: string;
  /** HTTP status, where there was a response. */
  readonly status?: number;
  readonly method?: string;
  /** Seconds from `Retry-After`. */
  readonly retryAfterSeconds?: number;
  /** The response that refused the request; its time is not measured. */
  readonly response?: ShownResponse;
  /** The API's own words, from the `errors` member; harmless. */
  readonly words?: readonly string[];
  /** More for the log; secrets are masked. */
  readonly details?: string;
  /** True: the body is a web page; false: it is text that is neither that nor JSON. */
  readonly page?: boolean;
  /** The title of a web page that arrived instead of JSON; harmless. */
  readonly pageTitle?: string;
  /** Where JSON is malformed, from 1, and what stands there; harmless. */
  readonly fault?: { readonly line: number; readonly character: number; readonly text: string };
  /** The proxy that the request went through. */
  readonly proxy?: Proxy;
  readonly seconds?: number;
  readonly megabytes?: number;
  /** How often the request was sent, when more than once. */
  readonly attempts?: number;
  readonly cause?: unknown;
}

/** The facts as words for the sentences. */
interface Words extends Omit<ErrorFacts, 'host'> {
  readonly host: string;
  /** ` It was tried 3 times.`, or ''. */
  readonly tried: string;
  /** ` through the proxy ADDRESS (HTTPS_PROXY)`, or ''. */
  readonly via: string;
  /** A warning where a change may have been made, or ''. */
  readonly written: string;
}

/** Everything that depends on the kind of a failure. */
export interface ErrorRow {
  /** What happened, in a sentence. */
  readonly reading: (words: Words) => string;
  /** What to do about it, or ''. */
  readonly todo: (words: Words) => string;
  /** The buttons, in order. */
  readonly actions: readonly ErrorAction[];
  /** How often a read is sent at most; a policy may allow fewer. Infinity: as often as the policy allows. */
  readonly attempts: number;
  /** Whether a write may have been carried out all the same. */
  readonly outcomeUnknown: boolean;
  /** Whether the platform is known to have responded. */
  readonly reached: boolean;
  /** Which part of the connection is probably wrong: its address, its key or password, or neither. */
  readonly atFault: 'address' | 'sign-in' | 'neither';
  /** Exit status of `apq`: 1 refused, 3 not reached or not signed in, 4 to be tried later. */
  readonly exit: 1 | 3 | 4;
}

/** After a write whose outcome is unknown. */
export const MAYBE_WRITTEN = 'The change may or may not have been made: check before you try again.';

const namedProxy = (proxy: Proxy | undefined): string =>
  proxy === undefined ? 'server' : `${proxy.address} (${proxy.source})`;

const joined = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join(' ');

export const ERROR_KINDS = {
  unreachable: {
    reading: ({ host, via, tried }) => `${host} can’t be reached${via}.${tried}`,
    todo: () => nextStepHere('check-network'),
    actions: ['retry', 'connection', 'output'],
    attempts: Infinity,
    outcomeUnknown: false,
    reached: false,
    atFault: 'address',
    exit: 3,
  },
  proxy: {
    reading: ({ host, status, proxy, tried }) =>
      `The proxy ${namedProxy(proxy)} ${status === undefined ? 'can’t be reached' : `did not connect to ${host} (${status})`}.${tried}`,
    todo: ({ status, proxy }) =>
      status === 407
        ? `The proxy asks for a user and a password. Write them into ${proxy?.source ?? 'its address'}: http://USER:PASSWORD@HOST:PORT.`
        : `Correct or remove ${proxy?.source ?? 'its address'}, or name the host in NO_PROXY to reach it without a proxy.`,
    actions: ['retry', 'output'],
    attempts: Infinity,
    outcomeUnknown: false,
    reached: false,
    atFault: 'neither',
    exit: 3,
  },
  dns: {
    reading: ({ host, tried }) => `${host} could not be found.${tried}`,
    todo: () => nextStepHere('check-name'),
    actions: ['connection', 'retry', 'output'],
    attempts: Infinity,
    outcomeUnknown: false,
    reached: false,
    atFault: 'address',
    exit: 3,
  },
  tls: {
    reading: ({ host }) => `This computer does not trust the certificate of ${host}, so nothing was sent.`,
    todo: () => 'Check the address, or ask your IT department about a proxy that inspects traffic.',
    actions: ['connection', 'output'],
    attempts: 1,
    outcomeUnknown: false,
    reached: false,
    atFault: 'address',
    exit: 3,
  },
  'no-tls': {
    reading: ({ host }) =>
      `No secure connection (https) to ${host} came about, so nothing was sent: what answers there probably speaks no TLS.`,
    todo: () => 'Check the address and its port; a test server on this computer may need http:// before it.',
    actions: ['connection', 'output'],
    attempts: 1,
    outcomeUnknown: false,
    reached: false,
    atFault: 'address',
    exit: 3,
  },
  timeout: {
    reading: ({ host, seconds = 60, via, tried }) =>
      `${host} did not respond within ${seconds} ${seconds === 1 ? 'second' : 'seconds'}${via}.${tried}`,
    todo: ({ written }) => written || 'Ask for fewer records or fields, or try again later.',
    actions: ['retry', 'output'],
    attempts: Infinity,
    outcomeUnknown: true,
    reached: false,
    atFault: 'neither',
    exit: 4,
  },
  cancelled: {
    reading: () => 'Cancelled.',
    todo: ({ written }) => written,
    actions: [],
    attempts: 1,
    outcomeUnknown: true,
    reached: false,
    atFault: 'neither',
    exit: 3,
  },
  interrupted: {
    reading: ({ host, via, tried }) =>
      `The connection to ${host}${via} was lost before the response was complete.${tried}`,
    todo: ({ written }) => written || 'Try again.',
    actions: ['retry', 'output'],
    attempts: Infinity,
    outcomeUnknown: true,
    reached: false,
    atFault: 'neither',
    exit: 3,
  },
  'signed-out': {
    // The commonest cause first.
    reading: ({ host }) =>
      `${host} did not accept the sign-in. The key may not have been copied whole, or be that of the other site (production and sandbox have keys of their own). It may also have expired or been disabled, its user may lack the API role, or this computer’s address may not be on the key’s IP whitelist.`,
    todo: () => nextStepHere('renew-key'),
    actions: ['credentials', 'connection', 'output'],
    attempts: 1,
    outcomeUnknown: false,
    reached: true,
    atFault: 'sign-in',
    exit: 3,
  },
  'wrong-password': {
    reading: ({ host }) => `${host} did not accept this user name and password.`,
    todo: () => nextStepHere('check-password'),
    actions: ['credentials', 'output'],
    attempts: 1,
    outcomeUnknown: false,
    reached: true,
    atFault: 'sign-in',
    exit: 3,
  },
  'bad-key': {
    reading: () =>
      'The key was not sent: it contains a space, a line break or another character that no key contains, so it was probably not copied completely.',
    todo: () => nextStepHere('copy-key'),
    actions: ['credentials'],
    attempts: 1,
    outcomeUnknown: false,
    reached: false,
    atFault: 'sign-in',
    exit: 3,
  },
  forbidden: {
    reading: () => 'Permission denied (403): the user of this connection is not allowed to do this.',
    todo: () => nextStepHere('get-permission'),
    actions: ['connection', 'output'],
    attempts: 1,
    outcomeUnknown: false,
    reached: true,
    atFault: 'neither',
    exit: 1,
  },
  'not-found': {
    reading: ({ host }) => `The address or record could not be found on ${host} (404).`,
    todo: () =>
      'Check the module’s name and the ID; a module that you have no permission to see looks the same.',
    actions: ['metadata', 'output'],
    attempts: 1,
    outcomeUnknown: false,
    reached: true,
    atFault: 'address',
    exit: 1,
  },
  refused: {
    reading: ({ words = [] }) =>
      words.length === 0
        ? 'The API refused the request (400) without giving a reason.'
        : 'The API refused the request (400).',
    todo: ({ words = [] }) =>
      words.length === 0
        ? 'Check its fields, values and module.'
        : 'Correct what the API names, then run the request again.',
    actions: ['output'],
    attempts: 1,
    outcomeUnknown: false,
    reached: true,
    atFault: 'neither',
    exit: 1,
  },
  'too-many': {
    reading: ({ host, retryAfterSeconds: seconds = 0, tried }) => {
      const pause = seconds === 0 ? '' : ` of ${seconds} ${seconds === 1 ? 'second' : 'seconds'}`;
      return `${host} asks for a pause${pause} (429): too many requests.${tried}`;
    },
    todo: () => 'Wait, then try again.',
    actions: ['retry'],
    attempts: Infinity,
    outcomeUnknown: false,
    reached: true,
    atFault: 'neither',
    exit: 4,
  },
  server: {
    reading: ({ host, status = 500, tried }) => `${host} reported an internal error (${status}).${tried}`,
    todo: ({ written }) =>
      `${written || 'Try again later.'} If the problem persists, contact accessplanit’s support.`,
    actions: ['retry', 'output'],
    attempts: Infinity,
    outcomeUnknown: true,
    reached: true,
    atFault: 'neither',
    exit: 4,
  },
  'unexpected-status': {
    reading: ({ host, status = '?' }) => `${host} responded with the unexpected status ${status}.`,
    todo: ({ written }) => joined(written, nextStepHere('see-details')),
    actions: ['retry', 'output'],
    attempts: 1,
    outcomeUnknown: true,
    reached: true,
    atFault: 'neither',
    exit: 1,
  },
  'not-json': {
    reading: ({ page, pageTitle, status = 0, tried }) => {
      const about = [
        ...(pageTitle === undefined ? [] : [`“${pageTitle}”`]),
        ...(status < 400 ? [] : [`status ${status}`]),
      ].join(', ');
      return `${page === false ? 'Text that is not JSON' : 'A web page'} came instead of a response from the API${about === '' ? '' : ` (${about})`}: a proxy, a log-in page or a wrong address may be the reason.${tried}`;
    },
    todo: ({ written }) => joined(nextStepHere('check-address'), written),
    actions: ['connection', 'output'],
    // A proxy's hiccup passes, a log-in page does not.
    attempts: 2,
    outcomeUnknown: true,
    reached: true,
    atFault: 'address',
    exit: 3,
  },
  'not-understood': {
    reading: ({ host }) =>
      `${host} responded in a form that APQ does not understand, so nothing was changed here.`,
    todo: () => nextStepHere('send-details'),
    actions: ['output'],
    attempts: 1,
    outcomeUnknown: false,
    reached: true,
    atFault: 'neither',
    exit: 1,
  },
  'no-modules': {
    reading: ({ host }) => `${host} lists no module for this user, so the metadata were left as they are.`,
    todo: () => 'Ask a Super Administrator whether the user has the API role and may see records.',
    actions: ['connection', 'output'],
    attempts: 1,
    outcomeUnknown: false,
    reached: true,
    atFault: 'neither',
    exit: 1,
  },
  truncated: {
    reading: ({ host, tried }) => `The response from ${host} is incomplete.${tried}`,
    todo: ({ written }) => written || 'Try again; ask for fewer records if it happens again.',
    actions: ['retry', 'output'],
    attempts: Infinity,
    outcomeUnknown: true,
    reached: true,
    atFault: 'neither',
    exit: 3,
  },
  malformed: {
    reading: ({ host, fault }) =>
      `The response from ${host} is not valid JSON${fault === undefined ? '' : `: line ${fault.line}, character ${fault.character} has “${fault.text}”`}.`,
    todo: ({ written }) => joined(written, nextStepHere('report-to-platform')),
    actions: ['retry', 'output'],
    attempts: 2,
    outcomeUnknown: true,
    reached: true,
    atFault: 'neither',
    exit: 1,
  },
  reported: {
    reading: ({ status = 200 }) => `The API reported an error, though with status ${status}, and no records.`,
    todo: ({ written }) => joined(written, 'Correct what the API names, then run the request again.'),
    actions: ['output'],
    attempts: 1,
    outcomeUnknown: true,
    reached: true,
    atFault: 'neither',
    exit: 1,
  },
  redirected: {
    reading: ({ host }) =>
      `${host} redirected to another address. APQ did not follow, so that your key stays where it belongs.`,
    todo: () => nextStepHere('check-address'),
    actions: ['connection', 'output'],
    attempts: 1,
    outcomeUnknown: false,
    reached: true,
    atFault: 'address',
    exit: 3,
  },
  'too-large': {
    reading: ({ megabytes = 64 }) => `The response is larger than ${megabytes} MB.`,
    todo: ({ written }) => joined('Ask for fewer records ($top) or fields ($select).', written),
    actions: ['output'],
    attempts: 1,
    outcomeUnknown: true,
    reached: true,
    atFault: 'neither',
    exit: 1,
  },
  nested: {
    reading: () => `The response is nested more than ${MAX_DEPTH} levels deep, as no record is.`,
    todo: ({ written }) => joined('Ask for other fields ($select), and tell support.', written),
    actions: ['output'],
    attempts: 1,
    outcomeUnknown: true,
    reached: true,
    atFault: 'neither',
    exit: 1,
  },
  'no-credentials': {
    reading: ({ host }) => `There is no key or password for ${host} yet.`,
    todo: () => nextStepHere('give-key'),
    actions: ['credentials', 'connection'],
    attempts: 1,
    outcomeUnknown: false,
    reached: false,
    atFault: 'sign-in',
    exit: 3,
  },
  rebound: {
    reading: ({ host }) =>
      `The stored key was entered for an address other than ${host}, so it was not sent.`,
    todo: () => 'Enter the key for this address.',
    actions: ['credentials', 'connection'],
    attempts: 1,
    outcomeUnknown: false,
    reached: false,
    atFault: 'sign-in',
    exit: 3,
  },
  'other-host': {
    reading: ({ host }) =>
      `The request would have left this connection’s site on ${host}, so it was not sent.`,
    todo: () => 'Check the module and the ID in the request.',
    actions: ['connection'],
    attempts: 1,
    outcomeUnknown: false,
    reached: false,
    atFault: 'address',
    exit: 3,
  },
  'read-only': {
    reading: () => 'This connection is read-only, so the change was not sent.',
    todo: () => nextStepHere('allow-changes'),
    actions: ['connection'],
    attempts: 1,
    outcomeUnknown: false,
    reached: false,
    atFault: 'neither',
    exit: 1,
  },
  'connection-changed': {
    reading: () =>
      'This connection was removed, or leads to another platform by now, so the change was not sent.',
    todo: () => 'Look at the connection, and start again.',
    actions: ['connection'],
    attempts: 1,
    outcomeUnknown: false,
    reached: false,
    atFault: 'neither',
    exit: 3,
  },
} as const satisfies Readonly<Record<ErrorKind, ErrorRow>>;

/** The row of a kind. */
export const rowOf = (kind: ErrorKind): ErrorRow => ERROR_KINDS[kind];

/**
 * True for a write that may have been carried out although it failed for us. A refusal (4xx, except for a time limit)
 * means that nothing was done, whatever its body holds.
 */
export const isOutcomeUnknown = (kind: ErrorKind, { method, status = 0 }: ErrorFacts): boolean =>
  method !== undefined &&
  method !== 'GET' &&
  rowOf(kind).outcomeUnknown &&
  (status < 400 || status === 408 || status >= 500);

/** Returns what happened, and what to do. */
export function sentencesOf(kind: ErrorKind, facts: ErrorFacts): readonly [reading: string, todo: string] {
  const words: Words = {
    ...facts,
    host: facts.host ?? 'the platform',
    tried: facts.attempts === undefined ? '' : ` It was tried ${facts.attempts} times.`,
    via: facts.proxy === undefined ? '' : ` through the proxy ${namedProxy(facts.proxy)}`,
    written: isOutcomeUnknown(kind, facts) ? MAYBE_WRITTEN : '',
  };
  const { reading, todo } = rowOf(kind);
  return [reading(words), todo(words)];
}
