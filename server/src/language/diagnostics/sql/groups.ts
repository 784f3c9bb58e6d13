/** `missing-group`: a column beside a count or a sum, for which the answer has only one row's value. */
import { onlyPiece } from '../../analysis/sql/pieces';
import { sqlKey } from '../../analysis/sql/tables';
import type {
  SqlCall,
  SqlColumnWord,
  SqlComputed,
  SqlCore,
  SqlExpression,
  SqlPiece,
  SqlSource,
} from '../../syntax/sql/nodes';
import { endOf } from '../../text/span';
import { endsStep, type Steps } from '../../text/steps';
import { sqlFunctionOf } from '../../vocabulary/sql-functions';
import type { CheckContext } from '../check';
import { type ValueCheck, valueCheckOf, writtenAt } from './pieces';

export function* checkSqlGroups(context: CheckContext): Steps<void> {
  const check = valueCheckOf(context);
  if (check === undefined || check.scopes.tree.unexpected !== undefined || check.scopes.tree.isTooDeep)
    return;
  let index = 0;
  for (const core of check.scopes.tree.cores) {
    checkCore(check, core);
    if (endsStep(index++)) yield;
  }
}

/** Of many rows a value: `min` and `max` of two arguments are of one row. */
const isAggregate = ({ name, arguments: { length }, isWindow }: SqlCall): boolean =>
  !isWindow &&
  sqlFunctionOf(name.text)?.kind === 'aggregate' &&
  !(length > 1 && /^(?:min|max)$/i.test(name.text));

/** The columns beside aggregates, and the aggregates themselves. */
interface Found {
  readonly columns: SqlColumnWord[];
  readonly aggregates: SqlCall[];
}

/** What stands in an expression, but for what is grouped by as a whole. */
function collect(pieces: readonly SqlPiece[], isGrouped: (piece: SqlPiece) => boolean, found: Found): void {
  const inner = (expressions: readonly SqlExpression[]) => {
    for (const each of expressions) collect(each.pieces, isGrouped, found);
  };
  for (const piece of pieces) {
    if (isGrouped(piece)) continue;
    switch (piece.kind) {
      case 'column':
        found.columns.push(piece);
        break;
      case 'call':
        if (isAggregate(piece)) found.aggregates.push(piece);
        // A window function looks at the rows that are left.
        else if (!piece.isWindow) inner(piece.arguments);
        break;
      case 'group':
      case 'case':
        inner(piece.expressions);
        break;
      case 'cast':
        inner([piece.expression]);
        break;
      default:
    }
  }
}

function checkCore(context: ValueCheck, core: SqlCore): void {
  const computed = core.results.flatMap((each) => (each.kind === 'computed' ? [each] : []));
  if (core.sources.length === 0 || computed.length < core.results.length || computed.length < 2) return;
  const group = core.clauses.find(({ name }) => name === 'group');
  const terms = groupTerms(context, core);
  const texts = new Set(terms.map((each) => plain(context, each)));
  const isGrouped = (piece: SqlPiece) => texts.has(plain(context, piece));
  const sources = keyedSources(context, terms);
  const aggregates: SqlCall[] = [];
  const bare: SqlComputed[] = [];
  for (const result of computed) {
    const found: Found = { columns: [], aggregates: [] };
    if (!texts.has(plain(context, result.expression))) collect(result.expression.pieces, isGrouped, found);
    for (const each of found.aggregates) aggregates.push(each);
    if (found.columns.some((word) => isBare(context, core, terms, sources, word))) bare.push(result);
  }
  const [first] = bare;
  const [aggregate] = aggregates;
  if (first === undefined || aggregate === undefined) return;
  // Beside a single min() or max(), the other columns are those of that row.
  if (aggregates.every(({ name }) => /^(?:min|max)$/i.test(name.text))) return;
  const names = bare
    .filter(({ expression }) => !hasAggregate(expression))
    .map(({ expression }) => writtenAt(context, expression));
  const before = core.clauses.filter(({ name }) => name === 'from' || name === 'on' || name === 'where');
  const at =
    group === undefined ? before.reduce((last, clause) => Math.max(last, endOf(clause)), 0) : endOf(group);
  const addition = `${group === undefined ? ' group by ' : ', '}${names.join(', ')}`;
  const written = names[0] ?? writtenAt(context, first.expression);
  context.report(
    'missing-group',
    first.expression,
    group === undefined
      ? `${written} stands beside ${aggregate.name.text}(…), so the answer has one row for all records. Write group by ${names.length === 0 ? written : names.join(', ')} for a row for each.`
      : `${written} is not in group by, so it is that of any one record of each group. Write it in group by, too, or max(${written}).`,
    {
      severity: group === undefined ? 'warning' : 'information',
      fixes:
        names.length === 0
          ? []
          : [
              {
                title:
                  group === undefined
                    ? `Write “group by ${names.join(', ')}”`
                    : `Add ${names.join(', ')} to group by`,
                preferred: group === undefined,
                edits: [{ offset: at, length: 0, text: addition }],
              },
            ],
    },
  );
}

function hasAggregate({ pieces }: SqlExpression): boolean {
  const found: Found = { columns: [], aggregates: [] };
  collect(pieces, () => false, found);
  return found.aggregates.length > 0;
}

/** As it is written, whatever its blanks and its case. */
const plain = (context: ValueCheck, where: SqlExpression | SqlPiece): string =>
  sqlKey(writtenAt(context, where)).replace(/\s+/g, ' ');

/** What is grouped by: an alias and a number stand for a result. */
function groupTerms(context: ValueCheck, core: SqlCore): SqlExpression[] {
  const terms: SqlExpression[] = [];
  let end = 0;
  for (const term of context.scopes.tree.expressions) {
    if (term.core !== core || term.clause !== 'group' || term.offset < end) continue;
    end = endOf(term);
    terms.push(term);
    const only = onlyPiece(term);
    const place = only?.kind === 'literal' ? Number(only.token.text) : 0;
    const meaning = only?.kind === 'column' ? context.scopes.meaningOf(only) : undefined;
    const result = meaning?.kind === 'alias' ? meaning.result : core.results[place - 1];
    if (result?.kind === 'computed') terms.push(result.expression);
  }
  return terms;
}

/** The tables that are grouped by the ID of their records: their other columns have one value for each. */
function keyedSources({ scopes }: ValueCheck, terms: readonly SqlExpression[]): ReadonlySet<SqlSource> {
  const keyed = new Set<SqlSource>();
  for (const term of terms) {
    const only = onlyPiece(term);
    const meaning = only?.kind === 'column' ? scopes.meaningOf(only) : undefined;
    if (meaning?.kind === 'column' && sqlKey(meaning.column.name) === 'id') keyed.add(meaning.source);
  }
  return keyed;
}

/** A column of one of the tables that is neither grouped by nor follows from what is. */
function isBare(
  { scopes }: ValueCheck,
  core: SqlCore,
  terms: readonly SqlExpression[],
  keyed: ReadonlySet<SqlSource>,
  word: SqlColumnWord,
): boolean {
  const meaning = scopes.meaningOf(word);
  if (meaning.kind !== 'column' || !core.sources.includes(meaning.source) || keyed.has(meaning.source))
    return false;
  // A table that is joined to what is grouped may have one row for each group: nobody knows.
  if (terms.length > 0 && core.sources.length > 1 && meaning.source.join !== undefined) return false;
  return !terms.some((term) => {
    const only = onlyPiece(term);
    const other = only?.kind === 'column' ? scopes.meaningOf(only) : undefined;
    return other?.kind === 'column' && other.source === meaning.source && other.column === meaning.column;
  });
}
