/** What a file sends. */
import type { ApqDocument, RequestInfo } from '#language';
import { sqlTokens } from '#language/syntax/sql/tokens';
import { serviceWith } from '../../language/support/language';

const service = serviceWith();

/** What each request sends, or why it can't. */
export function sent(text: string): unknown[] {
  const document = service.parse(text);
  return service.requests(document).map((request) => {
    if (request.sql !== undefined) return asked(document, request);
    const built = service.build(document, request);
    return built.ok ? built.request : built.problems.map(({ reason }) => reason);
  });
}

/** What a SQL request asks the engine: its statement without layout, and the values of its parameters. */
function asked(document: ApqDocument, request: RequestInfo): unknown {
  const built = service.buildSql(document, request);
  if (!built.ok) return built.problems.map(({ reason }) => reason);
  const { text, values } = built.query;
  const tokens = sqlTokens(text, 0, text.length).filter(({ kind }) => kind !== 'comment');
  return [tokens.map(({ kind, text: token }) => [kind, token]), values];
}
