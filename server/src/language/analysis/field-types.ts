/** What can be done with a field of each type: the one source for completion, diagnostics and hover. */
import { type FieldType, TYPE_NAMES } from '../text/type-names';
import {
  COMPARISON_NAMES,
  type ComparisonOperator,
  type FilterFunction,
  FUNCTION_NAMES,
} from '../vocabulary/filter-words';
import { NEXT_STEPS } from '../vocabulary/next-steps';
import { isIsoDate, isTime, readDate } from './dates';

/** A type in a sentence: `Cost is a number`. */
export const withArticle = (type: FieldType): string =>
  /^(text|true|unknown)/.test(TYPE_NAMES[type]) ? TYPE_NAMES[type] : `a ${TYPE_NAMES[type]}`;

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
      /** The message without its advice, where that depends on the client: see `write-date`. */
      readonly noDate?: string;
      readonly better?: string;
      /** What it may mean, where that is not certain. */
      readonly either?: readonly string[];
    };

/** Whether `text` (the value without its quotes) can be of the type; `better` is the text to write instead, when that is certain. */
export function checkValue(type: FieldType, text: string): ValueVerdict {
  switch (type) {
    case 'integer':
      return /^[+-]?\d+$/.test(text)
        ? { ok: true }
        : mismatch('a whole number', text, '5', plainNumber(text, /^[+-]?\d+$/));
    case 'decimal':
      return /^[+-]?\d+(?:\.\d+)?$/.test(text)
        ? { ok: true }
        : mismatch('a number', text, '99.50', plainNumber(text, /^[+-]?\d+(?:\.\d+)?$/));
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

/** `£1,000.50`, `100 GBP`, `5 places`, `five`: the digits of a number as people write it, where they fit the pattern. */
function plainNumber(text: string, pattern: RegExp): string | undefined {
  const word = NUMBER_WORDS.indexOf(text.trim().toLowerCase());
  if (word >= 0) return String(word);
  const [, digits] =
    /^(?:[£$€] ?)?([+-]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)(?: ?[£$€]| [a-z]+)?$/i.exec(text.trim()) ?? [];
  const [, count, size] =
    /^[£$€]? ?(\d{1,6}(?:\.\d{1,3})?) ?(k|thousand|m|million)$/i.exec(text.trim()) ?? [];
  if (count !== undefined) {
    const whole = String(Math.round(Number(count) * 1000) * (/^[kt]/i.test(size ?? '') ? 1 : 1000));
    return pattern.test(whole) ? whole : undefined;
  }
  const plain = digits?.replaceAll(',', '');
  return plain !== undefined && pattern.test(plain) ? plain : undefined;
}

/** The digits of `1,000`, `ten`, `10 records`; undefined for what is no whole number. */
export const wholeNumber = (text: string): string | undefined => plainNumber(text, /^[+-]?\d+$/);

const NUMBER_WORDS =
  'zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty'.split(
    ' ',
  );

const BOOLEANS: ReadonlyMap<string, string> = new Map([
  ['yes', 'true'],
  ['y', 'true'],
  ['1', 'true'],
  ['no', 'false'],
  ['n', 'false'],
  ['0', 'false'],
  ['on', 'true'],
  ['off', 'false'],
  ['ticked', 'true'],
  ['checked', 'true'],
  ['unticked', 'false'],
  ['unchecked', 'false'],
]);

function mismatch(what: string, text: string, example: string, better?: string): ValueVerdict {
  const percent = /^(\d{1,3}) ?%$/.exec(text)?.[1];
  if (percent !== undefined && what === 'a number')
    return {
      ok: false,
      code: 'type-mismatch',
      message: `“${text}” is not a number. Write '${percent}' or '${Number(percent) / 100}', as the field has it.`,
      either: [percent, String(Number(percent) / 100)],
    };
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
      if (reading.either === undefined)
        return noDate('bad-date', `The API can’t read the date “${text}”: ${reading.why}.`);
      return {
        ok: false,
        code: 'bad-date',
        message: `The API can’t read the date “${text}”: ${reading.why}. Write ${reading.either.map((each) => `'${each}'`).join(' or ')}.`,
        either: reading.either,
      };
    case 'no-date':
      return /\d/.test(text)
        ? noDate('bad-date', `The API can’t read “${text}” as a date.`)
        : noDate('type-mismatch', `${text === '' ? 'An empty value' : `“${text}”`} is not a date.`);
  }
}

const noDate = (code: 'type-mismatch' | 'bad-date', reason: string): ValueVerdict => ({
  ok: false,
  code,
  message: `${reason} ${NEXT_STEPS['write-date'].vscode}`,
  noDate: reason,
});
