/** One condition of a filter: a field, an operator or function, and a value make a predicate. */
import type { Field } from './catalog';
import { fail, type Token } from './filter-tokens';
import type { Quirks } from './quirks';
import type { Row, Value } from './values';
import { isAbsent, kindWords, readBoolean, readDate, readNumber } from './values';

export interface Predicate {
  (row: Row): boolean;
  /** Only rows with one of these texts can meet it: they need not all be looked at. */
  readonly texts?: readonly TextOfField[];
}

/** A text of a field, in lower case. */
interface TextOfField {
  readonly field: string;
  readonly text: string;
}

export const withTexts = (predicate: Predicate, texts: Predicate['texts']): Predicate =>
  texts === undefined ? predicate : Object.assign((row: Row) => predicate(row), { texts });

export type Operator = 'eq' | 'ne' | 'lt' | 'le' | 'gt' | 'ge';
export type TextFunction = 'contains' | 'startswith' | 'endswith';

/** `contains` and its like. An absent value contains nothing (A). */
export function textPredicate(name: string, fn: TextFunction, text: string, quirks: Quirks): Predicate {
  const fold = folding(quirks);
  const wanted = fold(text);
  const test = (found: (text: string) => boolean): Predicate => {
    return (row) => {
      const value = row[name];
      return typeof value === 'string' && value !== '' && found(fold(value));
    };
  };
  switch (fn) {
    case 'contains':
      return test((text) => text.includes(wanted));
    case 'startswith':
      return test((text) => text.startsWith(wanted));
    case 'endswith':
      return test((text) => text.endsWith(wanted));
  }
}

/** What of a text counts in a comparison. */
const folding = (quirks: Quirks): ((text: string) => string) =>
  quirks.has('text-case') ? (text) => text : (text) => text.toLowerCase();

/** Orders text as $orderby does, without regard to case. */
const collator = new Intl.Collator('en', { sensitivity: 'accent' });
const exactCollator = new Intl.Collator('en', { sensitivity: 'variant' });
export const compareText = (a: string, b: string): number => collator.compare(a, b);

/** A field beside a value; refuses a value that is not of the field's type. */
export function comparison(field: Field, op: Operator, token: Token, quirks: Quirks): Predicate {
  const text = token.text;
  const refuse = (): never => {
    const shown = token.type === 'string' ? `'${text.replaceAll("'", "''")}'` : text;
    return fail(token.at, `${field.name} takes ${kindWords(field.kind)}, not ${shown}.`);
  };
  switch (field.kind) {
    case 'string': {
      if (text === '') {
        // An empty value means no value (A).
        if (op === 'eq' || op === 'ne') return (row) => isAbsent(row[field.name]) === (op === 'eq');
      }
      const fold = folding(quirks);
      const wanted = fold(text);
      if (op === 'eq' || op === 'ne') {
        const equal = equality(field.name, op, (v) => typeof v === 'string' && fold(v) === wanted);
        return op === 'eq' ? withTexts(equal, [{ field: field.name, text: text.toLowerCase() }]) : equal;
      }
      const compare = quirks.has('text-case') ? exactCollator.compare : compareText;
      return order(field.name, op, (v) => (typeof v === 'string' ? compare(v, text) : undefined));
    }
    case 'integer':
    case 'decimal': {
      // A whole-number field takes no fraction, as an Int32 would not (A).
      const wanted = readNumber(text, field.kind) ?? refuse();
      if (op === 'eq' || op === 'ne') return equality(field.name, op, (v) => v === wanted);
      return order(field.name, op, (v) => (typeof v === 'number' ? v - wanted : undefined));
    }
    case 'boolean': {
      const wanted = readBoolean(text) ?? refuse();
      return equality(field.name, op === 'ne' ? 'ne' : 'eq', (v) => v === wanted);
    }
    case 'datetime': {
      if (token.type !== 'string') refuse();
      const wanted = readDate(text) ?? refuse();
      if (op === 'eq' || op === 'ne') return equality(field.name, op, (v) => v === wanted);
      return order(field.name, op, (v) =>
        typeof v === 'string' ? (v < wanted ? -1 : v > wanted ? 1 : 0) : undefined,
      );
    }
    case 'list':
      return fail(token.at, `the field ${field.name} cannot be filtered.`);
  }
}

/** An absent value equals nothing: `eq` is false for it, `ne` is true (A). */
function equality(name: string, op: 'eq' | 'ne', same: (value: Value | undefined) => boolean): Predicate {
  return op === 'eq' ? (row) => same(row[name]) : (row) => !same(row[name]);
}

/** An absent value is neither less nor greater (A). */
function order(
  name: string,
  op: 'lt' | 'le' | 'gt' | 'ge',
  compare: (value: Value | undefined) => number | undefined,
): Predicate {
  const found = (row: Row): number | undefined => {
    const value = row[name];
    return isAbsent(value) ? undefined : compare(value);
  };
  // undefined compares false with every number
  switch (op) {
    case 'lt':
      return (row) => (found(row) ?? NaN) < 0;
    case 'le':
      return (row) => (found(row) ?? NaN) <= 0;
    case 'gt':
      return (row) => (found(row) ?? NaN) > 0;
    case 'ge':
      return (row) => (found(row) ?? NaN) >= 0;
  }
}
