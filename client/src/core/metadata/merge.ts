/** Two readings of the same platform's metadata as one: several windows share a cache file. */
import { ByName, type Metadata, type ModuleInfo } from '#language';

/** ISO texts compare by time; no time at all is older than any. */
const newer = (a: string | undefined, b: string | undefined): boolean => (a ?? '') > (b ?? '');

/** The later list of modules; of each module the fields that were fetched last. */
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
  return { ...later, modules: later.modules.map(pick) };
}
