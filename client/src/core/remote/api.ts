/** The API of one connection: sends a request, and returns the response or throws an `ApiError`. */
import { pathOf, type PlatformTraits, type WireRequest } from '#language';
import { type Connection, isReadOnly } from '../connections/connection';
import { type ApiRecord, errorsIn, readPage } from '../results/read-page';
import { harmless } from '../text/foreign-text';
import { type Log, silent } from '../text/log';
import { mask, maskedStart } from '../text/mask';
import { type ShownResponse, shownResponse } from '../text/shown-response';
import { readJson } from '../values/read-json';
import { Allowance, describeWait } from './allowance';
import { ApiError } from './api-error';
import { type ErrorFacts, type ErrorKind, rowOf } from './error-kinds';
import { failureOf, isPage } from './failed-response';
import type { HttpResponse, HttpTransport } from './http';
import { faultIn } from './json-fault';
import { errorWords } from './response-errors';
import {
  describeRetry,
  QUICK,
  retrying,
  type RetryOptions,
  type RetryTools,
  wait,
  withRetries,
} from './retry';
import type { Session } from './session';

export interface ApiResponse {
  readonly status: number;
  readonly statusText: string;
  /** The whole address that was called; it holds no secret. */
  readonly url: string;
  readonly milliseconds: number;
  readonly bytes: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** The body, unchanged. */
  readonly text: string;
  /** The parsed JSON; undefined for an empty body; the text where a write is answered with plain text. */
  readonly json: unknown;
  /** The API's words, where it reports errors beside what was asked for. */
  readonly reported?: readonly string[];
}

/** Why a change may not be sent, whatever the platform would say. */
export type ChangeBar = Extract<ErrorKind, 'read-only' | 'connection-changed'>;

/** Is told of the records that a request brings, page by page, so that something may be learnt of them. */
export interface Learning {
  take(records: readonly ApiRecord[]): void;
  /** No more come; not called where the user stopped it. */
  end(): void;
}

/** What an `ApiClient` tells, and how it waits. */
export interface ClientOptions extends RetryTools {
  /** Gets one line for each call. */
  readonly log?: Log;
  /** What was found out about the platform; nothing, when absent. */
  readonly traits?: () => PlatformTraits | undefined;
  /** Says whether a change may be sent by now; asked right before each. Absent: the connection says it. */
  readonly barOf?: () => ChangeBar | undefined;
  /** How often a failed read is sent again, where the user says so. */
  readonly retries?: number | undefined;
  /** Called before a pause, with a sentence; not before one that a caller's `onRetry` or `onWait` is told. */
  readonly onPause?: (why: string) => void;
  /** Called when the platform accepts the key or password, and when it can't be used. */
  readonly onSignIn?: (accepted: boolean) => void;
  /** Asked before each fetch of records: who learns of them. */
  readonly learning?: (request: WireRequest) => Learning | undefined;
}

/** How a request is sent. */
interface SendOptions extends RetryOptions {
  /** Called with the milliseconds of each wait while the platform's headers say that no request is left. */
  readonly onWait?: ((milliseconds: number) => void) | undefined;
}

/** Adds host and sign-in to the requests of one connection. */
export class ApiClient {
  readonly #log: Log;
  readonly #allowance: Allowance;
  /** Whether the platform has answered anything. */
  #answered = false;

  constructor(
    readonly connection: Connection,
    private readonly session: Session,
    private readonly transport: HttpTransport,
    private readonly options: ClientOptions = {},
  ) {
    this.#log = options.log ?? silent;
    this.#allowance = new Allowance(() => this.traits.rateLimit, options.sleep ?? wait);
  }

  /** What was found out about the platform; without a check, nothing. */
  get traits(): PlatformTraits {
    return this.options.traits?.() ?? {};
  }

  /** Who learns of the records of a request, if anybody does. */
  learning(request: WireRequest): Learning | undefined {
    return this.options.learning?.(request);
  }

  /** The address of a request on this connection. */
  addressOf(request: WireRequest): string {
    return this.connection.root + pathOf(request);
  }

  /** Returns a response as a reader may see it: this connection's secrets are hidden wherever they appear. */
  async shown(response: ApiResponse): Promise<ShownResponse> {
    return shownResponse(response, await this.session.secrets());
  }

