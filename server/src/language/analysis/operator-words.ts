/** Comparisons and functions in words, as a sentence whose subject is a field: those of each type, the likeliest first. */
import type { FieldType } from '../catalog/catalog';
import type { ComparisonOperator, FilterFunction } from '../vocabulary/filter-words';

type Words = readonly (readonly [ComparisonOperator | FilterFunction, string])[];

const IS = [
  ['eq', 'is'],
  ['ne', 'is not'],
] as const satisfies Words;

const TEXTS: Words = [
  ...IS,
  ['contains', 'contains'],
  ['startswith', 'starts with'],
  ['endswith', 'ends with'],
  ['ge', 'is or comes after (A to Z)'],
  ['lt', 'comes before (A to Z)'],
  ['gt', 'comes after (A to Z)'],
  ['le', 'is or comes before (A to Z)'],
];

const NUMBERS: Words = [
  ...IS,
  ['ge', 'is at least'],
  ['le', 'is at most'],
  ['gt', 'is more than'],
  ['lt', 'is less than'],
];

const ROWS = {
  string: TEXTS,
  unknown: TEXTS,
  list: [...IS, ...TEXTS.slice(5)],
  integer: NUMBERS,
  decimal: NUMBERS,
  boolean: IS,
  date: [['ge', 'is on or after'], ['lt', 'is before'], ['gt', 'is after'], ['le', 'is on or before'], ...IS],
  // A day is its midnight here: “after” would leave out that alone.
  datetime: [
    ['ge', 'is on or after'],
    ['lt', 'is before'],
    ['gt', 'is later than'],
    ['le', 'is not later than'],
    ['eq', 'is exactly'],
    ['ne', 'is not exactly'],
  ],
  time: [['ge', 'is at or after'], ['lt', 'is before'], ['gt', 'is after'], ['le', 'is at or before'], ...IS],
} as const satisfies Readonly<Record<FieldType, Words>>;

/** A row for each comparison and function that makes sense for the type; a test compares it with `operatorsFor`. */
export const operatorWords = (type: FieldType): Words => ROWS[type];
