/** Where what comes of each request goes: to one file, or to a file for each request. */
import { extname } from 'node:path';
import type { RequestInfo } from '#language';

/** So that no name is too long for a file system. */
const LONGEST = 60;

/**
 * Returns the path for each request, by its index; empty for standard output (an `output` of undefined). `each`: a file
 * for each request, `out-title.csv`.
 */
export function outputNames(
  output: string | undefined,
  each: boolean,
  chosen: readonly RequestInfo[],
): ReadonlyMap<number, string> {
  const names = new Map<number, string>();
  if (output === undefined) return names;
  const taken = new Set<string>();
  for (const one of chosen) {
    const name = each ? freeName(output, slugOf(one), taken) : output;
    taken.add(name);
    names.set(one.index, name);
  }
  return names;
}

const slugOf = ({ title, name, index }: RequestInfo): string =>
  [title, name ?? ''].map(slug).find((text) => text !== '') ?? String(index);

const slug = (text: string): string =>
  [
    ...text
      .normalize('NFC')
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, '-'),
  ]
    .slice(0, LONGEST)
    .join('')
    .replace(/^-|-$/g, '');

function freeName(output: string, wanted: string, taken: ReadonlySet<string>): string {
  const extension = extname(output);
  const stem = `${output.slice(0, output.length - extension.length)}-${wanted}`;
  let name = `${stem}${extension}`;
  for (let number = 2; taken.has(name); number++) name = `${stem}-${number}${extension}`;
  return name;
}
