/** What can be done with a field of each type: the one source for completion, diagnostics and hover. */
import type { FieldType } from '../catalog/catalog';
import {
  COMPARISON_NAMES,
  type ComparisonOperator,
  type FilterFunction,
  FUNCTION_NAMES,
} from '../vocabulary/filter-words';
import { isIsoDate, isTime, readDate } from './dates';

/** A type in a sentence: `Cost is a number`. */
export const withArticle = (type: FieldType): string =>
  /^(text|true|unknown)/.test(TYPE_NAMES[type]) ? TYPE_NAMES[type] : `a ${TYPE_NAMES[type]}`;

/** The names of types in messages. */
export const TYPE_NAMES: Readonly<Record<FieldType, string>> = {
  string: 'text',
  integer: 'whole number',
  decimal: 'number',
  boolean: 'true or false',
  datetime: 'date and time',
  date: 'date',
  time: 'time of day',
  list: 'list',
  unknown: 'unknown type',
};

/** Comparison operators that make sense for the type. */
export function operatorsFor(type: FieldType): readonly ComparisonOperator[] {
  return type === 'boolean' ? ['eq', 'ne'] : COMPARISON_NAMES;
}

/** Functions that the type allows: `contains` and the others search text. */
export function functionsFor(type: FieldType): readonly FilterFunction[] {
  return type === 'string' || type === 'unknown' ? FUNCTION_NAMES : [];
}

/** An example value of the type, without quotes. */
export function exampleValue(type: FieldType): string {
  switch (type) {
    case 'integer':
      return '5';
    case 'decimal':
      return '99.50';
    case 'boolean':
      return 'true';
    case 'datetime':
      return '2025-01-31T09:00:00';
    case 'date':
      return '2025-01-31';
    case 'time':
      return '09:30';
    case 'string':
    case 'list':
    case 'unknown':
      return 'value';
  }
}

export type ValueVerdict =
  | { readonly ok: true }
  | {
      readonly ok: false;
      readonly code: 'type-mismatch' | 'bad-date';
      readonly message: string;
      readonly better?: string;
    };

/** Whether `text` (the value without its quotes) can be of the type; `better` is the text to write instead, when that is certain. */
export function checkValue(type: FieldType, text: string): ValueVerdict {
  switch (type) {
    case 'integer':
      return /^[+-]?\d+$/.test(text)
        ? { ok: true }
        : mismatch(
            'a whole number',
            text,
            '5',
            /^[+-]?\d{1,3}(,\d{3})+$/.test(text) ? text.replaceAll(',', '') : undefined,
          );
    case 'decimal':
      return /^[+-]?\d+(?:\.\d+)?$/.test(text)
        ? { ok: true }
        : mismatch(
            'a number',
            text,
            '99.50',
            /^[£$€]?\s?\d{1,3}(,\d{3})*(\.\d+)?$/.test(text) ? text.replace(/[£$€,\s]/g, '') : undefined,
          );
    case 'boolean':
      return /^(true|false)$/i.test(text)
        ? { ok: true }
        : mismatch('true or false', text, 'true', BOOLEANS.get(text.toLowerCase()));
    case 'datetime':
    case 'date':
      return checkDate(text);
    case 'time':
      return isTime(text) || isIsoDate(text) ? { ok: true } : mismatch('a time such as 09:30', text, '09:30');
    case 'string':
    case 'list':
    case 'unknown':
      return { ok: true };
  }
}

const BOOLEANS: ReadonlyMap<string, string> = new Map([
  ['yes', 'true'],
  ['y', 'true'],
  ['1', 'true'],
  ['no', 'false'],
  ['n', 'false'],
  ['0', 'false'],
  ['on', 'true'],
  ['off', 'false'],
]);

function mismatch(what: string, text: string, example: string, better?: string): ValueVerdict {
  const shown = text === '' ? 'An empty value' : `“${text}”`;
  return {
    ok: false,
    code: 'type-mismatch',
    message: `${shown} is not ${what}. Write, for example, '${better ?? example}'.`,
    ...(better === undefined ? {} : { better }),
  };
}

function checkDate(text: string): ValueVerdict {
  const reading = readDate(text);
  switch (reading.kind) {
    case 'iso':
      return { ok: true };
    case 'other':
      return {
        ok: false,
        code: 'bad-date',
        message: `The API can’t read the date “${text}”. Write '${reading.iso}'.`,
        better: reading.iso,
      };
    case 'unclear':
      return {
        ok: false,
        code: 'bad-date',
        message: `The API can’t read the date “${text}”: ${reading.why}. Write year-month-day, such as '2025-01-31T09:00:00'.`,
      };
    case 'no-date':
      return /\d/.test(text)
        ? {
            ok: false,
            code: 'bad-date',
            message: `The API can’t read “${text}” as a date. Write year-month-day, such as '2025-01-31T09:00:00'.`,
          }
        : mismatch('a date', text, '2025-01-31T09:00:00');
  }
}
