/** Finds a request again in a file that may have been edited since it ran. */
import type { RequestInfo } from '#language';
import { nameKey } from '../text/names';
import type { Prepared } from './prepare';
import type { QueryFile } from './query-file';

/** Returns the text of a request without its title. */
export const requestText = ({ parsed }: QueryFile, { span }: RequestInfo): string =>
  parsed.text.slice(span.offset, span.offset + span.length).replace(/^###[^\n]*\n?/, '');

/**
 * Returns the same request in the current version of the file: by its text, else by name, title, method and module;
 * where several share these, by its index if there are as many requests as before. Returns undefined in doubt, as a
 * wrong request must not run or be edited.
 */
export function sameRequest(
  now: QueryFile,
  { file: before, request }: Pick<Prepared, 'file' | 'request'>,
): RequestInfo | undefined {
  const alike = now.requests.filter(
    ({ name, title, method, module }) =>
      name === request.name &&
      title === request.title &&
      method === request.method &&
      nameKey(module) === nameKey(request.module),
  );
  const here = alike.find(({ index }) => index === request.index);
  const text = requestText(before, request);
  const exact = alike.filter((each) => requestText(now, each) === text);
  if (exact.length > 0) return here !== undefined && exact.includes(here) ? here : exact[0];
  if (before.requests.length === now.requests.length) return here;
  // Leaves out what was another request before.
  const others = new Set(
    before.requests.filter(({ index }) => index !== request.index).map((each) => requestText(before, each)),
  );
  const left = alike.filter((each) => !others.has(requestText(now, each)));
  return left.length === 1 ? left[0] : undefined;
}
