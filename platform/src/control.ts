/**
 * Failures on demand, for tests and demonstrations: `/_control`, beside the sites, without signing in.
 * The real service has no such thing. Nothing here changes what an ordinary request gets until it is asked to.
 *
 * POST /_control with a JSON object; all members are optional; answer 200 `{"queued":n}`:
 *
 *     next                 array of faults; each is used up by the next data or help request (not by token requests):
 *       {"status":429,"retryAfter":1}   that status with an errors body; retryAfter (optional): seconds or an HTTP date
 *       {"html":true}                   an HTML error page as of a proxy, 502; with "status" another one (200: a log-in page)
 *       {"truncate":true}               the ordinary answer, cut off by closing the connection half-way
 *       {"truncate":"clean"}            half of the ordinary body in a complete HTTP answer: broken JSON
 *       {"hang":true}                   no answer, ever
 *       {"redirect":"https://…"}        302 to that address
 *       {"drop":true}                   the connection is closed without an answer
 *     expireTokens         true: every access token issued so far is refused from now on; refresh tokens still work
 *     expireRefreshTokens  true: so are refresh tokens
 *     latency              milliseconds before every answer of the sites
 *     reset                true: first forgets queued faults, requests and latency
 *
 * GET /_control: `{"requests":[{"method":"GET","path":"/accessplan/api/v2/course?$top=1","status":200}, …],
 * "total":n,"queued":n}`: the last 200 requests to the sites in the order of their arrival, status 0 for no whole
 * answer (yet). Values of parameters that are none of the API's (a password in a token address) are left out.
 */
import { badRequest } from './problem';
import { isObject } from './values';

export type Fault =
  | { readonly kind: 'status'; readonly status: number; readonly retryAfter: string | undefined }
  | { readonly kind: 'html'; readonly status: number }
  | { readonly kind: 'truncate'; readonly clean: boolean }
  | { readonly kind: 'redirect'; readonly to: string }
  | { readonly kind: 'hang' }
  | { readonly kind: 'drop' };

export interface Seen {
  readonly method: string;
  readonly path: string;
  status: number;
}

const KEPT = 200;

/** What `/_control` sets and shows. */
export class Control {
  readonly faults: Fault[] = [];
  #seen: Seen[] = [];
  #total = 0;

  constructor(
    public latency: number,
    readonly initialLatency = latency,
  ) {}

  /** Notes a request when it arrives; its status is filled in when it is answered. */
  note(method: string, path: string): Seen {
    const seen: Seen = { method, path, status: 0 };
    this.#seen.push(seen);
    this.#total++;
    if (this.#seen.length > KEPT) this.#seen.shift();
    return seen;
  }

  /** The body of GET /_control; `hide` takes secrets out of text. */
  show(hide: (text: string) => string): unknown {
    const requests = this.#seen.map(({ method, path, status }) => ({ method, path: hide(path), status }));
    return { requests, total: this.#total, queued: this.faults.length };
  }

  /** The body of POST /_control; out: what concerns the tokens. Nothing is set unless all of it can be read. */
  set(text: string): { expireTokens: boolean; expireRefreshTokens: boolean } {
    let json: unknown;
    try {
      json = JSON.parse(text);
    } catch {
      throw badRequest('The body is not valid JSON.');
    }
    if (!isObject(json)) throw badRequest('The body must be a JSON object.');
    const { next = [], expireTokens, expireRefreshTokens, latency, reset, ...unknown } = json;
    const [name] = Object.keys(unknown);
    if (name !== undefined) throw badRequest(`The control has no member '${name}'.`);
    if (!Array.isArray(next)) throw badRequest('next takes an array of faults.');
    const faults = next.map(readFault);
    const pause = latency === undefined ? undefined : readLatency(latency);
    const flags = {
      expireTokens: flag('expireTokens', expireTokens),
      expireRefreshTokens: flag('expireRefreshTokens', expireRefreshTokens),
    };
    if (flag('reset', reset)) {
      this.faults.length = 0;
      this.#seen = [];
      this.#total = 0;
      this.latency = this.initialLatency;
    }
    this.faults.push(...faults);
    if (pause !== undefined) this.latency = pause;
    return flags;
  }
}

function flag(name: string, value: unknown): boolean {
  if (value === undefined || typeof value === 'boolean') return value ?? false;
  throw badRequest(`${name} takes true or false.`);
}

function readLatency(value: unknown): number {
  if (typeof value === 'number' && value >= 0 && value <= 60_000) return value;
  throw badRequest('latency takes milliseconds from 0 to 60000.');
}

function readFault(value: unknown): Fault {
  if (!isObject(value)) throw badRequest('A fault is a JSON object.');
  const kinds = ['html', 'truncate', 'hang', 'redirect', 'drop'].filter((kind) => value[kind] !== undefined);
  const [kind = 'status'] = kinds;
  const known = new Set([kind, ...(kind === 'status' ? ['retryAfter'] : kind === 'html' ? ['status'] : [])]);
  const odd = Object.keys(value).find((name) => !known.has(name));
  if (odd !== undefined) throw badRequest(`The fault ${kind} has no member '${odd}'.`);
  const detail = value[kind];
  switch (kind) {
    case 'html':
      if (detail !== true) break;
      return { kind, status: value['status'] === undefined ? 502 : readStatus(value['status']) };
    case 'truncate':
      if (detail !== true && detail !== 'clean') break;
      return { kind, clean: detail === 'clean' };
    case 'redirect':
      if (typeof detail !== 'string' || !/^[\x21-\x7e]+$/.test(detail)) break;
      return { kind, to: detail };
    case 'hang':
    case 'drop':
      if (detail !== true) break;
      return { kind };
    default: {
      const after = value['retryAfter'];
      const readable =
        typeof after === 'number' || (typeof after === 'string' && /^[\x20-\x7e]+$/.test(after));
      if (after !== undefined && !readable) throw badRequest('retryAfter takes seconds or an HTTP date.');
      const retryAfter = readable ? String(after) : undefined;
      return { kind: 'status', status: readStatus(value['status']), retryAfter };
    }
  }
  throw badRequest(`The fault ${kind} can not be read.`);
}

function readStatus(value: unknown): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 200 && value <= 599) return value;
  throw badRequest('status takes an HTTP status from 200 to 599.');
}
