/** `{{…}}`: a variable, a built-in or a value from an earlier response in the text. */
import { isIdentifier } from '../text/identifiers';
import { ownName } from '../text/names';
import { between, endOf, type Span } from '../text/span';
import type { View } from '../text/view';
import {
  builtinOf,
  BUILTINS_IN_WORDS,
  type DateBuiltin,
  isInReach,
  type Unit,
  unitOf,
  UNITS_IN_WORDS,
  type ValueBuiltin,
  valueBuiltin,
} from '../vocabulary/builtins';

/** Where in an answer a value is: names of members and numbers of items. */
export type ResponsePath = readonly (string | number)[];

/** A value of an earlier answer, or, with `[*]`, the values of all items of a list in it. */
export interface ResponseTarget {
  readonly kind: 'response';
  readonly request: string;
  readonly path: ResponsePath;
  /** Behind `[*]`: where in each item of the list at `path` the value is. Undefined for one value. */
  readonly each?: ResponsePath;
}

type ReferenceTarget =
  | { readonly kind: 'date'; readonly name: DateBuiltin; readonly amount: number; readonly unit: Unit }
  /** `argument` is empty for a built-in that takes none. */
  | { readonly kind: 'builtin'; readonly name: ValueBuiltin; readonly argument: string }
  | { readonly kind: 'variable'; readonly name: string }
  | ResponseTarget
  /** `builtin`: the name, with its `$`, where no built-in has it. */
  | { readonly kind: 'invalid'; readonly message: string; readonly builtin?: string };

export interface Reference extends Span {
  /** The text between the braces, without the white space around it. */
  readonly inner: Span;
  readonly text: string;
  /** False when `}}` is missing on the line. */
  readonly closed: boolean;
  /** Its number among the `{{` of the text that it is in, from 0: in decoded text, some of them are no references. */
  readonly ordinal: number;
  readonly target: ReferenceTarget;
}

/** A reference to all values of a list: `{{name.results[*].ID}}`. */
export interface ListReference extends Reference {
  readonly target: ResponseTarget & { readonly each: ResponsePath };
}

export const isListReference = (reference: Reference): reference is ListReference =>
  reference.target.kind === 'response' && reference.target.each !== undefined;

