/** `unexpected-text` for a statement of SQL in the place of a request: as clauses of a GET, or with a line `SQL` above it. */
import { statementClauses, withKeywords } from '../analysis/sql/as-clauses';
import { freeTableName, tableDirectives } from '../analysis/sql/fetched-table';
import { tableNamed } from '../analysis/sql/tables';
import { lineEndAt, lineStart } from '../syntax/lines';
import type { Fix } from '../syntax/problems';
import { type SqlToken, sqlTokens } from '../syntax/sql/tokens';
import { writtenName } from '../syntax/sql/written-name';
import { listed } from '../text/lists';
import { ownValue } from '../text/own-value';
import { applyEdits, type Span, textOf } from '../text/span';
import type { Steps } from '../text/steps';
import { type CheckContext, replace } from './check';
import { moduleIn } from './spoken-module';

/** Reports the statement, with what it is as a request: the first fix writes that. Nothing is proposed for one that changes records. */
export function* reportStatement(context: CheckContext, where: Span): Steps<void> {
  const { model, report } = context;
  const { tree } = model;
  const text = withKeywords(textOf(tree.text, where));
  const change = /^(update|insert|delete)\b/i.exec(text)?.[1]?.toUpperCase();
  if (change !== undefined) {
    report('unexpected-text', where, `The API has no statements of SQL. ${ownValue(CHANGES, change) ?? ''}`);
    return;
  }
  const eol = lineEndAt(tree.text, lineStart(tree.text, where.offset));
  const request = requestLines(text, context);
  const asSql = sqlRequest(where, text, eol, context);
  const isSpoken = /^get\b/i.test(text);
  if (request === undefined) {
    report('unexpected-text', where, asSql.message, { fixes: isSpoken ? [] : [asSql.fix] });
    return;
  }
  const lines = request.join(eol);
  const { corrected } = context;
  const { text: written, left } =
    corrected === undefined ? { text: lines, left: [] } : yield* corrected(lines);
  // A name that is wrong is so in both.
  const isAsked = isSpoken || left.every(({ code }) => code === 'unknown-field');
  const title = 'Write it as a request with clauses';
  const asRequest = replace(where, written, title, isAsked);
  if (isAsked)
    report(
      'unexpected-text',
      where,
      `This is a statement of SQL. As a request, it is: ${written.split(eol).join(' ')}`,
      { fixes: isSpoken ? [asRequest] : [asRequest, { ...asSql.fix, preferred: false }] },
    );
  else report('unexpected-text', where, asSql.message, { fixes: [asSql.fix, asRequest] });
}

/** The statement as a GET with clauses; undefined where the API has nothing for it, and where it asks another request’s answer. */
function requestLines(
  text: string,
  { model: { catalog }, symbols }: Pick<CheckContext, 'model' | 'symbols'>,
): string[] | undefined {
  const clauses = statementClauses(text);
  if (clauses === undefined || tableNamed(clauses.table, symbols.requests) !== undefined) return undefined;
  if (catalog === undefined) return clauses.write(clauses.table);
  const module = moduleIn(clauses.table, catalog);
  return module === undefined ? undefined : clauses.write(module.name);
}

/** A line `SQL`, and a request for each of its tables that is a module. */
function sqlRequest(
  where: Span,
  text: string,
  eol: string,
  { model: { catalog }, symbols }: Pick<CheckContext, 'model' | 'symbols'>,
): { readonly message: string; readonly fix: Fix } {
  const tokens = sqlTokens(text, 0, text.length).filter(({ kind }) => kind !== 'comment');
  const modules = new Map<string, string>();
  for (const token of tokens.filter((_, index) => isTableAt(tokens, index))) {
    const module =
      tableNamed(token.text, symbols.requests) === undefined ? catalog?.module(token.text) : undefined;
    if (module !== undefined) modules.set(module.name, freeTableName(module.name, symbols));
  }
  const nameOf = (token: SqlToken) => modules.get(catalog?.module(token.text)?.name ?? '');
  const statement = applyEdits(
    text,
    tokens.flatMap((token, index) => {
      const isNamed = isTableAt(tokens, index) || tokens[index + 1]?.text === '.';
      const name = isNamed && /^(?:word|name)$/.test(token.kind) ? nameOf(token) : undefined;
      return name === undefined
        ? []
        : [{ offset: token.offset, length: token.length, text: writtenName(name) }];
    }),
  );
  const requests = [...modules].flatMap(([module, name]) => [
    ...tableDirectives(name),
    `GET ${module}`,
    '',
    '###',
  ]);
  const fetched = listed([...modules.keys()], 'and');
  const what = 'This is a statement of SQL, which asks the answers of other requests.';
  const edits = [{ ...where, text: [...requests, 'SQL', statement].join(eol) }];
  return modules.size === 0
    ? {
        message: `${what} Write a line “SQL” above it.`,
        fix: { title: 'Write SQL above it', preferred: true, edits },
      }
    : {
        message: `${what} Fetch ${fetched} as ${listed([...modules.values()], 'and')}, and write a line “SQL” above it.`,
        fix: {
          title: `Fetch ${fetched}, and ask ${modules.size === 1 ? 'its' : 'their'} records with SQL`,
          preferred: true,
          edits,
        },
      };
}

/** The name of a table stands behind `from`, `join`, or the comma of a list of tables. */
function isTableAt(tokens: readonly SqlToken[], index: number): boolean {
  const token = tokens[index];
  if (token?.kind !== 'word' && token?.kind !== 'name') return false;
  const isWord = (at: number, words: RegExp) => tokens[at]?.kind === 'word' && words.test(tokens[at].text);
  if (isWord(index - 1, /^(?:from|join)$/i)) return true;
  if (tokens[index - 1]?.text !== ',') return false;
  // `from CourseDate c, Course`
  const start =
    isWord(index - 3, /^(?:from|join)$/i) || tokens[index - 3]?.text === ',' ? index - 2 : index - 3;
  return tokens[start] !== undefined && start > 0 && isTableAt(tokens, start);
}

/** What to write instead of a statement that changes records. */
const CHANGES: Readonly<Record<string, string>> = {
  UPDATE: 'Change one record with PUT, the module and its ID, and the fields as JSON below it.',
  INSERT: 'Create a record with POST and the module, and the fields as JSON below it.',
  DELETE: 'Delete one record with DELETE, the module and its ID.',
};
