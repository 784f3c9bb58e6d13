/** `apq metadata`: fetches the metadata that completion and checks use. */
import { isSameRoot } from '#core/connections/root';
import { OutputFile } from '#core/files/output-file';
import { readMetadata } from '#core/metadata/cache-file';
import { fetchMetadata } from '#core/metadata/fetch';
import type { Metadata } from '#language';
import { failed } from './exit';
import { interruption } from './interruption';
import { type Options, outputOf, text } from './options';
import { clientOf, connectionOf, credentialsOf } from './platform-access';
import { print, tell } from './terminal';

export async function metadata(options: Options): Promise<number> {
  const client = await clientOf(connectionOf(options), credentialsOf(options));
  const modules = text(options, 'modules')
    ?.split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const path = outputOf(options);
  const file = path === undefined ? undefined : await OutputFile.create(path);
  try {
    const result = await fetchMetadata(client, { modules: modules ?? 'all', signal: interruption() }).catch(
      (error: unknown) => {
        throw failed(error);
      },
    );
    for (const problem of result.problems) tell(problem);
    if (result.stoppedBy !== undefined) throw failed(result.stoppedBy);
    const fetched = await withFindings(result.metadata, path);
    const json = `${JSON.stringify(fetched, undefined, 1)}\n`;
    if (file === undefined) await print(json);
    else {
      await file.write(json);
      await file.keep();
      tell(`${result.metadata.modules.length} modules written to ${path}.`);
    }
    return 0;
  } catch (error) {
    await file?.discard();
    throw error;
  }
}

/** Keeps what the file to be replaced knows of the same platform beside its modules. */
async function withFindings(metadata: Metadata, path: string | undefined): Promise<Metadata> {
  const before = path === undefined ? undefined : await readMetadata(path);
  if (before?.ok !== true || !isSameRoot(before.metadata.root, metadata.root)) return metadata;
  const { platform } = before.metadata;
  return platform === undefined ? metadata : { ...metadata, platform };
}
