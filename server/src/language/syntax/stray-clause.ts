/** Another parameter in the value of a clause: `… order by Label`, `…&$top=5`, `… $top = 5`. It belongs on a line of its own. */
import { endOf, type Span } from '../text/span';
import { comparisonOf, joinOf, synonymOf } from '../vocabulary/filter-words';
import { type ParameterName, parameterOf } from '../vocabulary/parameters';
import type { SyntaxProblem } from './problems';
import type { Token } from './tokens';

interface StrayClause {
  /** The index of its first token. */
  readonly index: number;
  readonly name: ParameterName;
  /** The index of the first token after its name and `=`. */
  readonly value: number;
}

/** The first one; undefined where there is none. */
export function strayClause(tokens: readonly Token[]): StrayClause | undefined {
  for (let index = 1; index < tokens.length; index++) {
    const found = clauseAt(tokens, index);
    if (found !== undefined) return found;
  }
  return undefined;
}

function clauseAt(tokens: readonly Token[], index: number): StrayClause | undefined {
  const word = (at: number) => (tokens[at]?.kind === 'word' ? tokens[at].text : '');
  const and = /^[&?]$/.test(tokens[index]?.text ?? '');
  const at = and ? index + 1 : index;
  const name = word(at).startsWith('$') ? parameterOf(word(at)) : undefined;
  const equals = tokens[at + 1]?.text === '=';
  if (name !== undefined && (and || equals)) return { index, name, value: at + (equals ? 2 : 1) };
  const words = /^orderby$/i.test(word(index)) ? 1 : 2;
  const sorts = words === 1 || (/^(?:order|sort)$/i.test(word(index)) && /^by$/i.test(word(index + 1)));
  const field = tokens[index + words];
  const after = tokens[index + words + 1];
  // A field may be called so: then an operator follows, or “and” is before it.
  return sorts &&
    field?.kind === 'word' &&
    isNoOperator(field) &&
    after?.kind !== 'symbol' &&
    !isJoin(word(index - 1))
    ? { index, name: '$orderby', value: index + words }
    : undefined;
}

const isNoOperator = ({ text }: Token): boolean =>
  comparisonOf(text) === undefined && synonymOf(text) === undefined;

const isJoin = (text: string): boolean => joinOf(text) !== undefined || /^not$/i.test(text);

/** `where` is the clause's value; in an address, the parameter goes on behind `&`. */
export function strayClauseProblem(
  text: string,
  tokens: readonly Token[],
  { index, name, value }: StrayClause,
  where: Span,
  inAddress: boolean,
): SyntaxProblem {
  const before = tokens[index - 1] ?? where;
  const start = tokens[index]?.offset ?? endOf(where);
  const rest = text.slice(tokens[value]?.offset ?? endOf(where), endOf(where));
  const eol = text.includes('\r\n') ? '\r\n' : '\n';
  const written = inAddress ? `&${name}=${rest}` : `${eol}${name} = ${rest.replace(/\s*&\s*(?=\$)/g, eol)}`;
  return {
    code: 'unexpected-text',
    offset: start,
    length: endOf(where) - start,
    message: inAddress
      ? `Write “&” before the next parameter: &${name}=…`
      : `${name} is a clause of its own: write it on the next line.`,
    fixes: [
      {
        title: inAddress ? `Insert “&${name}=”` : `Move ${name} to a line of its own`,
        preferred: true,
        edits: [{ offset: endOf(before), length: endOf(where) - endOf(before), text: written }],
      },
    ],
  };
}
