/**
 * How the API can read a value of a filter. The one source for the message of a value, its fix, and every rewriting of a
 * filter in which the value occurs.
 */
import type { FieldInfo, FieldType } from '../catalog/catalog';
import type { DiagnosticCode } from '../syntax/codes';
import type { Value } from '../syntax/nodes';
import { nameKey } from '../text/names';
import { TYPE_NAMES } from '../text/type-names';
import { comparisonOf, synonymOf, turnsMeaning } from '../vocabulary/filter-words';
import { builtinDateOf } from './builtin-dates';
import { NO_QUOTE, quotedForSending, takesBare } from './dialect';
import { checkValue, type ValueVerdict } from './field-types';
import type { FilterMeaning } from './filter-meaning';
import { asWritten, isWholeValue, quote } from './print-filter';
import { eitherWeekday } from './weekdays';

export type ValueReading =
  | { readonly kind: 'fine'; readonly text: string }
  /** `sure`: the text means what was written; else the user has to decide. */
  | {
      readonly kind: 'better';
      readonly code: DiagnosticCode;
      readonly why: string;
      readonly text: string;
      readonly sure: boolean;
      readonly isHint?: boolean;
    }
  | {
      readonly kind: 'none';
      readonly code: DiagnosticCode;
      readonly why: string;
      /** Texts of which one is meant. */
      readonly either?: readonly string[];
      /** Why, without its advice, where that depends on the client: see `write-date`. */
      readonly noDate?: string;
    };

/** What is known of the place of the value. */
export interface ValuePlace {
  /** Undefined where the field is not known, or its type does not matter. */
  readonly field: FieldInfo | undefined;
  /** As written. */
  readonly operator: string | undefined;
  readonly meaning: FilterMeaning;
}

/** Reads a value. `text` of the reading is what the API gets, with its quotes. */
export function readValue(value: Value, place: ValuePlace): ValueReading {
  if (value.form === 'null') return readNull(place);
  if (value.prefix !== undefined) return readPrefixed(value, value.prefix, place);
  const text = place.meaning.textOf(value);
  if (text !== undefined && quotedForSending(text, place.meaning.traits) === undefined)
    return none('unsupported-filter', NO_QUOTE);
  const verdict =
    text === undefined || place.field === undefined || !value.closed
      ? undefined
      : checkValue(place.field.type, text);
  const wrong = verdict?.ok === false ? verdict : undefined;
  switch (value.form) {
    case 'quoted':
      return wrong === undefined
        ? { kind: 'fine', text: asWritten.value(value) }
        : ofType(value, wrong, place);
    case 'double-quoted':
      return quotedAs(value, wrong, place, 'Values need single quotes');
    case 'curly-quoted':
      return quotedAs(value, wrong, place, 'These are typographic quotes. Values need plain single quotes');
    case 'number':
    case 'boolean':
      if (wrong !== undefined) return ofType(value, wrong, place);
      if (takesBare(value.form, place.meaning.traits)) return { kind: 'fine', text: value.text };
      return {
        kind: 'better',
        code: 'missing-quotes',
        isHint: true,
        why: 'This works, because it is sent in quotes. To see here what is sent, write',
        text: quote(value.text),
        sure: true,
      };
    case 'variable':
      // A variable may bring its own quotes, or be a number.
      return text === undefined || isWholeValue(text)
        ? { kind: 'fine', text: value.text }
        : quoted('The variable’s value is text without quotes. Write', quote(value.text));
    case 'text':
      return readText(value, wrong, place);
  }
}

const quoted = (why: string, text: string, sure = true): ValueReading => ({
  kind: 'better',
  code: 'missing-quotes',
  why,
  text,
  sure,
});
const none = (code: DiagnosticCode, why: string): ValueReading => ({ kind: 'none', code, why });

/** That an empty text is found by `''` is an assumption: the guide does not say. */
export const EMPTY_ASSUMPTION = "An empty text is most likely found by ''; the guide does not say so";

/** The sentence where a field can't be compared with nothing. */
export const noEmptiness = (field: FieldInfo): string =>
  `The API can’t ask whether ${field.name} (${TYPE_NAMES[field.type]}) is empty. Leave this out, and filter the results instead.`;

function readNull({ field, operator }: ValuePlace): ValueReading {
  if (field !== undefined && !takesEmpty(field))
    return none('unsupported-filter', `The API has no null. ${noEmptiness(field)}`);
  if (!isEquality(operator))
    return none('unsupported-filter', 'The API has no null. Compare with a text in single quotes.');
  return {
    kind: 'better',
    code: 'unsupported-filter',
    why: `The API has no null. ${EMPTY_ASSUMPTION}. Write`,
    text: "''",
    sure: false,
  };
}

/** Prefixes of values that mean the same without them. Those of an enumeration have a dot. */
const PLAIN_PREFIX = /^(?:datetime|datetimeoffset|date|time|timeofday|guid|decimal|n)$|\./i;

function readPrefixed(value: Value, prefix: string, place: ValuePlace): ValueReading {
  const why = `The API has no “${prefix}” before a value`;
  if (!PLAIN_PREFIX.test(prefix))
    return none('unsupported-filter', `${why}, and no such values. Compare with a text, a number or a date.`);
  const inner = readValue({ ...value, prefix: undefined, form: 'quoted' }, place);
  if (inner.kind === 'none') return none(inner.code, `${why}. ${inner.why}`);
  return { kind: 'better', code: 'unsupported-filter', why: `${why}. Write`, text: inner.text, sure: true };
}

type Wrong = Extract<ValueVerdict, { ok: false }>;

