/** Signing in for one connection. Tokens live in memory only. */
import * as v from 'valibot';
import { isLoopback } from '../connections/root';
import type { Connection } from '../connections/connection';
import type { Credentials } from '../connections/credentials';
import { errorWords } from './answer-errors';
import { ApiError } from './errors';
import type { HttpResponse, HttpTransport } from './http';

// O: the members of the answer, as public clients read them.
const tokenAnswer = v.object({
  access_token: v.pipe(v.string(), v.minLength(1)),
  expires_in: v.optional(v.union([v.number(), v.pipe(v.string(), v.transform(Number))])),
  refresh_token: v.optional(v.nullable(v.string())),
});

interface Token {
  readonly access: string;
  readonly refresh: string | undefined;
  /** Milliseconds since the epoch. */
  readonly until: number;
}

/** D: a token is valid for 60 minutes. A: it is renewed when less than one minute is left. */
const LIFETIME_SECONDS = 3600;
const MARGIN_MS = 60_000;

export class Session {
  #token: Token | undefined;
  #pending: Promise<Token> | undefined;

  constructor(
    private readonly connection: Connection,
    private readonly credentials: () => Promise<Credentials | undefined>,
    private readonly transport: HttpTransport,
    private readonly now: () => number = Date.now,
  ) {}

  /** The value of the Authorization header. `renew`: the last one was not accepted. Concurrent callers share one sign-in. */
  async authorization(signal?: AbortSignal, renew = false): Promise<string> {
    const credentials = await this.#credentials();
    if (credentials.kind === 'apiKey') return `Bearer ${credentials.apiKey}`;
    const current = this.#token;
    if (!renew && current !== undefined && current.until - this.now() > MARGIN_MS)
      return `Bearer ${current.access}`;
    this.#pending ??= this.#signIn(credentials, signal).finally(() => (this.#pending = undefined));
    this.#token = await this.#pending;
    return `Bearer ${this.#token.access}`;
  }

  /** True when a 401 may be cured by signing in again. */
  async renewable(): Promise<boolean> {
    return (await this.#credentials()).kind === 'password';
  }

  /** Everything that must never be shown. */
  async secrets(): Promise<string[]> {
    const credentials = await this.credentials().catch(() => undefined);
    const own =
      credentials === undefined
        ? []
        : [credentials.kind === 'apiKey' ? credentials.apiKey : credentials.password];
    return [...own, ...[this.#token?.access, this.#token?.refresh].filter((secret) => secret !== undefined)];
  }

  async #credentials(): Promise<Credentials> {
    const credentials = await this.credentials();
    if (credentials === undefined)
      throw new ApiError('no-credentials', { host: new URL(this.connection.root).host });
    return credentials;
  }

  async #signIn(
    { username, password }: Credentials & { kind: 'password' },
    signal: AbortSignal | undefined,
  ): Promise<Token> {
    const refresh = this.#token?.refresh;
    this.#token = undefined;
    if (refresh !== undefined) {
      const renewed = await this.#post({ grant_type: 'refresh_token', refresh_token: refresh }, signal);
      const token = this.#read(renewed);
      if (token !== undefined) return token;
    }
    const fields = { grant_type: 'password', username, password };
    let response = await this.#post(fields, signal);
    // D says GET, O says POST: the documented GET only where POST is not understood, and only where nobody reads along.
    if ([404, 405, 501].includes(response.status) && this.#mayUseGet()) {
      response = await this.transport.send({
        method: 'GET',
        url: `${this.#address()}?${new URLSearchParams(fields).toString()}`,
        headers: { Accept: 'application/json' },
        ...(signal === undefined ? {} : { signal }),
      });
    }
    const token = this.#read(response);
    if (token !== undefined) return token;
    const host = new URL(this.connection.root).host;
    if (response.status === 400 || response.status === 401)
      throw new ApiError('wrong-password', { host, status: response.status });
    if (response.status >= 500)
      throw new ApiError('server', { host, status: response.status, words: errorWords(response.text) });
    if (response.status >= 300 && response.status < 400)
      throw new ApiError('redirected', { host, status: response.status });
    if (response.status >= 200 && response.status < 300)
      throw new ApiError('not-json', { host, status: response.status });
    throw new ApiError(response.status === 404 ? 'not-found' : 'unexpected-status', {
      host,
      status: response.status,
    });
  }

  #address(): string {
    return `${this.connection.root}/api/v2/token`;
  }

  #mayUseGet(): boolean {
    const { protocol, hostname } = new URL(this.connection.root);
    return protocol === 'https:' || isLoopback(hostname);
  }

  async #post(
    fields: Readonly<Record<string, string>>,
    signal: AbortSignal | undefined,
  ): Promise<HttpResponse> {
    return this.transport.send({
      method: 'POST',
      url: this.#address(),
      headers: { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'application/json' },
      body: new URLSearchParams(fields).toString(),
      ...(signal === undefined ? {} : { signal }),
    });
  }

  #read(response: HttpResponse): Token | undefined {
    if (response.status < 200 || response.status >= 300) return undefined;
    let value: unknown;
    try {
      value = JSON.parse(response.text);
    } catch {
      return undefined;
    }
    const parsed = v.safeParse(tokenAnswer, value);
    if (!parsed.success) return undefined;
    const { access_token: access, expires_in: seconds, refresh_token: refresh } = parsed.output;
    const lifetime =
      typeof seconds === 'number' && Number.isFinite(seconds) && seconds > 0 ? seconds : LIFETIME_SECONDS;
    return { access, refresh: refresh ?? undefined, until: this.now() + lifetime * 1000 };
  }
}
