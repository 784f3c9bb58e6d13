/** Every way in which a call can fail: one flat class, one clear sentence for each kind. */
import { mask } from './mask';
import type { ShownAnswer } from './shown-answer';

export type ErrorKind =
  | 'unreachable'
  | 'dns'
  | 'tls'
  | 'timeout'
  | 'cancelled'
  | 'interrupted'
  | 'signed-out'
  | 'wrong-password'
  /** The stored key can't be sent: it has characters that no key has. */
  | 'bad-key'
  | 'forbidden'
  | 'not-found'
  | 'refused'
  | 'too-many'
  | 'server'
  | 'unexpected-status'
  | 'not-json'
  /** JSON, but in no form that we know. */
  | 'not-understood'
  | 'truncated'
  | 'redirected'
  | 'too-large'
  | 'no-credentials'
  | 'rebound'
  | 'other-host'
  /** A change on a read-only connection. */
  | 'read-only';

/** What a user can do about it. */
export type ErrorAction = 'retry' | 'credentials' | 'connection' | 'metadata' | 'output';

export interface ErrorFacts {
  readonly host?: string;
  readonly status?: number;
  readonly method?: string;
  /** Seconds from `Retry-After`. */
  readonly retryAfterSeconds?: number;
  /** The answer that refused; its time is not measured. */
  readonly answer?: ShownAnswer;
  /** The API's own words, from the `errors` member. */
  readonly words?: readonly string[];
  /** What else the log should hold; secrets masked. */
  readonly details?: string;
  /** True: a web page came; false: text that is neither that nor JSON. */
  readonly page?: boolean;
  /** Of a page instead of JSON: its title. */
  readonly pageTitle?: string;
  readonly seconds?: number;
  readonly megabytes?: number;
  /** How often it was tried, when more than once. */
  readonly attempts?: number;
  readonly cause?: unknown;
}

/**
 * `message` (and `sentence`) is for the user, `details` for the log and support, `actions` are what may help.
 * No member holds a secret but `cause`, which stays in the program; `describe` masks what it takes from it.
 */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    readonly kind: ErrorKind,
    readonly facts: ErrorFacts = {},
  ) {
    super(
      [quoted(facts), ...sentencesOf(kind, facts)].filter((part) => part !== '').join(' '),
      facts.cause === undefined ? undefined : { cause: facts.cause },
    );
  }

  /** The API's own words in quotes, our reading of what happened, what to do next. */
  get sentence(): string {
    return this.message;
  }

  /** The API's own words and our reading, without what to do. */
  get reading(): string {
    return [quoted(this.facts), sentencesOf(this.kind, this.facts)[0]]
      .filter((part) => part !== '')
      .join(' ');
  }

  /** The same after so many attempts. */
  after(attempts: number): ApiError {
    return new ApiError(this.kind, { ...this.facts, attempts });
  }

  /** HTTP status, when there was an answer. */
  get status(): number | undefined {
    return this.facts.status;
  }

  /** Seconds to wait, when the platform named them. */
  get retryAfterSeconds(): number | undefined {
    return this.facts.retryAfterSeconds;
  }

  get details(): string | undefined {
    return this.facts.details;
  }

  /** True for a write that may have been carried out although it failed for us. */
  get outcomeUnknown(): boolean {
    return outcomeUnknown(this.kind, this.facts);
  }

  /** A write that may have been carried out offers no retry: the user looks first. */
  get actions(): readonly ErrorAction[] {
    const actions = ACTIONS[this.kind];
    return this.outcomeUnknown ? actions.filter((action) => action !== 'retry') : actions;
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
  'bad-key': ['credentials'],
  forbidden: ['connection', 'output'],
  'not-found': ['metadata', 'output'],
  refused: ['output'],
  'too-many': ['retry'],
  server: ['retry', 'output'],
  'unexpected-status': ['retry', 'output'],
  'not-json': ['connection', 'output'],
  'not-understood': ['output'],
  truncated: ['retry', 'output'],
  redirected: ['connection', 'output'],
  'too-large': ['output'],
  'no-credentials': ['credentials', 'connection'],
  rebound: ['credentials', 'connection'],
  'other-host': ['connection'],
  'read-only': ['connection'],
};

/** Kinds after which nobody knows whether a write was carried out. */
const UNCERTAIN: ReadonlySet<ErrorKind> = new Set([
  'timeout',
  'cancelled',
  'interrupted',
  'server',
  'unexpected-status',
  'not-json',
  'truncated',
  'too-large',
]);

/** A refusal (4xx, but for a time limit) says that nothing was done, whatever page came with it. */
const outcomeUnknown = (kind: ErrorKind, { method, status = 0 }: ErrorFacts) =>
  method !== undefined &&
  method !== 'GET' &&
  UNCERTAIN.has(kind) &&
  (status < 400 || status === 408 || status >= 500);

