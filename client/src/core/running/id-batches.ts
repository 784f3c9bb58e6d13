/** Reads the records that have one of many values in a field, such as those of a list of IDs: a few reads for all. */
import {
  CONCURRENCY,
  NO_QUOTE,
  type PlatformTraits,
  type QueryParameter,
  quotedForSending,
  type WireRequest,
} from '#language';
import type { ApiClient } from '../remote/api';
import { ApiError } from '../remote/api-error';
import type { RetryPolicy } from '../remote/retry';
import { type ApiRecord, readPage } from '../results/read-page';
import { cellText } from '../results/table';
import { memberNamed } from '../text/names';
import { batchesOf, looseKey, type Target } from './batches';
import { isExact } from './extent';
import { sendRequest } from './send';

/** Which records to read. */
export interface Wanted {
  readonly module: string;
  /** The field whose value is looked for. */
  readonly field: string;
  /** `$select`; it has to name the field. Undefined for the pre-defined fields. */
  readonly select?: readonly string[] | undefined;
  /** Whether no two records have the same value, as with IDs. */
  readonly unique: boolean;
}

/** What a value brought: its records, or why they could not be read. */
export type Found = readonly ApiRecord[] | ApiError;

export interface ReadOptions {
  readonly signal?: AbortSignal | undefined;
  /** When a read is sent again; by default, as for a user who waits. */
  readonly policy?: RetryPolicy | undefined;
  /** How many reads are under way at a time. */
  readonly concurrency?: number;
  /** Told how many of the values are done. */
  readonly onProgress?: (done: number) => void;
}

/** The read of some values; undefined where the platform has no way to write one of them. */
export function batchRequest(
  { module, field, select }: Omit<Wanted, 'unique'>,
  values: readonly string[],
  traits: PlatformTraits,
): WireRequest | undefined {
  const terms: string[] = [];
  for (const value of values) {
    const quoted = quotedForSending(value, traits);
    if (quoted === undefined) return undefined;
    terms.push(`${field} eq ${quoted}`);
  }
  return { method: 'GET', module, query: [...selecting(select), filtering(terms.join(' or '))] };
}

/** `$select` of these fields, or nothing. */
const selecting = (select: readonly string[] | undefined): QueryParameter[] =>
  select === undefined ? [] : [{ name: '$select', value: select.join(',') }];

export const filtering = (filter: string): QueryParameter => ({ name: '$filter', value: filter });

/** Divides the values of such a read. */
export const batchesOfValues = (
  wanted: Omit<Wanted, 'unique'>,
  values: readonly string[],
  client: Target,
): string[][] =>
  batchesOf(
    values.map((value) => [value]),
    (batch) => batchRequest(wanted, batch, client.traits),
    client,
  );

/**
 * Reads the records of each value. Values that a platform may take for the same are asked for one by one, so each record
 * is told to the value that found it. The values are in their order. Throws where it is cancelled; any other failure is what its values brought.
 */
export async function readByValues(
  client: ApiClient,
  wanted: Wanted,
  values: Iterable<string>,
  options: ReadOptions = {},
): Promise<ReadonlyMap<string, Found>> {
  const all = new Set(values);
  const reading = new Reading(client, wanted, options);
  const [apart, together] = [new Set<string>(), new Map<string, string>()];
  for (const value of all) {
    const key = looseKey(value);
    if (together.has(key)) apart.add(value);
    else together.set(key, value);
  }
  for (const value of apart) {
    const other = together.get(looseKey(value));
    if (other !== undefined) apart.add(other);
    together.delete(looseKey(value));
  }
  const batches = batchesOfValues(wanted, [...together.values()], client);
  await reading.all([...batches, ...Array.from(apart, (value) => [value])]);
  return new Map(Array.from(all, (value) => [value, reading.found.get(value) ?? []]));
}

/** Reads the first page of the records that meet a condition: enough to know whether there is none, one or several. */
export async function readMatches(
  client: ApiClient,
  module: string,
  select: readonly string[] | undefined,
  filter: string,
  options: ReadOptions = {},
): Promise<Found> {
  const request: WireRequest = { method: 'GET', module, query: [...selecting(select), filtering(filter)] };
  try {
    const response = await client.send(request, sending(options));
    return readPage(response.json, client.traits.countNames).records;
  } catch (error) {
    if (!(error instanceof ApiError) || error.kind === 'cancelled') throw error;
    return error;
  }
}

/** How a read is sent. */
const sending = ({ signal, policy }: ReadOptions) => ({
  ...(signal === undefined ? {} : { signal }),
  ...(policy === undefined ? {} : { policy }),
});

/** Failures that may be due to one value of a batch, or to the length of its address. */
const isOfBatch = (error: ApiError): boolean =>
  error.kind === 'refused' || error.kind === 'not-found' || error.status === 414 || error.status === 431;

