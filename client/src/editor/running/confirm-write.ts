/** Every change is shown before it is sent, as often as its connection asks for that. */
import type { ChangeLevel } from '#core/connections/change-level';
import type { Connection } from '#core/connections/connection';
import type { PreparedRequest } from '#core/running/prepare';
import { titleOf as titleOfRequest } from '#core/running/query-file';
import { Refusal } from '#core/running/refusal';
import { ChangesInMemory } from '#core/writing/changes-in-memory';
import { askFor } from '#core/writing/consent';
import { deedOf, sentenceOf, titleOf } from '#core/writing/deed';
import type { PlannedChange } from '#core/writing/planned-change';
import { NO_LOCK } from '#core/writing/stale';
import type { Connections } from '../connections/connections';
import { showFailure, showInformation } from '../workbench/messages';
import type { ChangesToShow, ShowsChanges } from '../writing/changes';
import type { Agreements } from './agreements';

/** What the question needs: the connections, where to show a change, and which files the user agreed to. */
export interface ConfirmParts {
  readonly connections: Connections;
  readonly changes: ShowsChanges;
  readonly agreements: Agreements;
}

/**
 * Returns the change that may be sent, as it was read last; undefined where the user does not agree. Throws a `Refusal`
 * where the platform would refuse it.
 */
export async function confirmWrite(
  { file, request, connection }: PreparedRequest,
  change: PlannedChange,
  foresee: () => Promise<PlannedChange>,
  { connections, changes, agreements }: ConfirmParts,
): Promise<PlannedChange | undefined> {
  const level = connections.levelOf(connection);
  if (level === 'askOnce' && needsNoLook(change) && agreements.has(file, connection)) return change;
  if (change.outcome === 'refused' && change.matches.length === 0)
    throw new Refusal(request, {
      kind: 'not-agreed',
      message: `“${titleOfRequest(request)}” was not sent: ${change.reason}`,
    });
  const place = { connection, production: connections.isProduction(connection), level };
  const view = changes.open({ title: titleOf(change), connection, ...shownOf(change, place) });
  try {
    const ask = async (now: PlannedChange, why: string | undefined) => {
      if (why !== undefined) view.show(shownOf(now, place), why);
      return view.agreed();
    };
    const agreed = await askFor(change, { ask, foresee });
    // Closing the view, even while the record is read once more, is a no.
    if (agreed === undefined || view.closed || !isAsBefore(connection, connections)) return undefined;
    // As the note says: who deletes a record, or sends what could not be shown, agrees to nothing else.
    if (level === 'askOnce' && needsNoLook(agreed.change)) agreements.add(file, connection);
    if (agreed.note !== undefined) void showInformation(agreed.note);
    return agreed.change;
  } finally {
    view.close();
  }
}

/** A deletion is looked at always, and so is what was not foreseen, or does nothing. */
const needsNoLook = ({ outcome }: PlannedChange): boolean => outcome === 'create' || outcome === 'update';

interface Place {
  readonly connection: Connection;
  readonly production: boolean;
  readonly level: ChangeLevel;
}

/** What a user is to agree to. */
function shownOf(
  change: PlannedChange,
  { connection: { name }, production, level }: Place,
): Required<Pick<ChangesToShow, 'sentence' | 'source' | 'deed' | 'notes'>> & Pick<ChangesToShow, 'typed'> {
  const { request } = change;
  const deletes = request.method === 'DELETE';
  return {
    sentence: sentenceOf(change),
    source: new ChangesInMemory([change]),
    deed: deedOf(change, { name, production }),
    notes: [
      ...('id' in change ? [NO_LOCK] : []),
      ...(level === 'askOnce' && needsNoLook(change)
        ? ['Later changes of this file are sent without a question until this window is closed.']
        : []),
    ],
    // One key is not enough for live records: a deletion can't be undone.
    ...(deletes && production && request.id !== undefined ? { typed: request.id } : {}),
  };
}

/** What the user saw must still hold: another window or editor may have changed the connection meanwhile. */
export function isAsBefore(
  { id, root, name }: Connection,
  connections: Connections,
  next = 'Run the request again.',
): boolean {
  const now = connections.all.find((each) => each.id === id);
  if (now?.root === root && now.name === name && connections.levelOf(now) !== 'readOnly') return true;
  void showFailure(`${name} was changed while you were being asked, so nothing was sent. ${next}`);
  return false;
}