/** Where its `[*]` stands. */
export const listSign = ({ inner, text }: ListReference): Span => ({
  offset: inner.offset + text.search(/(?<!')\[\*\]/),
  length: 3,
});

/** All references in `text` from `start` to `end`, with offsets of `text`. */
export const findReferences = (text: string, start: number, end: number): Reference[] => [
  ...eachReference(text, start, end),
];

/** The same, one after the other. */
export function* eachReference(text: string, start: number, end: number): Generator<Reference, void> {
  let count = 0;
  // A search in the whole text would go on behind `end`, for each of the many short pieces that are asked for.
  const piece = text.slice(start, end + 1);
  for (let at = piece.indexOf('{{'); at >= 0 && start + at < end;) {
    const reference = referenceAt(text, start + at, end, count++);
    yield reference;
    at = piece.indexOf('{{', endOf(reference) - start);
  }
}

/** The references in a view from index `from` to `to`, with offsets of the source. An encoded brace is a brace. */
export function referencesInView({ text, at }: View, from = 0, to = text.length): Reference[] {
  return findReferences(text, from, to)
    .filter(({ offset }) => at(offset + 1) - at(offset) === 1 && at(offset + 2) - at(offset + 1) === 1)
    .map((reference) => ({
      ...reference,
      ...sourceSpan(at, reference),
      inner: sourceSpan(at, reference.inner),
    }));
}

const sourceSpan = (at: View['at'], span: Span): Span => between(at(span.offset), at(endOf(span)));

/** The reference whose `{{` is at `offset`: to its `}}`, else as far as it looks like a reference. */
export function referenceAt(text: string, offset: number, end: number, ordinal = 0): Reference {
  let close = offset + 2;
  while (
    close < end &&
    !/[\r\n'"]/.test(text[close] ?? '') &&
    !text.startsWith('}}', close) &&
    !text.startsWith('{{', close)
  ) {
    close++;
  }
  const closed = text.startsWith('}}', close) && close + 2 <= end;
  // Without `}}`, words that could belong to it do, so that completion knows that it is in a reference.
  if (!closed)
    close = offset + 2 + (/^\s*\$?[\w.[\]*-]*/.exec(text.slice(offset + 2, close))?.[0].length ?? 0);
  const raw = text.slice(offset + 2, close);
  const inner = raw.trim();
  const innerOffset = offset + 2 + (raw.length - raw.trimStart().length);
  return {
    offset,
    length: close + (closed ? 2 : 0) - offset,
    inner: { offset: innerOffset, length: inner.length },
    text: inner,
    closed,
    ordinal,
    target: parseTarget(inner),
  };
}

/** True for a text that can stand between `{{` and `}}`. */
export const isReference = (text: string): boolean => parseTarget(text).kind !== 'invalid';

function parseTarget(text: string): ReferenceTarget {
  if (text === '')
    return {
      kind: 'invalid',
      message: 'Write a variable’s name between the braces, for example {{$today}}.',
    };
  if (text.startsWith('$')) return parseBuiltin(text);
  if (isIdentifier(text)) return { kind: 'variable', name: ownName(text) };
  const response =
    /^([\p{L}_][\p{L}\p{M}\p{N}_-]*)((?:\.[\p{L}_][\p{L}\p{M}\p{N}_-]*|\[(?:\d+|\*)\]|\['[^']*'\])+)$/u.exec(
      text,
    );
  if (response !== null) return responseTarget(ownName(response[1] ?? ''), response[2] ?? '');
  return {
    kind: 'invalid',
    message: `“${text}” is not a name. Write a variable’s name, a built-in such as $today + 7d, or a value from an earlier answer such as name.results[0].ID.`,
  };
}

function responseTarget(request: string, text: string): ReferenceTarget {
  const steps = [...text.matchAll(/\.([^.[\]]+)|\[(\d+)\]|\['([^']*)'\]|\[\*\]/g)].map(
    ([, member, index, quoted]) => member ?? (index === undefined ? quoted : Number(index)),
  );
  const isStep = (step: string | number | undefined) => step !== undefined;
  const at = steps.indexOf(undefined);
  if (at < 0) return { kind: 'response', request, path: steps.filter(isStep) };
  if (at !== steps.lastIndexOf(undefined))
    return {
      kind: 'invalid',
      message: 'A path takes “[*]” once. Number the items of the other list, for example [0].',
    };
  if (at === steps.length - 1)
    return {
      kind: 'invalid',
      message: `Name the field whose values are meant: {{${request}${text}.ID}}.`,
    };
  const [path, each] = [steps.slice(0, at), steps.slice(at + 1)];
  return { kind: 'response', request, path: path.filter(isStep), each: each.filter(isStep) };
}

function parseBuiltin(text: string): ReferenceTarget {
  const [, word = '', rest = ''] = /^\$(\w*)(.*)$/s.exec(text) ?? [];
  const builtin = builtinOf(word);
  if (builtin !== undefined && 'value' in builtin) {
    const name = builtin.value;
    const argument = rest.trim();
    const takesName = valueBuiltin(name).takes === 'name';
    if (takesName && rest === '')
      return { kind: 'invalid', message: `Name the environment variable: ${valueBuiltin(name).example}.` };
    if (takesName ? /^\s+\S+$/.test(rest) : rest === '') return { kind: 'builtin', name, argument };
  }
  // Word processors write other signs for “-”.
  const offset = /^\s*(?:([-+–−])\s*(\d+)\s*([a-z]+)?)?$/i.exec(rest);
  if (builtin === undefined || !('date' in builtin) || offset === null)
    return {
      kind: 'invalid',
      ...(builtin !== undefined || word === '' ? {} : { builtin: `$${word}` }),
      message: `There is no built-in “${text}”. The built-ins are ${BUILTINS_IN_WORDS}.`,
    };
  const [, sign, digits, written] = offset;
  if (digits === undefined) return { kind: 'date', name: builtin.date, amount: 0, unit: 'd' };
  const unit = unitOf(written ?? '');
  const amount = Number(digits);
  if (unit === undefined || !isInReach(amount, unit))
    return {
      kind: 'invalid',
      message:
        unit === undefined
          ? `Write a unit after the number: ${UNITS_IN_WORDS}, for example {{$today + 30d}}.`
          : 'No date is that far away. Use a smaller number.',
    };
  return { kind: 'date', name: builtin.date, amount: sign === '+' ? amount : -amount, unit };
}
