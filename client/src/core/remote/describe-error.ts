/** Describes anything that was thrown, for the user and for support. */
import { SqlError } from '#engine/faults';
import { nextStepHere } from '../client';
import { harmless } from '../text/foreign-text';
import { ApiError } from './api-error';
import type { ErrorAction } from './error-kinds';

/** A failure in words. Both texts are harmless. */
export interface DescribedError {
  /** For the user. */
  readonly sentence: string;
  readonly actions: readonly ErrorAction[];
  /** For the log and support. */
  readonly details: string;
}

/** Takes anything that was thrown. Never throws. */
export function describe(error: unknown): DescribedError {
  if (error instanceof ApiError) {
    const cause = error.cause instanceof Error ? ` – ${error.cause.message}` : '';
    return {
      sentence: harmless(error.message),
      actions: error.actions,
      details: harmless(
        `${error.kind}: ${error.message}${error.details === undefined ? '' : `\n${error.details}`}${cause}`,
      ),
    };
  }
  if (error instanceof SqlError)
    return { sentence: harmless(error.message), actions: [], details: harmless(error.message) };
  const message = error instanceof Error ? error.message : String(error);
  return {
    sentence: harmless(
      `Something went wrong in APQ: ${message.replace(/\.$/, '')}. ${nextStepHere('see-details')}`,
    ),
    actions: ['output'],
    details: harmless(error instanceof Error ? (error.stack ?? message) : message),
  };
}
