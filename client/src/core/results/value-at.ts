/** Finds a value in an earlier response, for `{{name.results[0].ID}}`. */
import { memberNamed } from '../text/names';
import { cellText } from './table';

/** Members match exactly, else in any case. Returns undefined where there is no such value, or it is null. */
export function valueAt(json: unknown, path: readonly (string | number)[]): string | undefined {
  let current = json;
  for (const step of path) {
    if (typeof current !== 'object' || current === null) return undefined;
    current = memberNamed(current, String(step))?.value;
  }
  return current === undefined || current === null ? undefined : cellText(current);
}
