/**
 * One HTTP exchange: no redirects, a time limit, a size limit, and failures as `ApiError`s. Nothing is sent twice here:
 * see retry.ts.
 */
import type { Agent } from 'node:http';
import fetch, { AbortError, FetchError, type Response } from 'node-fetch';
import { ApiError } from './api-error';
import { decoded } from './decode';
import type { ErrorFacts, Proxy } from './error-kinds';
import { isNestedDeeply } from './nesting';

/** What is sent. `signal` cancels it. */
export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal?: AbortSignal;
}

/** What is received, whatever its status; a redirect is a response like any other. */
export interface HttpResponse {
  readonly status: number;
  readonly statusText: string;
  readonly header: (name: string) => string | undefined;
  readonly headers: readonly (readonly [name: string, value: string])[];
  /** Decoded (see decode.ts), without a byte order mark. */
  readonly text: string;
  /** Size of the body after decompression. */
  readonly bytes: number;
}

export interface TransportOptions {
  /** Time limit of each attempt, to the end of the body; 60,000 when absent. */
  readonly timeoutMs?: number;
  /** Size limit of the body after decompression; 64 MB when absent. */
  readonly maxBytes?: number;
  /** Returns the agent for an address (proxy, certificates); Node's own is used when absent or undefined. */
  readonly agent?: (url: URL) => Agent | undefined;
  /** Returns the proxy of that agent; undefined where there is none. */
  readonly proxy?: (url: URL) => Proxy | undefined;
  /** The header of that name; Node's when absent. */
  readonly userAgent?: string;
  /** Gets each request as it is sent. What it returns gets the end: a response or an `ApiError`, after so many milliseconds. */
  readonly trace?: (sent: HttpRequest, proxy: Proxy | undefined) => ExchangeEnd;
}

/** Takes how an exchange ended. */
export type ExchangeEnd = (end: HttpResponse | ApiError, milliseconds: number) => void;

/** The code of the error of an agent whose proxy can't be reached, or answers with another status than 200. */
export const PROXY_UNREACHABLE = 'EPROXY';
export const PROXY_REFUSED = 'EPROXY_';

const MAX_BYTES = 64 * 1024 * 1024;

export class HttpTransport {
  readonly #timeoutMs: number;
  readonly #maxBytes: number;

  constructor(private readonly options: TransportOptions = {}) {
    this.#timeoutMs = options.timeoutMs ?? 60_000;
    this.#maxBytes = options.maxBytes ?? MAX_BYTES;
  }

