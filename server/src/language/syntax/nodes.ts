/**
 * The tree of one block (a request with its title). All offsets are relative to the block, so that an unchanged
 * block keeps its tree wherever it moves. Items are whole lines; together they cover every character of the block.
 */
import type { Span } from '../text/span';
import type { PlusReading, View } from '../text/view';
import type { ExpectationOperatorName, SubjectKind } from '../vocabulary/expectation-words';
import type { SyntaxProblem } from './problems';
import type { Reference } from './references';
import type { SqlToken } from './sql/tokens';
import type { Token } from './tokens';

/** A piece of text as written (percent-decoded in an address). `references` are the `{{…}}` in it. */
export interface Word extends Span {
  readonly text: string;
  readonly references: readonly Reference[];
}

interface Separator extends Span {
  readonly kind: 'separator';
  readonly title: Word;
}
interface Blank extends Span {
  readonly kind: 'blank';
}
interface Comment extends Span {
  readonly kind: 'comment';
}
/** `# @name value` */
export interface Directive extends Span {
  readonly kind: 'directive';
  readonly name: Word;
  /** It has references only for `# @expect`. */
  readonly value: Word;
  /** Present for `# @expect` with a value. */
  readonly expectation: Expectation | undefined;
}

/** `results[0].Status == 'Available'`: what `# @expect` states about the response. Missing parts are undefined. */
export interface Expectation extends Span {
  readonly subject: Subject | undefined;
  /** `not`, or the `!` of `!exists`. */
  readonly negation: Span | undefined;
  /** Undefined also in `status 200`, which means `==`. */
  readonly operator: ExpectationOperator | undefined;
  readonly value: ExpectedValue | undefined;
}
/** What is checked: a number of the response, or a path into its records or its JSON. */
export interface Subject extends Span {
  /** Undefined: no such subject exists. */
  readonly kind: SubjectKind | undefined;
  readonly name: Word;
  /** Only for `results` and `body`. */
  readonly steps: readonly PathStep[];
}
export type PathStep = MemberStep | IndexStep | EveryStep;
/** `.Status`, `['Status']`; `name` is the bare name. */
interface MemberStep extends Span {
  readonly kind: 'member';
  readonly name: Word;
}
/** `[0]` */
interface IndexStep extends Span {
  readonly kind: 'index';
  readonly index: number;
}
/** `[*]`: each of them. */
interface EveryStep extends Span {
  readonly kind: 'every';
}
export interface ExpectationOperator extends Word {
  readonly meaning: ExpectationOperatorName;
}
export interface ExpectedValue extends Span {
  readonly form: 'quoted' | 'number' | 'boolean' | 'null' | 'variable' | 'text';
  /** Without quotes, doubled quotes made single. */
  readonly text: string;
  readonly references: readonly Reference[];
}
/** `@name = value`, or `@name = ?Prompt text`. */
export interface Variable extends Span {
  readonly kind: 'variable';
  readonly name: Word;
  readonly equals: Span | undefined;
  readonly value: Word;
}
/** Text that belongs to nothing. Its message depends on what it looks like. */
export interface Stray extends Span {
  readonly kind: 'stray';
  readonly looksLike: 'header' | 'request' | 'text';
  readonly content: Span;
}
export interface Body extends Span {
  readonly kind: 'body';
  /** From the `{` to its end, without the rest of the last line. */
  readonly content: Span;
  /** As long as `content`; each `{{…}}` outside strings is replaced with a string of the same length. */
  readonly json: string;
  readonly references: readonly Reference[];
}

/** Which of the API's addresses a target names. */
export type Endpoint = 'data' | 'modules' | 'fields' | 'token';

export interface Target extends Span {
  readonly form: 'module' | 'path' | 'address';
  readonly endpoint: Endpoint;
  /** `https://host` of a whole address. */
  readonly host: Word | undefined;
  /** `accessplan` in `https://host/accessplan/api/v2/…`. */
  readonly site: Word | undefined;
  /** Empty, at its place, where the module's name is missing. */
  readonly module: Word;
  readonly id: Word | undefined;
  /** Where the path ends: a query would start here. */
  readonly pathEnd: number;
  /** `('2024')` after the module, OData's form of an ID, as a whole. */
  readonly key: Span | undefined;
  /** How `+` is read in the query. */
  readonly plus: PlusReading;
  readonly query: readonly Clause[];
  /** Words behind the path that are no query: `dates` of `GET course dates`. */
  readonly more: Span | undefined;
}