function ofType(value: Value, wrong: Wrong, place: ValuePlace): ValueReading {
  const why = `${place.field?.name ?? ''}: ${wrong.message}`;
  const isDay = isDate(place.field?.type) && value.references.length === 0;
  const date = isDay ? builtinDateOf(value.text) : undefined;
  const weekdays = isDay ? eitherWeekday(value.text).map(quote) : [];
  if (weekdays.length > 0)
    return {
      kind: 'none',
      code: wrong.code,
      why: `${place.field?.name ?? ''}: “${value.text}” may be a day of this week or of another one. Write ${weekdays.join(' or ')}.`,
      either: weekdays,
    };
  const better = date ?? wrong.better;
  return better === undefined || value.references.length > 0
    ? {
        ...none(wrong.code, why),
        ...(wrong.either === undefined ? {} : { either: wrong.either.map(quote) }),
        ...(wrong.noDate === undefined ? {} : { noDate: `${place.field?.name ?? ''}: ${wrong.noDate}` }),
      }
    : { kind: 'better', code: wrong.code, why, text: quote(better), sure: true };
}

const isDate = (type: FieldType | undefined) => type === 'datetime' || type === 'date';

/** A value whose quotes are not the API's. */
function quotedAs(value: Value, wrong: Wrong | undefined, place: ValuePlace, why: string): ValueReading {
  return wrong === undefined ? quoted(why, quote(value.text)) : ofType(value, wrong, place);
}

function readText(value: Value, wrong: Wrong | undefined, place: ValuePlace): ValueReading {
  const { text } = value;
  const { field, meaning } = place;
  const date = isDate(field?.type) || /^\$|\(\)/.test(text) ? builtinDateOf(text) : undefined;
  if (date !== undefined) return quoted('A built-in date stands in braces and quotes', quote(date));
  if (/^@[a-z_]\w*$/i.test(text)) return readAlias(text.slice(1), meaning);
  if (/^\$[a-z]/i.test(text))
    return none(
      'unsupported-filter',
      `“${text}” is no value. Write a text, a number or a date in single quotes.`,
    );
  const isNothing = NOTHING.test(text) && (field === undefined || takesEmpty(field)) && !isKnown(text, field);
  if (isNothing && isEquality(place.operator))
    return {
      kind: 'better',
      code: 'missing-quotes',
      why: `“${text}” would be looked for as a text. ${EMPTY_ASSUMPTION}. Write`,
      text: "''",
      sure: field !== undefined,
    };
  return (
    readNumber(text, field) ??
    readField(text, field, meaning) ??
    (wrong === undefined ? undefined : ofType(value, wrong, place)) ??
    readWord(value, meaning)
  );
}

/** What people write for no value. */
const NOTHING = /^(?:blank|empty|nothing|nil)$/i;

const takesEmpty = ({ type }: FieldInfo) => type === 'string' || type === 'unknown';

const isKnown = (text: string, field: FieldInfo | undefined) =>
  field?.values?.some((each) => nameKey(each) === nameKey(text)) === true;

const isEquality = (operator: string | undefined): boolean =>
  /^(?:eq|ne)$/.test(comparisonOf(operator ?? 'eq') ?? synonymOf(operator ?? '') ?? '');

/** OData's parameter alias is a variable of the file here. */
const readAlias = (name: string, meaning: FilterMeaning): ValueReading =>
  meaning.isVariable(name)
    ? quoted('A variable stands in braces and quotes', `'{{${name}}}'`)
    : none(
        'unsupported-filter',
        `The API has no “@${name}”. Add a line @${name} = value above, and write '{{${name}}}' here.`,
      );

/** `12.5M`, `5L`, `5,50`, `1,000`, `1.000,50`. */
function readNumber(text: string, field: FieldInfo | undefined): ValueReading | undefined {
  const isNumeric = field === undefined || field.type === 'integer' || field.type === 'decimal';
  if (!isNumeric) return undefined;
  const [, plain] = /^([+-]?\d+(?:\.\d+)?)[mldf]$/i.exec(text) ?? [];
  if (plain !== undefined)
    return {
      kind: 'better',
      code: 'unsupported-filter',
      why: `The API has no “${text.slice(-1)}” after a number. Write`,
      text: quote(plain),
      sure: true,
    };
  if (/^[+-]?\d{1,3}(?:\.\d{3})+,\d+$/.test(text)) {
    const better = text.replaceAll('.', '').replace(',', '.');
    return quoted('A number has no comma. Write', quote(better), field?.type === 'decimal');
  }
  if (!/^[+-]?\d+(?:,\d+)+$/.test(text)) return undefined;
  const isThousands = /^[+-]?\d{1,3}(?:,\d{3})+$/.test(text);
  const isOne = isThousands || (text.match(/,/g)?.length === 1 && field?.type !== 'integer');
  const better = isThousands ? text.replaceAll(',', '') : text.replace(',', '.');
  return isOne
    ? quoted('A number has no comma. Write', quote(better), field !== undefined)
    : none('type-mismatch', `“${text}” is no number. Write one value, such as '5'.`);
}

/** The name of another field, unless it is a known value of this one. */
function readField(
  text: string,
  field: FieldInfo | undefined,
  meaning: FilterMeaning,
): ValueReading | undefined {
  if (isKnown(text, field)) return undefined;
  const other = meaning.field(text);
  return other === undefined
    ? undefined
    : none(
        'unsupported-filter',
        `The API can’t compare two fields, and ${other.name} is one. If you mean the text, write it in single quotes.`,
      );
}

/** Text without its quotes. Where the fields are not known, a name may be one of them. */
function readWord({ text, written = text }: Value, meaning: FilterMeaning): ValueReading {
  const isName = /^[a-z_]\w*(?:\/\w+)*$/i.test(text);
  const sure = !turnsMeaning(text) && (!isName || (meaning.knowsFields && !text.includes('/')));
  return quoted('Write the value in single quotes', quote(written), sure);
}
