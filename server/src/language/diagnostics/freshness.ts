/** `no-metadata` and `stale-metadata`, for a whole file. */
import { catalogOf, connectionOf } from '../analysis/request-model';
import type { Platforms } from '../catalog/platforms';
import type { BlockTree } from '../syntax/nodes';
import type { CheckContext } from './check';

/** Platforms change rarely; after so many days a name may have changed. */
export const STALE_AFTER_DAYS = 30;

/** `tree` is the file's first request. */
export function checkFreshness(
  tree: BlockTree,
  platforms: Platforms,
  now: Date,
  report: CheckContext['report'],
): void {
  const { request } = tree;
  if (request === undefined) return;
  const catalog = catalogOf(tree, platforms);
  const named = connectionOf(tree);
  // A connection that does not exist is reported as `unknown-connection`.
  if (named !== undefined && platforms.connections !== undefined && platforms.connection(named) === undefined)
    return;
  const where = request.target.module.length > 0 ? request.target.module : request.target;
  if (catalog === undefined) {
    report(
      'no-metadata',
      where,
      'No metadata has been fetched yet, so modules and fields can’t be completed or checked.',
      { next: 'first-metadata' },
    );
    return;
  }
  const age = (now.getTime() - Date.parse(catalog.metadata.fetchedAt)) / 86_400_000;
  if (age > STALE_AFTER_DAYS) {
    report(
      'stale-metadata',
      where,
      `The metadata was fetched ${Math.floor(age)} days ago. Fields may have changed since.`,
      { next: 'refresh-metadata' },
    );
  }
}
