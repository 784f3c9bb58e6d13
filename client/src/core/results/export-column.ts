/** The columns of a file, with what is known of their types: the same for every format that has types. */
import type { FieldType } from '#language';
import { ByName } from '../text/names';

export interface ExportColumn {
  readonly name: string;
  /** `unknown` where no metadata tell it. */
  readonly type: FieldType;
  /** Worked out by a SQL request: a double with all its noise, of which no digit was sent. */
  readonly computed?: boolean;
  /** Its numbers may have a fraction, also where none of these has one. */
  readonly real?: boolean;
}

/**
 * Gives columns the types of the fields whose names they have. `isSql`: they come from a SQL request, whose columns
 * without a type are worked out.
 */
export function exportColumns(
  names: readonly string[],
  fields: readonly ExportColumn[],
  isSql = false,
): ExportColumn[] {
  const known = new ByName(fields);
  return names.map((name) => {
    const { type, real = false } = known.get(name) ?? { type: 'unknown' };
    if (!isSql || type !== 'unknown') return { name, type };
    return { name, type, computed: true, ...(real && { real }) };
  });
}

/** Whether a column holds IDs, which are texts for the API. */
export const isIdName = (name: string): boolean => /(?:^|[\p{Ll}_ ])I[Dd]$|^id$/u.test(name);
