/** The record that a change is to be taken back from, as it is now. */
import type { FieldInfo } from '#language';
import type { ApiClient } from '../remote/api';
import type { ApiRecord } from '../results/read-page';
import { foresee } from './foresee';

/** Undefined where there is none; `unread` where it can't be read. Throws where it is cancelled. */
export async function readNow(
  client: ApiClient,
  module: string,
  id: string,
  fields: readonly FieldInfo[],
  signal: AbortSignal,
): Promise<ApiRecord | undefined | 'unread'> {
  const change = await foresee(client, { method: 'DELETE', module, id, query: [] }, fields, { signal });
  if ('record' in change) return change.record;
  return change.outcome === 'unforeseen' ? 'unread' : undefined;
}
