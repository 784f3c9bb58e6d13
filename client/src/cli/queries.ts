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

/** `path`: what the file is called. Throws an `Exit` for a variable that it neither declares nor uses. */
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
  const known = structure.variableNames(file.parsed);
  for (const name of options.given.keys())
    if (!known.has(name)) throw usage(`${path} has no variable “${name}”.${near(name, [...known])}`);
  return { file, platforms, language };
}

/** Throws an `Exit` for a request that does not exist. */
export const chosenIn = (
  file: QueryFile,
  { request, line }: Pick<RunOptions, 'request'> & Partial<Pick<RunOptions, 'line'>>,
): readonly RequestInfo[] => (line === undefined ? choose(file, request) : [requestAtLine(file, line)]);
