/** One HTTP exchange. No redirects, a time limit, a size limit, and failures as `ApiError`s. Reads may be repeated, writes never. */
import fetch, { AbortError, FetchError, type Response } from 'node-fetch';
import { ApiError } from './errors';

export interface HttpRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly signal?: AbortSignal;
}

export interface HttpResponse {
  readonly status: number;
  readonly statusText: string;
  readonly header: (name: string) => string | undefined;
  readonly text: string;
  readonly bytes: number;
}

export interface TransportOptions {
  readonly timeoutMs?: number;
  readonly maxBytes?: number;
  /** For tests: waits between repeated reads. */
  readonly sleep?: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
}

const MAX_BYTES = 64 * 1024 * 1024;
const REPEATS = 2;
const MAX_WAIT_SECONDS = 30;

export class HttpTransport {
  readonly #timeoutMs: number;
  readonly #maxBytes: number;
  readonly #sleep: (milliseconds: number, signal?: AbortSignal) => Promise<void>;

  constructor({ timeoutMs = 60_000, maxBytes = MAX_BYTES, sleep = wait }: TransportOptions = {}) {
    this.#timeoutMs = timeoutMs;
    this.#maxBytes = maxBytes;
    this.#sleep = sleep;
  }

  /** The answer, whatever its status. A GET is repeated after 429, 503 and a connection that broke before any answer. */
  async send(request: HttpRequest): Promise<HttpResponse> {
    for (let attempt = 0; ; attempt++) {
      const last = request.method !== 'GET' || attempt >= REPEATS;
      try {
        const response = await this.#once(request);
        const seconds = retryAfter(response);
        if (last || (response.status !== 429 && response.status !== 503) || (seconds ?? 0) > MAX_WAIT_SECONDS)
          return response;
        await this.#sleep((seconds ?? attempt + 1) * 1000, request.signal);
      } catch (error) {
        if (last || !(error instanceof ApiError) || error.kind !== 'interrupted') throw error;
        await this.#sleep(200 * (attempt + 1), request.signal);
      }
    }
  }

  async #once({ method, url, headers, body, signal }: HttpRequest): Promise<HttpResponse> {
    const timeout = AbortSignal.timeout(this.#timeoutMs);
    const host = new URL(url).host;
    try {
      const response = await fetch(url, {
        method,
        headers: { ...headers },
        redirect: 'manual',
        signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
        ...(body === undefined ? {} : { body }),
      });
      const { text, bytes } = await this.#read(response);
      return {
        status: response.status,
        statusText: response.statusText,
        header: (name) => response.headers.get(name) ?? undefined,
        text,
        bytes,
      };
    } catch (error) {
      if (error instanceof ApiError) throw error;
      if (signal?.aborted === true) throw new ApiError('cancelled', { cause: error });
      if (timeout.aborted)
        throw new ApiError('timeout', { host, method, seconds: this.#timeoutMs / 1000, cause: error });
      throw networkError(error, host, method);
    }
  }

  async #read(response: Response): Promise<{ text: string; bytes: number }> {
    const chunks: Uint8Array[] = [];
    let bytes = 0;
    for await (const chunk of response.body ?? []) {
      const data = typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
      bytes += data.length;
      if (bytes > this.#maxBytes)
        throw new ApiError('too-large', { megabytes: Math.round(this.#maxBytes / 1024 / 1024) });
      chunks.push(data);
    }
    return { text: new TextDecoder('utf-8').decode(Buffer.concat(chunks)), bytes };
  }
}

/** Seconds of `Retry-After`, as a number or as a date. */
export function retryAfter(response: HttpResponse): number | undefined {
  const value = response.header('retry-after');
  if (value === undefined) return undefined;
  if (/^\d+$/.test(value)) return Number(value);
  const date = Date.parse(value);
  return Number.isNaN(date) ? undefined : Math.max(0, Math.ceil((date - Date.now()) / 1000));
}

function networkError(error: unknown, host: string, method: string): ApiError {
  const code = codeOf(error);
  const facts = { host, method, cause: error };
  if (/^(ENOTFOUND|EAI_AGAIN|EAI_NODATA)$/.test(code)) return new ApiError('dns', facts);
  if (/CERT|SSL|TLS|SELF_SIGNED|UNABLE_TO_VERIFY|EPROTO/i.test(code)) return new ApiError('tls', facts);
  if (/^(ECONNRESET|EPIPE|ERR_STREAM_PREMATURE_CLOSE|UND_ERR_SOCKET|HPE_.*)$/.test(code))
    return new ApiError('interrupted', facts);
  if (error instanceof AbortError) return new ApiError('cancelled', facts);
  return new ApiError('unreachable', facts);
}

function codeOf(error: unknown): string {
  if (error instanceof FetchError && error.code !== undefined) return error.code;
  const code: unknown =
    typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
  if (typeof code === 'string') return code;
  return error instanceof Error && /premature close/i.test(error.message) ? 'ERR_STREAM_PREMATURE_CLOSE' : '';
}

async function wait(milliseconds: number, signal?: AbortSignal): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', stop);
      resolve();
    }, milliseconds);
    const stop = () => {
      clearTimeout(timer);
      reject(new ApiError('cancelled'));
    };
    signal?.addEventListener('abort', stop, { once: true });
  });
}
