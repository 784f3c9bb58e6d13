/** The directives, `# @name` and the rest. A new one is a row of this table, which completion, hover and checks read. */
import { isIdentifier } from '../text/identifiers';
import { isSecretName } from '../text/secret-names';

/** The values that a directive may have, and the message for any other value. */
type DirectiveValue =
  /** Any text. */
  | { readonly kind: 'text' }
  /** `accepts` returns whether the text can be read. */
  | {
      readonly kind: 'read';
      readonly accepts: (text: string) => boolean;
      readonly invalid: string;
      /** What completion offers. */
      readonly offers: readonly { readonly text: string; readonly detail: string }[];
    }
  /** The name of a connection. The client knows which exist. */
  | { readonly kind: 'connection' }
  /** Parsed by `expectation-parser.ts`. */
  | { readonly kind: 'expectation' };

export interface DirectiveRow {
  /** A few words, shown next to the name. */
  readonly detail: string;
  /** A sentence. */
  readonly documentation: string;
  readonly example: string;
  readonly value: DirectiveValue;
  /** The message where the value is missing, when `Write a value after @….` would not be enough. */
  readonly missing?: string;
  /** True when a request may have several. */
  readonly repeats: boolean;
  /** True when it changes what is run or expected, so that a slip in its name would go unnoticed. */
  readonly matters: boolean;
}

/** The value of `# @pages`: how many, or all. Returns undefined where it can't be read. */
export function pagesOf(text: string): number | 'all' | undefined {
  if (text.toLowerCase() === 'all') return 'all';
  return /^[1-9]\d{0,6}$/.test(text) ? Number(text) : undefined;
}

const TABLE = {
  name: {
    detail: 'a name, to take values from this request’s answer',
    documentation: 'A name by which other requests take values from this one’s answer, for example upcoming.',
    example: '# @name upcoming',
    value: {
      kind: 'read',
      accepts: isIdentifier,
      invalid: 'A name consists of letters, digits, “_” and “-”, without spaces: # @name upcoming.',
      offers: [],
    },
    repeats: false,
    matters: true,
  },
  connection: {
    detail: 'the connection to run on',
    documentation: 'The name of the connection on which to run this request.',
    example: '# @connection Training',
    value: { kind: 'connection' },
    repeats: false,
    matters: true,
  },
  pages: {
    detail: 'how many pages to fetch',
    documentation: 'How many pages to fetch: a number, or all.',
    example: '# @pages all',
    value: {
      kind: 'read',
      accepts: (text) => pagesOf(text) !== undefined,
      invalid: 'Write how many pages to fetch, or all: # @pages all.',
      offers: [
        { text: 'all', detail: 'every page' },
        { text: '2', detail: 'pages' },
        { text: '5', detail: 'pages' },
        { text: '10', detail: 'pages' },
      ],
    },
    repeats: false,
    matters: true,
  },
  expect: {
    detail: 'what the answer must be',
    documentation: 'What the answer must be, for example status 200.',
    example: '# @expect status 200',
    value: { kind: 'expectation' },
    missing: 'Write what is expected, for example # @expect status 200 or # @expect count >= 1.',
    repeats: true,
    matters: true,
  },
  description: {
    detail: 'what this request is for',
    documentation: 'What this request is for.',
    example: '# @description Courses that start soon',
    value: { kind: 'text' },
    repeats: false,
    matters: false,
  },
} as const satisfies Readonly<Record<string, DirectiveRow>>;

export type DirectiveName = keyof typeof TABLE;

export const DIRECTIVES: Readonly<Record<DirectiveName, DirectiveRow>> = TABLE;

const isDirectiveName = (name: string): name is DirectiveName => Object.hasOwn(TABLE, name);

/** In the order in which they are offered. */
export const DIRECTIVE_NAMES = Object.keys(TABLE).filter(isDirectiveName);

/** The row of that name, or undefined where there is no such directive. */
export const directiveOf = (name: string): DirectiveRow | undefined =>
  isDirectiveName(name) ? DIRECTIVES[name] : undefined;

/** `# @apiKey abc`: there is no such directive, but a key stands in the file. */
export const isSecretDirective = (name: string, value: string): boolean =>
  value !== '' && directiveOf(name) === undefined && isSecretName(name);
