/** Starts a platform for the tests of a file and talks HTTP to it. */
import assert from 'node:assert/strict';
import { after, before } from 'mocha';
import type { Platform, PlatformOptions } from '#platform/platform';
import { startPlatform } from '#platform/platform';

type Json = Readonly<Record<string, unknown>>;

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: Json;
  /** The records of a list. */
  readonly results: readonly Json[];
  /** All sentences of an error. */
  readonly errors: string;
}

export interface Ask {
  readonly method?: string;
  /** Sent as JSON, unless it is a text or bytes. */
  readonly body?: unknown;
  /** The bearer: the API key by default, null for none. */
  readonly bearer?: string | null;
  readonly headers?: Readonly<Record<string, string>>;
}

const isJson = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Returns the objects of an array; [] for anything else. */
export const objects = (value: unknown): readonly Json[] =>
  Array.isArray(value) ? value.filter((item): item is Json => isJson(item)) : [];

function parse(text: string): Json {
  try {
    const json: unknown = JSON.parse(text);
    return isJson(json) ? json : {};
  } catch {
    return {};
  }
}

function bodyOf(body: unknown): string | Uint8Array<ArrayBuffer> | null {
  if (body === undefined) return null;
  if (body instanceof Buffer) return Uint8Array.from(body);
  return typeof body === 'string' ? body : JSON.stringify(body);
}

export class Client {
  constructor(readonly platform: Platform) {}

  get sandbox(): string {
    return this.platform.root.replace(/accessplan$/, 'accessplansandbox');
  }

  get control(): string {
    return new URL('/_control', this.platform.root).href;
  }

  /** `path` is relative to the production site, or a whole address. */
  async ask(path: string, { method = 'GET', body, bearer, headers = {} }: Ask = {}): Promise<Reply> {
    const sent = new Headers(headers);
    const token = bearer === undefined ? this.platform.apiKey : bearer;
    if (token !== null) sent.set('authorization', `Bearer ${token}`);
    const response = await fetch(path.startsWith('http') ? path : this.platform.root + path, {
      method,
      headers: sent,
      redirect: 'manual',
      body: bodyOf(body),
    });
    const text = await response.text();
    const json = parse(text);
    const errors = Array.isArray(json['errors']) ? json['errors'].join(' ') : '';
    return {
      status: response.status,
      headers: response.headers,
      text,
      json,
      results: objects(json['results']),
      errors,
    };
  }

  /** Reads data of a module: `course?$top=1`. */
  data(path: string, ask?: Ask): Promise<Reply> {
    return this.ask(`/api/v2/${path}`, ask);
  }

  /** Returns how many records match. */
  async total(module: string, filter: string): Promise<number> {
    const reply = await this.data(`${module}?$count=true&$filter=${encodeURIComponent(filter)}`);
    assert.equal(reply.status, 200, reply.text);
    return Number(reply.json['total']);
  }

  async controlWith(body: unknown): Promise<void> {
    const reply = await this.ask(this.control, { method: 'POST', body, bearer: null });
    assert.equal(reply.status, 200, reply.text);
  }
}

/** Runs a platform for the enclosing `describe`; call the returned function only inside a test. */
export function usePlatform(options: PlatformOptions = {}): () => Client {
  let client: Client | undefined;
  before(async () => {
    client = new Client(await startPlatform({ records: 200, ...options }));
  });
  after(() => client?.platform.close());
  return () => {
    assert.ok(client, 'the platform runs only during tests');
    return client;
  };
}
