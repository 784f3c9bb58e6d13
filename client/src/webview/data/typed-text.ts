/** Between the value of a cell and the text that is typed into it. */
import { type CellValue, cellValue, type Conventions, emptyValue } from '#core/bulk/cell-value';
import { cellText } from '#core/results/table';
import { dateOrderOf } from '#core/text/date-order';
import { kindOf } from '#core/values/kind-of';
import type { ViewField } from '../messages';
import type { NewValue } from './edits';

type FieldType = ViewField['type'];

/** How the user writes dates and numbers, by their locale. */
export function conventionsOf(locale: string): Conventions {
  const sign = new Intl.NumberFormat(locale).formatToParts(0.5).find(({ type }) => type === 'decimal')?.value;
  return {
    dateOrder: dateOrderOf(locale),
    decimalSign: sign === ',' ? ',' : '.',
  };
}

/** The type of a field; where the metadata don't know it, that of the value that it has. */
export function effectiveType(declared: FieldType, before: unknown): FieldType {
  if (declared !== 'unknown') return declared;
  switch (kindOf(before)) {
    case 'number':
    case 'exact':
      return 'decimal';
    case 'boolean':
      return 'boolean';
    case 'list':
      return 'list';
    default:
      return 'string';
  }
}

const NUMBERS: ReadonlySet<FieldType> = new Set(['integer', 'decimal']);

/** The text of a value, such that `typedValue` reads the value back. */
export function editText(value: unknown, type: FieldType, { decimalSign = '.' }: Conventions): string {
  const text = cellText(value);
  return NUMBERS.has(type) ? text.replace('.', decimalSign) : text;
}

/** Reads what was typed or pasted. Nothing typed empties the cell. */
export function typedValue(text: string, type: FieldType, conventions: Conventions): NewValue {
  if (text === '' || (type !== 'string' && text.trim() === '')) return emptied(type);
  const read = valueOf(text, type, conventions);
  switch (read.kind) {
    case 'value':
      return { type, value: read.value };
    case 'blank':
      return emptied(type);
    case 'problem':
      return { type, value: text, problem: problemOf(read, text) };
  }
}

export const emptied = (type: FieldType): NewValue => ({ type, value: emptyValue({ type }) });

/** Digits with a point, as the API and the grid's own copies write them. */
const POINT = /^[+-]?\d+\.\d+$/;

function valueOf(text: string, type: FieldType, conventions: Conventions): CellValue {
  const cell = { kind: 'text', text } as const;
  if (!NUMBERS.has(type) || conventions.decimalSign !== ',' || !POINT.test(text.trim()))
    return cellValue(cell, { type }, conventions);
  // 1.234 can be the thousands of this user, or a number as the API writes it; 1.23 is only the latter.
  return cellValue(cell, { type }, { ...conventions, decimalSign: undefined });
}

/** What is asked of a file is told of a cell: write it so that it can mean one thing only. */
function problemOf({ message, needs }: Extract<CellValue, { kind: 'problem' }>, text: string): string {
  if (needs === 'dateOrder') return `“${text}” can be two days: write year-month-day, such as 2026-01-31.`;
  if (needs === 'decimalSign')
    return `“${text}” can be read as a fraction or as thousands: write it without signs for thousands.`;
  return message;
}

/** What may be typed into an empty cell, by an example. */
export function hintOf(type: FieldType, { dateOrder, decimalSign = '.' }: Conventions): string {
  const day = dateOrder === 'month' ? '01/31/2026' : '31/01/2026';
  switch (type) {
    case 'integer':
      return '12';
    case 'decimal':
      return `12${decimalSign}50`;
    case 'boolean':
      return 'true or false';
    case 'date':
      return dateOrder === undefined ? '2026-01-31' : `2026-01-31 or ${day}`;
    case 'datetime':
      return dateOrder === undefined ? '2026-01-31T09:00' : `2026-01-31T09:00 or ${day} 09:00`;
    case 'time':
      return '09:30';
    case 'list':
      return 'one; two';
    case 'string':
    case 'unknown':
      return '';
  }
}
