/** A platform of records in memory, for tests: it reads `a eq '1' and b eq '2' or a eq '3'`, and counts what it is asked. */
import type { ApiClient, ApiResponse } from '#core/remote/api';
import { addressLength, type PlatformTraits, type WireRequest } from '#language';

export const ROOT = 'https://acme.accessplanit.com/accessplan';

export interface Server {
  readonly records: readonly Readonly<Record<string, unknown>>[];
  /** Records on a page at most. */
  readonly page?: number;
  readonly traits?: PlatformTraits;
  /** Throws for an address that it does not take. */
  readonly refuse?: (filter: string, length: number) => void;
  readonly same?: (a: string, b: string) => boolean;
}

type Term = readonly [field: string, value: string];

/** Alternatives of conditions. A quote in a value is written twice, so a value never ends early. */
function read(filter: string): readonly (readonly Term[])[] {
  const alternatives: Term[][] = [];
  for (const [, join, field = '', value = ''] of filter.matchAll(
    /(?:^| (and|or) )(\w+) eq '((?:[^']|'')*)'/gsy,
  )) {
    const term: Term = [field, value.replaceAll("''", "'")];
    const last = alternatives.at(-1);
    if (join === 'and' && last !== undefined) last.push(term);
    else alternatives.push([term]);
  }
  return alternatives;
}

/** A client of records in memory that reads `a eq '1' or a eq '2'`. */
export function serverOf({ records, page = 50, traits = {}, refuse, same = (a, b) => a === b }: Server) {
  const asked: string[] = [];
  const send = (request: WireRequest): Promise<ApiResponse> => {
    const of = (name: string) => request.query.find((each) => each.name === name)?.value;
    const filter = of('$filter') ?? '';
    asked.push(filter);
    try {
      refuse?.(filter, addressLength(ROOT, request));
    } catch (error) {
      return Promise.reject(error instanceof Error ? error : new Error('refused'));
    }
    const alternatives = read(filter);
    const found = records.filter((record) =>
      alternatives.some((all) => all.every(([field, value]) => same(String(record[field]), value))),
    );
    const skip = Number(of('$skip') ?? 0);
    const results = found.slice(skip * page, (skip + 1) * page);
    const json = { results, ...(of('$count') === undefined ? {} : { total: found.length }) };
    const answer = {
      status: 200,
      statusText: 'OK',
      url: 'x',
      milliseconds: 1,
      bytes: 1,
      headers: [],
      text: '',
    };
    return Promise.resolve({ ...answer, json });
  };
  return {
    asked,
    client: { send, traits, learning: () => undefined, connection: { root: ROOT } } as unknown as ApiClient,
  };
}