  /** Returns the response, whatever its status. Throws `ApiError`. */
  async send(request: HttpRequest): Promise<HttpResponse> {
    // Nothing was sent yet, so even a write was certainly not carried out: the error names no method.
    if (isAborted(request.signal)) throw new ApiError('cancelled');
    const { userAgent, trace } = this.options;
    const headers = { ...request.headers, ...(userAgent !== undefined && { 'User-Agent': userAgent }) };
    const sent = { ...request, headers };
    const proxy = this.options.proxy?.(new URL(request.url));
    const started = performance.now();
    const ended = trace?.(sent, proxy);
    const end = <T extends HttpResponse | ApiError>(how: T): T => {
      ended?.(how, Math.round(performance.now() - started));
      return how;
    };
    try {
      return end(await this.#exchange(sent, proxy));
    } catch (error) {
      throw error instanceof ApiError ? end(error) : error;
    }
  }

  async #exchange(
    { method, url, headers, body, signal }: HttpRequest,
    proxy: Proxy | undefined,
  ): Promise<HttpResponse> {
    const timeout = AbortSignal.timeout(this.#timeoutMs);
    const agent = this.options.agent?.(new URL(url));
    const facts = { host: new URL(url).host, method, ...(proxy && { proxy }) };
    try {
      const response = await fetch(url, {
        method,
        headers: { ...headers },
        redirect: 'manual',
        ...(agent === undefined ? {} : { agent }),
        signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
        ...(body === undefined ? {} : { body }),
      });
      const { text, bytes } = await this.#read(response, method);
      return {
        status: response.status,
        statusText: response.statusText,
        header: (name) => response.headers.get(name) ?? undefined,
        headers: [...response.headers],
        text,
        bytes,
      };
    } catch (error) {
      if (error instanceof ApiError) throw error;
      if (isAborted(signal)) throw new ApiError('cancelled', { ...facts, cause: error });
      if (timeout.aborted)
        throw new ApiError('timeout', { ...facts, seconds: this.#timeoutMs / 1000, cause: error });
      throw networkError(error, facts);
    }
  }

  async #read(response: Response, method: string): Promise<{ text: string; bytes: number }> {
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    for await (const chunk of response.body ?? []) {
      const data = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
      bytes += data.length;
      if (bytes > this.#maxBytes)
        throw new ApiError('too-large', { method, megabytes: Math.ceil(this.#maxBytes / 1024 / 1024) });
      chunks.push(data);
    }
    const text = decoded(Buffer.concat(chunks), response.headers.get('content-type') ?? undefined);
    if (isNestedDeeply(text)) throw new ApiError('nested', { method, status: response.status });
    return { text, bytes };
  }
}

/** Returns the seconds of `Retry-After`, which is a number or a date. */
export function retryAfter(response: HttpResponse): number | undefined {
  const value = response.header('retry-after');
  if (value === undefined) return undefined;
  if (/^\d+$/.test(value)) return Number(value);
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - Date.now()) / 1000));
}

/** The codes of a handshake that failed: mostly, what answers speaks no TLS, or it ends the handshake by an alert. */
const NO_HANDSHAKE = /^(?:EPROTO|ERR_(?:SSL|TLS)_(?!CERT).*)$/;
/** The codes of a certificate that is not trusted, has expired or is another host's: OpenSSL's, and Node's own. */
const UNTRUSTED = /CERT|CRL|SELF_SIGNED|UNABLE_TO_VERIFY|HOSTNAME_MISMATCH|INVALID_CA/;

function networkError(error: unknown, known: ErrorFacts): ApiError {
  const code = codeOf(error);
  const facts = { ...known, cause: error };
  if (code === PROXY_UNREACHABLE) return new ApiError('proxy', facts);
  if (code.startsWith(PROXY_REFUSED))
    return new ApiError('proxy', { ...facts, status: Number(code.slice(PROXY_REFUSED.length)) });
  if (/^(ENOTFOUND|EAI_AGAIN|EAI_NODATA)$/.test(code)) return new ApiError('dns', facts);
  if (NO_HANDSHAKE.test(code)) return new ApiError('no-tls', facts);
  if (UNTRUSTED.test(code)) return new ApiError('tls', facts);
  // The system's time limit for connecting: nothing was sent.
  if (connecting(error)) return new ApiError('unreachable', facts);
  if (/^(ECONNRESET|EPIPE|ETIMEDOUT|ERR_STREAM_PREMATURE_CLOSE|HPE_.*|Z_.*)$/.test(code))
    return new ApiError('interrupted', facts);
  if (error instanceof AbortError) return new ApiError('cancelled', facts);
  return new ApiError('unreachable', facts);
}

const isAborted = (signal: AbortSignal | undefined): boolean => signal?.aborted === true;

const connecting = (error: unknown): boolean =>
  typeof error === 'object' &&
  error !== null &&
  'erroredSysCall' in error &&
  error.erroredSysCall === 'connect';

function codeOf(error: unknown): string {
  if (error instanceof FetchError && error.code !== undefined) return error.code;
  const code: unknown =
    typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  if (typeof code === 'string') return code;
  return error instanceof Error && /premature close/i.test(error.message) ? 'ERR_STREAM_PREMATURE_CLOSE' : '';
}
