/** *Check What This Platform Supports*: asks the platform with the user's consent, keeps the answers, and shows a page. */
import type { Connection } from '#core/connections/connection';
import { consent, describeCheck } from '#core/doctor/consent';
import { type Examination, examine } from '#core/doctor/examine';
import { keptAfter } from '#core/doctor/findings';
import { MOST_QUESTIONS } from '#core/doctor/inquiry';
import { pageOf } from '#core/doctor/page';
import { isCancelled } from '#core/remote/api-error';
import { describe } from '#core/remote/describe-error';
import type { EditorMetadata } from '../metadata/editor-metadata';
import { showError } from '../workbench/errors';
import { showInformation } from '../workbench/messages';
import { inNotification } from '../workbench/progress';
import type { TextPages } from '../workbench/text-pages';
import { chooseConnection } from './choose-connection';
import type { ConnectionParts } from './parts';

export interface CheckParts extends ConnectionParts {
  readonly metadata: EditorMetadata;
  readonly pages: TextPages;
}

const TITLE = 'Check What This Platform Supports';

export async function checkPlatform(parts: CheckParts, given?: Connection): Promise<void> {
  const chosen = given ?? parts.connections.active ?? (await chooseConnection(parts, TITLE));
  if (chosen === undefined) return;
  const detail = consent(new URL(chosen.root).host);
  const agreed = await showInformation(
    `Check what ${chosen.name} supports?`,
    { modal: true, detail },
    'Check Now',
  );
  if (agreed === undefined) return;
  const { sample, output } = parts;
  const connection = await sample.ready(chosen);
  try {
    await checkAndShow(parts, connection);
  } catch (error) {
    if (!isCancelled(error))
      showError(error, output, () => void checkPlatform(parts, connection), connection);
  }
}

/** Throws `ApiError` where nothing was found. A check that the user cancels keeps and shows nothing. */
async function checkAndShow(
  { connections, metadata, pages, output }: CheckParts,
  connection: Connection,
): Promise<void> {
  const { name, root } = connection;
  await metadata.modules(connection);
  const known = metadata.of(connection);
  const result: Examination = await inNotification(
    `Checking what ${name} supports`,
    async ({ signal, report }) =>
      examine(connections.client(connection), {
        modules: known?.modules ?? [],
        signal,
        onProgress: (sent, trait) => report(describeCheck(sent, trait), (sent / MOST_QUESTIONS) * 100),
      }),
    { cancellable: true },
  );
  const { endedBy, sent, notes } = result;
  const isEmpty = Object.keys(result.platform.traits).length === 0;
  if (endedBy !== undefined && (isEmpty || isCancelled(endedBy))) throw endedBy;
  const platform = keptAfter(result, known?.platform);
  await metadata.keepFindings(connection, platform);
  const ended = endedBy === undefined ? undefined : describe(endedBy).sentence;
  output.info(`Check of ${name} (${root}): ${Object.keys(platform.traits).length} answers, ${sent} requests`);
  await pages.showMarkdown(`What ${name} supports.md`, pageOf({ platform, name, root, sent, notes, ended }));
}
