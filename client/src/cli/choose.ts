/** Finds the requests of a file that `--request` means. */
import { nameKey, ownName } from '#core/text/names';
import type { RequestInfo } from '#language';
import { Exit, usage } from './exit';

/** By name, title or index; a whole title in any case takes precedence over a part of one. */
export function choose(
  requests: readonly RequestInfo[],
  which: string | undefined,
  path: string,
): readonly RequestInfo[] {
  const [first] = requests;
  if (first === undefined) throw new Exit(1, `${path} holds no request.`);
  if (which === undefined) return [first];
  if (which === 'all') return requests;
  const found = matching(requests, which);
  if (found.length === 1) return found;
  const list = requests.map(
    ({ index, title, name }) =>
      `  ${index}  ${title || '(no title)'}${name === undefined ? '' : `  [${name}]`}`,
  );
  throw usage(
    `${found.length === 0 ? 'No request is' : 'Several requests are'} called “${which}”. There are:\n${list.join('\n')}`,
  );
}

function matching(requests: readonly RequestInfo[], which: string): RequestInfo[] {
  const wanted = nameKey(which);
  const exact = requests.filter(({ name, title }) => name === ownName(which) || nameKey(title) === wanted);
  if (exact.length > 0) return exact;
  return /^\d+$/.test(which)
    ? requests.filter(({ index }) => index === Number(which))
    : requests.filter(({ title }) => nameKey(title).includes(wanted));
}
