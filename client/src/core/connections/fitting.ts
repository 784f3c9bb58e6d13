/** Finds the connection that an address means. */
import { foreignPart, type NamedPlatform } from '#language';
import type { Connection } from './connection';

/**
 * Returns the one of `all` on the platform that an address names; undefined where none is, or several are. An address
 * that names a site only means that of `own`'s host.
 */
export function fittingConnection(
  named: NamedPlatform,
  all: readonly Connection[],
  own: Connection,
): Connection | undefined {
  const { host = new URL(own.root).host, site } = named;
  const [found, another] = all.filter(({ root }) => foreignPart({ host, site }, root) === undefined);
  return another === undefined ? found : undefined;
}
