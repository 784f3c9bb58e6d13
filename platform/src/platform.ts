/**
 * The sample platform: an accessplanit API v2 on loopback, for the first five minutes, demonstrations and tests.
 * It follows the vendor's guide (D) and what public clients show of the live service (O), and marks assumptions (A).
 *
 *     {root}                       http://127.0.0.1:PORT/accessplan, or …/accessplansandbox with data of its own
 *     {root}/api/v2/token          POST (O) or GET (D)
 *     {root}/apihelp/v2/modules    GET; /{module} for its fields
 *     {root}/api/v2/{module}       GET, POST; /{id} for PUT, DELETE
 *     /_control                    failures on demand, see control.ts
 *
 * Quirks (quirks.ts) turn assumptions round.
 *
 * A refusal is `{"errors":["sentence", …]}`. Checked in this order: signing in, module, method, rights, parameters,
 * body.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { alter, inflate } from './alter';
import { findModule } from './catalog';
import type { Fault } from './control';
import { Control } from './control';
import { fieldFeed, moduleFeed } from './help';
import { Journal } from './journal';
import { readForm, readPairs, readParameters } from './parameters';
import { badRequest, notFound, Problem, wrongMethod } from './problem';
import type { Quirks } from './quirks';
import { RateLimit } from './rate-limit';
import { read } from './reading';
import type { SiteName } from './records';
import { makeWorld, SITES } from './records';
import type { Caller, Secrets } from './signin';
import { makeSecrets, modulesOf, SignIn, TokenProblem } from './signin';
import { Store } from './store';
import { create, remove, update, type Written } from './writing';

export interface PlatformOptions {
  /** 0 (the default) means any free port. */
  readonly port?: number | undefined;
  /** Course dates of the production site (default 5000); the other modules in proportion. */
  readonly records?: number | undefined;
  readonly seed?: number | undefined;
  /** Milliseconds before every answer. */
  readonly latency?: number | undefined;
  /** Random by default. */
  readonly apiKey?: string | undefined;
  /** The file that keeps changes over a restart; without it they end with the platform. */
  readonly changes?: string | undefined;
  /** Assumptions to turn round; none by default. */
  readonly quirks?: Quirks | undefined;
  /** Milliseconds since 1970: today, and when tokens expire. */
  readonly clock?: (() => number) | undefined;
}

export interface Platform extends Secrets {
  /** The production site; the sandbox is at the same address with `accessplansandbox`. */
  readonly root: string;
  readonly port: number;
  /** Ends every connection at once. */
  close(): Promise<void>;
}

/** The longest address with the quirk `short-address`, from `http` to its end. */
const SHORT_ADDRESS = 1000;

const MAX_BODY_BYTES = 5 * 1024 * 1024;

interface Answer {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Starts a platform; resolves when it listens, rejects when it can't. */
export async function startPlatform(options: PlatformOptions = {}): Promise<Platform> {
  const clock = options.clock ?? Date.now;
  const world = { records: options.records ?? 5000, seed: options.seed ?? 1, now: clock() };
  const journal = new Journal(options.changes);
  const store = (site: SiteName) => new Store(site, makeWorld(site, world), journal);
  const stores: Readonly<Record<SiteName, Store>> = {
    accessplan: store('accessplan'),
    accessplansandbox: store('accessplansandbox'),
  };
  const signIn = new SignIn(makeSecrets(options.apiKey), clock);
  const control = new Control(options.latency ?? 0);
  const handler = new Handler(stores, signIn, control, clock, options.quirks ?? new Set());
  // Longer than clients keep idle connections, so that none is closed as it is reused.
  const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    void handler.handle(request, response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(options.port ?? 0, '127.0.0.1', resolve);
  });
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  handler.origin = `http://127.0.0.1:${port}`;
  return {
    ...signIn.secrets,
    root: `${handler.origin}/accessplan`,
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** One request in, one answer out. */
class Handler {
  origin = '';
  readonly #limit = new RateLimit();

  constructor(
    readonly stores: Readonly<Record<SiteName, Store>>,
    readonly signIn: SignIn,
    readonly control: Control,
    readonly clock: () => number,
    readonly quirks: Quirks,
  ) {}

  async handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const method = request.method ?? 'GET';
    const [path = '', query = ''] = splitOnce(request.url ?? '/', '?');
    try {
      if (path === '/_control') {
        send(response, await this.#answer(() => this.#controlled(request, method)));
        return;
      }
      const seen = this.control.note(method, shownPath(path, query));
      response.once('finish', () => (seen.status = response.statusCode));
      if (this.control.latency > 0) await pause(this.control.latency, undefined, { ref: false });
      const route = findRoute(path);
      const fault = route && route.kind !== 'token' ? this.control.nextFault(method, path) : undefined;
      if (fault && isFailure(fault)) {
        fail(response, fault);
        return;
      }
      const allowance =
        this.quirks.has('rate-limit') && route && route.kind !== 'token'
          ? this.#limit.use(this.clock())
          : undefined;
      const answer = await this.#answer(() => {
        if (allowance?.refusal) throw allowance.refusal;
        this.#checkLength(request.url ?? '');
        return this.#route(request, method, route, query);
      });
      await deliver(response, { ...answer, headers: { ...allowance?.headers, ...answer.headers } }, fault);
    } catch (error) {
      // A client that went away needs no answer; anything else is our own mistake.
      if (!(error instanceof Gone) && !response.destroyed) {
        process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
      }
      response.destroy();
    }
  }

