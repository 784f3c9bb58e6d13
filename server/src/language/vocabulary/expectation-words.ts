/** The words of `# @expect`. A new one is a row of its table. */

interface SubjectRow {
  /** A few words. */
  readonly meaning: string;
  /** Markdown, with examples. */
  readonly docs: string;
  /** True for a number of the response; the other subjects are paths. */
  readonly isNumeric: boolean;
  /** How an expectation can begin, as completion offers it. */
  readonly beginnings: readonly string[];
}

const SUBJECT_ROWS = {
  status: {
    meaning: 'HTTP status',
    docs: 'The HTTP status of the answer.\n\n`# @expect status 200`',
    isNumeric: true,
    beginnings: ['status'],
  },
  count: {
    meaning: 'number of records',
    docs: 'The number of records on all the pages that were fetched.\n\n`# @expect count >= 1`',
    isNumeric: true,
    beginnings: ['count'],
  },
  total: {
    meaning: 'total number of records',
    docs: 'The total number of records, fetched or not; needs `$count = true`.\n\n`# @expect total < 1000`',
    isNumeric: true,
    beginnings: ['total'],
  },
  time: {
    meaning: 'milliseconds',
    docs: 'How long the answer took, in milliseconds.\n\n`# @expect time < 2000`',
    isNumeric: true,
    beginnings: ['time'],
  },
  results: {
    meaning: 'fields of records',
    docs: "A field of one record (`[0]` is the first) or of every record (`[*]`).\n\n`# @expect results[0].Status == 'Available'`\n\n`# @expect results[*].SpacesLeft > 0`",
    isNumeric: false,
    beginnings: ['results[0]', 'results[*]'],
  },
  body: {
    meaning: 'the answer’s JSON',
    docs: 'A member of the answer’s JSON.\n\n`# @expect body.ID exists`',
    isNumeric: false,
    beginnings: ['body'],
  },
} satisfies Readonly<Record<string, SubjectRow>>;

/** What an expectation can check in a response. */
export type SubjectKind = keyof typeof SUBJECT_ROWS;
export const SUBJECTS: Readonly<Record<SubjectKind, SubjectRow>> = SUBJECT_ROWS;
export const SUBJECT_KINDS = Object.keys(SUBJECT_ROWS) as readonly SubjectKind[];

export const subjectOf = (text: string): SubjectKind | undefined =>
  SUBJECT_KINDS.find((each) => each === text.toLowerCase());

interface OperatorRow {
  readonly meaning: string;
  /** What it compares: values in order, texts, or nothing. */
  readonly compares: 'values' | 'texts' | 'nothing';
}

const OPERATOR_ROWS = {
  '==': { meaning: 'equals', compares: 'values' },
  '!=': { meaning: 'does not equal', compares: 'values' },
  '<': { meaning: 'is less than, is before', compares: 'values' },
  '<=': { meaning: 'is at most', compares: 'values' },
  '>': { meaning: 'is more than, is after', compares: 'values' },
  '>=': { meaning: 'is at least', compares: 'values' },
  contains: { meaning: 'contains the text', compares: 'texts' },
  startswith: { meaning: 'starts with the text', compares: 'texts' },
  endswith: { meaning: 'ends with the text', compares: 'texts' },
  matches: { meaning: 'matches the regular expression', compares: 'texts' },
  exists: { meaning: 'exists and is not null', compares: 'nothing' },
} satisfies Readonly<Record<string, OperatorRow>>;

export type ExpectationOperatorName = keyof typeof OPERATOR_ROWS;
export const EXPECTATION_OPERATORS: Readonly<Record<ExpectationOperatorName, OperatorRow>> = OPERATOR_ROWS;
export const EXPECTATION_OPERATOR_NAMES = Object.keys(OPERATOR_ROWS) as readonly ExpectationOperatorName[];