class Reading {
  readonly found = new Map<string, Found>();
  /** Why nothing more is asked: the platform can't be reached, the user is signed out. */
  #over: ApiError | undefined;

  constructor(
    private readonly client: ApiClient,
    private readonly wanted: Wanted,
    private readonly options: ReadOptions,
  ) {}

  async all(batches: readonly (readonly string[])[]): Promise<void> {
    const waiting = batches.values();
    const work = async () => {
      for (const batch of waiting) {
        await this.#batch(batch);
        this.options.onProgress?.(this.found.size);
      }
    };
    await Promise.all(Array.from({ length: this.options.concurrency ?? CONCURRENCY }, work));
  }

  async #batch(values: readonly string[]): Promise<void> {
    try {
      if (this.#over !== undefined) throw this.#over;
      const records =
        this.wanted.unique || values.length === 1 ? await this.#pages(values) : await this.#all(values);
      if (records !== undefined) this.#take(values, records);
      else for (const value of values) await this.#batch([value]);
    } catch (error) {
      if (!(error instanceof ApiError) || error.kind === 'cancelled') throw error;
      if (values.length > 1 && isOfBatch(error)) await this.#divide(values, error);
      else this.#fail(values, error);
    }
  }

  #fail(values: readonly string[], error: ApiError): void {
    if (!isOfBatch(error)) this.#over = error;
    for (const value of values) this.found.set(value, error);
  }

  /** A: a module that is not there, and an address that is too long, are both answered with 404 by some servers. */
  async #divide(values: readonly string[], error: ApiError): Promise<void> {
    const [first = ''] = values;
    await this.#batch([first]);
    const alone = this.found.get(first);
    const rest = values.slice(1);
    if (alone instanceof ApiError && alone.kind === 'not-found') {
      this.#fail(rest, error);
      return;
    }
    const half = Math.ceil(rest.length / 2);
    for (const part of [rest.slice(0, half), rest.slice(half)]) if (part.length > 0) await this.#batch(part);
  }

  /**
   * Records of values of which each has one at most; of a single value, the first page. Asks again for those that did not come, until no more do: a
   * platform may bring fewer records on a page than it was asked for.
   */
  async #pages(values: readonly string[]): Promise<readonly ApiRecord[] | undefined> {
    const records: ApiRecord[] = [];
    let missing: readonly string[] = values;
    while (missing.length > 0) {
      const { client } = this;
      const response = await client.send(this.#request(missing), sending(this.options));
      const page = readPage(response.json, client.traits.countNames);
      for (const record of page.records) records.push(record);
      const came = new Set(page.records.map((record) => this.#keyOf(record)));
      const left = missing.filter((value) => !came.has(looseKey(value)));
      if (!this.wanted.unique || left.length === missing.length) break;
      missing = left;
    }
    return this.#areAsked(values, records) ? records : undefined;
  }

  /** Records of values that may have several each; undefined where it is not certain that all came. */
  async #all(values: readonly string[]): Promise<readonly ApiRecord[] | undefined> {
    const result = await sendRequest(this.client, this.#request(values), {
      pages: 'all',
      concurrency: 1,
      ...sending(this.options),
    });
    if (result.extent.kind === 'stopped') throw result.extent.error;
    return isExact(result) && this.#areAsked(values, result.records) ? result.records : undefined;
  }

  #request(values: readonly string[]): WireRequest {
    const request = batchRequest(this.wanted, values, this.client.traits);
    if (request === undefined) throw new ApiError('refused', { words: [NO_QUOTE] });
    return request;
  }

  /** Whether all records have a value that was asked for. With one value, which one needs no telling. */
  #areAsked(values: readonly string[], records: readonly ApiRecord[]): boolean {
    const keys = new Set(values.map(looseKey));
    const isAsked = (record: ApiRecord) => keys.has(this.#keyOf(record) ?? '');
    if (records.every(isAsked)) return true;
    if (values.length > 1) return false;
    // A platform that passes over the filter brings any records: no change may rest on them.
    if (this.wanted.unique)
      throw new ApiError('not-understood', { host: new URL(this.client.connection.root).host });
    return true;
  }

  #keyOf(record: ApiRecord): string | undefined {
    const member = memberNamed(record, this.wanted.field);
    return member === undefined ? undefined : looseKey(cellText(member.value));
  }

  #take(values: readonly string[], records: readonly ApiRecord[]): void {
    const [only] = values;
    if (values.length === 1 && only !== undefined) {
      this.found.set(only, records);
      return;
    }
    const byKey = new Map(values.map((value): [string, ApiRecord[]] => [looseKey(value), []]));
    for (const record of records) byKey.get(this.#keyOf(record) ?? '')?.push(record);
    for (const value of values) this.found.set(value, byKey.get(looseKey(value)) ?? []);
  }
}
