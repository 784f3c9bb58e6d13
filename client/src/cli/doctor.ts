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
import { ApiError } from '#core/remote/api-error';
import { toTextTable } from '#core/results/text-table';
import { harmlessJson, visibleOnOneLine } from '#core/text/foreign-text';
import { writeJson } from '#core/values/write-json';
import type { Metadata } from '#language';
import { Exit, failed, usage } from './exit';
import { interruptedStatus, interruption } from './interruption';
import { isOn, oneOf, type Options, outputOf } from './options';
import { clientOf, connectionOf, credentialsOf } from './platform-access';
import { ProgressLine } from './progress-line';
import { print, tell } from './terminal';

export async function doctor(options: Options): Promise<number> {
  const format = oneOf(options, 'format', ['text', 'json']);
  const connection = connectionOf(options);
  if (!isOn(options, 'yes')) await agree(connection);
  const path = outputOf(options);
  const before = path === undefined ? undefined : await metadataIn(path, connection);
  const client = await clientOf(connection, credentialsOf(options));
  const file = path === undefined ? undefined : await OutputFile.create(path);
  try {
    const signal = interruption();
    const metadata = before ?? (await modulesOf(client, signal));
    const progress = new ProgressLine(process.stderr, process.stderr.isTTY);
    const result = await examine(client, {
      modules: metadata.modules,
      signal,
      onProgress: (sent, trait) => progress.show(() => describeCheck(sent, trait)),
    });
    progress.clear();
    for (const note of result.notes) tell(note);
    if (result.endedBy?.kind === 'cancelled') throw new Exit(interruptedStatus(), 'Interrupted.');
    const findings = findingsOf(result.platform);
    await print(format === 'json' ? `${harmlessJson(findings)}\n` : textOf(findings));
    if (result.endedBy !== undefined) throw ended(result.endedBy);
    await file?.write(`${writeJson({ ...metadata, platform: result.platform }, 1)}\n`);
    await file?.keep();
    tell(summaryOf(result, findings, path));
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
    throw error instanceof Exit ? error : new Exit(interruptedStatus(), 'Nothing was asked.');
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
    throw error instanceof ApiError ? ended(error) : error;
  }
}

/** Failures that ask to try later. */
const LATER: ReadonlySet<ApiError['kind']> = new Set(['too-many', 'server', 'timeout']);

function ended(error: ApiError): Exit {
  if (error.kind === 'cancelled') return new Exit(interruptedStatus(), 'Interrupted.');
  const { code, message } = failed(error);
  return new Exit(LATER.has(error.kind) ? 4 : code, message);
}

function textOf(findings: readonly Finding[]): string {
  const rows = findings.map(({ trait, found, assumed, used }) => ({
    trait,
    found: inShort(found),
    assumed: inShort(assumed),
    'used how': used,
  }));
  const whole = toTextTable(rows, ['trait', 'found', 'assumed', 'used how'], Number.POSITIVE_INFINITY);
  // Some terminals report 0 columns.
  const width = process.stdout.isTTY ? process.stdout.columns || 80 : Number.POSITIVE_INFINITY;
  const fit = (line: string) => (line.length > width ? `${line.slice(0, width - 1)}…` : line);
  const table = whole.split('\n').map(fit).join('\n');
  const open = findings.flatMap(({ trait, unknown }) =>
    unknown === undefined ? [] : [`${trait} is not known: ${unknown}`],
  );
  return [table, ...open.map((line) => `${visibleOnOneLine(line)}\n`)].join(open.length > 0 ? '\n' : '');
}

function summaryOf({ sent }: Examination, findings: readonly Finding[], path: string | undefined): string {
  const known = findings.filter(({ found }) => found !== undefined).length;
  const kept =
    path === undefined
      ? 'They are not kept: write them into a metadata file with --output FILE.'
      : `They are written to ${path}, and used with --metadata ${path}.`;
  return `${known} of ${findings.length} answers were found with ${sent} requests. ${kept}`;
}
