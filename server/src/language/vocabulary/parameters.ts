/** The API's parameters (guide), in the order in which we write them. A new one is a row of the table. */
import { PAGE_SIZE } from '../text/limits';
import { ownValue } from '../text/own-value';
import type { Method } from './methods';
import type { OfferedValue } from './offered-value';

interface ParameterRow {
  /** A few words. */
  readonly meaning: string;
  /** Markdown, without the example. */
  readonly docs: string;
  /** A whole clause, for messages and documentation. */
  readonly example: string;
  /** An example for documentation, where it shows more than `example`. */
  readonly longExample?: string;
  /** The kind of its value. */
  readonly value: 'filter' | 'fields' | 'order' | 'number' | 'boolean';
  /** The methods that allow it. */
  readonly methods: readonly Method[];
  /** Values that completion offers for any request. */
  readonly offers: readonly OfferedValue[];
}

const ROWS = {
  $upsert: {
    meaning: 'which record to change',
    docs: 'With POST: changes the record that this filter finds, or creates one if it finds none. The API refuses if it finds several.',
    example: "$upsert = Email eq 'name@example.com'",
    value: 'filter',
    methods: ['POST'],
    offers: [],
  },
  $select: {
    meaning: 'fields to return',
    docs: 'The fields to return, in this order, separated by commas. Without it, the API returns the usual fields.',
    example: '$select = ID, Label, StartDate',
    value: 'fields',
    methods: ['GET'],
    offers: [],
  },
  $filter: {
    meaning: 'which records',
    docs: 'Which records to return.',
    example: "$filter = Status eq 'Available'",
    longExample: "$filter = StartDate ge '{{$today}}' and Status eq 'Available'",
    value: 'filter',
    methods: ['GET'],
    offers: [],
  },
  $orderby: {
    meaning: 'sorting',
    docs: 'The fields to sort by, in order of priority; `desc` after a field reverses its order.',
    example: '$orderby = StartDate desc',
    longExample: '$orderby = StartDate desc, Label',
    value: 'order',
    methods: ['GET'],
    offers: [],
  },
  $top: {
    meaning: 'records on a page',
    docs: `The number of records on a page: ${PAGE_SIZE} by default, which is also the recommended maximum.`,
    example: '$top = 20',
    value: 'number',
    methods: ['GET'],
    offers: [
      { text: String(PAGE_SIZE), detail: 'the default and recommended maximum' },
      { text: '20', detail: 'records' },
      { text: '10', detail: 'records' },
    ],
  },
  $skip: {
    meaning: 'number of the page',
    docs: 'The number of the page to jump to, **not** a number of records: `$skip = 1` is the second page.',
    example: '$skip = 1',
    value: 'number',
    methods: ['GET'],
    offers: [
      { text: '1', detail: 'the second page' },
      { text: '2', detail: 'the third page' },
      { text: '0', detail: 'the first page' },
    ],
  },
  $count: {
    meaning: 'total number of records',
    docs: '`true` adds the total number of records.',
    example: '$count = true',
    value: 'boolean',
    methods: ['GET'],
    offers: [
      { text: 'true', detail: 'with the total number of records' },
      { text: 'false', detail: 'the default' },
    ],
  },
} satisfies Readonly<Record<string, ParameterRow>>;

export type ParameterName = keyof typeof ROWS;
export const PARAMETERS: Readonly<Record<ParameterName, ParameterRow>> = ROWS;
export const PARAMETER_NAMES = Object.keys(ROWS) as readonly ParameterName[];

/** The parameter of that name, in any case. */
export const parameterOf = (name: string): ParameterName | undefined =>
  PARAMETER_NAMES.find((parameter) => parameter === name.toLowerCase());

interface OtherParameter {
  /** What to do instead. */
  readonly why?: string;
  /** What its number counts, where `$skip` takes its place. */
  readonly counts?: 'pages' | 'records';
  /** The API's parameter that is meant. */
  readonly meant?: ParameterName;
}

/** Parameters of other APIs. */
const OTHERS: Readonly<Record<string, OtherParameter>> = {
  $expand: { why: 'Related records are modules of their own: query them by ID.' },
  $search: { why: "Use contains(field,'text') in $filter." },
  $apply: { why: 'Fetch the records and sum them up in the results.' },
  $format: { why: 'The API always answers in JSON.' },
  $inlinecount: { why: 'Write $count = true.', meant: '$count' },
  $page: { counts: 'pages' },
  $limit: { why: 'Write $top = the number of records.', meant: '$top' },
  $where: { why: "Write $filter = field eq 'value'.", meant: '$filter' },
  $sort: { why: 'Write $orderby = field desc.', meant: '$orderby' },
  $fields: { why: 'Write $select = the fields you want.', meant: '$select' },
  $order: { meant: '$orderby' },
  $offset: { counts: 'records' },
  $size: { meant: '$top' },
  $pagesize: { meant: '$top' },
  $take: { meant: '$top' },
};

const ALIAS: OtherParameter = {
  why: 'Write the value itself where “@” is used, or a variable: @name = value above the request, and {{name}} in its place.',
};

/** What is known of a parameter that the API lacks; its name, with “$”, may be in any case. */
export const otherParameter = (name: string): OtherParameter =>
  name.startsWith('$@') ? ALIAS : (ownValue(OTHERS, name.toLowerCase()) ?? {});
