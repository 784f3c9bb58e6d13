/** Which words of a SQL statement name tables: the requests of the file by their `# @name`. */
import type { Sql } from '../../syntax/nodes';
import type { SqlCte, SqlName, SqlQueryNode, SqlSource } from '../../syntax/sql/nodes';
import { sqlTreeOf } from '../../syntax/sql/parser';

/** The same key for names that are the same to SQLite: it knows the case of ASCII letters only. */
export const sqlKey = (name: string): string =>
  name.normalize('NFC').replace(/[A-Z]+/g, (letters) => letters.toLowerCase());

/** Whether the engine keeps a name of a table for itself. */
export const isOfEngine = (name: string): boolean => /^sqlite_/i.test(name);
/** Why no request can have such a name. */
export const OF_ENGINE = 'No table can have a name that begins with “sqlite_”. Choose another name.';

/** The CTE of that name that a query sees: its own, else one of the queries around it. */
function cteNamed(name: string, within: SqlQueryNode | undefined): SqlCte | undefined {
  const key = sqlKey(name);
  for (let query = within; query !== undefined; query = query.around) {
    const found = query.ctes.length === 0 ? undefined : ctesOf(query).get(key);
    if (found !== undefined) return found;
  }
  return undefined;
}

const ctes = new WeakMap<SqlQueryNode, ReadonlyMap<string, SqlCte>>();

/** The first of each name. */
function ctesOf(query: SqlQueryNode): ReadonlyMap<string, SqlCte> {
  let byKey = ctes.get(query);
  if (byKey === undefined) {
    byKey = new Map(query.ctes.toReversed().map((cte) => [sqlKey(cte.name.text), cte]));
    ctes.set(query, byKey);
  }
  return byKey;
}

/** The CTE that stands behind `from`; undefined for a table. */
export const cteOf = ({ kind, schema, name, within }: SqlSource): SqlCte | undefined =>
  kind === 'table' && schema === undefined && name !== undefined ? cteNamed(name.text, within) : undefined;

const words = new WeakMap<object, readonly SqlName[]>();

/** The words that name tables, in the order in which they are read: neither CTEs nor functions. */
export function tableWords(sql: Pick<Sql, 'tokens' | 'offset'>): readonly SqlName[] {
  let found = words.get(sql);
  if (found === undefined) {
    found = sqlTreeOf(sql).sources.flatMap((source) =>
      source.kind === 'table' && source.name !== undefined && cteOf(source) === undefined
        ? [source.name]
        : [],
    );
    words.set(sql, found);
  }
  return found;
}

/** The names of a file by their keys, for as long as the map itself. */
const keys = new WeakMap<ReadonlyMap<string, unknown>, Map<string, string>>();

/** The request that a word of a statement names: of that name exactly, else in another case, as SQL has it. */
export function tableNamed<T>(word: string, requests: ReadonlyMap<string, T>): [string, T] | undefined {
  let names = keys.get(requests);
  if (names === undefined) {
    names = new Map();
    for (const name of requests.keys()) if (!names.has(sqlKey(name))) names.set(sqlKey(name), name);
    keys.set(requests, names);
  }
  const exact = word.normalize('NFC');
  const name = requests.has(exact) ? exact : names.get(sqlKey(word));
  const found = name === undefined ? undefined : requests.get(name);
  return name === undefined || found === undefined ? undefined : [name, found];
}
