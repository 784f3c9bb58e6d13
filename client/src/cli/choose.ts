/** Finds the requests of a file that `--request` or `--line` means. */
import { type QueryFile, structure } from '#core/running/query-file';
import { nameKey, ownName } from '#core/text/names';
import type { RequestInfo } from '#language';
import { Exit, usage } from './exit';

/**
 * By name, title or index, each once, in the order of the file; the first where `which` is empty. A whole title in any case
 * takes precedence over a part of one.
 */
export function choose({ id, requests }: QueryFile, which: readonly string[]): readonly RequestInfo[] {
  const [first] = requests;
  if (first === undefined) throw new Exit(1, `${id} holds no request.`);
  if (which.length === 0) return [first];
  if (which.includes('all')) return requests;
  const chosen = new Set(which.map((each) => chooseOne(requests, each)));
  return requests.filter((each) => chosen.has(each));
}

function chooseOne(requests: readonly RequestInfo[], which: string): RequestInfo {
  const [found, another] = matching(requests, which);
  if (found !== undefined && another === undefined) return found;
  const list = requests.map(
    ({ index, title, name }) =>
      `  ${index}  ${title || '(no title)'}${name === undefined ? '' : `  [${name}]`}`,
  );
  throw usage(
    `${found === undefined ? 'No request is' : 'Several requests are'} called “${which}”. There are:\n${list.join('\n')}`,
  );
}

/**
 * The request in which the line is, counted from 1: so any editor can run the one under its cursor. As there, it is the
 * next request for a line above the first one.
 */
export function requestAtLine({ id, parsed }: QueryFile, line: number): RequestInfo {
  const last = parsed.positions.positionAt(Number.MAX_SAFE_INTEGER).line + 1;
  if (line > last)
    throw usage(`${id} has ${last} lines, so --line ${line} is behind its end. Is the file saved?`);
  const found = structure.requestAt(parsed, parsed.positions.offsetAt({ line: line - 1, character: 0 }));
  if (found === undefined)
    throw usage(
      `No request is at line ${line} of ${id}. Name a line of a request, or choose one with --request.`,
    );
  return found;
}

function matching(requests: readonly RequestInfo[], which: string): RequestInfo[] {
  const wanted = nameKey(which);
  const exact = requests.filter(({ name, title }) => name === ownName(which) || nameKey(title) === wanted);
  if (exact.length > 0) return exact;
  return /^\d+$/.test(which)
    ? requests.filter(({ index }) => index === Number(which))
    : requests.filter(({ title }) => nameKey(title).includes(wanted));
}
