/** Filters as the API reads them: one space between words, keywords in lower case, values in single quotes. */
import type { FilterList, Term, Value, Word } from '../syntax/nodes';
import { comparisonOf, functionOf } from '../vocabulary/filter-words';

export interface FilterPrinter {
  /** How a field (or what stands for one) is written. */
  readonly word: (word: Word) => string;
  readonly value: (value: Value) => string;
}

export const quote = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** Prints names, and bare numbers and booleans, as the user wrote them. */
export const asWritten: FilterPrinter = {
  word: (word) => word.text,
  value: (value) => printValue(value, value.text),
};

/** True when a variable without quotes may stand for a whole value: its text has quotes, or needs none. */
export const isWholeValue = (text: string): boolean =>
  /^\s*(?:'(?:[^']|'')*'|[+-]?\d+(?:\.\d+)?|true|false)\s*$/i.test(text);

/** The text between the quotes of a whole value; undefined where it has none. */
export function unquoted(text: string): string | undefined {
  const inner = /^\s*'((?:[^']|'')*)'\s*$/.exec(text)?.[1];
  return inner?.replaceAll("''", "'");
}

/** True for a value in quotes of any kind. */
export function isQuoted(form: Value['form']): boolean {
  switch (form) {
    case 'quoted':
    case 'double-quoted':
    case 'curly-quoted':
      return true;
    case 'number':
    case 'boolean':
    case 'null':
    case 'text':
    case 'variable':
      return false;
  }
}

/** A value with another text, quoted if the value was quoted in any way. */
export const printValue = ({ form }: Value, text: string): string => (isQuoted(form) ? quote(text) : text);

/** Returns undefined where something is missing: then only the user's own text is faithful. */
export function printFilter(list: FilterList, printer: FilterPrinter): string | undefined {
  const parts: string[] = [];
  for (const [index, term] of list.terms.entries()) {
    const text = printTerm(term, printer);
    if (text === undefined) return undefined;
    if (index > 0) parts.push(list.joins[index - 1]?.op ?? 'and');
    parts.push(text);
  }
  return parts.length === 0 ? undefined : parts.join(' ');
}

export function printTerm(term: Term, printer: FilterPrinter): string | undefined {
  switch (term.kind) {
    case 'comparison': {
      if (term.operator === undefined || term.value === undefined) return undefined;
      const operator = term.operator.text;
      return `${printer.word(term.field)} ${comparisonOf(operator) ?? operator} ${printer.value(term.value)}`;
    }
    case 'function': {
      const [field, value] = term.arguments;
      if (
        term.arguments.length !== 2 ||
        field?.word === undefined ||
        value?.value === undefined ||
        term.close === undefined
      )
        return undefined;
      const call = `${functionOf(term.name.text) ?? term.name.text}(${printer.word(field.word)},${printer.value(value.value)})`;
      if (term.operator === undefined) return call;
      return term.value === undefined
        ? undefined
        : `${call} ${term.operator.text.toLowerCase()} ${printer.value(term.value)}`;
    }
    case 'group': {
      const inner = printFilter(term.filter, printer);
      return inner === undefined ? undefined : `(${inner})`;
    }
    case 'not': {
      const inner = term.operand === undefined ? undefined : printTerm(term.operand, printer);
      return inner === undefined ? undefined : `not ${inner}`;
    }
    case 'in':
      return `${printer.word(term.field)} ${term.operator.text.toLowerCase()} (${term.values.map((value) => printer.value(value)).join(',')})`;
    case 'between':
      return `${printer.word(term.field)} between ${printer.value(term.low)} and ${printer.value(term.high)}`;
    case 'opaque':
      return printer.word(term.word);
    case 'foreign':
    case 'bad':
      return undefined;
  }
}

/** True where a variable stands for conditions, or for a name. */
export function isOpaque(term: Term): boolean {
  const inner = term.kind === 'not' ? term.operand : term;
  if (inner?.kind === 'group') return inner.filter.terms.some(isOpaque);
  return inner?.kind === 'opaque' || (inner?.kind === 'comparison' && inner.field.references.length > 0);
}
