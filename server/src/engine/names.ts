/** Names of tables and columns, as statements write them and as results have them. */

/** In quotes, so that any name is one: `select`, `a"b`, an empty one. */
export const quoted = (name: string): string => `"${name.replaceAll('\0', '\ufffd').replaceAll('"', '""')}"`;

/** Two names that SQL takes for one have the same key. */
export const sqlNameKey = (name: string): string => name.toLowerCase();

/**
 * Names that differ without regard to case, as SQL needs them: a later `ID` becomes `ID_2`, an empty name `column_1` by its
 * place.
 */
export function uniqueNames(names: readonly string[]): string[] {
  const written = new Set(names.map(sqlNameKey));
  const taken = new Set<string>();
  return names.map((name, index) => {
    const own = name === '' ? `column_${index + 1}` : name;
    let unique = own;
    for (let count = 2; taken.has(sqlNameKey(unique)); count++) {
      // A name that another column has as its own stays with that one.
      do unique = `${own}_${count}`;
      while (written.has(sqlNameKey(unique)) && count++ > 0);
    }
    taken.add(sqlNameKey(unique));
    return unique;
  });
}
