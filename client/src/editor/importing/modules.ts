/** The modules that records can be imported into, with their fields. */
import type { Connection } from '#core/connections/connection';
import { Catalog, type ModuleInfo } from '#language';
import type { ImportParts } from './parts';

/** Asks the platform where the names are not known. Throws an `ApiError`. */
export async function moduleNames(
  connection: Connection,
  { metadata }: ImportParts,
): Promise<readonly string[]> {
  await metadata.modules(connection);
  const known = metadata.of(connection);
  return known === undefined ? [] : new Catalog(known).moduleNames;
}

/** Undefined where the platform has no such module. Throws an `ApiError`. */
export async function moduleNamed(
  name: string,
  connection: Connection,
  { metadata }: ImportParts,
): Promise<ModuleInfo | undefined> {
  await metadata.modules(connection);
  const find = () => {
    const known = metadata.of(connection);
    return known === undefined ? undefined : new Catalog(known).module(name)?.info;
  };
  const found = find();
  if (found === undefined || found.fields !== undefined) return found;
  await metadata.fields(connection, found.name);
  return find();
}
