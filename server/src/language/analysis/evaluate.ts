/** The values of `{{…}}`. Pure: time, environment, responses and the user's input are parameters. */
import type { Word } from '../syntax/nodes';
import {
  findReferences,
  type ListReference,
  type Reference,
  type ResponsePath,
  type ResponseTarget,
} from '../syntax/references';
import { endOf } from '../text/span';
import { type ValueBuiltin, valueBuiltin, type World } from '../vocabulary/builtins';
import type { ClientKind } from '../vocabulary/next-steps';
import { evaluateBuiltin } from './dates';
import type { SqlFindings } from './sql/findings';
import type { FileSymbols } from './symbols';

/** A value of a response: its text, or what it is where it is more than one value; undefined where there is none. */
export type ResponseValue = string | { readonly kind: 'list' | 'record' } | undefined;

/** The values of a list in a response. */
export interface ResponseList {
  /** All different ones, in the order in which they came; none of them is empty. */
  readonly values: readonly string[];
  /** What the user should know about them, in sentences: how many were left out, where they are from. */
  readonly notes: readonly string[];
  /** Why there may be others, in a sentence. */
  readonly part?: string;
}

/** The world outside the file. A reference to an absent part has no value, which is not an error while editing. */
export interface EvaluationContext extends World {
  /** Answers to `?Prompt`s and values from outside, which take precedence over the file's. */
  readonly given?: ReadonlyMap<string, string>;
  /** A value from an earlier response. */
  readonly response?: (request: string, path: ResponsePath) => ResponseValue;
  /** All values of a list in an earlier response; a text says why there are none. Undefined where it has not arrived. */
  readonly list?: (
    request: string,
    path: ResponsePath,
    each: ResponsePath,
  ) => ResponseList | string | undefined;
  /**
   * Gets the value of each variable, and of each response by its field, when it is used. Returns what is used: `***` in
   * place of a secret, where nothing is sent.
   */
  readonly use?: (name: string, value: string) => string;
  /** The program that shows messages; undefined: an editor other than VS Code. */
  readonly client?: ClientKind;
  /** What the SQL engine said about statements; undefined where it is not asked. */
  readonly sqlFindings?: SqlFindings;
  /** True where `response` may return the place of a value that has not arrived: `{{name.results[0].ID}}`. */
  readonly withPlaces?: boolean;
}

const SEVERAL = {
  list: 'a list, and not one value. Name one item',
  record: 'a record, and not one value. Name one field',
} as const;

export type Evaluation =
  | { readonly ok: true; readonly text: string }
  | {
      readonly ok: false;
      readonly reason: 'undefined' | 'cycle' | 'prompt' | ValueBuiltin | 'response' | 'invalid';
      /** The variable, environment variable or request that is missing. */
      readonly name: string;
      readonly message: string;
      /** For a prompt: its text. */
      readonly prompt?: string;
      /** Variables that use each other, or too many, in the order in which they were entered. */
      readonly chain?: readonly string[] | undefined;
    };

type Failure = Extract<Evaluation, { ok: false }>;

const fail = (
  reason: Failure['reason'],
  name: string,
  message: string,
  chain?: readonly string[],
): Failure => ({ ok: false, reason, name, message, chain });

/** Texts longer than this are not expanded further: variables in variables grow quickly. */
const MAX_LENGTH = 100_000;

/** Variables are not nested deeper than this in practice. */
const MAX_DEPTH = 50;

/** What is known in each context: a variable has one value in a run, or none, and is evaluated once. */
const values = new WeakMap<
  EvaluationContext,
  { readonly symbols: FileSymbols; readonly found: Map<string, Evaluation> }
>();

/** True for a ring or a long chain that is on the way already: how it fails depends on where it is entered. */
const dependsOn = (value: Evaluation, path: readonly string[]): boolean =>
  !value.ok && value.chain?.some((name) => path.includes(name)) === true;

function knownIn(context: EvaluationContext, symbols: FileSymbols): Map<string, Evaluation> {
  let known = values.get(context);
  if (known?.symbols !== symbols) {
    known = { symbols, found: new Map() };
    values.set(context, known);
  }
  return known.found;
}

export function evaluateReference(
  reference: Reference,
  symbols: FileSymbols,
  context: EvaluationContext,
  path: readonly string[] = [],
): Evaluation {
  const value = valueOf(reference, symbols, context, path);
  const { target } = reference;
  if (!value.ok || context.use === undefined) return value;
  if (target.kind === 'variable') return { ok: true, text: context.use(target.name, value.text) };
  if (target.kind !== 'response') return value;
  return { ok: true, text: context.use(fieldOf(target.path), value.text) };
}

/** The field that a value in a response is in: of a list, its own. */
const fieldOf = (path: ResponsePath): string => path.findLast((step) => typeof step === 'string') ?? '';

