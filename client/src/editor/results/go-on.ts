/** *Continue From Here* on a result of an earlier window: the same request, from the page on where it was left. */
import { runAgain } from '../running/run-request';
import { openFile, prepareRequest } from '../running/prepare';
import type { Services } from '../services';
import type { ResultPanel } from './panel';
import { asResult } from './unfinished';
import { showInformation } from '../workbench/messages';

export async function goOn(services: Services, panel: ResultPanel): Promise<void> {
  const { unfinished } = panel;
  if (unfinished === undefined) return;
  const { pages, position, address } = unfinished;
  const result = asResult(position, panel.records, address);
  const file = await openFile(services, unfinished.file);
  const request = file?.requests.find(
    ({ name, title, index, method }) =>
      (method ?? 'GET') === 'GET' &&
      name === unfinished.request.name &&
      title === unfinished.request.title &&
      (title !== '' || index === unfinished.request.index),
  );
  const prepared =
    file === undefined || request === undefined ? undefined : await prepareRequest(services, file, request);
  if (file !== undefined && request === undefined) return changed();
  if (prepared === undefined) return;
  // Another user of the same site sees other records.
  const same =
    prepared.wire.method === 'GET' &&
    prepared.connection.name === panel.head?.connection &&
    services.connections.client(prepared.connection).addressOf(prepared.wire) === address;
  if (!same || result === undefined) return changed();
  await services.runs.start(
    prepared,
    {
      pages,
      again: () => void runAgain(services, prepared, pages === 'all' ? 'all' : 'run'),
    },
    result,
  );
}

function changed(): void {
  void showInformation(
    'This result can’t be continued: the request, its values or the connection are not the same any more. Run it again.',
  );
}
