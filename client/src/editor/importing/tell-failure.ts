/** Says why an import could not be planned or sent. */
import type { Connection } from '#core/connections/connection';
import { ApiError, isCancelled } from '#core/remote/api-error';
import { showError } from '../workbench/errors';
import { showFailure } from '../workbench/messages';
import type { ImportParts } from './parts';
import { sentenceOf } from './sentence-of';

/** Returns at once. What the user called off needs no words. */
export function tellFailure(
  error: unknown,
  connection: Connection | undefined,
  { output }: ImportParts,
): void {
  if (isCancelled(error) || (error instanceof DOMException && error.name === 'AbortError')) return;
  if (error instanceof ApiError) showError(error, output, undefined, connection);
  else void showFailure(sentenceOf(error));
}
