/** Signing in with credentials that are not stored yet, to see whether they work. */
import type { Connection } from '#core/connections/connection';
import type { Credentials } from '#core/connections/credentials';
import { ApiError } from '#core/remote/api-error';
import { describe } from '#core/remote/describe-error';
import { type ErrorRow, rowOf } from '#core/remote/error-kinds';
import { showFailure } from '../workbench/messages';
import { inNotification } from '../workbench/progress';
import type { ConnectionParts } from './parts';

/** `keep`: they don't work (now), but the user wants the connection all the same; `again`: ask once more. */
export type Verdict =
  | { readonly kind: 'works' | 'keep' | 'stop' }
  | { readonly kind: 'again'; readonly problem: string; readonly atFault: ErrorRow['atFault'] };

export async function tryOut(
  { connections, output }: ConnectionParts,
  connection: Connection,
  credentials: Credentials,
): Promise<Verdict> {
  try {
    await inNotification(`Signing in to ${connection.name}…`, async () =>
      connections
        .clientWith(connection, credentials)
        .send({ method: 'GET', endpoint: 'modules', module: '', query: [] }),
    );
    return { kind: 'works' };
  } catch (error) {
    const { sentence, details } = describe(error);
    output.error(details);
    const choice = await showFailure(sentence, 'Try Again', 'Keep Anyway');
    if (choice === 'Keep Anyway') return { kind: 'keep' };
    if (choice !== 'Try Again') return { kind: 'stop' };
    const atFault = error instanceof ApiError ? rowOf(error.kind).atFault : 'neither';
    return { kind: 'again', problem: sentence, atFault };
  }
}
