/**
 * What well-known modules and fields are, in a sentence each. Only what the API's guide, or the name itself, says for
 * sure; a platform's own description comes first where it has one.
 */
import { nameKey } from '../text/names';
import { FIELDS, IN_MODULE } from './field-sentences';
import { COMMON_MODULES, MODULES } from './module-sentences';

const byKey = (rows: Readonly<Record<string, string>>): ReadonlyMap<string, string> =>
  new Map(Object.entries(rows).map(([name, sentence]) => [nameKey(name), sentence]));

const ofModules = byKey(MODULES);
const ofFields = byKey(FIELDS);
const ofFieldsInModule = byKey(IN_MODULE);

/** Returns what a well-known module is, in one sentence. */
export const describeModule = (name: string): string | undefined => ofModules.get(nameKey(name));

/** Returns what a well-known field is, in one sentence: its platform's own, if it has one, or ours. */
export function describeField(
  module: string,
  { name, description }: { readonly name: string; readonly description?: string },
): string | undefined {
  const own = description?.trim() ?? '';
  if (own !== '') return own;
  return ofFieldsInModule.get(nameKey(`${module}.${name}`)) ?? ofFields.get(nameKey(name));
}

const places: ReadonlyMap<string, number> = new Map(
  COMMON_MODULES.map((name, place) => [nameKey(name), place]),
);

/** Returns the place of a module among the common ones, from 0; that behind the last for all others. */
export const commonness = (name: string): number => places.get(nameKey(name)) ?? COMMON_MODULES.length;

/** Returns modules with the common ones first, the others in the order that they had. */
export const commonModulesFirst = <Module extends { readonly name: string }>(
  modules: readonly Module[],
): Module[] =>
  modules
    .map((module) => ({ module, place: commonness(module.name) }))
    .sort((one, other) => one.place - other.place)
    .map(({ module }) => module);

/** All that is described, for its test. */
export const DESCRIBED = { MODULES, FIELDS, IN_MODULE };
