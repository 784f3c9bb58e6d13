/** The file with the requests that take changes back: nothing of it is sent until the user runs it. */
import type { FieldInfo } from '#language';
import { asQuery } from '../history/as-query';
import type { ApiRecord } from '../results/read-page';
import { singleSpaced } from '../text/foreign-text';
import type { ChangeEntry, KeptRecord } from './change-entry';
import { describeChange } from './describe-change';
import { changedSince, type Undo, undoOf } from './undo';

/** A change that is to be taken back. */
export interface Taken {
  readonly entry: ChangeEntry;
  readonly undo: Undo;
  readonly kept: KeptRecord | undefined;
}

/** What taking back needs to know of the platform. */
export interface UndoPort {
  /** Of a module, as the metadata have them; none where they are not known. */
  fields(module: string): readonly FieldInfo[];
  /** Reads the record of an ID as it is; undefined where there is none, `unread` where it can't be read. */
  now(module: string, id: string): Promise<ApiRecord | undefined | 'unread'>;
}

/**
 * Finds the requests that take these changes back, the last change first: a record may have been changed twice. Of those of
 * one moment, `entries` has the last first.
 */
export function takeBack(
  entries: readonly ChangeEntry[],
  kept: ReadonlyMap<string, KeptRecord>,
  fields: UndoPort['fields'],
): readonly Taken[] {
  return entries
    .toSorted((a, b) => Number(a.at < b.at) - Number(a.at > b.at))
    .map((entry) => {
      const own = kept.get(entry.id);
      return { entry, kept: own, undo: undoOf(entry, own, fields(entry.request.module)) };
    });
}

/**
 * Returns the text of a query file. `connection`: what the file calls it, or undefined for the one in use. What can't be
 * taken back stands there with the reason.
 */
export async function undoText(
  taken: readonly Taken[],
  port: UndoPort,
  connection: string | undefined,
): Promise<string> {
  const parts: string[] = [];
  for (const { entry, kept, undo } of taken) {
    const { title, values } = describeChange(entry, kept);
    const when = new Date(entry.at).toLocaleString('en-GB');
    const about = `Takes back the change of ${when}${values === '' ? '' : `: ${values}`}.`;
    if (!undo.ok) {
      parts.push(`# ${singleSpaced(`${title}: ${undo.reason}`)}\n`);
      continue;
    }
    const { request, notes } = undo;
    const now = kept === undefined ? 'unread' : await port.now(entry.request.module, kept.of);
    const since =
      kept === undefined || now === 'unread'
        ? []
        : changedSince(entry, kept, now, port.fields(request.module));
    const heading = `Undo: ${title}`;
    parts.push(asQuery(request, heading, entry.connection.root, connection, [about, ...notes, ...since]));
  }
  return parts.join('\n');
}
