/** `other-host` and `secret-in-file`: what a pasted address carries along. */
import type { Check } from './check';
import { clauseRemoval } from './check';

const SECRETS = /^(?:password|access_token|refresh_token|api[_-]?key|apikey|key|token|client_secret)$/i;

export const checkAddress: Check = ({ model, report }) => {
  const { host, site, query } = model.tree.request?.target ?? {};
  const root = /^https?:\/\/([^/]*)(?:\/([^/]*))?/i.exec(model.catalog?.root ?? '');
  if (host !== undefined && host.references.length === 0 && root !== null) {
    const written = host.text.replace(/^https?:\/\//i, '').toLowerCase();
    const connected = root[1]?.toLowerCase() ?? '';
    if (written !== connected) {
      report(
        'other-host',
        host,
        `This address names ${written}, but requests go to the chosen connection only: ${connected}. Choose another connection, if that is what you mean.`,
      );
    } else if (
      site !== undefined &&
      site.references.length === 0 &&
      root[2] !== undefined &&
      site.text.toLowerCase() !== root[2].toLowerCase()
    ) {
      report(
        'other-host',
        site,
        `This address names the site “${site.text}”, but the request goes to the chosen connection’s: “${root[2]}”. Choose another connection, if that is what you mean.`,
      );
    }
  }
  for (const clause of query ?? []) {
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
