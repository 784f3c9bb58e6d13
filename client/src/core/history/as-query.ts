/** A request that was sent, as the query that sends it again. */
import {
  applyEdits,
  LanguageService,
  pathOf,
  type WireRequest,
} from '../../../../server/src/language/service';

/** Values that were filled in stand as they were sent. `connection` is a name, or undefined for the one in use. */
export function asQuery(request: WireRequest, title: string, root: string, connection?: string): string {
  const { method, module, id, query, body, endpoint = 'data' } = request;
  const plain = (text: string) => text.replace(/\s+/g, ' ').trim();
  const lines = [
    `### ${plain(title)}`,
    ...(connection === undefined ? [] : [`# @connection ${plain(connection)}`]),
    ...(endpoint === 'data'
      ? [
          `${method} ${module}${id === undefined ? '' : `/${encodeURIComponent(id)}`}`,
          ...query.map(({ name, value }) => `${name} = ${plain(value)}`),
          ...(body === undefined ? [] : [body]),
        ]
      : [`${method} ${root}${pathOf(request)}`]),
  ];
  const text = `${lines.join('\n')}\n`;
  const service = new LanguageService();
  return applyEdits(text, service.format(service.parse(text)));
}
