/** The request that fetches related records. */
import { PAGE_SIZE, type PlatformTraits, quotedForSending, type WireRequest } from '#language';
import type { ApiRecord } from '../results/read-page';
import { idsOf, JOINT, type Relation } from '../results/relations';
import { batchesOfValues, batchRequest, filtering } from './id-batches';

/** The platform it is sent to. */
interface Target {
  readonly connection: { readonly root: string };
  readonly traits: PlatformTraits;
}

/** A request, and how many of the IDs that the record names it asks for. */
interface RelatedRequest {
  readonly wire: WireRequest;
  readonly asked: number;
  readonly of: number;
}

/** Returns undefined where the record has no ID, or one that the platform has no way to write. */
export function relatedRequest(
  record: ApiRecord,
  relation: Relation,
  target: Target,
): RelatedRequest | undefined {
  const { module, direction, field, combined } = relation;
  const ids = idsOf(record, relation);
  const [first] = ids;
  if (first === undefined) return undefined;
  if (direction === 'namedBy' && combined !== undefined) {
    const wire = partRequest(module, first, combined, target.traits);
    return wire && { wire, asked: 1, of: 1 };
  }
  const wanted = { module, field: direction === 'names' ? 'ID' : field };
  // A record that names more than fit into a page shows the first of them.
  const [asked = [first]] = batchesOfValues(wanted, ids.slice(0, PAGE_SIZE), target);
  const wire = batchRequest(wanted, asked, target.traits);
  return wire && { wire, asked: asked.length, of: ids.length };
}

function partRequest(
  module: string,
  id: string,
  part: 'first' | 'last',
  traits: PlatformTraits,
): WireRequest | undefined {
  const value = quotedForSending(part === 'first' ? `${id}${JOINT}` : `${JOINT}${id}`, traits);
  if (value === undefined) return undefined;
  const filter = `${part === 'first' ? 'startswith' : 'endswith'}(ID,${value})`;
  return { method: 'GET', module, query: [filtering(filter)] };
}