function valueOf(
  reference: Reference,
  symbols: FileSymbols,
  context: EvaluationContext,
  path: readonly string[],
): Evaluation {
  const { target } = reference;
  switch (target.kind) {
    case 'date':
      return { ok: true, text: evaluateBuiltin(target.name, target.amount, target.unit, context.now) };
    case 'builtin': {
      const { name, argument } = target;
      const { value, missing } = valueBuiltin(name);
      const text = value(context, argument);
      return text === undefined
        ? fail(name, argument === '' ? `$${name}` : argument, missing(argument))
        : { ok: true, text };
    }
    case 'variable':
      return evaluateVariable(target.name, symbols, context, path);
    case 'response': {
      if (target.each !== undefined) return fail('response', target.request, LIST_PLACE);
      const value = context.response?.(target.request, target.path);
      if (typeof value === 'string') return { ok: true, text: value };
      return fail(
        'response',
        target.request,
        value === undefined
          ? notYet(reference.text, target)
          : `In the answer, ${reference.text} is ${SEVERAL[value.kind]} in it: {{${reference.text}${value.kind === 'list' ? '[0]' : '.ID'}}}.`,
      );
    }
    case 'invalid':
      return fail('invalid', reference.text, target.message);
  }
}

const notYet = (text: string, { request, each }: ResponseTarget): string =>
  `There ${each === undefined ? 'is no value' : 'are no values'} ${text} yet. Run the request named ${request} first; if you have, its answer has no such ${each === undefined ? 'value' : 'list'}.`;

/** Where a list may stand. */
export const LIST_PLACE =
  "All values of an answer can only be the whole value of one comparison with “eq”, in $filter of a GET: $filter = ID eq '{{name.results[*].ID}}'. For a single value, write [0] instead of [*].";

/** The values of a list; the place, where they have not arrived and `withPlaces` asks for it. */
export function evaluateList(
  { text, target }: Pick<ListReference, 'text' | 'target'>,
  context: EvaluationContext,
): ResponseList | string | Failure {
  const { request, path, each } = target;
  const list = context.list?.(request, path, each);
  if (typeof list === 'object') {
    const { use } = context;
    return use === undefined
      ? list
      : { ...list, values: list.values.map((value) => use(fieldOf(each), value)) };
  }
  if (list === undefined && context.withPlaces === true) return `{{${text}}}`;
  return fail('response', request, list ?? notYet(text, target));
}

export function evaluateVariable(
  name: string,
  symbols: FileSymbols,
  context: EvaluationContext,
  path: readonly string[] = [],
): Evaluation {
  const given = context.given?.get(name);
  if (given !== undefined) return { ok: true, text: given };
  const start = path.indexOf(name);
  if (start >= 0)
    return fail(
      'cycle',
      name,
      `The variable “${name}” uses itself: ${[...path.slice(start), name].join(' → ')}. Give one of them a value of its own.`,
      path.slice(start),
    );
  if (path.length > MAX_DEPTH)
    return fail(
      'cycle',
      name,
      'The variables use each other too deeply. Give one of them a value of its own.',
      path,
    );
  const known = knownIn(context, symbols);
  const kept = known.get(name);
  if (kept !== undefined && !dependsOn(kept, path)) return kept;
  const variable = symbols.variables.get(name)?.[0]?.node;
  if (variable === undefined)
    return fail('undefined', name, `There is no variable “${name}”. Add a line such as @${name} = value.`);
  const { text } = variable.value;
  if (text.startsWith('?')) {
    const prompt = text.slice(1).trim();
    return {
      ok: false,
      reason: 'prompt',
      name,
      prompt: prompt === '' ? `Value for ${name}` : prompt,
      message: `You are asked for “${name}” when the request runs.`,
    };
  }
  const value = substitute(variable.value, symbols, context, undefined, [...path, name]);
  // Others that use a ring or a long chain fail like the variable where it was entered; its members fail in their own way.
  if (value.ok || (value.chain?.indexOf(name) ?? -1) <= 0) known.set(name, value);
  return value;
}

/** The text with its references replaced; `escape` adapts a value to its place. Other `{{…}}` in it are text. */
export function substitute(
  { text, references }: Pick<Word, 'text' | 'references'>,
  symbols: FileSymbols,
  context: EvaluationContext,
  escape: (value: string) => string = (value) => value,
  path: readonly string[] = [],
): Evaluation {
  let result = '';
  let last = 0;
  const ordinals = new Set(references.map(({ ordinal }) => ordinal));
  for (const reference of references.length === 0 ? [] : findReferences(text, 0, text.length)) {
    if (!ordinals.has(reference.ordinal)) continue;
    const value = evaluateReference(reference, symbols, context, path);
    if (!value.ok) return value;
    result += text.slice(last, reference.offset) + escape(value.text);
    last = endOf(reference);
    if (result.length > MAX_LENGTH)
      return fail(
        'cycle',
        path.at(-1) ?? '',
        'The variables expand to a text that is too long. Shorten them.',
      );
  }
  return { ok: true, text: result + text.slice(last) };
}
