/** What was probably meant by a word that does not exist. */
import { isSure, nearest } from '#language';
import { alternatives } from './words';

/** ` Did you mean run?`, or '' where nothing is near. */
export function near(written: string, words: readonly string[]): string {
  const found = nearest(written, words, { count: 2 });
  const meant = isSure(written, found) ? found.slice(0, 1) : found;
  return meant.length === 0 ? '' : ` Did you mean ${alternatives(meant)}?`;
}
