/** Turns a request that was sent into a query that sends it again. */
import { applyEdits, LanguageService, pathOf, type WireRequest } from '#language';
import { JSON_BRACE, writeBraces, writeClause } from '../text/braces';
import { singleSpaced } from '../text/foreign-text';

/**
 * Values that were filled in are written as they were sent: nothing in them is a variable, or begins another request.
 * `connection` is a name, or undefined for the one in use; each comment is one line.
 */
export function asQuery(
  request: WireRequest,
  title: string,
  root: string,
  connection?: string,
  comments: readonly string[] = [],
): string {
  const { method, module, id, query, body, endpoint = 'data' } = request;
  // Braces that were sent are not variables: here a variable holds one, and JSON has an escape for it.
  const braces = query.some(({ value }) => value.includes('{{'));
  const sent = (value: string) => writeClause(value, () => '{{brace}}');
  const lines = [
    ...(braces ? ['@brace = {', ''] : []),
    `### ${singleSpaced(title)}`,
    ...(connection === undefined ? [] : [`# @connection ${singleSpaced(connection)}`]),
    ...comments.map((comment) => `# ${singleSpaced(comment)}`),
    ...(endpoint === 'data'
      ? [
          `${method} ${module}${id === undefined ? '' : `/${encodeURIComponent(id)}`}`,
          ...query.map(({ name, value }) => `${name} = ${sent(value)}`),
          ...(body === undefined ? [] : [writeBraces(body, () => JSON_BRACE)]),
        ]
      : [`${method} ${root}${pathOf(request)}`]),
  ];
  const text = `${lines.join('\n')}\n`;
  const service = new LanguageService();
  return applyEdits(text, service.format(service.parse(text)));
}