  #checkLength(url: string): void {
    const length = this.origin.length + url.length;
    if (this.quirks.has('short-address') && length > SHORT_ADDRESS) {
      throw new Problem(414, `The address has ${length} characters; at most ${SHORT_ADDRESS} are allowed.`);
    }
  }

  async #answer(work: () => Answer | Promise<Answer>): Promise<Answer> {
    try {
      return await work();
    } catch (error) {
      if (error instanceof Gone) throw error;
      if (error instanceof TokenProblem) {
        const body = { error: error.error, error_description: error.message, errors: error.errors };
        return { status: error.status, body };
      }
      if (error instanceof Problem) {
        return { status: error.status, body: { errors: error.errors }, headers: error.headers };
      }
      const text = error instanceof Error ? error.message : String(error);
      return { status: 500, body: { errors: [`The sample platform failed: ${text}`] } };
    }
  }

  async #controlled(request: IncomingMessage, method: string): Promise<Answer> {
    // A browser sends the origin of a script's request, and no web page may control the platform.
    if (request.headers.origin !== undefined) throw new Problem(403, 'The control is not for web pages.');
    if (method === 'GET') {
      return { status: 200, body: this.control.show((text) => this.signIn.hide(text)) };
    }
    if (method !== 'POST') throw wrongMethod(method, ['GET', 'POST']);
    const { expireTokens, expireRefreshTokens } = this.control.set(await readText(request));
    if (expireTokens) this.signIn.expireTokens();
    if (expireRefreshTokens) this.signIn.expireRefreshTokens();
    return { status: 200, body: { queued: this.control.faults.length } };
  }

  async #route(
    request: IncomingMessage,
    method: string,
    route: Route | undefined,
    query: string,
  ): Promise<Answer> {
    if (!route) throw notFound('There is nothing at this address.');
    if (route.kind === 'token') return this.#token(request, method, route.site, query);
    const caller = this.signIn.authenticate(request.headers.authorization, route.site);
    if (route.kind === 'data') return this.#data(request, method, route, caller, query);
    const module = route.module === undefined ? undefined : visibleModule(route.module, caller);
    if (method !== 'GET') throw wrongMethod(method, ['GET']);
    const [name] = readPairs(query, this.quirks).keys();
    if (name !== undefined) throw badRequest(`The help feeds take no parameters: ${name} is unknown.`);
    const siteRoot = `${this.origin}/${route.site}`;
    return { status: 200, body: module ? fieldFeed(module) : moduleFeed(modulesOf(caller), siteRoot) };
  }

  async #token(request: IncomingMessage, method: string, site: SiteName, query: string): Promise<Answer> {
    const headers = { 'cache-control': 'no-store' };
    // The guide says GET with parameters (D), clients send POST with a form (O).
    if (method === 'GET')
      return { status: 200, body: this.signIn.grant(readPairs(query, this.quirks), site), headers };
    if (method !== 'POST') throw wrongMethod(method, ['GET', 'POST']);
    const form = /^application\/x-www-form-urlencoded\s*(;|$)/i.test(request.headers['content-type'] ?? '');
    if (!form)
      throw new TokenProblem('invalid_request', 'The body must be application/x-www-form-urlencoded.');
    return { status: 200, body: this.signIn.grant(readForm(await readText(request)), site), headers };
  }

  async #data(
    request: IncomingMessage,
    method: string,
    route: DataRoute,
    caller: Caller,
    query: string,
  ): Promise<Answer> {
    const { name } = visibleModule(route.module, caller);
    const table = this.stores[route.site].table(name);
    if (!table) throw notFound(`There is no module '${route.module}'.`);
    checkMethod(method, route.id);
    if (method !== 'GET' && !caller.writes) {
      throw new Problem(403, `This user may not change records of ${name}.`);
    }
    const parameters = readParameters(query, method, this.quirks);
    const writer = { userID: caller.userID, name: caller.name, now: this.clock() };
    if (route.id === undefined) {
      if (method === 'GET') {
        const churn = Number(parameters.get('$skip') ?? 0) > 0 ? this.control.nextChurn() : undefined;
        if (churn) table.churn(churn.insert, churn.remove, writer);
        return { status: 200, body: read(table, parameters, this.quirks) };
      }
      const written = {
        upsert: parameters.get('$upsert'),
        body: await readText(request),
        quirks: this.quirks,
      };
      return this.#counted(route.site, name, create(table, written, writer));
    }
    const written =
      method === 'PUT'
        ? update(table, route.id, await readText(request), writer)
        : remove(table, route.id, writer);
    return this.#counted(route.site, name, written);
  }

  #counted(site: SiteName, module: string, written: Written): Written {
    this.control.countWrite(site, module, written.body.ID);
    return written;
  }
}

