/** `$name = value`, on its own line or in an address. */
import { endOf, type Span } from '../text/span';
import { plainView, type PlusReading, type View } from '../text/view';
import { type ParameterName, parameterOf, PARAMETERS } from '../vocabulary/parameters';
import { pathView, valueView } from './address';
import { parseFilter } from './filter-parser';
import { trimEnd } from './lines';
import type { Clause, ClauseValue, FieldItem, OrderItem, Word } from './nodes';
import type { SyntaxProblem } from './problems';
import { findReferences } from './references';
import { skipTrivia, type Token, tokenize } from './tokens';

const START = /^[?&]?\s*(?:\$|%24)/;
const START_WITHOUT_DOLLAR = /^[?&]?\s*[A-Za-z]\w*[ \t]*=(?!=)/;

/** True when a clause starts at `offset`: `$name`, `?$name`, `&name=`, `name =`. */
export function isClauseStart(text: string, offset: number): boolean {
  const rest = text.slice(offset, offset + 80);
  return /^[?&]/.test(rest) || START.test(rest) || START_WITHOUT_DOLLAR.test(rest);
}

/** Parses the clause in `text` from `start` to `end`; `plus` is how an address reads `+`. */
export function parseClause(
  text: string,
  start: number,
  end: number,
  origin: Clause['origin'],
  problems: SyntaxProblem[],
  plus: PlusReading = 'space-outside-quotes',
): Clause {
  let at = start;
  const marker = text[at] === '?' || text[at] === '&' ? { offset: at, length: 1 } : undefined;
  if (marker !== undefined) at++;
  while (at < end && /\s/.test(text[at] ?? '')) at++;
  const nameStart = at;
  while (at < end && /[$%\w.-]/.test(text[at] ?? '')) at++;
  const raw = { offset: nameStart, length: at - nameStart };
  const name: Word = { ...raw, text: pathView(text, nameStart, at).text, references: [] };
  while (at < end && /[ \t]/.test(text[at] ?? '')) at++;
  let equals: Span | undefined;
  if (text[at] === '=' && at < end) {
    equals = { offset: at, length: 1 };
    at++;
    if (text[at] === '=' && at < end)
      problems.push(wrongEquals(name, { offset: equals.offset, length: ++at - equals.offset }, '=='));
  } else if (text[at] === ':' && at < end && name.text.startsWith('$') && name.length > 1) {
    equals = { offset: at, length: 1 };
    at++;
    problems.push(wrongEquals(name, equals, ':'));
  } else if (name.length > 0 && name.text !== '$' && at < end && at > endOf(name)) {
    problems.push({
      code: 'missing-operator',
      ...raw,
      message: `Write “=” after ${name.text}.`,
      fixes: [
        { title: 'Insert “=”', preferred: true, edits: [{ offset: endOf(name), length: 0, text: ' =' }] },
      ],
    });
  }
  const stop = trimEnd(text, at, end);
  const view = origin === 'address' ? valueView(text, at, stop, plus) : plainView(text, at, stop);
  const lead = skipTrivia(view.text, 0);
  const valueStart = lead >= view.text.length ? stop : view.at(lead);
  const valueSpan = { offset: Math.min(valueStart, stop), length: Math.max(0, stop - valueStart) };
  const parameter = parameterOf(name.text);
  const missing = valueSpan.length === 0;
  if (missing && parameter !== undefined) {
    problems.push({
      code: 'missing-value',
      ...raw,
      message: `Write a value for ${parameter}, for example ${PARAMETERS[parameter].example}.`,
    });
  }
  return {
    kind: 'clause',
    origin,
    offset: start,
    length: end - start,
    marker,
    name,
    equals,
    valueSpan,
    view,
    value:
      missing && parameter === '$filter'
        ? { kind: 'filter', tokens: [], filter: { kind: 'filter-list', terms: [], joins: [], ...valueSpan } }
        : parseValue(text, parameter, view, valueSpan, problems),
  };
}

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

function parseValue(
  text: string,
  parameter: ParameterName | undefined,
  view: View,
  valueSpan: Span,
  problems: SyntaxProblem[],
): ClauseValue {
  switch (parameter === undefined ? undefined : PARAMETERS[parameter].value) {
    case 'filter': {
      const tokens = tokenize(view);
      return { kind: 'filter', tokens, filter: parseFilter(tokens, valueSpan, problems) };
    }
    case 'fields': {
      const tokens = tokenize(view);
      return { kind: 'fields', tokens, items: parseFields(tokens, problems) };
    }
    case 'order': {
      const tokens = tokenize(view);
      return { kind: 'order', tokens, items: parseOrder(tokens, problems) };
    }
    case 'number':
    case 'boolean':
    case undefined:
      return {
        kind: 'plain',
        text: {
          ...valueSpan,
          text: view.text.trim(),
          references: findReferences(text, valueSpan.offset, endOf(valueSpan)),
        },
      };
  }
}

