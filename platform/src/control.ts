/**
 * Failures on demand, for tests and demonstrations: `/_control`, next to the sites, without signing in.
 * The real service has no such thing. Until it is used, it changes no ordinary answer.
 *
 * POST /_control with a JSON object; all members are optional; answer 200 `{"queued":n}`:
 *
 *     next                 array of faults; each is used up by the next data or help request (not by token requests):
 *       {"status":429,"retryAfter":1}   that status with an errors body; retryAfter (optional): seconds or an HTTP date
 *       {"html":true}                   a proxy's HTML error page, 502; "status" sets another status (200: a log-in page)
 *       {"truncate":true}               the ordinary answer, cut off by closing the connection half-way
 *       {"truncate":"clean"}            half of the ordinary body in a complete HTTP answer: broken JSON
 *       {"hang":true}                   no answer, ever
 *       {"redirect":"https://…"}        302 to that address
 *       {"drop":true}                   the connection is closed without an answer
 *       {"trickle":2}                   the ordinary answer, its bytes spread over that many seconds (to 600)
 *       {"big":100}                     the ordinary answer with made-up records up to that many MB (to 1000)
 *       {"wide":2000}                   the ordinary answer, each record with made-up members up to that many (to 10000)
 *       {"types":true}                  the ordinary answer, but each member changes its type from record to record
 *       {"lose":true}                   the request is carried out, then the connection is closed without an answer
 *     random               {"rate":0.1,"seed":1,"faults":[…]}: a request for which no fault is queued gets one of these,
 *                          with that probability; the same seed gives the same sequence. Without faults: 429, 500, 503,
 *                          drop, both kinds of truncate, html. "writes":true keeps them to POST, PUT and DELETE,
 *                          "only":"/api/v2/user" to paths that hold this text, in any case. null ends them
 *     churn                {"insert":1,"remove":1,"times":5}: before each data request with $skip from 1, that many records
 *                          are removed from the front of its module, then that many new ones put there; times (optional):
 *                          how often. null ends it
 *     only                 "/api/v2/user": the faults of `next` wait for requests whose path holds this text, in any case;
 *                          "": any request gets them
 *     expireTokens         true: all access tokens issued so far are refused from now on; refresh tokens still work
 *     expireRefreshTokens  true: the same for refresh tokens
 *     latency              milliseconds before every answer of the sites
 *     reset                true: first clears faults, churn, requests and latency; the counts of writes stay
 *
 * GET /_control: `{"requests":[{"method":"GET","path":"/accessplan/api/v2/course?$top=1","status":200}, …],
 * "total":n,"queued":n,"writes":{"accessplan/User/1027":2}}`: the last 200 requests to the sites in the order of their
 * arrival, status 0 for no whole answer (yet). Values of parameters outside the API (a password in a token address) are
 * left out. `writes`: how often a request created, changed or removed each record since the start, by site, module and
 * ID; a refused request counts nowhere, one whose answer was lost does.
 */
import { badRequest } from './problem';
import { Dice } from './random';
import { isObject } from './values';

export type Fault =
  | { readonly kind: 'status'; readonly status: number; readonly retryAfter: string | undefined }
  | { readonly kind: 'html'; readonly status: number }
  | { readonly kind: 'truncate'; readonly clean: boolean }
  | { readonly kind: 'redirect'; readonly to: string }
  | Alteration
  | { readonly kind: 'trickle'; readonly seconds: number }
  | { readonly kind: 'lose' }
  | { readonly kind: 'hang' }
  | { readonly kind: 'drop' };

/** The ordinary answer with other records. */
export type Alteration =
  | { readonly kind: 'big'; readonly megabytes: number }
  | { readonly kind: 'wide'; readonly members: number }
  | { readonly kind: 'types' };

/** How many records are added and removed before each page but the first. */
export interface Churn {
  readonly insert: number;
  readonly remove: number;
}

interface Chance {
  readonly rate: number;
  readonly dice: Dice;
  readonly faults: readonly Fault[];
  /** Whether reads are left alone. */
  readonly writes: boolean;
  /** What the path holds, in lower case. */
  readonly only: string;
}

export interface Seen {
  readonly method: string;
  readonly path: string;
  status: number;
}

const KEPT = 200;

/** What `/_control` sets and shows. */
export class Control {
  readonly faults: Fault[] = [];
  #only = '';
  #chance: Chance | undefined;
  #churn: (Churn & { times: number }) | undefined;
  #seen: Seen[] = [];
  #total = 0;
  readonly #writes = new Map<string, number>();

  constructor(
    public latency: number,
    readonly initialLatency = latency,
  ) {}

