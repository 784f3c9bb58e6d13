/** Finds a value in an earlier response, for `{{name.results[0].ID}}`. */
import type { ResponseValue } from '#language';
import { memberNamed } from '../text/names';
import { hasMembers } from '../values/kind-of';
import { cellText } from './table';

/** Members match exactly, else in any case. Returns undefined where there is no such value. */
export function memberAt(json: unknown, path: readonly (string | number)[]): unknown {
  let current = json;
  for (const step of path) {
    if (!hasMembers(current)) return undefined;
    current = memberNamed(current, String(step))?.value;
  }
  return current;
}

/** The same as text. Returns undefined where there is no such value, or it is null. */
export function valueAt(json: unknown, path: readonly (string | number)[]): ResponseValue {
  const current = memberAt(json, path);
  if (current === undefined || current === null) return undefined;
  // As text, either would be another value than what the API compares.
  if (hasMembers(current)) return { kind: Array.isArray(current) ? 'list' : 'record' };
  return cellText(current);
}
