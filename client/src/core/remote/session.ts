/** Signing in for one connection. Tokens live in memory only. */
import * as v from 'valibot';
import type { Connection } from '../connections/connection';
import { type Credentials, isSendableKey } from '../connections/credentials';
import { isLoopback } from '../connections/root';
import { hide, mask, maskedStart } from '../text/mask';
import { readJson } from '../values/read-json';
import { ApiError } from './api-error';
import { failureOf, isPage } from './failed-response';
import type { HttpResponse, HttpTransport } from './http';
import { errorWords } from './response-errors';

// O: the members of the response, as public clients read them.
const tokenResponse = v.object({
  access_token: v.pipe(v.string(), v.minLength(1)),
  /** Seconds, as a number or as text. */
  expires_in: v.optional(v.unknown()),
  refresh_token: v.optional(v.unknown()),
});

interface Token {
  readonly access: string;
  readonly refresh: string | undefined;
  /** Milliseconds since the epoch. */
  readonly until: number;
  /** The user whom it was granted to. */
  readonly username: string;
  readonly password: string;
}

type Granted = Omit<Token, 'username' | 'password'>;

/** D: a token is valid for 60 minutes. A: renewing it when less than one minute is left is early enough. */
const LIFETIME_SECONDS = 3600;
const MARGIN_MS = 60_000;

/** A key of so many characters is no word. */
const LONG = 16;

/** `credentials` is called each time, so that a changed key is used at once; `now` is in milliseconds since 1970. */
export class Session {
  #token: Token | undefined;
  #pending: Promise<Token> | undefined;

  constructor(
    private readonly connection: Connection,
    private readonly credentials: () => Promise<Credentials | undefined>,
    private readonly transport: HttpTransport,
    private readonly now: () => number = Date.now,
  ) {}