export interface RequestLine extends Span {
  readonly kind: 'request-line';
  /** True for a command of another tool: nothing of it is read. */
  readonly isCommand: boolean;
  /** A statement of SQL in the place of the request, up to an empty line. */
  readonly statement?: Span;
  readonly method: Word | undefined;
  readonly target: Target;
}

export interface Clause extends Span {
  readonly kind: 'clause';
  readonly origin: 'line' | 'address';
  /** A leading `?` or `&`. */
  readonly marker: Span | undefined;
  /** How `+` is read where the text is that of an address: in one, or on a line that begins with `?` or `&`. */
  readonly plus: PlusReading | undefined;
  readonly name: Word;
  readonly equals: Span | undefined;
  /** The value without the white space around it; empty where it is missing. */
  readonly valueSpan: Span;
  readonly view: View;
  readonly value: ClauseValue;
}

export type ClauseValue = FilterValue | FieldsValue | OrderValue | PlainValue;
export interface FilterValue {
  readonly kind: 'filter';
  readonly tokens: readonly Token[];
  readonly filter: FilterList;
}
export interface FieldsValue {
  readonly kind: 'fields';
  readonly tokens: readonly Token[];
  readonly items: readonly FieldItem[];
}
export interface FieldItem extends Span {
  readonly field: Word | undefined;
  /** `sum(Cost)`, of which the API has nothing; `of` are the words in its parentheses, `alias` is that behind “as”. */
  readonly call?: {
    readonly name: Word;
    readonly of: readonly Word[];
    /** True for a function in a function, `round(sum(Cost))`. */
    readonly isNested: boolean;
    readonly alias?: Word;
  };
  /** True where no comma stands before it: it is a field of its own, or goes on with the name before it. */
  readonly runsOn?: boolean;
}
export interface OrderValue {
  readonly kind: 'order';
  readonly tokens: readonly Token[];
  readonly items: readonly OrderItem[];
}
export interface OrderItem extends Span {
  readonly field: Word | undefined;
  readonly direction: Word | undefined;
  /** Words behind the field that are no direction: fields of their own, or the rest of its name. */
  readonly more?: readonly Word[];
}
interface PlainValue {
  readonly kind: 'plain';
  readonly text: Word;
}

/** Terms with a join between each two. Precedence is a matter of meaning: see `analysis/without-parentheses.ts`. */
export interface FilterList extends Span {
  readonly kind: 'filter-list';
  readonly terms: readonly Term[];
  /** One less than terms. A join that the user forgot has length 0. */
  readonly joins: readonly Join[];
}
export interface Join extends Span {
  readonly op: 'and' | 'or';
  readonly written: string;
}
export type Term =
  Comparison | FunctionTerm | ForeignTerm | Group | Negation | Membership | Range | Opaque | BadTerm;

