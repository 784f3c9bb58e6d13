/** Two values in one, as in `Cost 500-1000`: which ends of a range they are. */
import type { FieldInfo } from '../catalog/catalog';
import { endsIn } from '../syntax/filter-ranges';
import type { Comparison, Range, Value } from '../syntax/nodes';
import { comparisonOf, synonymOf } from '../vocabulary/filter-words';
import type { FilterMeaning } from './filter-meaning';
import { readValue } from './filter-values';

const RANGED: ReadonlySet<FieldInfo['type']> = new Set(['integer', 'decimal', 'datetime', 'date']);

/** The range that a comparison with a number or a date stands for; undefined where its value is one, or can’t be read. */
export function rangeIn(
  {
    operator,
    value,
    field,
    ...where
  }: Pick<Comparison, 'operator' | 'value' | 'field' | 'offset' | 'length'>,
  meaning: FilterMeaning,
): Range | undefined {
  const info = meaning.field(field.text);
  if (value === undefined || value.references.length > 0 || value.form === 'number') return undefined;
  if (info === undefined || !RANGED.has(info.type) || !isEquality(operator?.text)) return undefined;
  const ends = endsIn(value.text);
  if (ends === undefined || readValue(value, { field: info, operator: 'eq', meaning }).kind !== 'none')
    return undefined;
  const [low, high] = ends.map((text): Value => ({ ...value, form: 'text', text, written: undefined }));
  if (low === undefined || high === undefined) return undefined;
  return {
    kind: 'between',
    field,
    operator: operator ?? { offset: field.offset, length: field.length, text: 'between', references: [] },
    low,
    high,
    offset: where.offset,
    length: where.length,
  };
}

const isEquality = (operator: string | undefined): boolean =>
  operator === undefined ||
  /^(?:is )?between$/i.test(operator) ||
  (comparisonOf(operator) ?? synonymOf(operator)) === 'eq';