  /**
   * Returns the value of the Authorization header. `renew`: true for a new token in any case, or the header that was
   * not accepted, so that only one of several callers with the same old token renews it. Concurrent callers share one
   * sign-in, which goes on when one of them cancels. Throws `ApiError`.
   */
  async authorization(signal?: AbortSignal, renew: boolean | string = false): Promise<string> {
    const credentials = await this.#credentials();
    if (credentials.kind === 'apiKey') return bearer(this.#checkedKey(credentials.apiKey));
    if (this.#token?.username !== credentials.username || this.#token.password !== credentials.password)
      this.#token = undefined;
    const current = this.#token;
    const good =
      current !== undefined &&
      renew !== true &&
      renew !== bearer(current.access) &&
      current.until - this.now() > MARGIN_MS;
    if (good) return bearer(current.access);
    this.#pending ??= this.#signIn(credentials).finally(() => (this.#pending = undefined));
    return bearer((await unlessCancelled(this.#pending, signal)).access);
  }

  /** True when signing in again may help after a 401. */
  async renewable(): Promise<boolean> {
    return (await this.#credentials()).kind === 'password';
  }

  /** Everything that must never be shown; never throws. */
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
    if (credentials === undefined) throw new ApiError('no-credentials', { host: this.#host() });
    // It may be typed into a request by mistake. A password may be an ordinary word.
    if (credentials.kind === 'apiKey' && credentials.apiKey.length >= LONG) hide(credentials.apiKey);
    return credentials;
  }

  #checkedKey(key: string): string {
    if (!isSendableKey(key)) throw new ApiError('bad-key', { host: this.#host() });
    return key.trim();
  }

  #host(): string {
    return new URL(this.connection.root).host;
  }

  /** Takes no caller's signal, as all callers share the sign-in. The transport's time limit ends it. */
  async #signIn({ username, password }: Credentials & { kind: 'password' }): Promise<Token> {
    const refresh = this.#token?.refresh;
    this.#token = undefined;
    const token =
      (refresh === undefined ? undefined : await this.#refresh(refresh)) ??
      (await this.#grant(username, password));
    return (this.#token = { ...token, username, password });
  }

  /** Returns undefined when the refresh token is not accepted; then the password is used. */
  async #refresh(refresh: string): Promise<Granted | undefined> {
    return this.#read(await this.#post({ grant_type: 'refresh_token', refresh_token: refresh }));
  }

  async #grant(username: string, password: string): Promise<Granted> {
    const fields = { grant_type: 'password', username, password };
    let response = await this.#post(fields);
    // GET (D) puts the password into the address: only where POST (O) is not understood, and the way is encrypted.
    if ([404, 405, 501].includes(response.status) && this.#mayUseGet()) {
      response = await this.transport.send({
        method: 'GET',
        url: `${this.#address()}?${new URLSearchParams(fields).toString()}`,
        headers: { Accept: 'application/json' },
      });
    }
    const token = this.#read(response);
    if (token !== undefined) return token;
    throw this.#refusal(response, password);
  }

  #refusal(response: HttpResponse, password: string): ApiError {
    const { status, text } = response;
    const secrets = [password];
    const granted = status >= 200 && status < 300;
    const isJson = granted && !isPage(text) && parsed(text) !== undefined;
    // JSON without the token that was expected may hold one under another name.
    const body = isJson ? '(not shown: it may hold a token)' : maskedStart(text, 2000, secrets);
    const facts = {
      host: this.#host(),
      status,
      words: granted ? [] : errorWords(text, secrets),
      details: mask(`${this.#address()} → ${status} ${response.statusText}\n${body}`, secrets),
    };
    if (isJson) return new ApiError('not-understood', facts);
    if (granted && !isPage(text)) return new ApiError('not-json', { ...facts, page: false });
    return failureOf(response, 'sign-in', facts, secrets);
  }

  #address(): string {
    return `${this.connection.root}/api/v2/token`;
  }

  #mayUseGet(): boolean {
    const { protocol, hostname } = new URL(this.connection.root);
    return protocol === 'https:' || isLoopback(hostname);
  }

  /** Throws `ApiError`, as for a read: a sign-in that fails has changed nothing. */
  async #post(fields: Readonly<Record<string, string>>): Promise<HttpResponse> {
    try {
      return await this.transport.send({
        method: 'POST',
        url: this.#address(),
        headers: { 'Content-Type': 'application/x-www-form-urlencoded', Accept: 'application/json' },
        body: new URLSearchParams(fields).toString(),
      });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      throw new ApiError(error.kind, { ...error.facts, method: 'GET' });
    }
  }

  #read(response: HttpResponse): Granted | undefined {
    if (response.status < 200 || response.status >= 300) return undefined;
    const token = v.safeParse(tokenResponse, parsed(response.text));
    if (!token.success) return undefined;
    const { access_token: access, expires_in: written, refresh_token: refresh } = token.output;
    const seconds = typeof written === 'string' ? Number(written) : written;
    const lifetime =
      typeof seconds === 'number' && Number.isFinite(seconds) && seconds > 0 ? seconds : LIFETIME_SECONDS;
    return {
      access,
      refresh: typeof refresh === 'string' && refresh !== '' ? refresh : undefined,
      until: this.now() + lifetime * 1000,
    };
  }
}

/** Returns undefined for what is not JSON. */
function parsed(text: string): unknown {
  try {
    return readJson(text);
  } catch {
    return undefined;
  }
}

const bearer = (token: string) => `Bearer ${token}`;

/** Waits for work that callers share: when one of them cancels, the work goes on. */
async function unlessCancelled<T>(work: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return work;
  let leave: (() => void) | undefined;
  const cancelled = new Promise<never>((_, reject) => {
    leave = () => reject(new ApiError('cancelled'));
    if (signal.aborted) leave();
    else signal.addEventListener('abort', leave, { once: true });
  });
  try {
    return await Promise.race([work, cancelled]);
  } finally {
    if (leave !== undefined) signal.removeEventListener('abort', leave);
  }
}
