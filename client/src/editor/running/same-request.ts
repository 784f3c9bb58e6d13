/** Finding a request again in a file that may have been edited since. */
import type { ApqDocument, LanguageService, RequestInfo } from '#language';

/** A request as it was run. */
interface AsRun {
  readonly language: LanguageService;
  readonly parsed: ApqDocument;
  readonly request: RequestInfo;
}

/** Without its title, which is compared by itself. */
const textOf = (parsed: ApqDocument, { span }: RequestInfo): string =>
  parsed.text.slice(span.offset, span.offset + span.length).replace(/^###[^\n]*\n?/, '');

/**
 * The same request in what the file is now: by its text, else by name, title, method and module, and where several
 * have these, by its place, as long as there are as many requests as before. Undefined where nobody can tell: a wrong
 * one must not run or be edited.
 */
export function sameRequest(
  now: ApqDocument,
  requests: readonly RequestInfo[],
  { language, parsed, request }: AsRun,
): RequestInfo | undefined {
  const alike = requests.filter(
    ({ name, title, method, module }) =>
      name === request.name &&
      title === request.title &&
      method === request.method &&
      module.toLowerCase() === request.module.toLowerCase(),
  );
  const here = alike.find(({ index }) => index === request.index);
  const text = textOf(parsed, request);
  const exact = alike.filter((each) => textOf(now, each) === text);
  if (exact.length > 0) return here !== undefined && exact.includes(here) ? here : exact[0];
  const before = language.requests(parsed);
  if (before.length === requests.length) return here;
  // One that stood beside it is another one.
  const others = new Set(
    before.filter(({ index }) => index !== request.index).map((each) => textOf(parsed, each)),
  );
  const left = alike.filter((each) => !others.has(textOf(now, each)));
  return left.length === 1 ? left[0] : undefined;
}
