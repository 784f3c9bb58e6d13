/** Another parameter in the value of a clause: `… order by Label`, `…&$top=5`, `… $top = 5`. It belongs on a line of its own. */
import { lastOnly } from '../text/last-only';
import { between, endOf, type Span, textOf } from '../text/span';
import type { View } from '../text/view';
import { comparisonOf, joinOf, synonymOf } from '../vocabulary/filter-words';
import { type ParameterName, parameterOf, PARAMETERS } from '../vocabulary/parameters';
import { isLiteral } from './filter-values';
import { lineEndAt, lineStart } from './lines';
import type { SyntaxProblem } from './problems';
import type { Token } from './tokens';

export interface StrayClause {
  readonly name: ParameterName;
  /** Where the value before it ends, and where it starts itself. */
  readonly before: number;
  readonly start: number;
  /** Where its own value starts; undefined where it has none. */
  readonly value: number | undefined;
  /** True where the text after its name is not its value. */
  readonly isGuess?: boolean;
}

/** The first one in a list of tokens of a filter or of fields, which it has an index in; undefined where there is none. */
export function strayClause(
  tokens: readonly Token[],
  isFilter: boolean,
): (StrayClause & { readonly index: number }) | undefined {
  for (let index = 1; index < tokens.length; index++) {
    const found = clauseAt(tokens, index) ?? limitBehind(tokens, index, isFilter);
    const [before, start] = [tokens[index - 1], tokens[index]];
    if (found !== undefined && before !== undefined && start !== undefined)
      return {
        index,
        name: found.name,
        before: endOf(before),
        start: start.offset,
        value: tokens[found.value]?.offset,
        isGuess: found.isGuess === true,
      };
  }
  return undefined;
}

/** `… group by Label`, which the API has nothing for: where it begins among the tokens, which end with it. */
export function groupBy(tokens: readonly Token[], isFilter: boolean): number | undefined {
  const at = tokens.findIndex(
    ({ kind, text }, index) =>
      kind === 'word' &&
      /^group$/i.test(text) &&
      /^by$/i.test(tokens[index + 1]?.text ?? '') &&
      tokens[index + 2]?.kind === 'word' &&
      isBehindWhole(tokens, index, isFilter),
  );
  return at < 0 ? undefined : at;
}

/** `where` is that of “group by” and what follows it. */
export const groupByProblem = (text: string, where: Span): SyntaxProblem => ({
  code: 'unexpected-text',
  ...where,
  message: 'The API has no “group by”: it returns the records one by one. Remove this.',
  fixes: [
    {
      title: `Remove “${textOf(text, where).replace(/\s+/g, ' ')}”`,
      edits: [{ ...where, text: '' }],
    },
  ],
});

/** The first one behind a number or a truth value, as in `5&$skip=2`. `length` is that of the value in the view. */
export function strayInPlain({ text, at }: View): (StrayClause & { readonly length: number }) | undefined {
  const found = /[&?]\s*(\$\w+)\s*=\s*/.exec(text);
  const name = parameterOf(found?.[1] ?? '');
  if (found === null || name === undefined) return undefined;
  const { length } = text.slice(0, found.index).trimEnd();
  const [start, value] = [at(found.index), at(found.index + found[0].length)];
  return { name, length, before: at(length), start, value };
}

export interface FoundClause {
  readonly name: ParameterName;
  /** The index of the first token after its name and `=`. */
  readonly value: number;
  /** True where its value is not that of the clause: $skip counts pages, or more follows. */
  readonly isGuess?: boolean;
}

/** The clause that begins at a token; undefined where none does. */
export function clauseAt(tokens: readonly Token[], index: number): FoundClause | undefined {
  const word = (at: number) => (tokens[at]?.kind === 'word' ? tokens[at].text : '');
  const and = /^[&?]$/.test(tokens[index]?.text ?? '');
  const at = and ? index + 1 : index;
  const name = word(at).startsWith('$') ? parameterOf(word(at)) : undefined;
  const equals = tokens[at + 1]?.text === '=';
  if (name !== undefined && (and || equals)) return { name, value: at + (equals ? 2 : 1) };
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
    ? { name: '$orderby', value: index + words }
    : undefined;
}

/** More than one after another is no query of any language. */
const MAX_LIMITS = 3;

/** `limit 5`, `limit 5 offset 10`, as other languages end a query. */
export function limitAt(tokens: readonly Token[], index: number, most = MAX_LIMITS): FoundClause | undefined {
  if (most === 0) return undefined;
  const [word, number] = [tokens[index], tokens[index + 1]];
  if (word?.kind !== 'word' || number?.kind !== 'word') return undefined;
  const [, limit] = /^(?:(limit|top|take)|skip|offset)$/i.exec(word.text) ?? [undefined, ''];
  if (limit === '' || !/^(?:\d+|\{\{[^{}]*\}\})$/.test(number.text)) return undefined;
  const isLast = tokens.length === index + 2;
  if (
    !isLast &&
    clauseAt(tokens, index + 2) === undefined &&
    limitAt(tokens, index + 2, most - 1) === undefined
  )
    return undefined;
  return limit === undefined
    ? { name: '$skip', value: index + 1, isGuess: true }
    : { name: '$top', value: index + 1, isGuess: !isLast };
}

