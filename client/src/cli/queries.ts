/** Opens a file of requests: which of them are chosen, and where they go. */
import type { Credentials } from '#core/connections/credentials';
import { type QueryFile, readQueryFile, structure } from '#core/running/query-file';
import type { LanguageService, RequestInfo } from '#language';
import { choose, requestAtLine } from './choose';
import { usage } from './exit';
import { near } from './frame/near';
import { MetadataSource } from './metadata-source';
import { credentialsOf } from './platform-access';
import type { RunOptions } from './run-options';
import { RunPlatforms } from './run-platforms';

/** A file, with what its requests are checked and sent with. */
export interface Queries {
  readonly file: QueryFile;
  readonly platforms: RunPlatforms;
  readonly language: LanguageService;
}

export type QueryOptions = Pick<
  RunOptions,
  'root' | 'connections' | 'apiKeyStdin' | 'given' | 'metadata' | 'timeout' | 'retries'
>;

/** What all files of a command share. */
export interface Shared {
  readonly source: MetadataSource;
  /** Asked for when the first request is sent: a file with errors needs no key. */
  readonly credentials: () => Promise<Credentials>;
}

export function shared(options: QueryOptions): Shared {
  let known: Promise<Credentials> | undefined;
  return {
    source: new MetadataSource(options.metadata, options.given),
    credentials: async () => (known ??= credentialsOf(options)),
  };
}

/** `path`: what the file is called. */
export async function openQueries(
  path: string,
  content: string,
  options: QueryOptions,
  { source, credentials }: Shared = shared(options),
): Promise<Queries> {
  const file = readQueryFile(path, content);
  const platforms = new RunPlatforms(file, options, credentials);
  const { language, metadata } = await source.of(path, platforms.own.root);
  if (metadata !== undefined) platforms.learn(metadata);
  return { file, platforms, language };
}

/** Throws an `Exit` for a variable that none of the files declares or uses. */
export function refuseUnknownVariables(
  files: readonly QueryFile[],
  given: ReadonlyMap<string, string>,
): void {
  const known = new Set(files.flatMap(({ parsed }) => [...structure.variableNames(parsed)]));
  const [first, another] = files;
  const where =
    another === undefined ? `${first?.id ?? ''} has no` : `None of the ${files.length} files has a`;
  for (const name of given.keys())
    if (first !== undefined && !known.has(name))
      throw usage(`${where} variable “${name}”.${near(name, [...known])}`);
}

/** Throws an `Exit` where standard input would be the key as well as a file. */
export function refuseTwoOnStandardInput({ apiKeyStdin }: Pick<RunOptions, 'apiKeyStdin'>): void {
  if (apiKeyStdin)
    throw usage(
      'Standard input can’t be both the file (-) and the key (--api-key-stdin). Set APQ_API_KEY instead.',
    );
}

/** Throws an `Exit` for a request that does not exist. */
export const chosenIn = (
  file: QueryFile,
  { request, line }: Pick<RunOptions, 'request'> & Partial<Pick<RunOptions, 'line'>>,
): readonly RequestInfo[] => (line === undefined ? choose(file, request) : [requestAtLine(file, line)]);