/** Our reading of what happened; what to do. The API's own words come before both. */
function sentencesOf(kind: ErrorKind, facts: ErrorFacts): readonly [reading: string, todo: string] {
  const host = facts.host ?? 'the platform';
  const written = outcomeUnknown(kind, facts)
    ? 'The change may or may not have been made: look before you try again.'
    : '';
  const tried = facts.attempts === undefined ? '' : ` It was tried ${facts.attempts} times.`;
  const join = (...parts: readonly string[]) => parts.filter((part) => part !== '').join(' ');
  switch (kind) {
    case 'unreachable':
      return [
        `${host} can’t be reached.${tried}`,
        'Check your network, VPN and proxy, and the connection’s address, then try again.',
      ];
    case 'dns':
      return [
        `There is no ${host}.${tried}`,
        'Check the platform’s name in the connection, and your network.',
      ];
    case 'tls':
      return [
        `${host} has no certificate that this computer trusts, so nothing was sent.`,
        'Check the address, or ask your IT about a proxy that inspects traffic.',
      ];
    case 'timeout':
      return [
        `${host} did not answer within ${facts.seconds ?? 60} seconds.${tried}`,
        written || 'Ask for fewer records or fields, or try again later.',
      ];
    case 'cancelled':
      return ['Cancelled.', written];
    case 'interrupted':
      return [
        `The connection to ${host} broke off before the answer was complete.${tried}`,
        written || 'Try again.',
      ];
    case 'signed-out':
      return [
        `${host} did not accept the sign-in. The key or token may have expired or been disabled, this computer’s address may not be on the key’s IP whitelist, or its user may lack the API role.`,
        'Give a new key, or ask a Super Administrator.',
      ];
    case 'wrong-password':
      return [
        `${host} did not accept this user name and password.`,
        'Check both; the user also needs the API role.',
      ];
    case 'bad-key':
      return [
        `The key of this connection was not sent: it holds a space, a line break or another character that no key has, so it was probably not copied as a whole.`,
        'Enter it again.',
      ];
    case 'forbidden':
      return [
        'The user of this connection may not do that (403).',
        'Ask a Super Administrator for the rights, or use another connection.',
      ];
    case 'not-found':
      return [
        `${host} knows no such address or record (404).`,
        'Check the module’s name and the ID; a module that you may not see looks the same.',
      ];
    case 'refused':
      return facts.words === undefined || facts.words.length === 0
        ? ['The API refused the request (400), and did not say why.', 'Check its fields, values and module.']
        : ['The API refused the request (400).', 'Correct what it names, then run it again.'];
    case 'too-many': {
      const seconds = facts.retryAfterSeconds ?? 0;
      const pause = seconds === 0 ? '' : ` of ${seconds} ${seconds === 1 ? 'second' : 'seconds'}`;
      return [`${host} asks for a pause${pause} (429): too many requests.${tried}`, 'Wait, then try again.'];
    }
    case 'server':
      return [
        `${host} had a problem of its own (${facts.status ?? 500}).${tried}`,
        join(
          written === '' ? 'Try again later; if it stays, tell accessplanit’s support.' : written,
          written === '' ? '' : 'If it stays, tell accessplanit’s support.',
        ),
      ];
    case 'unexpected-status':
      return [
        `${host} answered with the unexpected status ${facts.status ?? '?'}.`,
        join(written, 'The output has the details.'),
      ];
    case 'not-json': {
      const what = facts.page === false ? 'Text that is no data' : 'A web page';
      const title = facts.pageTitle === undefined ? [] : [`“${facts.pageTitle}”`];
      const status = facts.status === undefined || facts.status < 400 ? [] : [`status ${facts.status}`];
      const about = [...title, ...status].join(', ');
      return [
        `${what} came instead of an answer from the API${about === '' ? '' : ` (${about})`}: a proxy, a log-in page or a wrong address may be the reason.${tried}`,
        join('Check the connection’s address.', written),
      ];
    }
    case 'not-understood':
      return [
        `${host} answered in a form that APQ does not know, so nothing was changed here.`,
        'Send the output to support.',
      ];
    case 'truncated':
      return [
        `The answer of ${host} is incomplete.${tried}`,
        written || 'Try again; ask for fewer records if it stays.',
      ];
    case 'redirected':
      return [
        `${host} sent us to another address, which we did not follow, so that your key stays where it belongs.`,
        'Check the connection’s address.',
      ];
    case 'too-large':
      return [
        `The answer is larger than ${facts.megabytes ?? 64} MB.`,
        join('Ask for fewer records ($top) or fields ($select).', written),
      ];
    case 'no-credentials':
      return [`There is no key or password for ${host} yet.`, 'Give one to the connection.'];
    case 'rebound':
      return [
        `The stored key was entered for another address than ${host}, so it was not sent.`,
        'Give the key for this address.',
      ];
    case 'other-host':
      return [
        `The request would have left this connection’s site on ${host}, so it was not sent.`,
        'Check the module and the ID in the request.',
      ];
    case 'read-only':
      return ['This connection is read-only, so the change was not sent.', 'Use another connection.'];
  }
}

/** Whose words they are must be seen. */
const quoted = ({ words = [] }: ErrorFacts): string => (words.length === 0 ? '' : `“${words.join(' ')}”`);

/** Anything thrown, as a user and as support need it. What looks like a secret is masked in both. */
export function describe(error: unknown): {
  sentence: string;
  actions: readonly ErrorAction[];
  details: string;
} {
  if (error instanceof ApiError) {
    const cause = error.cause instanceof Error ? ` – ${error.cause.message}` : '';
    return {
      sentence: mask(error.message),
      actions: error.actions,
      details: mask(
        `${error.kind}: ${error.message}${error.details === undefined ? '' : `\n${error.details}`}${cause}`,
      ),
    };
  }
  const message = error instanceof Error ? error.message : String(error);
  return {
    sentence: mask(`Something went wrong in APQ: ${message.replace(/\.$/, '')}. The output has the details.`),
    actions: ['output'],
    details: mask(error instanceof Error ? (error.stack ?? message) : message),
  };
}
