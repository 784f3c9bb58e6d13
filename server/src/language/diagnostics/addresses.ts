/** `other-host` and `secret-in-file`: problems that a pasted address brings along. */
import type { Target } from '../syntax/nodes';
import type { Span } from '../text/span';
import type { Check } from './check';
import { clauseRemoval } from './check';

const SECRETS = /^(?:password|access_token|refresh_token|api[_-]?key|apikey|key|token|client_secret)$/i;

/** Where an address names a host or site other than the connection's, and the message about it. */
export function foreignHost(
  target: Target | undefined,
  connection: string,
): { readonly where: Span; readonly message: string } | undefined {
  const { host, site } = target ?? {};
  const root = /^https?:\/\/([^/]*)(?:\/([^/]*))?/i.exec(connection);
  if (host === undefined || host.references.length > 0 || root === null) return undefined;
  const written = host.text.replace(/^https?:\/\//i, '').toLowerCase();
  const connected = root[1]?.toLowerCase() ?? '';
  if (written !== connected)
    return {
      where: host,
      message: `This address names ${written}, but requests go only to the chosen connection: ${connected}. If you mean ${written}, choose another connection.`,
    };
  const same = root[2] === undefined || site?.text.toLowerCase() === root[2].toLowerCase();
  if (site === undefined || site.references.length > 0 || same) return undefined;
  return {
    where: site,
    message: `This address names the site “${site.text}”, but requests go only to the chosen connection’s site: “${root[2] ?? ''}”. If you mean “${site.text}”, choose another connection.`,
  };
}

export const checkAddress: Check = ({ model, report }) => {
  const target = model.tree.request?.target;
  const foreign = foreignHost(target, model.catalog?.root ?? '');
  if (foreign !== undefined) report('other-host', foreign.where, foreign.message);
  for (const clause of target?.query ?? []) {
    if (SECRETS.test(clause.name.text) && clause.valueSpan.length > 0) {
      report(
        'secret-in-file',
        clause,
        'A password or key does not belong in a file. Remove it here, change it if others could have seen it, and give it to the connection (APQ: Add Connection).',
        {
          fixes: [clauseRemoval(model.tree, clause, 'Remove it from the file')],
        },
      );
    }
  }
};