/** Without an ID: GET and POST; with one: PUT and DELETE (D). */
function checkMethod(method: string, id: string | undefined): void {
  if (id === undefined) {
    const hint = method === 'PUT' || method === 'DELETE' ? ` ${method} needs the record's ID.` : '';
    if (method !== 'GET' && method !== 'POST') throw wrongMethod(method, ['GET', 'POST'], hint);
  } else if (method === 'GET') {
    const quoted = id.replaceAll("'", "''");
    throw notFound(`A record cannot be read by its address; use $filter=ID eq '${quoted}'.`);
  } else if (method !== 'PUT' && method !== 'DELETE') {
    throw wrongMethod(method, ['PUT', 'DELETE']);
  }
}

/** A module that the caller may not see is answered like one that doesn't exist (D). */
function visibleModule(name: string, caller: Caller): NonNullable<ReturnType<typeof findModule>> {
  const module = findModule(name);
  if (!module || !caller.sees(module.name)) throw notFound(`There is no module '${name}'.`);
  return module;
}

interface DataRoute {
  readonly kind: 'data';
  readonly site: SiteName;
  readonly module: string;
  readonly id: string | undefined;
}

type Route =
  | { readonly kind: 'token'; readonly site: SiteName }
  | { readonly kind: 'help'; readonly site: SiteName; readonly module: string | undefined }
  | DataRoute;

/** Finds a route in any case, as a Windows server does (A). */
function findRoute(path: string): Route | undefined {
  const [empty, site, area, version, ...rest] = path.split('/').map(decode);
  const known = SITES.find((name) => name === site?.toLowerCase());
  const [first, second] = rest;
  if (empty !== '' || !known || version?.toLowerCase() !== 'v2' || !first || second === '') return undefined;
  if (rest.length > 2) return undefined;
  const lower = first.toLowerCase();
  switch (area?.toLowerCase()) {
    case 'api':
      if (lower === 'token') return rest.length === 1 ? { kind: 'token', site: known } : undefined;
      return { kind: 'data', site: known, module: first, id: second };
    case 'apihelp':
      return lower === 'modules' ? { kind: 'help', site: known, module: second } : undefined;
    default:
      return undefined;
  }
}

/** Decodes a part of the path; one that can't be decoded stays encoded, so it names nothing. */
function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function splitOnce(text: string, separator: string): readonly [string, string] {
  const at = text.indexOf(separator);
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

/** Returns the address that the control shows: of parameters outside the API, only the name. */
function shownPath(path: string, query: string): string {
  if (query === '') return path;
  const shown = query.split('&').map((pair) => {
    const [name] = splitOnce(pair, '=');
    return /^(\$|%24)/.test(name) ? pair : `${name}=…`;
  });
  return `${path}?${shown.join('&')}`;
}

/** The client ended the connection before its request was complete. */
class Gone extends Error {}

/** Returns the body as text. One that is too long is read to its end, so that the client gets the answer, but not kept. */
async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  await new Promise<void>((resolve, reject) => {
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= MAX_BODY_BYTES) chunks.push(chunk);
    });
    request.once('end', resolve);
    request.once('error', () => reject(new Gone()));
    request.once('close', () => reject(new Gone()));
  });
  if (size > MAX_BODY_BYTES) throw new Problem(413, 'The body is too long: at most 5 MB.');
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks));
  } catch {
    throw badRequest('The body is not valid UTF-8.');
  }
}

