/** An HTTP server on a free port that replies as a test defines, and remembers requests. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { after, before } from 'mocha';
import type { Connection } from '#core/connections/connection';
import type { Credentials } from '#core/connections/credentials';
import { ApiClient } from '#core/remote/api';
import { ApiError } from '#core/remote/api-error';
import { HttpTransport, type TransportOptions } from '#core/remote/http';
import { Session } from '#core/remote/session';
import type { Log } from '#core/text/log';
import type { WireRequest } from '#language';

export interface Seen {
  readonly method: string;
  readonly url: string;
  readonly authorization: string | undefined;
  readonly body: string;
}

export interface Reply {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Text or bytes are sent unchanged, anything else as JSON. */
  readonly body?: unknown;
  /** What happens instead of a whole response. */
  readonly fault?: 'hang' | 'drop' | 'cut';
}

export type Answerer = (seen: Seen, index: number) => Reply;

export class FakeApi {
  readonly seen: Seen[] = [];
  answer: Answerer = () => ({ body: { results: [] } });
  readonly #server = createServer((request, response) => void this.#handle(request, response));

  get port(): number {
    const address = this.#server.address();
    return typeof address === 'object' && address !== null ? address.port : 0;
  }

  get root(): string {
    return `http://127.0.0.1:${this.port}/accessplan`;
  }

  /** Sends these replies in turn, and the last one for ever. */
  replies(...replies: readonly Reply[]): void {
    this.seen.length = 0;
    this.answer = (_, index) => replies[Math.min(index, replies.length - 1)] ?? {};
  }

  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
  }

  async stop(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
      this.#server.closeAllConnections();
    });
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    await new Promise((resolve) => request.once('end', resolve));
    const seen: Seen = {
      method: request.method ?? '',
      url: request.url ?? '',
      authorization: request.headers.authorization,
      body: Buffer.concat(chunks).toString(),
    };
    this.seen.push(seen);
    const { status = 200, headers = {}, body = {}, fault } = this.answer(seen, this.seen.length - 1);
    const bytes =
      body instanceof Uint8Array ? body : Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
    switch (fault) {
      case 'hang':
        return;
      case 'drop':
        request.socket.destroy();
        return;
      case 'cut':
        response.writeHead(status, { ...headers, 'content-length': bytes.length });
        response.write(bytes.subarray(0, bytes.length >> 1), () => request.socket.destroy());
        return;
      case undefined:
        response.writeHead(status, { 'content-type': 'application/json', ...headers });
        response.end(bytes);
    }
  }
}

/** A server for the enclosing `describe`. */
export function useFakeApi(): FakeApi {
  const api = new FakeApi();
  before(() => api.start());
  after(() => api.stop());
  return api;
}

export const KEY = 'key-0123456789abcdef';
export const PASSWORD = 'p&ss wörd=1';

/** Keeps what a client logs; the secrets of these tests must never be in it. */
export class MemoryLog implements Log {
  readonly lines: string[] = [];
  info(text: string): void {
    this.lines.push(text);
  }
  error(text: string): void {
    this.lines.push(text);
  }
}

export function connectionTo(root: string): Connection {
  return { id: 'test', name: 'Test', root, site: 'other', auth: 'apiKey' };
}

export interface TestClientOptions extends TransportOptions {
  readonly credentials?: Credentials | undefined;
  readonly now?: () => number;
  readonly log?: Log;
  readonly onSignIn?: (accepted: boolean) => void;
}

/** A client that does not wait between repeated reads; `waits` collects the longest pauses it would have made, in ms. */
export function clientFor(
  root: string,
  { credentials = { kind: 'apiKey', apiKey: KEY }, now, log, onSignIn, ...options }: TestClientOptions = {},
): { client: ApiClient; session: Session; transport: HttpTransport; waits: number[] } {
  const waits: number[] = [];
  const sleep = (milliseconds: number): Promise<void> => {
    waits.push(milliseconds);
    return Promise.resolve();
  };
  const transport = new HttpTransport(options);
  const connection = connectionTo(root);
  const session = new Session(connection, () => Promise.resolve(credentials), transport, now);
  return {
    client: new ApiClient(connection, session, transport, {
      sleep,
      random: () => 1,
      ...(log === undefined ? {} : { log }),
      ...(onSignIn === undefined ? {} : { onSignIn }),
    }),
    session,
    transport,
    waits,
  };
}

/** Returns the wire request of a read. */
export function get(module: string, query: Readonly<Record<string, string>> = {}): WireRequest {
  return {
    method: 'GET',
    module,
    query: Object.entries(query).map(([name, value]) => ({ name, value })),
  };
}

/** Returns the error that the work ends with. */
export async function failure(work: Promise<unknown>): Promise<ApiError> {
  try {
    await work;
  } catch (error) {
    if (error instanceof ApiError) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}
