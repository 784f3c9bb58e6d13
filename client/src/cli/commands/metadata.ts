/** `apq metadata`: fetches the metadata that completion and checks use. */
import { isSameRoot } from '#core/connections/root';
import { OutputFile } from '#core/files/output-file';
import { readMetadata } from '#core/metadata/cache-file';
import { fetchMetadata } from '#core/metadata/fetch';
import type { Metadata } from '#language';
import { ASKING, Exit, failed } from '../exit';
import { command, type ValuesOf } from '../frame/command';
import { PLATFORM } from '../frame/environment';
import { text } from '../frame/option';
import { interruption } from '../interruption';
import { API_KEY_STDIN, ASKING_OPTIONS, output, pathOf, ROOT } from '../options';
import { clientOf, connectionOf, credentialsOf } from '../platform-access';
import { inform, print, tell } from '../terminal';

const OPTIONS = {
  root: ROOT,
  output: output('Write the metadata to a file (default: standard output)'),
  modules: text('A,B', 'Only the fields of these modules'),
  apiKeyStdin: API_KEY_STDIN,
  ...ASKING_OPTIONS,
};

export const metadata = command({
  name: 'metadata',
  summary: 'Fetch the names of modules and fields, for checks and completion',
  options: OPTIONS,
  examples: [
    [
      'metadata --root https://acme.accessplanit.com/accessplan -o acme.json',
      'Fetches all that the help feeds of the platform list.',
    ],
    [
      'metadata --modules coursedate,user -o acme.json',
      'Fetches the fields of two modules, from the platform of APQ_ROOT.',
    ],
  ],
  statuses: { 1: 'the platform lists no module, or lacks one that is named, or refused', ...ASKING },
  environment: PLATFORM,
  run: async (_operands, options) => fetchAndWrite(options),
});

async function fetchAndWrite(options: ValuesOf<typeof OPTIONS>): Promise<number> {
  const client = await clientOf(connectionOf(options), credentialsOf(options), options);
  const modules = options.modules
    ?.split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  const path = pathOf(options.output);
  const file = path === undefined ? undefined : await OutputFile.create(path);
  try {
    const result = await fetchMetadata(client, { modules: modules ?? 'all', signal: interruption() }).catch(
      (error: unknown) => {
        throw failed(error);
      },
    );
    for (const problem of result.problems) tell(problem);
    if (result.stoppedBy !== undefined) throw failed(result.stoppedBy);
    const { missing } = result;
    if (modules !== undefined && missing.length === modules.length)
      throw new Exit(1, 'None of the named modules was found, so nothing was written.');
    const fetched = await withFindings(result.metadata, path);
    const json = `${JSON.stringify(fetched, undefined, 1)}\n`;
    if (file === undefined) await print(json);
    else {
      await file.write(json);
      await file.keep();
      inform(`${result.metadata.modules.length} modules written to ${path}.`);
    }
    return missing.length > 0 ? 1 : 0;
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