const JSON_TYPE = 'application/json; charset=utf-8';

function send(response: ServerResponse, { status, body, headers }: Answer): void {
  const bytes = Buffer.from(JSON.stringify(body));
  response.writeHead(status, { ...headers, 'content-type': JSON_TYPE, 'content-length': bytes.length });
  // HEAD is refused, with an answer that has no body.
  response.end(response.req.method === 'HEAD' ? undefined : bytes);
}

/** Sends the ordinary answer, altered by a fault if there is one. */
async function deliver(
  response: ServerResponse,
  answer: Answer,
  fault: Exclude<Fault, Failure> | undefined,
): Promise<void> {
  switch (fault?.kind) {
    case undefined:
      send(response, answer);
      return;
    case 'lose':
      response.destroy();
      return;
    case 'truncate':
      truncate(response, answer, fault.clean);
      return;
    case 'trickle':
      await trickle(response, answer, fault.seconds);
      return;
    case 'big':
      response.writeHead(answer.status, { 'content-type': JSON_TYPE });
      for (const part of inflate(answer.body, fault.megabytes)) await write(response, part);
      response.end();
      return;
    case 'wide':
    case 'types':
      send(response, { ...answer, body: alter(answer.body, fault) });
  }
}

/** Writes a part of the answer; rejects when the client goes away. */
async function write(response: ServerResponse, data: string | Uint8Array): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    response.write(data, (error) => (error ? reject(error) : resolve()));
  });
}

const STEPS_A_SECOND = 10;

async function trickle(
  response: ServerResponse,
  { status, body, headers }: Answer,
  seconds: number,
): Promise<void> {
  const bytes = Buffer.from(JSON.stringify(body));
  response.writeHead(status, { ...headers, 'content-type': JSON_TYPE, 'content-length': bytes.length });
  const steps = seconds * STEPS_A_SECOND;
  for (let step = 0; step < steps; step++) {
    const part = (at: number) => Math.floor((bytes.length * at) / steps);
    await write(response, bytes.subarray(part(step), part(step + 1)));
    await pause(1000 / STEPS_A_SECOND, undefined, { ref: false });
  }
  response.end();
}

/** Sends half of the answer: as a complete message, or by closing the connection before the promised length. */
function truncate(response: ServerResponse, { status, body, headers }: Answer, clean: boolean): void {
  const bytes = Buffer.from(JSON.stringify(body));
  const half = bytes.subarray(0, Math.floor(bytes.length / 2));
  const length = clean ? half.length : bytes.length;
  response.writeHead(status, { ...headers, 'content-type': JSON_TYPE, 'content-length': length });
  if (clean) response.end(half);
  else response.write(half, () => response.destroy());
}

/** Faults that send nothing of the ordinary answer. */
type Failure = Extract<Fault, { kind: 'status' | 'html' | 'redirect' | 'drop' | 'hang' }>;

const isFailure = (fault: Fault): fault is Failure =>
  ['status', 'html', 'redirect', 'drop', 'hang'].includes(fault.kind);

function fail(response: ServerResponse, fault: Failure): void {
  switch (fault.kind) {
    case 'status': {
      const errors = [`The sample platform was asked to answer ${fault.status}.`];
      const headers = fault.retryAfter === undefined ? {} : { 'retry-after': fault.retryAfter };
      send(response, { status: fault.status, body: { errors }, headers });
      return;
    }
    case 'html': {
      const page = `<!DOCTYPE html><html><head><title>${fault.status}</title></head><body><h1>Service page</h1><p>This page comes from a proxy.</p></body></html>`;
      response.writeHead(fault.status, { 'content-type': 'text/html; charset=utf-8' });
      response.end(page);
      return;
    }
    case 'redirect':
      response.writeHead(302, { location: fault.to, 'content-length': 0 });
      response.end();
      return;
    case 'drop':
      response.destroy();
      return;
    case 'hang':
      return;
  }
}
