/** `$name = value`, on its own line or in an address. */
import { between, endOf, type Span } from '../text/span';
import type { Steps } from '../text/steps';
import { plainView, type PlusReading, type View } from '../text/view';
import { type ParameterName, parameterOf, PARAMETERS } from '../vocabulary/parameters';
import { pathView, valueView } from './address';
import { commentBehind, misplacedComments } from './comments';
import { encodedProblem, encodedReading } from './encoded-value';
import { parseFields, parseOrder, spanOf } from './field-list-parser';
import { parseFilterInSteps } from './filter-parser';
import { leadingClause, leadingClauseProblem } from './leading-clause';
import { trimEnd } from './lines';
import type { Clause, ClauseValue, Word } from './nodes';
import type { SyntaxProblem } from './problems';
import { type Reference, referencesInView } from './references';
import {
  groupBy,
  groupByProblem,
  strayClause,
  strayClauseProblem,
  strayInPlain,
  type StrayPlace,
} from './stray-clause';
import { skipTrivia, type Token, tokenizeInSteps } from './tokens';

const START = /^[?&]?\s*(?:\$|%24)/;
const START_WITHOUT_DOLLAR = /^[?&]?\s*[A-Za-z]\w*[ \t]*=(?!=)/;

/** True when a clause starts at `offset`: `$name`, `?$name`, `&name=`, `name =`. */
export function isClauseStart(text: string, offset: number): boolean {
  const rest = text.slice(offset, offset + 80);
  return /^[?&]/.test(rest) || START.test(rest) || START_WITHOUT_DOLLAR.test(rest);
}

/** Parses the clause in `text` from `start` to `end`. `plus` is how the text of an address reads `+`; other text is read as it is. */
export function* parseClause(
  text: string,
  start: number,
  end: number,
  origin: Clause['origin'],
  problems: SyntaxProblem[],
  plus: PlusReading | undefined,
): Steps<Clause> {
  let at = start;
  const marker = text[at] === '?' || text[at] === '&' ? { offset: at, length: 1 } : undefined;
  if (marker !== undefined) at++;
  while (at < end && /\s/.test(text[at] ?? '')) at++;
  const nameStart = at;
  while (at < end && /[$%@\w.-]/.test(text[at] ?? '')) at++;
  const name: Word = {
    offset: nameStart,
    length: at - nameStart,
    text: pathView(text, nameStart, at).text,
    references: [],
  };
  const equals = parseEquals(text, { offset: at, length: end - at }, name, plus, problems);
  if (equals !== undefined) at = endOf(equals);
  const stop = trimEnd(text, at, end);
  const parameter = parameterOf(name.text);
  const encoded =
    plus === undefined && isList(parameter) ? encodedReading(text, between(at, stop)) : undefined;
  const reading = plus ?? encoded;
  const read = reading === undefined ? plainView(text, at, stop) : valueView(text, at, stop, reading);
  const { view, valueSpan, tokens } = yield* withoutComments(text, read, start, stop, parameter, problems);
  const written = encoded === undefined ? undefined : encodedProblem(text, valueSpan, encoded);
  if (written !== undefined) problems.push(written);
  const missing = valueSpan.length === 0;
  if (missing && parameter !== undefined) {
    problems.push({
      code: 'missing-value',
      ...name,
      message: `Write a value for ${parameter}, for example ${PARAMETERS[parameter].example}.`,
    });
  }
  const place = placeOf(origin, plus);
  const { lead, own, stray, group } = ownTokens(tokens, parameter);
  if (group.length > 0) problems.push(groupByProblem(text, spanOf(group)));
  if (lead !== undefined) {
    const whole = between(nameStart, endOf(valueSpan));
    problems.push(leadingClauseProblem(text, lead, tokens, whole, place !== 'line'));
  }
  const behind = isList(parameter) ? undefined : strayInPlain(view);
  const other = stray ?? behind;
  if (other !== undefined) problems.push(strayClauseProblem(text, other, valueSpan, place));
  return {
    kind: 'clause',
    origin,
    offset: start,
    length: end - start,
    marker,
    plus,
    name,
    equals: equals === undefined ? undefined : { offset: equals.offset, length: 1 },
    valueSpan,
    view,
    value:
      missing && parameter === '$filter'
        ? { kind: 'filter', tokens: [], filter: { kind: 'filter-list', terms: [], joins: [], ...valueSpan } }
        : yield* parseValue(
            parameter,
            behind === undefined ? view : { ...view, text: view.text.slice(0, behind.length) },
            tokens,
            own,
            behind === undefined ? valueSpan : between(valueSpan.offset, behind.before),
            problems,
          ),
  };
}

/** The tokens that are the clause's own: without a name at the start, and without another clause or a “group by” behind them. */
function ownTokens(tokens: readonly Token[], parameter: ParameterName | undefined) {
  const lead = parameter === undefined ? undefined : leadingClause(tokens, parameter);
  if (lead !== undefined && !lead.isOwn) return { lead, own: [], stray: undefined, group: [] };
  const rest = tokens.slice(lead?.value ?? 0);
  const isFilter = parameter !== undefined && PARAMETERS[parameter].value === 'filter';
  const stray = strayClause(rest, isFilter);
  const before = rest.slice(0, stray?.index);
  const group = groupBy(before, isFilter) ?? before.length;
  return { lead, own: before.slice(0, group), stray, group: before.slice(group) };
}

