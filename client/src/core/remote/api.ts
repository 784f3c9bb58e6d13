/** The API of one connection: a request goes out, an answer or an `ApiError` comes back. */
import { pathOf, type WireRequest } from '../../../../server/src/language/service';
import type { Connection } from '../connections/connection';
import { silent, type Log } from '../output';
import { errorWords } from './answer-errors';
import { ApiError, type ErrorFacts } from './errors';
import { retryAfter, type HttpResponse, type HttpTransport } from './http';
import { mask } from './mask';
import type { Session } from './session';

export interface Answer {
  readonly status: number;
  readonly statusText: string;
  /** The whole address that was called; it holds no secret. */
  readonly url: string;
  readonly milliseconds: number;
  readonly bytes: number;
  /** The parsed JSON; undefined for an empty body. */
  readonly json: unknown;
}

export class ApiClient {
  constructor(
    readonly connection: Connection,
    private readonly session: Session,
    private readonly transport: HttpTransport,
    private readonly log: Log = silent,
  ) {}

  /** The address of a request on this connection. */
  addressOf(request: WireRequest): string {
    return this.connection.root + pathOf(request);
  }

  /** Sends and reads. Throws `ApiError` for everything but a 2xx status with JSON (or nothing) in it. */
  async send(request: WireRequest, { signal }: { signal?: AbortSignal } = {}): Promise<Answer> {
    const url = this.addressOf(request);
    // A key goes to its own host only, whatever the request line said.
    if (new URL(url).origin !== new URL(this.connection.root).origin)
      throw new ApiError('other-host', { host: new URL(this.connection.root).host });
    if (request.endpoint === 'token') return this.#signIn(url, signal);
    const started = performance.now();
    try {
      let response = await this.#exchange(request, url, signal, false);
      // A 401 means that nothing was done: signing in again and once more is safe for writes, too.
      if (response.status === 401 && (await this.session.renewable()))
        response = await this.#exchange(request, url, signal, true);
      const milliseconds = Math.round(performance.now() - started);
      this.log.info(
        `${request.method} ${url} → ${response.status} (${milliseconds} ms, ${response.bytes} bytes)`,
      );
      return {
        status: response.status,
        statusText: response.statusText,
        url,
        milliseconds,
        bytes: response.bytes,
        json: await this.#read(request, response),
      };
    } catch (error) {
      if (error instanceof ApiError) this.log.info(`${request.method} ${url} → ${error.kind}`);
      throw error;
    }
  }

  /** The token address: proves the sign-in, and shows no token. */
  async #signIn(url: string, signal: AbortSignal | undefined): Promise<Answer> {
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
      json: { results: [{ signedIn: true, with: renewable ? 'user name and password' : 'API key' }] },
    };
  }

  async #exchange(
    request: WireRequest,
    url: string,
    signal: AbortSignal | undefined,
    renew: boolean,
  ): Promise<HttpResponse> {
    return this.transport.send({
      method: request.method,
      url,
      headers: {
        Authorization: await this.session.authorization(signal, renew),
        Accept: 'application/json',
        ...(request.body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      ...(request.body === undefined ? {} : { body: request.body }),
      ...(signal === undefined ? {} : { signal }),
    });
  }

  async #read(request: WireRequest, response: HttpResponse): Promise<unknown> {
    const { status, text } = response;
    const secrets = await this.session.secrets();
    const words = errorWords(text).map((each) => mask(each, secrets));
    const facts: ErrorFacts = {
      host: new URL(this.connection.root).host,
      status,
      method: request.method,
      words,
      details: mask(
        `${request.method} ${this.addressOf(request)} → ${status} ${response.statusText}\n${text.slice(0, 2000)}`,
        secrets,
      ),
    };
    if (status >= 300 && status < 400) throw new ApiError('redirected', facts);
    const seconds = retryAfter(response);
    if (status === 429)
      throw new ApiError(
        'too-many',
        seconds === undefined ? facts : { ...facts, retryAfterSeconds: seconds },
      );
    if (status === 401) throw new ApiError('signed-out', facts);
    const page = /^\s*<(?:!doctype|html|\?xml|head|body)/i.test(text);
    if (page && status < 500) {
      const pageTitle = /<title[^>]*>([^<]{1,120})/i.exec(text)?.[1]?.trim();
      throw new ApiError('not-json', pageTitle === undefined ? facts : { ...facts, pageTitle });
    }
    if (status === 400) throw new ApiError('refused', facts);
    if (status === 403) throw new ApiError('forbidden', facts);
    if (status === 404) throw new ApiError('not-found', facts);
    if (status >= 500) throw new ApiError('server', facts);
    if (status < 200 || status >= 300) throw new ApiError('unexpected-status', facts);
    if (text.trim() === '') return undefined;
    try {
      return JSON.parse(text.replace(/^\uFEFF/, ''));
    } catch (cause) {
      throw new ApiError(/^\s*[{["]/.test(text) ? 'truncated' : 'not-json', { ...facts, cause });
    }
  }
}
