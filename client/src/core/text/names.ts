/** Names of members, modules, fields and connections: which are the same, and what an object has under one. */
import { nameKey } from '#language/text/names';

export { ByName, nameKey, ownName } from '#language/text/names';
export { nearest } from '#language/text/nearest';
export { ownValue } from '#language/text/own-value';

/** The member of that name, else the first whose name is the same to a reader. Undefined where there is none. */
export function memberNamed(object: object, name: string): { readonly value: unknown } | undefined {
  const key = nameKey(name);
  const found = Object.hasOwn(object, name)
    ? name
    : Object.keys(object).find((each) => nameKey(each) === key);
  if (found === undefined) return undefined;
  const value: unknown = Reflect.get(object, found);
  return { value };
}
