/** A statement of SQL on one table as the clauses of a GET; what the API has nothing for is none. */
import { keywordSlips } from '../../syntax/sql/slips';
import { sqlTokens } from '../../syntax/sql/tokens';
import { applyEdits, type Span, textOf } from '../../text/span';

/** The request that asks the same. */
interface StatementClauses {
  /** As written, perhaps several words. */
  readonly table: string;
  /** Its lines, for the module. */
  readonly write: (module: string) => string[];
}

const PARTS = 'from|where|order by|limit|group by|having|union|except|intersect|join|offset|fetch';
const PART = new RegExp(`(?<![^\\s)])(${PARTS.replaceAll(' ', '\\s+')})(?=[\\s(])`, 'iy');

/** A statement with its keywords as they are meant. */
export function withKeywords(text: string): string {
  const slips = keywordSlips(sqlTokens(text, 0, text.length));
  return applyEdits(
    text,
    slips.map(({ token: { offset, length }, keyword }) => ({ offset, length, text: keyword })),
  );
}

/** Its comments, as lines of a file. */
function commentLines(text: string, comments: readonly Span[]): string[] {
  const words = comments.flatMap((comment) =>
    textOf(text, comment)
      .replace(/^(?:--|\/\*)|\*\/$/g, '')
      .split(/[\r\n]+/),
  );
  // `# @pages all` would be a directive.
  return words.flatMap((line) => (line.trim() === '' ? [] : [`# ${line.trim().replace(/^@+/, '')}`]));
}

/** Undefined for joins, groups, functions and the like. What a condition means is left to the checks of the filter. */
export function statementClauses(written: string): StatementClauses | undefined {
  const comments = sqlTokens(written, 0, written.length).filter(({ kind }) => kind === 'comment');
  const plain = applyEdits(
    written,
    comments.map(({ offset, length }) => ({ offset, length, text: ' ' })),
  );
  const text = plain.trim();
  const parts = partsOf(text.replace(/;\s*$/, ''));
  if (parts === undefined) return undefined;
  const [, head = ''] = /^(?:select|get)\s+(.*)$/is.exec(parts.get('')?.trim() ?? '') ?? [];
  const [, top, list = ''] = /^(?:top\s*\(?(\d+)\)?\s+)?(.*)$/is.exec(head) ?? [];
  const [table = '', alias] = tableOf(parts.get('from') ?? '');
  const bare = (part: string) => withoutAlias(part, alias ?? table).trim();
  const counts = /^count\s*\(\s*\*\s*\)$/i.test(list.trim());
  const fields = counts ? ['*'] : bare(list).split(',').map(fieldOf);
  if (table === '' || fields.some((field) => field === undefined) || (counts && parts.size > 3))
    return undefined;
  const count = top ?? parts.get('limit')?.trim();
  const order = orderOf(parts.get('order by'), fields);
  if ((count !== undefined && !/^\d+$/.test(count)) || order === null) return undefined;
  return {
    table,
    write: (module) => [
      ...commentLines(written, comments),
      `GET ${module}`,
      ...(fields.includes('*') ? [] : [`$select = ${fields.join(', ')}`]),
      ...clause('$filter', parts.get('where'), (part) => withoutNull(bare(part))),
      ...clause('$orderby', order, bare),
      ...(count === undefined ? [] : [`$top = ${count}`]),
      ...(counts ? ['$count = true'] : []),
    ],
  };
}

/** `order by 2` names the second column; null where there is none by itself. */
function orderOf(
  order: string | undefined,
  fields: readonly (string | undefined)[],
): string | null | undefined {
  const parts = order?.split(',').map((part) => {
    const [, place, rest = ''] = /^\s*(\d+)(\s.*)?$/s.exec(part) ?? [];
    const field = place === undefined ? undefined : fields[Number(place) - 1];
    return place === undefined ? part : field === undefined || field === '*' ? null : `${field}${rest}`;
  });
  return parts?.includes(null) === true ? null : parts?.map((part) => part?.trim()).join(', ');
}

/** `is null` as the API can ask it; texts in quotes stay. */
const withoutNull = (part: string): string =>
  part.replace(/'[^']*'|\bis\s+(not\s+)?null\b/gi, (all, not: string | undefined) => {
    if (all.startsWith("'")) return all;
    return `${not === undefined ? 'eq' : 'ne'} ''`;
  });

const clause = (name: string, part: string | undefined, bare: (part: string) => string): string[] =>
  part === undefined ? [] : [`${name} = ${bare(part).replace(/\s+/g, ' ')}`];

/** The text behind each word, the list of columns behind none; undefined where the API has nothing for one of them. */
function partsOf(text: string): ReadonlyMap<string, string> | undefined {
  const found = new Map<string, string>();
  let [name, start, depth] = ['', 0, 0];
  for (let at = 0; at < text.length; at++) {
    const sign = text.charAt(at);
    if (sign === "'" || sign === '"') {
      const end = text.indexOf(sign, at + 1);
      if (end < 0) return undefined;
      at = end;
    } else if (sign === '(' || sign === ')') depth += sign === '(' ? 1 : -1;
    else if (depth === 0 && /[a-z]/i.test(sign)) {
      PART.lastIndex = at;
      const word = PART.exec(text)?.[1];
      if (word === undefined) continue;
      found.set(name, text.slice(start, at));
      name = word.toLowerCase().replace(/\s+/g, ' ');
      if (found.has(name) || !/^(?:from|where|order by|limit)$/.test(name)) return undefined;
      start = at + word.length;
      at = start - 1;
    }
  }
  return found.set(name, text.slice(start));
}

/** The name of the table, and the short one that stands for it. */
function tableOf(from: string): readonly (string | undefined)[] {
  const words = from.trim().replace(/["[\]`]/g, '');
  const [, table, alias] = /^(.+?)\s+(?:as\s+(\w+)|([a-z]{1,2}))$/is.exec(words) ?? [];
  if (table !== undefined) return [table, alias ?? words.split(/\s+/).at(-1)];
  return /^[\w ]+$/.test(words) ? [words] : [];
}

/** Without `c.` before the names of columns; texts in quotes stay. */
const withoutAlias = (part: string, alias: string): string =>
  part.replace(/'[^']*'|"[^"]*"|(?<![\w.])([a-z_]\w*)\./gi, (all, name: string | undefined) =>
    name?.toLowerCase() === alias.toLowerCase() ? '' : all,
  );

/** The name of a column, without its quotes and the name that it gets; undefined for anything else. */
function fieldOf(item: string): string | undefined {
  const [, name] = /^\s*["[`]?(\w[\w ]*?|\*)["\]`]?(?:\s+as\s+.*)?\s*$/is.exec(item) ?? [];
  return name === undefined || /^distinct\s/i.test(name) ? undefined : name;
}