const asWord = (token: Token): Word => ({
  offset: token.offset,
  length: token.length,
  text: token.text,
  references: token.references,
});

/** Splits tokens at commas, and reports a comma with nothing before or after it. */
function commaSeparated(tokens: readonly Token[], problems: SyntaxProblem[], what: string): Token[][] {
  const parts: Token[][] = [[]];
  for (const [index, token] of tokens.entries()) {
    if (token.kind !== ',') {
      parts.at(-1)?.push(token);
      continue;
    }
    const next = tokens[index + 1];
    if (parts.at(-1)?.length === 0 || next === undefined) {
      const previous = tokens[index - 1];
      const from = next === undefined && previous !== undefined ? endOf(previous) : token.offset;
      problems.push({
        code: 'missing-value',
        offset: token.offset,
        length: token.length,
        message: `Write a field ${next === undefined ? 'after' : 'before'} this comma in ${what}, or remove it.`,
        fixes: [
          {
            title: 'Remove the comma',
            preferred: true,
            edits: [{ offset: from, length: endOf(token) - from, text: '' }],
          },
        ],
      });
    }
    parts.push([]);
  }
  return parts.filter((part) => part.length > 0);
}

const spanOf = (tokens: readonly Token[]): Span => {
  const first = tokens[0];
  const last = tokens.at(-1);
  return first === undefined || last === undefined
    ? { offset: 0, length: 0 }
    : { offset: first.offset, length: endOf(last) - first.offset };
};

function parseFields(tokens: readonly Token[], problems: SyntaxProblem[]): FieldItem[] {
  const items: FieldItem[] = [];
  for (const part of commaSeparated(tokens, problems, '$select')) {
    let rest = part;
    // `$select = ID Label` lacks a comma.
    while (rest.length > 0) {
      const [first, second] = rest;
      if (first === undefined) break;
      if (first.kind !== 'word') {
        problems.push({
          code: 'unexpected-text',
          ...spanOf(rest),
          message: 'Write fields, separated by commas: ID, Label, StartDate.',
        });
        items.push({ ...spanOf(rest), field: undefined });
        break;
      }
      items.push({ offset: first.offset, length: first.length, field: asWord(first) });
      if (second?.kind === 'word') {
        problems.push({
          code: 'unexpected-text',
          ...spanOf([second]),
          message: 'Separate the fields with commas.',
          fixes: [
            {
              title: 'Insert a comma',
              preferred: true,
              edits: [{ offset: endOf(first), length: 0, text: ',' }],
            },
          ],
        });
      }
      rest = rest.slice(1);
    }
  }
  return items;
}

function parseOrder(tokens: readonly Token[], problems: SyntaxProblem[]): OrderItem[] {
  return commaSeparated(tokens, problems, '$orderby').flatMap((part): OrderItem[] => {
    const [field, direction, third] = part;
    const where = spanOf(part);
    if (field?.kind !== 'word') {
      problems.push({
        code: 'unexpected-text',
        ...where,
        message: 'Write a field, perhaps followed by desc: StartDate desc.',
      });
      return [{ ...where, field: undefined, direction: undefined }];
    }
    if (
      direction !== undefined &&
      !/^(asc|desc)$/i.test(direction.text) &&
      direction.references.length === 0
    ) {
      const down = /^d/i.test(direction.text);
      problems.push({
        code: 'unexpected-text',
        offset: direction.offset,
        length: direction.length,
        message: `Write asc or desc after a field, and a comma between two fields, instead of “${direction.text}”.`,
        fixes:
          /^(a|d)\w*/i.test(direction.text) && /^(asc|desc)/i.test(direction.text)
            ? [
                {
                  title: `Replace with “${down ? 'desc' : 'asc'}”`,
                  preferred: true,
                  edits: [
                    { offset: direction.offset, length: direction.length, text: down ? 'desc' : 'asc' },
                  ],
                },
              ]
            : [
                {
                  title: 'Insert a comma',
                  preferred: true,
                  edits: [{ offset: endOf(field), length: 0, text: ',' }],
                },
              ],
      });
      return [{ ...where, field: asWord(field), direction: undefined }];
    }
    if (third !== undefined) {
      problems.push({
        code: 'unexpected-text',
        ...spanOf(part.slice(2)),
        message: 'Separate the fields with commas.',
        fixes: [
          {
            title: 'Insert a comma',
            preferred: true,
            edits: [{ offset: endOf(direction ?? field), length: 0, text: ',' }],
          },
        ],
      });
    }
    return [
      { ...where, field: asWord(field), direction: direction === undefined ? undefined : asWord(direction) },
    ];
  });
}
