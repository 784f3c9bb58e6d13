/** The values that a field is known to have: those that were learnt from answers, then others of the metadata. */
import type { Catalog, CatalogModule, FieldInfo } from '../catalog/catalog';
import { nameKey } from '../text/names';

/** A value in the spelling of the API. */
export interface FieldValue {
  readonly value: string;
  /** How often it came, as `in 312 of 1,000 records`, `… seen in part` where a condition chose them, or `seen before` in other answers; undefined where that is not known. */
  readonly often?: string;
}

/** Each once, the most frequent first. */
export function knownValues(
  { known }: Pick<Catalog, 'known'>,
  module: CatalogModule,
  field: FieldInfo,
): FieldValue[] {
  const learnt = known.field(module.name, field.name);
  const seen = learnt?.values ?? [];
  const records = counted(learnt?.records ?? 0);
  const where = learnt?.part === true ? ', seen in part' : '';
  const had = new Set(seen.map(({ value }) => nameKey(value)));
  return [
    ...seen.map(({ value, count }) => ({
      value,
      often: count === 0 ? 'seen before' : `in ${counted(count)} of ${records} records${where}`,
    })),
    ...(field.values ?? []).filter((value) => !had.has(nameKey(value))).map((value) => ({ value })),
  ];
}

/** The keys of the known values of a field, by its name; none where it is not known. */
export function knownKeys(
  { catalog, module }: { readonly catalog: Catalog | undefined; readonly module: CatalogModule | undefined },
  name: string,
): ReadonlySet<string> {
  const field = module?.field(name);
  if (catalog === undefined || module === undefined || field === undefined) return new Set();
  return new Set(knownValues(catalog, module, field).map(({ value }) => nameKey(value)));
}

/** Whether any are known. */
export const hasKnownValues = (
  catalog: Catalog | undefined,
  module: CatalogModule | undefined,
  field: FieldInfo,
): boolean =>
  field.values !== undefined ||
  (module !== undefined && catalog?.known.field(module.name, field.name) !== undefined);

const counted = (count: number): string => count.toLocaleString('en-GB');