  /**
   * Sends a request and reads the response. Throws `ApiError` for everything but a 2xx status with JSON; the response
   * to a write may also be empty or plain text. A read is sent again after a failure that may pass (`options` define
   * how often); a write never is.
   */
  async send(request: WireRequest, options: SendOptions = {}): Promise<ApiResponse> {
    if (request.method !== 'GET') {
      // Callers refuse it earlier; this guards against one that does not.
      this.#refuseBarred(request);
      return this.#sendOnce(request, options);
    }
    const started = performance.now();
    const onRetry: RetryOptions['onRetry'] = (retry) => {
      this.#log.info(mask(describeRetry(retry)));
      if (options.onRetry === undefined) this.options.onPause?.(describeRetry(retry));
      else options.onRetry(retry);
    };
    const policy = withRetries(options.policy ?? QUICK, this.options.retries);
    const answered = () => this.#answered;
    const work = () => this.#sendOnce(request, options);
    const response = await retrying(work, { ...options, policy, onRetry, answered }, this.options);
    return { ...response, milliseconds: Math.round(performance.now() - started) };
  }

  /** The one place where an address gets into a text that is logged. */
  #loggedOf(request: WireRequest): string {
    return request.unlogged === true
      ? `${request.module} (what was looked for is not logged)`
      : this.addressOf(request);
  }

  /** Throws for a change that may not be sent by now. */
  #refuseBarred({ method }: WireRequest): void {
    if (method === 'GET') return;
    const { barOf = () => (isReadOnly(this.connection) ? 'read-only' : undefined) } = this.options;
    const bar = barOf();
    if (bar !== undefined) throw new ApiError(bar);
  }

  async #sendOnce(request: WireRequest, options: SendOptions): Promise<ApiResponse> {
    const { signal } = options;
    const url = this.addressOf(request);
    const called = `${request.method} ${this.#loggedOf(request)}`;
    // A key goes to its own site only, whatever the request line holds: `DELETE course/..` is another address as well.
    const [root, target] = [new URL(this.connection.root), new URL(url)];
    if (target.origin !== root.origin || target.pathname !== root.pathname + pathOf(request).split('?', 1)[0])
      throw new ApiError('other-host', { host: new URL(this.connection.root).host });
    if (request.endpoint === 'token') return this.#signIn(url, signal);
    const started = performance.now();
    try {
      let authorization = await this.session.authorization(signal);
      let response = await this.#exchange(request, url, options, authorization);
      // A 401 means that nothing was done, so signing in and sending again is safe even for a write.
      if (response.status === 401 && (await this.session.renewable())) {
        authorization = await this.session.authorization(signal, authorization);
        response = await this.#exchange(request, url, options, authorization);
      }
      const milliseconds = Math.round(performance.now() - started);
      const summary = `${response.status} (${milliseconds} ms, ${response.bytes} bytes)`;
      const secrets = await this.session.secrets();
      const tell = (more: string) => this.#log.info(mask(`${called} → ${summary}${more}`, secrets));
      if (request.unlogged !== true) tell('');
      const json = await this.#read(request, response);
      if (request.unlogged === true)
        tell(`, ${readPage(json, this.traits.countNames).records.length} records`);
      this.options.onSignIn?.(true);
      const reports = errorsIn(json, request.method) === 'beside';
      return {
        status: response.status,
        statusText: response.statusText,
        url,
        milliseconds,
        bytes: response.bytes,
        headers: response.headers,
        text: response.text,
        json,
        ...(reports ? { reported: errorWords(response.text, await this.session.secrets()) } : {}),
      };
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      if (rowOf(error.kind).atFault === 'sign-in') this.options.onSignIn?.(false);
      this.#log.info(mask(`${called} → ${error.kind}`, await this.session.secrets()));
      throw error;
    }
  }

  /** Answers a request for the token address: proves the sign-in, and shows no token. */
  async #signIn(url: string, signal: AbortSignal | undefined): Promise<ApiResponse> {
    const started = performance.now();
    const renewable = await this.session.renewable();
    await this.session.authorization(signal, renewable);
    if (!renewable)
      await this.send(
        { method: 'GET', endpoint: 'modules', module: '', query: [] },
        signal === undefined ? {} : { signal },
      );
    return {
      status: 200,
      statusText: 'OK',
      url,
      milliseconds: Math.round(performance.now() - started),
      bytes: 0,
      headers: [],
      // The real body holds the token.
      text: '',
      json: { results: [{ signedIn: true, with: renewable ? 'user name and password' : 'API key' }] },
    };
  }

  async #exchange(
    request: WireRequest,
    url: string,
    { signal, onWait }: SendOptions,
    authorization: string,
  ): Promise<HttpResponse> {
    await this.#allowance.begin(signal, (milliseconds) => {
      const why = describeWait(milliseconds);
      this.#log.info(why);
      if (onWait === undefined) this.options.onPause?.(why);
      else onWait(milliseconds);
    });
    let response: HttpResponse | undefined;
    try {
      response = await this.#transmit(request, url, signal, authorization);
      this.#answered = true;
      return response;
    } finally {
      this.#allowance.end(response?.headers);
    }
  }

  async #transmit(
    request: WireRequest,
    url: string,
    signal: AbortSignal | undefined,
    authorization: string,
  ): Promise<HttpResponse> {
    // Signing in, or waiting for its turn, may have taken long.
    this.#refuseBarred(request);
    return this.transport.send({
      method: request.method,
      url,
      headers: {
        Authorization: authorization,
        Accept: 'application/json',
        ...(request.body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      ...(request.body === undefined ? {} : { body: request.body }),
      ...(signal === undefined ? {} : { signal }),
    });
  }

  async #read(request: WireRequest, response: HttpResponse): Promise<unknown> {
    const { status, text } = response;
    if (status >= 200 && status < 300 && !isPage(text)) {
      if (text.trim() === '') {
        // D: the response to a read is an object. An empty body does not mean "no records".
        if (request.method === 'GET' && status !== 204)
          throw new ApiError('truncated', await this.#facts(request, response));
        return undefined;
      }
      const json = await this.#parse(request, response);
      if (errorsIn(json, request.method) === 'only')
        throw new ApiError('reported', await this.#facts(request, response));
      return json;
    }
    throw failureOf(response, 'call', await this.#facts(request, response), await this.session.secrets());
  }

  async #parse(request: WireRequest, response: HttpResponse): Promise<unknown> {
    const { text } = response;
    try {
      return readJson(text);
    } catch (cause) {
      const isJson = /^\s*[{["]/.test(text);
      // A: a write was carried out, whatever text is returned; the guide doesn't define it.
      if (request.method !== 'GET' && !isJson) return text.trim();
      const facts = { ...(await this.#facts(request, response)), page: false, cause };
      const at = faultIn(text);
      if (!isJson) throw new ApiError('not-json', facts);
      if (at === undefined) throw new ApiError('truncated', facts);
      throw new ApiError('malformed', { ...facts, fault: faultAt(text, at) });
    }
  }

  async #facts(request: WireRequest, response: HttpResponse): Promise<ErrorFacts> {
    const { status, statusText, text } = response;
    const secrets = await this.session.secrets();
    // A refusal may quote the address.
    const start = request.unlogged === true ? '' : `\n${maskedStart(text, 2000, secrets)}`;
    return {
      host: new URL(this.connection.root).host,
      status,
      method: request.method,
      response: shownResponse({ ...response, milliseconds: 0 }, secrets),
      words: errorWords(text, secrets),
      details: mask(
        `${request.method} ${this.#loggedOf(request)} → ${status} ${statusText}${start}`,
        secrets,
      ),
    };
  }
}

/** Says where a fault is. Only a known word or one character of what stands there is shown, so that no secret is. */
function faultAt(text: string, at: number): NonNullable<ErrorFacts['fault']> {
  const before = text.slice(0, at);
  const found = /^(?:-?(?:NaN|Infinity)|undefined|None|True|False)/.exec(text.slice(at, at + 10))?.[0];
  return {
    line: before.split('\n').length,
    character: at - before.lastIndexOf('\n'),
    text: harmless(found ?? String.fromCodePoint(text.codePointAt(at) ?? 0)),
  };
}
