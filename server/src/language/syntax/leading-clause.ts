/** A value that begins with the name of a clause: its own as in `$orderby = order by Label`, or another as in `$filter = order by Label`. */
import { between, endOf, type Span } from '../text/span';
import { comparisonOf } from '../vocabulary/filter-words';
import { type ParameterName, parameterOf, PARAMETERS } from '../vocabulary/parameters';
import type { SyntaxProblem } from './problems';
import { clauseAt, type FoundClause, isWritten, limitAt } from './stray-clause';
import type { Token } from './tokens';

export interface LeadingClause extends FoundClause {
  /** The clause whose value this is. */
  readonly parameter: ParameterName;
  /** True where the name is that of the clause itself. */
  readonly isOwn: boolean;
}

/** The name that the tokens of the value of `parameter` begin with, with something after it; undefined where there is none. */
export function leadingClause(tokens: readonly Token[], parameter: ParameterName): LeadingClause | undefined {
  const found = clauseAt(tokens, 0) ?? limitAt(tokens, 0) ?? ownWord(tokens, parameter);
  return found !== undefined && found.value < tokens.length
    ? { ...found, parameter, isOwn: found.name === parameter }
    : undefined;
}

/** `select ID`, `filter=Status eq 'Full'`. */
function ownWord(
  [word, next, , operator]: readonly Token[],
  parameter: ParameterName,
): FoundClause | undefined {
  if (word?.kind !== 'word' || next === undefined) return undefined;
  if (parameter === '$select' && next.kind === 'word' && /^select$/i.test(word.text))
    return { name: '$select', value: 1 };
  // A field may be called so: then no operator follows its value.
  return next.text === '=' &&
    parameterOf(`$${word.text}`) === parameter &&
    comparisonOf(operator?.text ?? '') !== undefined
    ? { name: parameter, value: 2 }
    : undefined;
}

/** `clause` goes from the name of the clause to the end of its value. */
export function leadingClauseProblem(
  text: string,
  { name, value, parameter, isOwn, isGuess = false }: LeadingClause,
  tokens: readonly Token[],
  clause: Span,
  isAddress: boolean,
): SyntaxProblem {
  const first = tokens[0]?.offset ?? clause.offset;
  const start = tokens[value]?.offset ?? endOf(clause);
  const last = tokens[value - 1];
  const lead = between(first, last === undefined ? start : endOf(last));
  const written = text.slice(lead.offset, endOf(lead));
  if (isOwn)
    return {
      code: 'unexpected-text',
      ...lead,
      message: `The name of the clause is there twice. Remove “${written}”.`,
      fixes: [
        {
          title: `Remove “${written}”`,
          preferred: true,
          edits: [{ offset: lead.offset, length: start - lead.offset, text: '' }],
        },
      ],
    };
  const rest = text.slice(start, endOf(clause));
  const better = isAddress ? `${name}=${rest}` : `${name} = ${rest}`;
  const what = `This is ${name}, a clause of its own`;
  if (isGuess || isWritten(text, name, clause.offset, endOf(clause)))
    return {
      code: 'unexpected-text',
      ...lead,
      message: isGuess
        ? `${what}. Write it instead of ${parameter}, for example ${PARAMETERS[name].example}.`
        : `${what}, and this request has it already. Remove one of the two.`,
    };
  return {
    code: 'unexpected-text',
    ...lead,
    message: `${what}. Write ${better} instead of ${parameter}.`,
    fixes: [
      {
        title: `Write ${better}`,
        preferred: true,
        adds: name,
        edits: [
          {
            offset: clause.offset,
            length: start - clause.offset,
            text: isAddress ? `${name}=` : `${name} = `,
          },
        ],
      },
    ],
  };
}