/** `field op value`; missing parts are undefined. */
export interface Comparison extends Span {
  readonly kind: 'comparison';
  readonly field: Word;
  readonly operator: Word | undefined;
  readonly value: Value | undefined;
}
/** `name(arguments)`, perhaps followed by `op value`, as in `contains(a,'b') eq true`. */
export interface FunctionTerm extends Span {
  readonly kind: 'function';
  readonly name: Word;
  readonly open: number;
  readonly close: number | undefined;
  readonly arguments: readonly Argument[];
  readonly operator: Word | undefined;
  readonly value: Value | undefined;
}
/** A condition of OData that the API lacks: a side of it is more than a field or a value. */
export interface ForeignTerm extends Span {
  readonly kind: 'foreign';
  readonly left: Operand;
  readonly operator: Word | undefined;
  readonly right: Operand | undefined;
  /** The conditions after it that belong to it, as the month and the day do to the year of a date. */
  readonly parts: readonly ForeignTerm[];
}
/** A field is a value of the form `text`. */
export type Operand = Value | Call | Arithmetic | Parenthesised | Odd;
/** `tolower(Label)` */
export interface Call extends Span {
  readonly kind: 'call';
  readonly closed: boolean;
  readonly name: Word;
  readonly arguments: readonly Operand[];
}
/** `now() sub duration'P1D'` */
interface Arithmetic extends Span {
  readonly kind: 'arithmetic';
  readonly left: Operand;
  readonly operator: Word;
  readonly right: Operand;
}
/** `(Cost)` */
interface Parenthesised extends Span {
  readonly kind: 'parenthesised';
  readonly inner: Operand;
}
/** Anything else: `{"a":"b"}`, `t: t eq 'x'`. */
interface Odd extends Span {
  readonly kind: 'odd';
  readonly text: string;
}
export interface Argument extends Span {
  readonly word: Word | undefined;
  readonly value: Value | undefined;
}
export interface Group extends Span {
  readonly kind: 'group';
  /** The word of `AND(…,…)`, as spreadsheets join conditions. */
  readonly call?: Word;
  readonly open: number;
  readonly close: number | undefined;
  readonly filter: FilterList;
}
export interface Negation extends Span {
  readonly kind: 'not';
  readonly keyword: Word;
  readonly operand: Term | undefined;
}
/** `field in ('a','b')` */
export interface Membership extends Span {
  readonly kind: 'in';
  readonly field: Word;
  readonly operator: Word;
  readonly values: readonly Value[];
  /** False for a list in brackets, or without any. */
  readonly inParentheses: boolean;
}
/** `field between a and b` */
export interface Range extends Span {
  readonly kind: 'between';
  readonly field: Word;
  readonly operator: Word;
  readonly low: Value;
  readonly high: Value;
}
/** A variable that stands for a term or more: `{{onlyOpen}}`. */
interface Opaque extends Span {
  readonly kind: 'opaque';
  readonly word: Word;
}
/** Text where a term should be. */
interface BadTerm extends Span {
  readonly kind: 'bad';
  /** True where parentheses are nested too deeply, which has a message. */
  readonly isDeep?: boolean;
  readonly tokens: readonly Token[];
}

export interface Value extends Span {
  readonly kind: 'value';
  readonly form:
    'quoted' | 'double-quoted' | 'curly-quoted' | 'number' | 'boolean' | 'null' | 'text' | 'variable';
  /** Without quotes, doubled quotes made single. */
  readonly text: string;
  /** For bare words, the same with all blanks between them, where they are more than one each. */
  readonly written?: string | undefined;
  readonly closed: boolean;
  readonly references: readonly Reference[];
  /** `datetime'…'`, `Sales.Pattern'…'`: the word in front of the quote. */
  readonly prefix: string | undefined;
}

/** A line that is `SQL` alone: what follows, up to the end of the block, is a statement. */
interface SqlLine extends Span {
  readonly kind: 'sql-line';
  readonly keyword: Word;
}
/** Lines of a SQL statement. */
export interface SqlText extends Span {
  readonly kind: 'sql-text';
}
/** The statement of a SQL request, from its first token to its last one; empty, behind the keyword, where there is none. */
export interface Sql extends Span {
  readonly keyword: Word;
  /** As long as the span, with spaces in place of the file's comment lines. */
  readonly text: string;
  /** With comments. Their offsets are of the block. */
  readonly tokens: readonly SqlToken[];
  /** Those outside comments. */
  readonly references: readonly Reference[];
}

export type Item =
  | Separator
  | Blank
  | Comment
  | Directive
  | Variable
  | RequestLine
  | Clause
  | Body
  | SqlLine
  | SqlText
  | Stray;

export interface BlockTree {
  readonly text: string;
  /** Number of line ends in the text. */
  readonly lineBreaks: number;
  readonly items: readonly Item[];
  readonly separator: Separator | undefined;
  readonly request: RequestLine | undefined;
  /** Of a SQL request, which has no request line of the API. */
  readonly sql: Sql | undefined;
  /** Clauses of the address and those on lines of their own, as written. */
  readonly clauses: readonly Clause[];
  readonly body: Body | undefined;
  readonly variables: readonly Variable[];
  readonly directives: readonly Directive[];
  readonly references: readonly Reference[];
  readonly problems: readonly SyntaxProblem[];
}
