/** What a row of a table asks for, before any record was read. */
import type { FieldInfo } from '#language';
import { cellText } from '../results/table';
import { formOf } from '../values/same-value';
import { type CellValue, cellValue, type Conventions, emptyValue } from './cell-value';
import { type FieldMode, type Mapping, shown } from './mapping';
import type { Cell, TableColumn, TableRow } from './table';

/** A field that a cell writes. */
export interface Wish {
  readonly field: FieldInfo;
  readonly mode: FieldMode;
  readonly value: unknown;
  /** True for a blank cell that empties its field. */
  readonly clears: boolean;
  /** Why the cell has no value for the field: a sentence that names the column. `value` is then its text. */
  readonly problem?: string;
}

export interface RowWish {
  readonly row: number;
  /** What tells the record apart; undefined for a creation, and where the cell is blank or has no value. */
  readonly key: string | undefined;
  /** The same for all keys that the API takes for one. */
  readonly normalKey: string | undefined;
  readonly wishes: readonly Wish[];
  /** What is wrong with the row itself, or with its key: sentences. */
  readonly problems: readonly string[];
  /** What would settle a problem, if it were known of the file. */
  readonly needs: ReadonlySet<keyof Conventions>;
}

/** The API compares numbers and times by value, and texts without case; spaces can’t be seen. */
const normalKey = (key: string, { type }: FieldInfo): string =>
  formOf(type, key) ?? trimmed(key.normalize('NFC').replace(SPACES, ' ')).toLowerCase();

const BLANK: Cell = { kind: 'blank' };

/** Reads the cells of a row by the types of their fields. */
export function wishOf(
  row: TableRow,
  columns: readonly TableColumn[],
  mapping: Mapping,
  conventions: Conventions,
): RowWish {
  const needs = new Set<keyof Conventions>();
  const problems: string[] = row.problem === undefined ? [] : [row.problem];
  const read = (column: number, field: FieldInfo): CellValue & { readonly text: string } => {
    const cell = row.cells[column] ?? BLANK;
    const found = cellValue(cell, field, conventions);
    if (found.kind === 'problem' && found.needs !== undefined) needs.add(found.needs);
    return { ...found, text: cell.kind === 'blank' ? '' : cell.text };
  };
  let key: string | undefined;
  if (mapping.key !== undefined) {
    const { column, field } = mapping.key;
    const found = read(column, field);
    key = found.kind === 'value' ? trimmed(cellText(found.value)) : undefined;
    if (found.kind === 'blank' || key === '')
      problems.push(`${shown(columns, column)} is blank, so no record can be found by it.`);
    else if (found.kind === 'problem') problems.push(`${shown(columns, column)}: ${found.message}`);
    if (key === '') key = undefined;
  }
  /** A text is written as it is looked up, so that the record is found by it again. */
  const written = (field: FieldInfo, value: unknown) =>
    field === mapping.key?.field && key !== undefined && typeof value === 'string' ? key : value;
  const wishes = mapping.fields.flatMap(({ column, field, mode }): Wish[] => {
    const found = read(column, field);
    const wish = { field, mode, clears: false };
    switch (found.kind) {
      case 'value':
        return [{ ...wish, value: written(field, found.value) }];
      case 'blank':
        return mode === 'clear' ? [{ ...wish, value: emptyValue(field), clears: true }] : [];
      case 'problem':
        return [{ ...wish, value: found.text, problem: `${shown(columns, column)}: ${found.message}` }];
    }
  });
  const normal = mapping.key && key !== undefined ? normalKey(key, mapping.key.field) : undefined;
  return { row: row.row, key, normalKey: normal, wishes, problems, needs };
}

const SPACES = /[\s\u00a0\u200b\ufeff]+/g;

/** Spaces around a key are none of it, those that don't break lines either. */
const trimmed = (key: string): string =>
  key.replace(/^[\s\u00a0\u200b\ufeff]+|[\s\u00a0\u200b\ufeff]+$/g, '');
