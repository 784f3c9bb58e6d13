/** What people write to search in text: SQL's `like`, `~`, regular expressions. */
import type { FieldType } from '../catalog/catalog';
import type { Comparison, Value } from '../syntax/nodes';
import { comparisonOf, type FilterFunction, functionOf, synonymOf } from '../vocabulary/filter-words';
import { functionsFor } from './field-types';
import type { FilterMeaning } from './filter-meaning';
import { asWritten, isWholeValue, quote } from './print-filter';

/** A condition of the API that means the same; `sure` is false where it is a guess. */
export interface Search {
  readonly text: string;
  readonly sure: boolean;
}

/** `Label like '%aid%'` means `contains(Label,'aid')`. Undefined where the API has nothing like it. */
export function searchFor(
  field: string,
  operator: string,
  bare: Value,
  meaning: FilterMeaning,
): Search | undefined {
  const value = withBlanks(bare);
  const call = functionOf(synonymOf(operator) ?? '');
  if (call === undefined || value.form === 'null') return undefined;
  if (value.references.length > 0) return withVariable(field, operator, call, value, meaning);
  if (/like$/i.test(operator)) return like(field, value.text);
  if (/^(?:matches|=?~|~=)$/i.test(operator)) {
    const found = pattern(field, value.text);
    // With a tilde, some languages ask for equality without case.
    return found === undefined || /^matches$/i.test(operator) || /^\^|\$$/.test(value.text)
      ? found
      : { ...found, sure: false };
  }
  return { text: `${call}(${field},${quote(value.text)})`, sure: true };
}

/** What is looked for is what was written. */
const withBlanks = (value: Value): Value => ({ ...value, text: value.written ?? value.text });

function withVariable(
  field: string,
  operator: string,
  call: FilterFunction,
  value: Value,
  meaning: FilterMeaning,
): Search {
  const text = meaning.textOf(value);
  const { before, plain, after } = wildcards(value.text);
  if (/like$/i.test(operator) && before + after !== '' && !WILDCARD.test(plain.replace(/\{\{.*?\}\}/g, ''))) {
    // The variable may hold wildcards.
    const inner = text?.slice(before.length, text.length - after.length);
    return {
      text: searchText(field, before, plain, after),
      sure: inner !== undefined && !WILDCARD.test(inner),
    };
  }
  const bare = value.form === 'variable' && (text === undefined || isWholeValue(text));
  return {
    text: `${call}(${field},${bare ? asWritten.value(value) : quote(value.text)})`,
    sure: text !== undefined && !WILDCARD.test(text),
  };
}

/** `%` and `*` at an end stand for any text. One in the middle, and those for one character, have no equivalent. */
function like(field: string, text: string): Search | undefined {
  const { before, plain, after } = wildcards(text);
  if (WILDCARD.test(plain)) return undefined;
  if (before === '' && after === '') {
    const better = plain === '' ? `${field} eq ''` : `contains(${field},${quote(plain)})`;
    return { text: better, sure: false };
  }
  // Wildcards alone find all.
  return plain === '' ? undefined : { text: searchText(field, before, plain, after), sure: true };
}

interface WildcardSearch {
  /** The conditions that ask for the same, all of them together. */
  readonly calls: readonly string[];
  /** False where they find more than was asked for. */
  readonly sure: boolean;
  /** True where the API can read the condition as it is written, so that its signs may be meant. */
  readonly isWritten: boolean;
}

/**
 * `Label = 'First*'`, as spreadsheets ask for what starts so. Undefined where no wildcard is meant: a percent sign behind a
 * digit is one, and a question mark may end a question.
 */
export function wildcardSearch(
  { field, operator, value: bare }: Pick<Comparison, 'field' | 'operator' | 'value'>,
  type: FieldType | undefined,
): WildcardSearch | undefined {
  const value = bare === undefined ? undefined : withBlanks(bare);
  const written = operator?.text ?? '';
  const known = comparisonOf(written);
  if (value === undefined || (known ?? synonymOf(written)) !== 'eq') return undefined;
  if (value.references.length > 0 || value.form === 'null' || value.prefix !== undefined) return undefined;
  if (type !== undefined && functionsFor(type).length === 0) return undefined;
  const isWritten = known !== undefined && value.form === 'quoted';
  const [, lead = '', start, end, tail = ''] =
    /^(\*?)([^*?%]*[\p{L}\d])[*?]([\p{L}\d][^*?%]*)(\*?)$/u.exec(value.text) ?? [];
  if (start !== undefined && end !== undefined) {
    const calls = [searchText(field.text, lead, start, '*'), searchText(field.text, '*', end, tail)];
    return { calls, sure: false, isWritten };
  }
  const { before, plain, after } = wildcards(value.text);
  if (before + after === '' || plain.trim() === '' || /[*?%]/.test(plain)) return undefined;
  if (/%/.test(before + after) && /\d$/.test(plain)) return undefined;
  return { calls: [searchText(field.text, before, plain, after)], sure: true, isWritten };
}

const WILDCARD = /[%_*?[\]]/;

function wildcards(text: string): Record<'before' | 'plain' | 'after', string> {
  const [, before = '', plain = '', after = ''] = /^([%*]*)(.*?)([%*]*)$/s.exec(text) ?? [];
  return { before, plain, after };
}

function searchText(field: string, before: string, plain: string, after: string): string {
  const open = before === '' ? 'startswith' : 'contains';
  const call = after === '' ? 'endswith' : open;
  return `${call}(${field},${quote(plain)})`;
}

/** A regular expression of plain characters, perhaps with `^` or `$`. */
export function pattern(field: string, text: string): Search | undefined {
  const [, start = '', plain = '', end = ''] = /^(\^?)(.*?)(\$?)$/s.exec(text) ?? [];
  if (!/^[\p{L}\p{N} ,:;@#%&_'"/-]+$/u.test(plain)) return undefined;
  const value = quote(plain);
  if (start !== '' && end !== '') return { text: `${field} eq ${value}`, sure: true };
  const ended = end === '' ? 'contains' : 'endswith';
  return { text: `${start === '' ? ended : 'startswith'}(${field},${value})`, sure: true };
}
