/** `long-address`: an address above the length that the platform is known to take. */
import { longestAddress } from '../analysis/paging';
import { buildRequest } from '../request/build';
import { addressLength, shortened } from '../request/wire';
import type { Check } from './check';

export const checkLength: Check = ({ model, symbols, evaluation, report }) => {
  const most = longestAddress(model.traits);
  const { tree, platforms, catalog } = model;
  if (!Number.isFinite(most) || tree.request === undefined || catalog === undefined) return;
  const built = buildRequest(tree, symbols, platforms, { ...evaluation, withPlaces: true });
  if (!built.ok) return;
  const length = addressLength(catalog.root, shortened(built.request, catalog.root, model.traits));
  if (length > most)
    report(
      'long-address',
      tree.request.target,
      `The address has ${length} characters, and this platform takes at most ${most}. Ask for fewer fields or conditions, or split the request into several.`,
    );
};