  /** Records a request when it arrives; its status is set when it is answered. */
  note(method: string, path: string): Seen {
    const seen: Seen = { method, path, status: 0 };
    this.#seen.push(seen);
    this.#total++;
    if (this.#seen.length > KEPT) this.#seen.shift();
    return seen;
  }

  /** Counts a write that was carried out. */
  countWrite(site: string, module: string, id: string): void {
    const record = `${site}/${module}/${id}`;
    this.#writes.set(record, (this.#writes.get(record) ?? 0) + 1);
  }

  /** Returns the fault for a data or help request: the first queued one if it matches the path, else a random one, if any. */
  nextFault(method: string, path: string): Fault | undefined {
    const lower = path.toLowerCase();
    const queued = lower.includes(this.#only) ? this.faults.shift() : undefined;
    const chance = this.#chance;
    if (queued || !chance || !lower.includes(chance.only) || (chance.writes && method === 'GET'))
      return queued;
    return chance.dice.chance(chance.rate) ? chance.dice.pick(chance.faults) : undefined;
  }

  /** Returns how many records are added and removed before this page. */
  nextChurn(): Churn | undefined {
    if (!this.#churn || this.#churn.times === 0) return undefined;
    this.#churn.times--;
    return this.#churn;
  }

  /** Returns the body of GET /_control; `hide` removes secrets from a text. */
  show(hide: (text: string) => string): unknown {
    const requests = this.#seen.map(({ method, path, status }) => ({ method, path: hide(path), status }));
    const writes = Object.fromEntries(this.#writes);
    return { requests, total: this.#total, queued: this.faults.length, writes };
  }

  /** Obeys the body of POST /_control; returns which tokens to expire. Sets nothing unless all of the body is valid. */
  set(text: string): { expireTokens: boolean; expireRefreshTokens: boolean } {
    let json: unknown;
    try {
      json = JSON.parse(text);
    } catch {
      throw badRequest('The body is not valid JSON.');
    }
    if (!isObject(json)) throw badRequest('The body must be a JSON object.');
    const {
      next = [],
      expireTokens,
      expireRefreshTokens,
      latency,
      random,
      churn,
      only,
      reset,
      ...unknown
    } = json;
    const [name] = Object.keys(unknown);
    if (name !== undefined) throw badRequest(`The control has no member '${name}'.`);
    if (!Array.isArray(next)) throw badRequest('next takes an array of faults.');
    const faults = next.map(readFault);
    if (only !== undefined && typeof only !== 'string') throw badRequest('only takes a text.');
    const pause = latency === undefined ? undefined : readLatency(latency);
    const chance = isObject(random) ? readChance(random) : checkNull('random', random);
    const changes = isObject(churn) ? readChurn(churn) : checkNull('churn', churn);
    const flags = {
      expireTokens: flag('expireTokens', expireTokens),
      expireRefreshTokens: flag('expireRefreshTokens', expireRefreshTokens),
    };
    if (flag('reset', reset)) {
      this.faults.length = 0;
      this.#only = '';
      this.#chance = undefined;
      this.#churn = undefined;
      this.#seen = [];
      this.#total = 0;
      this.latency = this.initialLatency;
    }
    for (const fault of faults) this.faults.push(fault);
    if (only !== undefined) this.#only = only.toLowerCase();
    if (pause !== undefined) this.latency = pause;
    if (random !== undefined) this.#chance = chance;
    if (churn !== undefined) this.#churn = changes;
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

function checkNull(name: string, value: unknown): undefined {
  if (value !== undefined && value !== null) throw badRequest(`${name} takes an object or null.`);
  return undefined;
}

/** Temporary faults that any reader may meet. */
const USUAL: readonly unknown[] = [
  { status: 429, retryAfter: 0 },
  { status: 500 },
  { status: 503 },
  { drop: true },
  { truncate: true },
  { truncate: 'clean' },
  { html: true },
];

function readChance({
  rate,
  seed = 1,
  faults = USUAL,
  writes,
  only = '',
  ...unknown
}: Readonly<Record<string, unknown>>): Chance {
  refuseUnknown('random', unknown);
  if (typeof rate !== 'number' || !(rate >= 0 && rate <= 1))
    throw badRequest('rate takes a number from 0 to 1.');
  if (!Array.isArray(faults) || faults.length === 0) throw badRequest('faults takes an array of faults.');
  if (typeof only !== 'string') throw badRequest('only takes a text.');
  return {
    rate,
    dice: new Dice(wholeNumber('seed', seed, 0, 4_294_967_295)),
    faults: faults.map(readFault),
    writes: flag('writes', writes),
    only: only.toLowerCase(),
  };
}

function readChurn({
  insert = 0,
  remove = 0,
  times = 1_000_000,
  ...unknown
}: Readonly<Record<string, unknown>>): Churn & { times: number } {
  refuseUnknown('churn', unknown);
  return {
    insert: wholeNumber('insert', insert, 0, 1000),
    remove: wholeNumber('remove', remove, 0, 1000),
    times: wholeNumber('times', times, 1, 1_000_000),
  };
}

function refuseUnknown(what: string, unknown: Readonly<Record<string, unknown>>): void {
  const [name] = Object.keys(unknown);
  if (name !== undefined) throw badRequest(`${what} has no member '${name}'.`);
}

function wholeNumber(name: string, value: unknown, low: number, high: number): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= low && value <= high) return value;
  throw badRequest(`${name} takes a whole number from ${low} to ${high}.`);
}

const KINDS = ['html', 'truncate', 'hang', 'redirect', 'drop', 'trickle', 'big', 'wide', 'types', 'lose'];

function readFault(value: unknown): Fault {
  if (!isObject(value)) throw badRequest('A fault is a JSON object.');
  const kinds = KINDS.filter((kind) => value[kind] !== undefined);
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
    case 'trickle':
      return { kind, seconds: wholeNumber('trickle', detail, 1, 600) };
    case 'big':
      return { kind, megabytes: wholeNumber('big', detail, 1, 1000) };
    case 'wide':
      return { kind, members: wholeNumber('wide', detail, 1, 10_000) };
    case 'types':
    case 'lose':
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
  throw badRequest(`The fault ${kind} cannot be read.`);
}

function readStatus(value: unknown): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 200 && value <= 599) return value;
  throw badRequest('status takes an HTTP status from 200 to 599.');
}
