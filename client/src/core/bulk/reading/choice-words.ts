/** The choices of reading a file in words, for a view. */
import { ownValue } from '../../text/names';
import type { ChoiceName, ReadingChoices } from '../table';

interface ChoiceWords {
  readonly label: string;
  /** Values that are not their own words. */
  readonly values: Readonly<Record<string, string>>;
}

const WORDS: Readonly<Record<ChoiceName, ChoiceWords>> = {
  encoding: {
    label: 'Encoding',
    values: {
      'utf-8': 'UTF-8',
      'utf-16le': 'UTF-16',
      'utf-16be': 'UTF-16, big-endian',
      'windows-1252': 'Windows-1252',
    },
  },
  delimiter: {
    label: 'Cells divided by',
    values: { ',': 'Comma', ';': 'Semicolon', '\t': 'Tab', '|': 'Vertical bar' },
  },
  sheet: { label: 'Sheet', values: {} },
  headerRow: { label: 'Names in row', values: {} },
  dateOrder: { label: 'Dates', values: { day: 'Day first: 31/01/2026', month: 'Month first: 01/31/2026' } },
  decimalSign: { label: 'Decimals', values: { '.': 'Point: 1,234.5', ',': 'Comma: 1.234,5' } },
  merged: {
    label: 'Merged cells',
    values: { repeat: 'Value holds for each', blank: 'Value holds for the first' },
  },
  apostrophes: { label: 'Apostrophes of exports', values: { remove: 'Remove', keep: 'Keep' } },
};

export const choiceLabel = (name: ChoiceName): string => WORDS[name].label;

export const valueLabel = (name: ChoiceName, value: string): string =>
  ownValue(WORDS[name].values, value) ?? value;

const isOneOf = <T extends string>(value: string, ...values: readonly T[]): value is T =>
  values.some((each) => each === value);

/** A choice as a view sends it; undefined for what is none. */
export function chosen(name: string, value: string): ReadingChoices | undefined {
  switch (name) {
    case 'encoding':
      return isOneOf(value, 'utf-8', 'utf-16le', 'utf-16be', 'windows-1252')
        ? { encoding: value }
        : undefined;
    case 'delimiter':
      return isOneOf(value, ',', ';', '\t', '|') ? { delimiter: value } : undefined;
    case 'sheet':
      return { sheet: value };
    case 'headerRow':
      return /^\d+$/.test(value) ? { headerRow: Number(value) } : undefined;
    case 'dateOrder':
      return isOneOf(value, 'day', 'month') ? { dateOrder: value } : undefined;
    case 'decimalSign':
      return isOneOf(value, '.', ',') ? { decimalSign: value } : undefined;
    case 'merged':
      return isOneOf(value, 'repeat', 'blank') ? { merged: value } : undefined;
    case 'apostrophes':
      return isOneOf(value, 'remove', 'keep') ? { apostrophes: value } : undefined;
    default:
      return undefined;
  }
}
