/** `apq doctor`: finds out what a platform supports, where the API's guide leaves it open. Only reads are sent. */
import { once } from 'node:events';
import { createInterface } from 'node:readline/promises';
import type { Connection } from '#core/connections/connection';
import { isSameRoot } from '#core/connections/root';
import { consent, describeCheck } from '#core/doctor/consent';
import { type Examination, examine } from '#core/doctor/examine';
import { type Finding, findingsOf, inShort } from '#core/doctor/findings';
import { OutputFile } from '#core/files/output-file';
import { readMetadata } from '#core/metadata/cache-file';
import { fetchMetadata } from '#core/metadata/fetch';
import type { ApiClient } from '#core/remote/api';
import { toTextTable } from '#core/results/text-table';
import { harmlessJson, visibleOnOneLine } from '#core/text/foreign-text';
import { writeJson } from '#core/values/write-json';
import type { Metadata } from '#language';
import type { Part } from '../color';
import { ASKING, Exit, failed, interrupted, usage } from '../exit';
import { command, type ValuesOf } from '../frame/command';
import { PLATFORM } from '../frame/environment';
import { choice, flag } from '../frame/option';
import { interruption } from '../interruption';
import { API_KEY_STDIN, ASKING_OPTIONS, output, pathOf, ROOT } from '../options';
import { clientOf, connectionOf, credentialsOf } from '../platform-access';
import { progressLine } from '../progress-line';
import { inform, print, tell } from '../terminal';
import { outputWidth, partsOfTable } from '../width';

const OPTIONS = {
  root: ROOT,
  format: choice(['text', 'json'], 'text (default) or json', { letter: 'f' }),
  output: output('Keep the answers in a metadata file, where the other commands use them'),
  yes: flag('Don’t ask before'),
  apiKeyStdin: API_KEY_STDIN,
  ...ASKING_OPTIONS,
};

export const doctor = command({
  name: 'doctor',
  summary: 'Find out what a platform supports, where the API’s guide leaves it open',
  details: ['It only reads, with at most 60 small requests, one at a time, and asks before the first.'],
  options: OPTIONS,
  examples: [
    [
      'doctor --root https://acme.accessplanit.com/accessplan',
      'Asks, then prints what was found beside what is assumed.',
    ],
    ['doctor --yes -o acme.json', 'For a script: keeps the answers beside the metadata of acme.json.'],
  ],
  statuses: {
    0: 'the check came to its end, even if some answers are not known',
    1: 'the platform refused',
    ...ASKING,
  },
  environment: PLATFORM,
  run: async (_operands, options) => checkPlatform(options),
});

async function checkPlatform({
  format = 'text',
  yes,
  ...options
}: ValuesOf<typeof OPTIONS>): Promise<number> {
  const path = pathOf(options.output);
  if (path !== undefined && !/\.json$/i.test(path))
    throw usage(`The answers are kept in a metadata file, and ${path} is none: let its name end in .json.`);
  const connection = connectionOf(options);
  if (!yes) await agree(connection);
  const before = path === undefined ? undefined : await metadataIn(path, connection);
  const client = await clientOf(connection, credentialsOf(options), options);
  const file = path === undefined ? undefined : await OutputFile.create(path);
  try {
    const signal = interruption();
    const metadata = before ?? (await modulesOf(client, signal));
    const progress = progressLine(process.stderr.isTTY);
    const result = await examine(client, {
      modules: metadata.modules,
      signal,
      onProgress: (sent, trait) => progress.show(() => describeCheck(sent, trait)),
    });
    progress.clear();
    for (const note of result.notes) tell(note);
    if (result.endedBy?.kind === 'cancelled') throw interrupted();
    const findings = findingsOf(result.platform);
    await print(format === 'json' ? `${harmlessJson(findings)}\n` : textOf(findings));
    if (result.endedBy !== undefined) throw failed(result.endedBy);
    await file?.write(`${writeJson({ ...metadata, platform: result.platform }, 1)}\n`);
    await file?.keep();
    inform(summaryOf(result, findings, path));
    return 0;
  } catch (error) {
    await file?.discard();
    throw error;
  }
}

/** Asks on a terminal; elsewhere nobody could answer. */
async function agree({ root }: Connection): Promise<void> {
  const { host } = new URL(root);
  if (!process.stdin.isTTY || !process.stderr.isTTY) throw usage(`Agree with --yes. ${consent(host)}`);
  const terminal = createInterface({ input: process.stdin, output: process.stderr, terminal: false });
  try {
    // Without an answer, the end of the input (Ctrl+D) means no.
    const none = once(terminal, 'close').then(() => '');
    const question = terminal.question(`${consent(host)} Go on? [y/N] `, { signal: interruption() });
    const answer = await Promise.race([question, none]);
    if (!/^\s*y(es)?\s*$/i.test(answer)) throw usage('Nothing was asked.');
  } catch (error) {
    throw error instanceof Exit ? error : interrupted('Nothing was asked.');
  } finally {
    terminal.close();
  }
}

/** Returns what the file to be written has of this platform; undefined where there is no file. */
async function metadataIn(path: string, { root }: Connection): Promise<Metadata | undefined> {
  const read = await readMetadata(path);
  if (read === undefined) return undefined;
  if (!read.ok) throw usage(`${path}: ${read.message}`);
  if (!isSameRoot(read.metadata.root, root))
    throw usage(`${path} holds the metadata of ${read.metadata.root}, not of ${root}. Name another file.`);
  return read.metadata;
}

async function modulesOf(client: ApiClient, signal: AbortSignal): Promise<Metadata> {
  try {
    const { metadata, problems } = await fetchMetadata(client, { modules: 'none', signal });
    for (const problem of problems) tell(problem);
    return metadata;
  } catch (error) {
    throw failed(error);
  }
}

function textOf(findings: readonly Finding[]): Part[] {
  const rows = findings.map(({ trait, found, assumed, used }) => ({
    trait,
    found: inShort(found),
    assumed: inShort(assumed),
    'used how': used,
  }));
  const table = partsOfTable(toTextTable(rows, ['trait', 'found', 'assumed', 'used how'], outputWidth()));
  const open = findings.flatMap(({ trait, unknown }) =>
    unknown === undefined ? [] : [`${trait} is not known: ${unknown}`],
  );
  if (open.length > 0) table.push({ text: ['', ...open.map(visibleOnOneLine), ''].join('\n') });
  return table;
}

function summaryOf({ sent }: Examination, findings: readonly Finding[], path: string | undefined): string {
  const known = findings.filter(({ found }) => found !== undefined).length;
  const kept =
    path === undefined
      ? 'They are not kept: write them into a metadata file with --output FILE.'
      : `They are written to ${path}, and used with --metadata ${path}.`;
  return `${known} of ${findings.length} answers were found with ${sent} requests. ${kept}`;
}
