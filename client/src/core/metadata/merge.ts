/** Merges two readings of the same platform's metadata, as several windows share a cache file. */
import { ByName, type Metadata, type ModuleInfo } from '#language';

/** ISO texts compare by time; a missing time counts as the oldest. */
const newer = (a: string | undefined, b: string | undefined): boolean => (a ?? '') > (b ?? '');

/** Takes the later list of modules, for each module the fields that were fetched last, and the last check of the platform. */
export function mergeMetadata(one: Metadata, other: Metadata): Metadata {
  const [later, earlier] = newer(other.fetchedAt, one.fetchedAt) ? [other, one] : [one, other];
  const before = new ByName(earlier.modules);
  const pick = (module: ModuleInfo): ModuleInfo => {
    const known = before.get(module.name);
    const takes =
      known?.fields !== undefined &&
      (module.fields === undefined || newer(known.fetchedAt, module.fetchedAt));
    return takes ? { ...known, name: module.name } : module;
  };
  const platform = newer(earlier.platform?.checkedAt, later.platform?.checkedAt)
    ? earlier.platform
    : later.platform;
  return {
    ...later,
    modules: later.modules.map(pick),
    ...(platform === undefined ? {} : { platform }),
  };
}
