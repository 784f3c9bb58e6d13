/** Every way in which a call can fail: one flat class, one clear sentence for each kind. */

export type ErrorKind =
  | 'unreachable'
  | 'dns'
  | 'tls'
  | 'timeout'
  | 'cancelled'
  | 'interrupted'
  | 'signed-out'
  | 'wrong-password'
  | 'forbidden'
  | 'not-found'
  | 'refused'
  | 'too-many'
  | 'server'
  | 'unexpected-status'
  | 'not-json'
  | 'truncated'
  | 'redirected'
  | 'too-large'
  | 'no-credentials'
  | 'rebound'
  | 'other-host';

/** What a user can do about it. */
export type ErrorAction = 'retry' | 'credentials' | 'connection' | 'metadata' | 'output';

export interface ErrorFacts {
  readonly host?: string;
  readonly status?: number;
  readonly method?: string;
  /** Seconds from `Retry-After`. */
  readonly retryAfterSeconds?: number;
  /** The API's own words, from the `errors` member. */
  readonly words?: readonly string[];
  /** What else the log should hold; secrets masked. */
  readonly details?: string;
  /** Of a page instead of JSON: its title. */
  readonly pageTitle?: string;
  readonly seconds?: number;
  readonly megabytes?: number;
  readonly cause?: unknown;
}

export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    readonly kind: ErrorKind,
    readonly facts: ErrorFacts = {},
  ) {
    super(sentenceOf(kind, facts), facts.cause === undefined ? undefined : { cause: facts.cause });
  }

  get actions(): readonly ErrorAction[] {
    return ACTIONS[this.kind];
  }
}

const ACTIONS: Readonly<Record<ErrorKind, readonly ErrorAction[]>> = {
  unreachable: ['retry', 'connection', 'output'],
  dns: ['connection', 'retry', 'output'],
  tls: ['connection', 'output'],
  timeout: ['retry', 'output'],
  cancelled: [],
  interrupted: ['retry', 'output'],
  'signed-out': ['credentials', 'connection', 'output'],
  'wrong-password': ['credentials', 'output'],
  forbidden: ['connection', 'output'],
  'not-found': ['metadata', 'output'],
  refused: ['output'],
  'too-many': ['retry'],
  server: ['retry', 'output'],
  'unexpected-status': ['retry', 'output'],
  'not-json': ['connection', 'output'],
  truncated: ['retry', 'output'],
  redirected: ['connection', 'output'],
  'too-large': ['output'],
  'no-credentials': ['credentials', 'connection'],
  rebound: ['credentials', 'connection'],
  'other-host': ['connection'],
};

function sentenceOf(kind: ErrorKind, facts: ErrorFacts): string {
  const host = facts.host ?? 'the platform';
  const written =
    facts.method === 'GET' || facts.method === undefined
      ? ''
      : ' The change may or may not have been made: look before you try again.';
  switch (kind) {
    case 'unreachable':
      return `${host} can’t be reached. Check your network, VPN and proxy, and the connection’s address, then try again.`;
    case 'dns':
      return `There is no ${host}. Check the platform’s name in the connection, and your network.`;
    case 'tls':
      return `${host} has no certificate that this computer trusts, so nothing was sent. Check the address, or ask your IT about a proxy that inspects traffic.`;
    case 'timeout':
      return `${host} did not answer within ${facts.seconds ?? 60} seconds. Ask for fewer records or fields, or try again later.${written}`;
    case 'cancelled':
      return 'Cancelled.';
    case 'interrupted':
      return `The connection to ${host} broke off before the answer was complete. Try again.${written}`;
    case 'signed-out':
      return `${host} did not accept the sign-in. The key or token may have expired or been disabled, this computer’s address may not be on the key’s IP whitelist, or its user may lack the API role. Give a new key, or ask a Super Administrator.`;
    case 'wrong-password':
      return `${host} did not accept this user name and password. Check both; the user also needs the API role.`;
    case 'forbidden':
      return `The user of this connection may not do that (403). ${quoted(facts)}Ask a Super Administrator for the rights, or use another connection.`;
    case 'not-found':
      return `${host} knows no such address or record (404). ${quoted(facts)}Check the module’s name and the ID; a module that you may not see looks the same.`;
    case 'refused':
      return `The API refused the request (400): ${facts.words?.join(' ') || 'it did not say why.'}`;
    case 'too-many':
      return `${host} asks for a pause (429)${facts.retryAfterSeconds === undefined ? '' : ` of ${facts.retryAfterSeconds} seconds`}: too many requests. Wait, then try again.`;
    case 'server':
      return `${host} had a problem of its own (${facts.status ?? 500}). ${quoted(facts)}Try again later; if it stays, tell accessplanit’s support.${written}`;
    case 'unexpected-status':
      return `${host} answered with the unexpected status ${facts.status ?? '?'}. ${quoted(facts)}The output has the details.${written}`;
    case 'not-json':
      return `A web page came instead of data${facts.pageTitle === undefined ? '' : ` (“${facts.pageTitle}”)`}. A proxy, a log-in page or a wrong address may be the reason: check the connection’s address.${written}`;
    case 'truncated':
      return `The answer of ${host} is incomplete. Try again; ask for fewer records if it stays.${written}`;
    case 'redirected':
      return `${host} sent us to another address, which we did not follow, so that your key stays where it belongs. Check the connection’s address.`;
    case 'too-large':
      return `The answer is larger than ${facts.megabytes ?? 64} MB. Ask for fewer records ($top) or fields ($select).`;
    case 'no-credentials':
      return `There is no key or password for ${host} yet. Give one to the connection.`;
    case 'rebound':
      return `The stored key was entered for another address than ${host}, so it was not sent. Give the key for this address.`;
    case 'other-host':
      return `The request would have gone to another host than ${host}, so it was not sent.`;
  }
}

const quoted = (facts: ErrorFacts) =>
  facts.words === undefined || facts.words.length === 0 ? '' : `It said: ${facts.words.join(' ')} `;

/** Anything thrown, as a user and as support need it. */
export function describe(error: unknown): {
  sentence: string;
  actions: readonly ErrorAction[];
  details: string;
} {
  if (error instanceof ApiError) {
    const cause = error.cause instanceof Error ? ` – ${error.cause.message}` : '';
    return {
      sentence: error.message,
      actions: error.actions,
      details: `${error.kind}: ${error.message}${error.facts.details === undefined ? '' : `\n${error.facts.details}`}${cause}`,
    };
  }
  const message = error instanceof Error ? error.message : String(error);
  return {
    sentence: `Something went wrong in APQ: ${message}. The output has the details.`,
    actions: ['output'],
    details: error instanceof Error ? (error.stack ?? message) : message,
  };
}
