/** `other-host` and `secret-in-file`: problems that a pasted address brings along. */
import { substitute } from '../analysis/evaluate';
import { foreignPart, namedPlatform } from '../analysis/named-platform';
import { isSecretName } from '../text/secret-names';
import { textOf } from '../text/span';
import type { Check } from './check';
import { clauseRemoval } from './check';

export const checkAddress: Check = ({ model, symbols, evaluation, report }) => {
  const target = model.tree.request?.target;
  const root = model.catalog?.root;
  if (target !== undefined && root !== undefined) {
    const named = namedPlatform(target, model.tree.text, (base) => substitute(base, symbols, evaluation));
    const foreign = named === undefined ? undefined : foreignPart(named, root);
    if (foreign !== undefined)
      report('other-host', target[foreign.part] ?? target.site ?? target, foreign.message);
  }
  for (const clause of target?.query ?? []) {
    if (isSecretName(clause.name.text) && clause.valueSpan.length > 0) {
      const written = textOf(model.tree.text, clause.valueSpan).replace(/\{\{[^{}]*\}\}/g, '');
      report(
        'secret-in-file',
        clause,
        'A password or key does not belong in a file. Remove it here, change it if others could have seen it, and give it to the connection (APQ: Add Connection).',
        {
          // A variable may be asked for, and then no key is in the file.
          ...(written === '' ? { severity: 'warning' } : {}),
          fixes: [clauseRemoval(model.tree, clause, 'Remove it from the file')],
        },
      );
    }
  }
};