const limitBehind = (tokens: readonly Token[], index: number, isFilter: boolean): FoundClause | undefined =>
  isBehindWhole(tokens, index, isFilter) ? limitAt(tokens, index) : undefined;

/** In a filter, the words of a clause may be part of a bare value: `Label eq The top 5`. */
function isBehindWhole(tokens: readonly Token[], index: number, isFilter: boolean): boolean {
  const before = tokens[index - 1];
  return before?.kind === 'word'
    ? !isFilter || isLiteral(before.text)
    : before?.kind === 'string' || before?.kind === ')';
}

const isNoOperator = ({ text }: Token): boolean =>
  comparisonOf(text) === undefined && synonymOf(text) === undefined;

const isJoin = (text: string): boolean => joinOf(text) !== undefined || /^not$/i.test(text);

/** Where the clause stands: in the address of a request line, on a line as `$top = 5`, or on one as `&$top=5`. */
export type StrayPlace = 'address' | 'line' | 'address line';

/** Each `&` before a clause, with the white space around it. */
function clauseMarks(text: string): Span[] {
  const found: Span[] = [];
  const isSpace = (at: number) => /\s/.test(text.charAt(at));
  for (let at = text.indexOf('&'); at >= 0; at = text.indexOf('&', at + 1)) {
    let [start, end] = [at, at + 1];
    while (isSpace(end)) end++;
    while (start > 0 && isSpace(start - 1)) start--;
    if (text.charAt(end) === '$') found.push(between(start, end));
  }
  return found;
}

/** `where` is the clause's value; in an address, the parameter goes on behind `&`. */
export function strayClauseProblem(
  text: string,
  stray: StrayClause,
  where: Span,
  place: StrayPlace,
): SyntaxProblem {
  const { name, before, start, value = endOf(where), isGuess } = stray;
  const rest = text.slice(value, endOf(where));
  const inAddress = place === 'address';
  const eol = inAddress ? '' : lineEndAt(text, lineStart(text, start));
  const written = {
    address: `&${name}=`,
    line: `${eol}${name} = `,
    'address line': `${eol}&${name}=`,
  }[place];
  // The parameters behind it move, too; values stay as they are written.
  const others = inAddress
    ? []
    : clauseMarks(rest).map(({ offset, length }) => ({
        offset: value + offset,
        length,
        text: place === 'line' ? eol : `${eol}&`,
      }));
  if (isWritten(text, name, start, endOf(where)))
    return {
      code: 'unexpected-text',
      offset: start,
      length: endOf(where) - start,
      message: `${name} is a clause of its own, and this request has it already. Remove one of the two.`,
    };
  if (isGuess === true)
    return {
      code: 'unexpected-text',
      offset: start,
      length: endOf(where) - start,
      message: `${name} is a clause of its own: write it ${inAddress ? 'after “&”' : 'on the next line'}, for example ${PARAMETERS[name].example}.`,
      ...(name === '$skip' ? { advises: name } : {}),
    };
  return {
    code: 'unexpected-text',
    offset: start,
    length: endOf(where) - start,
    message: inAddress
      ? `Write “&” before the next parameter: &${name}=…`
      : `${name} is a clause of its own: write it on the next line.`,
    // Without a value, it would be wrong on its own line, too.
    fixes:
      rest === ''
        ? []
        : [
            {
              title: inAddress ? `Insert “&${name}=”` : `Move ${name} to a line of its own`,
              preferred: true,
              adds: name,
              edits: [{ offset: before, length: value - before, text: written }, ...others],
            },
          ],
  };
}

/** True where the request has the parameter before `start` or after `end`. */
export const isWritten = (text: string, name: ParameterName, start: number, end: number): boolean =>
  parametersIn(text)
    .get(name)
    ?.some((each) => endOf(each) <= start || each.offset >= end) === true;

/** Where each parameter is written in a request, each of whose clauses may ask. */
const parametersIn = lastOnly((text: string): ReadonlyMap<ParameterName, readonly Span[]> => {
  const found = new Map<ParameterName, Span[]>();
  for (const { 0: written, 1: word = '', index } of text.matchAll(
    /(?:^|[?&])[^\S\r\n]*(\$\w+)[^\S\r\n]*=/gm,
  )) {
    const name = parameterOf(word);
    const places = name === undefined ? undefined : found.get(name);
    const place = { offset: index, length: written.length };
    if (places !== undefined) places.push(place);
    else if (name !== undefined) found.set(name, [place]);
  }
  return found;
});
