/** Asks a platform small questions: only reads, one at a time, with pauses, and no more than a stated number. */
import { type Asked, pathOf, type QueryParameter, type WireRequest } from '#language';
import type { ApiClient, ApiResponse } from '../remote/api';
import { ApiError } from '../remote/api-error';
import { QUICK, type RetryPolicy } from '../remote/retry';
import { type ApiRecord, readPage } from '../results/read-page';
import { idOf } from '../results/table';

/** How many requests a check sends at most. */
export const MOST_QUESTIONS = 60;

/** Milliseconds between two requests. */
const PAUSE_MS = 200;

/** Honours `Retry-After` up to a minute. */
const POLITE: RetryPolicy = { ...QUICK, longestPauseSeconds: 60 };

/** So much of an address and so many IDs are kept. */
const SHOWN_CHARACTERS = 300;
const SHOWN_IDS = 6;

/** After so many failures in a row that say nothing about the question, the platform is taken to be out of order. */
const MOST_FAILURES = 4;

/** What one answer says. */
export type Answer =
  | {
      readonly kind: 'records';
      readonly records: readonly ApiRecord[];
      /** Of the records, in their order. */
      readonly ids: readonly string[];
      readonly json: unknown;
      /** Where a member with a usual name has it. */
      readonly total: number | undefined;
    }
  /** The request is wrong in the platform's eyes. */
  | { readonly kind: 'refused'; readonly status: number | undefined }
  /** A failure that says nothing about the question: of the server, of the network, or a missing right. */
  | { readonly kind: 'unclear'; readonly status: number | undefined; readonly why: string };

export interface InquiryOptions {
  readonly signal?: AbortSignal;
  readonly pauseMs?: number;
  /** Called before each request with its number, from 1. */
  readonly onQuestion?: (number: number) => void;
}

/** All requests that a check may send have been sent. */
export class OutOfQuestions extends Error {}

/** Failures that every further request would meet as well. */
const ENDS: ReadonlySet<ApiError['kind']> = new Set([
  'unreachable',
  'dns',
  'tls',
  'no-tls',
  'cancelled',
  'signed-out',
  'wrong-password',
  'bad-key',
  'no-credentials',
  'rebound',
  'other-host',
  'redirected',
  'too-many',
]);

export class Inquiry {
  /** Headers of every answer, by name in lower case. */
  readonly headers = new Map<string, string>();
  #asked: Asked[] = [];
  #number = 0;
  #failures = 0;

  constructor(
    private readonly client: ApiClient,
    private readonly options: InquiryOptions = {},
  ) {}

  /** How many requests were sent. */
  get number(): number {
    return this.#number;
  }

  /** What was asked since the last call. */
  takeAsked(): readonly Asked[] {
    const asked = this.#asked;
    this.#asked = [];
    return asked;
  }

  /** How long the address is that a question would be sent to, from `http` to its end. */
  lengthOf(module: string, query: readonly QueryParameter[]): number {
    return new URL(this.client.addressOf({ method: 'GET', module, query })).href.length;
  }

  /** Reads records of a module. Throws `ApiError` where nothing more can be asked, and `OutOfQuestions`. */
  async records(module: string, query: readonly QueryParameter[], spaces?: '+'): Promise<Answer> {
    return this.#ask({ method: 'GET', module, query, ...(spaces === undefined ? {} : { spaces }) });
  }

  /** Reads the fields of a module; undefined where that fails. Throws as `records`. */
  async fields(module: string): Promise<unknown> {
    const answer = await this.#ask({ method: 'GET', endpoint: 'fields', module, query: [] });
    return answer.kind === 'records' ? answer.json : undefined;
  }

  async #ask(request: WireRequest & { readonly method: 'GET' }): Promise<Answer> {
    if (this.#number >= MOST_QUESTIONS) throw new OutOfQuestions();
    const { signal, pauseMs = PAUSE_MS, onQuestion } = this.options;
    if (this.#number > 0) await pause(pauseMs, signal);
    this.#number++;
    onQuestion?.(this.#number);
    const address = cut(pathOf(request));
    try {
      const response = await this.client.send(request, {
        policy: POLITE,
        ...(signal === undefined ? {} : { signal }),
      });
      this.#failures = 0;
      return this.#answered(address, response);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return this.#failed(address, error);
    }
  }

  #answered(address: string, { status, headers, json }: ApiResponse): Answer {
    for (const [name, value] of headers) this.headers.set(name.toLowerCase(), value);
    const { records, total } = readPage(json);
    const ids = records.map((record) => idOf(record) ?? '');
    this.#asked.push({ address, status, records: records.length, ids: ids.slice(0, SHOWN_IDS) });
    return { kind: 'records', records, ids, json, total };
  }

  #failed(address: string, error: ApiError): Answer {
    const { status, facts } = error;
    const refused = isRefusal(error);
    const words = facts.words !== undefined && facts.words.length > 0 ? facts.words.join(' ') : error.reading;
    this.#asked.push({ address, ...(status === undefined ? {} : { status }), words });
    if (ENDS.has(error.kind)) throw error;
    this.#failures = refused || error.kind === 'forbidden' ? 0 : this.#failures + 1;
    if (this.#failures >= MOST_FAILURES) throw error;
    return refused ? { kind: 'refused', status } : { kind: 'unclear', status, why: error.reading };
  }
}

/** A status of 4xx that is about the request itself, or a report of errors in place of records; never 5xx. */
function isRefusal({ kind, status = 0 }: ApiError): boolean {
  if (kind === 'refused' || kind === 'reported') return true;
  return kind === 'unexpected-status' && status >= 400 && status < 500 && status !== 408;
}

const cut = (address: string): string =>
  address.length > SHOWN_CHARACTERS
    ? `${address.slice(0, SHOWN_CHARACTERS)}… (${address.length.toLocaleString('en-GB')} characters)`
    : address;

async function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  if (signal?.aborted === true) throw new ApiError('cancelled');
  await new Promise<void>((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal?.addEventListener('abort', done);
  });
}
