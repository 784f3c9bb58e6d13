/** The types of fields, and what each is called wherever a user reads it: messages, lists, trees and pages. */

/** As in the metadata cache file. */
export const FIELD_TYPES = [
  'string',
  'integer',
  'decimal',
  'boolean',
  'datetime',
  'date',
  'time',
  'list',
  'unknown',
] as const;
export type FieldType = (typeof FIELD_TYPES)[number];

/** In words that are no programmer’s. */
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
