/** Finds the values that an expectation is about. */
import type { PathPart } from '#language';
import { memberNamed } from '../text/names';
import { hasMembers } from '../values/kind-of';

/** A value, and its place when there are several; or why there is none. */
export type Found =
  | { readonly there: true; readonly value: unknown; readonly where: string }
  | { readonly there: false; readonly why: string; readonly where: string };

/** Returns what the path leads to: one value, or with `[*]` one for each element. Members match in any case. */
export function follow(root: unknown, path: readonly PathPart[], name: string): Found[] {
  let found: Found[] = [{ there: true, value: root, where: '' }];
  let written = name;
  for (const part of path) {
    const at = written;
    found = found.flatMap((each) => (each.there ? step(each.value, part, at, each.where) : [each]));
    written += typeof part === 'string' ? `.${part}` : isIndex(part) ? `[${part}]` : '[*]';
  }
  return found;
}

const isIndex = (part: PathPart): part is number => Number.isInteger(part);

function step(value: unknown, part: PathPart, at: string, where: string): Found[] {
  const missing = (why: string): Found[] => [{ there: false, why, where }];
  if (typeof part === 'string') {
    if (!hasMembers(value)) return missing(`${nameOf(at)} has no members`);
    const member = memberNamed(value, part);
    return member === undefined
      ? missing(`${nameOf(at)} has no ${part}`)
      : [{ there: true, value: member.value, where }];
  }
  if (!Array.isArray(value)) return missing(`${nameOf(at)} is not a list`);
  const list = value as readonly unknown[];
  if (!isIndex(part))
    return list.map((each, index) => ({
      there: true,
      value: each,
      where: `${where === '' ? '' : `${where}, `}${at === 'results' ? 'record' : 'element'} ${index}`,
    }));
  const records = at === 'results';
  return part < list.length
    ? [{ there: true, value: list[part], where }]
    : missing(
        list.length === 0
          ? `there are no ${records ? 'records' : 'elements'}`
          : `there ${list.length === 1 ? 'is' : 'are'} only ${list.length} ${records ? (list.length === 1 ? 'record' : 'records') : list.length === 1 ? 'element' : 'elements'}`,
      );
}

const nameOf = (path: string): string =>
  path === 'body' ? 'the answer' : /^results\[(?:\d+|\*)\]$/.test(path) ? 'the record' : path;
