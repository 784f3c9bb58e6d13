/** Fetching metadata from the help feeds. */
import { ByName, type FieldInfo, type Metadata, type ModuleInfo, nearest } from '#language';
import type { ApiClient, ApiResponse } from '../remote/api';
import { ApiError } from '../remote/api-error';
import { ONCE } from '../remote/retry';
import { parseFields, parseModules } from './help-feed';

export interface FetchMetadataOptions {
  /** The modules whose fields to fetch: all, none (names only), or these, in any case. */
  readonly modules?: 'all' | 'none' | readonly string[];
  /** What is known already; kept where nothing new arrives. */
  readonly previous?: Metadata;
  /** True: the list of modules in `previous` is used, and only fields are fetched. */
  readonly listed?: boolean;
  /** How many calls run at the same time. */
  readonly concurrency?: number;
  readonly signal?: AbortSignal;
  readonly onProgress?: (done: number, of: number) => void;
  readonly now?: () => Date;
}

export interface FetchedMetadata {
  readonly metadata: Metadata;
  /** In words that a user can pass to support. */
  readonly problems: readonly string[];
  /** Modules that were asked for, and that the platform does not list. */
  readonly missing: readonly string[];
  /** Why fetching stopped early; `metadata` holds what had arrived. */
  readonly stoppedBy?: ApiError;
}

/**
 * Fetches the list of modules, then the fields of those that are asked for. A module whose fields don't arrive, or
 * arrive in an unknown form, keeps the fields it had. Throws `ApiError` when there is no list of modules that can be
 * understood; an error that stops it later is in `stoppedBy`, with the rest kept.
 */
export async function fetchMetadata(
  client: ApiClient,
  {
    modules = 'all',
    previous,
    listed = false,
    concurrency = 4,
    signal,
    onProgress,
    now = () => new Date(),
  }: FetchMetadataOptions = {},
): Promise<FetchedMetadata> {
  const options = signal === undefined ? {} : { signal };
  const list = listed ? previous : undefined;
  const ask = async (module: string): Promise<ApiResponse> =>
    client.send(
      { method: 'GET', endpoint: module === '' ? 'modules' : 'fields', module, query: [] },
      options,
    );
  const listing = list === undefined ? await ask('') : undefined;
  const { items: names, problems: found } =
    listing === undefined
      ? { items: (list?.modules ?? []).map(({ name }) => name), problems: [] }
      : parseModules(listing.json);
  const { host } = new URL(client.connection.root);
  // With metadata that has no modules, every module in every file would be unknown: better to keep the old metadata.
  if (names.length === 0 && found.length === 0) throw new ApiError('no-modules', { host });
  if (names.length === 0)
    throw new ApiError('not-understood', {
      host,
      details: found.join('\n'),
      words: found.slice(0, 1),
    });
  const problems = [...found, ...reportedIn(listing)];
  const before = new ByName(previous?.modules ?? []);
  const offered = new ByName(names.map((name) => ({ name })));
  const known = new Map<string, ModuleInfo>(names.map((name) => [name, { ...before.get(name), name }]));
  const wanted =
    modules === 'all'
      ? names
      : modules === 'none'
        ? []
        : names.filter((name) => modules.some((each) => offered.get(each)?.name === name));
  const missing =
    typeof modules === 'string' ? [] : modules.filter((each) => offered.get(each) === undefined);
  for (const each of missing)
    problems.push(`${each}: the platform lists no such module for this user.${near(each, names)}`);
  const queue = [...wanted];
  let failures = 0;
  let stoppedBy: ApiError | undefined;
  let done = 0;
  const work = async () => {
    for (let name = queue.shift(); name !== undefined && stoppedBy === undefined; name = queue.shift()) {
      try {
        const response = await ask(name);
        const { items: fields, problems: odd } = parseFields(response.json);
        failures = 0;
        for (const problem of [...odd, ...reportedIn(response)]) problems.push(`${name}: ${problem}`);
        // No field was understood: what was known, or the name alone, does less harm than "has no fields".
        if (fields.length > 0 || odd.length === 0)
          known.set(name, { name, fetchedAt: now().toISOString(), fields });
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        // One module's failure costs that module; being signed out or cut off costs the rest.
        if (STOPS.has(error.kind) || ++failures >= MAX_FAILURES) stoppedBy ??= error;
        else problems.push(`${name}: ${error.message}`);
      }
      onProgress?.(++done, wanted.length);
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, Math.min(concurrency, wanted.length)) }, work));
  const metadata: Metadata = {
    version: 1,
    root: client.connection.root,
    fetchedAt: list?.fetchedAt ?? now().toISOString(),
    modules: [...known.values()],
    ...(previous?.platform === undefined ? {} : { platform: previous.platform }),
  };
  return { metadata, problems, missing, ...(stoppedBy === undefined ? {} : { stoppedBy }) };
}

/** Returns the fields of one module, with a single request; none where they don't arrive or are not understood. */
export async function fetchFields(
  client: ApiClient,
  module: string,
  signal: AbortSignal,
): Promise<readonly FieldInfo[]> {
  try {
    const wire = { method: 'GET', endpoint: 'fields', module, query: [] } as const;
    return parseFields((await client.send(wire, { signal, policy: ONCE })).json).items;
  } catch (error) {
    if (error instanceof ApiError) return [];
    throw error;
  }
}

function near(written: string, names: readonly string[]): string {
  const found = nearest(written, names, { count: 2 });
  return found.length === 0 ? '' : ` Did you mean ${found.map((name) => `“${name}”`).join(' or ')}?`;
}

const reportedIn = (response: ApiResponse | undefined): string[] =>
  response?.reported === undefined
    ? []
    : [
        `The platform reported errors beside its list, so some may be missing: ${response.reported.join(' ')}`,
      ];

/** After so many failures in a row the platform is taken to be down, and no more modules are asked for. */
const MAX_FAILURES = 8;

const STOPS: ReadonlySet<ApiError['kind']> = new Set([
  'signed-out',
  'wrong-password',
  'bad-key',
  'no-credentials',
  'rebound',
  'unreachable',
  'dns',
  'tls',
  'no-tls',
  'cancelled',
  'redirected',
]);