const placeOf = (origin: Clause['origin'], plus: PlusReading | undefined): StrayPlace => {
  if (origin === 'address') return 'address';
  return plus === undefined ? 'line' : 'address line';
};

/** The `=` after the name, or what people write for it; white space of a word processor may come before it. */
function parseEquals(
  text: string,
  rest: Span,
  name: Word,
  plus: PlusReading | undefined,
  problems: SyntaxProblem[],
): Span | undefined {
  const end = endOf(rest);
  let at = rest.offset;
  while (at < end && /\s/.test(text[at] ?? '')) at++;
  const [written] = /^(?:=+|＝|:)/.exec(text.slice(at, Math.min(at + 80, end))) ?? [];
  if (written !== undefined && (written !== ':' || (name.text.startsWith('$') && name.length > 1))) {
    const equals = { offset: at, length: written.length };
    if (written !== '=') problems.push(wrongEquals(name, equals, written));
    return equals;
  }
  if (name.length > 0 && name.text !== '$' && at < end) {
    const sign = at === endOf(name) ? ' = ' : ' =';
    // `$order by = Label`
    const by = /^by\s*(?==)/i.exec(text.slice(at, Math.min(at + 20, end)))?.[0].length ?? 0;
    problems.push({
      code: 'missing-operator',
      offset: name.offset,
      length: name.length,
      message: `Write “=” after ${name.text}${by > 0 ? ', without “by”' : ''}.`,
      fixes: [
        {
          title: by > 0 ? 'Remove “by”' : 'Insert “=”',
          preferred: true,
          edits:
            by > 0
              ? [{ offset: endOf(name), length: at + by - endOf(name), text: ' ' }]
              : [{ offset: endOf(name), length: 0, text: plus === undefined ? sign : '=' }],
        },
      ],
    });
  }
  return undefined;
}

/** The value without the comments behind it, which are reported. `start` is the clause's, `end` that of `view`. */
function* withoutComments(
  text: string,
  view: View,
  start: number,
  end: number,
  parameter: ParameterName | undefined,
  problems: SyntaxProblem[],
): Steps<{ readonly view: View; readonly valueSpan: Span; readonly tokens: readonly Token[] }> {
  const comments: Span[] = [];
  const tokens = isList(parameter) ? yield* tokenizeInSteps(view, comments) : [];
  const behind = isList(parameter) ? undefined : commentBehind(view.text);
  if (behind !== undefined) comments.push(between(view.at(behind.offset), view.at(endOf(behind))));
  for (const problem of misplacedComments(text, comments, start)) problems.push(problem);
  const last = comments.at(-1);
  const valueEnd =
    last?.offset !== undefined && endOf(last) === end ? trimEnd(text, view.at(0), last.offset) : end;
  const lead = skipTrivia(view.text, 0);
  const valueStart = lead >= view.text.length ? valueEnd : Math.min(view.at(lead), valueEnd);
  return {
    view: behind === undefined ? view : { ...view, text: view.text.slice(0, behind.offset).trimEnd() },
    valueSpan: between(valueStart, valueEnd),
    tokens,
  };
}

/** The references of a clause's value, without those in its comment lines. */
export const referencesOf = ({ value }: Clause): readonly Reference[] =>
  value.kind === 'plain' ? value.text.references : value.tokens.flatMap((token) => token.references);

const wrongEquals = (name: Word, where: Span, written: string): SyntaxProblem => ({
  code: 'missing-operator',
  ...where,
  message: `Write one “=” after ${name.text}, not “${written}”.`,
  fixes: [
    {
      title: 'Replace with “=”',
      preferred: true,
      edits: [{ offset: endOf(name), length: endOf(where) - endOf(name), text: ' =' }],
    },
  ],
});

function* parseValue(
  parameter: ParameterName | undefined,
  view: View,
  tokens: readonly Token[],
  own: readonly Token[],
  valueSpan: Span,
  problems: SyntaxProblem[],
): Steps<ClauseValue> {
  switch (parameter === undefined ? undefined : PARAMETERS[parameter].value) {
    case 'filter': {
      // Where nothing is its own, its place is where it would begin.
      const part = own.length === 0 ? { ...valueSpan, length: 0 } : spanOf(own);
      const at = own.length === tokens.length ? valueSpan : part;
      return {
        kind: 'filter',
        tokens,
        filter: yield* parseFilterInSteps(own, at, problems),
      };
    }
    case 'fields':
      return { kind: 'fields', tokens, items: parseFields(own, problems) };
    case 'order':
      return { kind: 'order', tokens, items: parseOrder(own, problems) };
    case 'number':
    case 'boolean':
    case undefined:
      return {
        kind: 'plain',
        text: {
          ...valueSpan,
          text: view.text.trim(),
          references: referencesInView(view),
        },
      };
  }
}

const isList = (parameter: ParameterName | undefined): boolean =>
  parameter !== undefined && !['number', 'boolean'].includes(PARAMETERS[parameter].value);
