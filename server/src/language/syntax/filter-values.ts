/** Values of a filter, as nodes. */
import { endOf } from '../text/span';
import { cover, type FilterReader, write } from './filter-tokens';
import type { Value } from './nodes';
import type { Token } from './tokens';

export const isNumber = (text: string): boolean => /^[+-]?\d+(?:\.\d+)?$/.test(text);

/** A word that can only be a value: a number, a date, `true`, `null`. */
export const isLiteral = (text: string): boolean =>
  /^(?:[+-]?\d+(?:\.\d+)?(?:e[+-]?\d+)?[mldf]?|\d{4}-\d{2}-\d{2}(?:T\S*)?|true|false|null)$/i.test(text);

/** The words before the quotes of OData's typed values; of an enumeration, its name: `Sales.Pattern'Yellow'`. */
export const isPrefix = (text: string): boolean =>
  /^(?:datetime|datetimeoffset|date|time|timeofday|duration|guid|binary|x|decimal|geography|geometry|n)$|^[a-z_][\w]*(?:\.[a-z_]\w*)+$/i.test(
    text,
  );

export function quotedValue(token: Token): Value {
  return {
    kind: 'value',
    form: QUOTED[token.quote ?? 'single'],
    text: token.text,
    closed: token.closed === true,
    references: token.references,
    prefix: undefined,
    offset: token.offset,
    length: token.length,
  };
}

const QUOTED = { single: 'quoted', double: 'double-quoted', curly: 'curly-quoted' } as const;

/** Reports a quote of the token that is missing or not doubled. */
export function checkQuotes(reader: FilterReader, token: Token): void {
  if (token.kind !== 'string' || reader.isExcused(token)) return;
  const { undoubled = [] } = token;
  if (undoubled.length > 0) {
    reader.report('unterminated-value', token, "A quote inside a value is written twice: 'O''Neill'.", {
      title: 'Double the quote',
      preferred: true,
      edits: undoubled.map((offset) => ({ offset, length: 0, text: "'" })),
    });
  }
  if (token.closed !== true) {
    const more = reader.missingAfter(token);
    const title = 'Insert the closing quote';
    reader.report(
      'unterminated-value',
      token,
      "The closing quote is missing. A quote inside a value is written twice: 'O''Neill'.",
      token.quote === 'single'
        ? write(title, { offset: endOf(token), length: 0 }, `'${more}`)
        : write(title, token, `'${token.text.replaceAll("'", "''")}'${more}`),
    );
  }
}

/** The form of a value without quotes and variables. */
function bareForm(text: string): Value['form'] {
  if (isNumber(text)) return 'number';
  switch (text.toLowerCase()) {
    case 'true':
    case 'false':
      return 'boolean';
    case 'null':
      return 'null';
    default:
      return 'text';
  }
}

export function bareValue(tokens: readonly Token[], separator = ' '): Value {
  const first = tokens[0];
  const where = first === undefined ? { offset: 0, length: 0 } : cover(first, tokens.at(-1) ?? first);
  const text = tokens.map((token) => token.text).join(separator);
  const written = tokens.some(({ gap }, index) => index > 0 && gap !== undefined)
    ? tokens.map((token, index) => (index === 0 ? '' : (token.gap ?? separator)) + token.text).join('')
    : undefined;
  const references = tokens.flatMap((token) => token.references);
  const form = references.length > 0 ? 'variable' : bareForm(text);
  return { kind: 'value', form, text, written, closed: true, references, prefix: undefined, ...where };
}
