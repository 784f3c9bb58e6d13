/** `other-host`: a pasted address brings its host along. */
import { substitute } from '../analysis/evaluate';
import { foreignPart, namedPlatform } from '../analysis/named-platform';
import type { Check } from './check';

export const checkAddress: Check = ({ model, symbols, evaluation, report }) => {
  const target = model.tree.request?.target;
  const root = model.catalog?.root;
  if (target !== undefined && root !== undefined) {
    const named = namedPlatform(target, model.tree.text, (base) => substitute(base, symbols, evaluation));
    const foreign = named === undefined ? undefined : foreignPart(named, root);
    if (foreign !== undefined)
      report('other-host', target[foreign.part] ?? target.site ?? target, foreign.message, {
        next: 'choose-platform',
        about: foreign.name,
      });
  }
};
