/** Opens a file of requests: which of them are chosen, and where they go. */
import { type QueryFile, readQueryFile } from '#core/running/query-file';
import type { LanguageService, RequestInfo } from '#language';
import { choose, requestAtLine } from './choose';
import { usage } from './exit';
import { MetadataSource } from './metadata-source';
import type { RunOptions } from './run-options';
import { RunPlatforms } from './run-platforms';

export interface Queries {
  readonly file: QueryFile;
  readonly platforms: RunPlatforms;
  readonly language: LanguageService;
  readonly chosen: readonly RequestInfo[];
}

export type QueryOptions = Pick<
  RunOptions,
  'root' | 'connections' | 'apiKeyStdin' | 'given' | 'metadata' | 'request' | 'timeout' | 'retries'
> &
  Partial<Pick<RunOptions, 'line'>>;

/** `path`: what the file is called. Throws an `Exit` for a request, a variable or a platform that does not exist. */
export async function openQueries(path: string, content: string, options: QueryOptions): Promise<Queries> {
  const file = readQueryFile(path, content);
  const platforms = new RunPlatforms(file, options);
  const { language, metadata } = await new MetadataSource(options.metadata).of(path, platforms.own.root);
  if (metadata !== undefined) platforms.learn(metadata);
  for (const name of options.given.keys())
    if (!file.parsed.symbols.variables.has(name)) throw usage(`${path} has no variable “${name}”.`);
  const chosen =
    options.line === undefined
      ? choose(file.requests, options.request, path)
      : [requestAtLine(file, options.line)];
  return { file, platforms, language, chosen };
}
