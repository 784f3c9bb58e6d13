/** What `# @expect` means: the field that it checks, and its value once variables are replaced. */
import type { Expectation, ExpectedValue, PathStep, Subject, Word } from '../syntax/nodes';
import { endOf, textOf } from '../text/span';
import type { ExpectationOperatorName, SubjectKind } from '../vocabulary/expectation-words';
import { type Evaluation, type EvaluationContext, substitute } from './evaluate';
import type { FileSymbols } from './symbols';

/** The field in `results[0].Status`; undefined where the path does not name one (yet). */
export function expectedField({ kind, steps }: Subject): Word | undefined {
  const [record, field] = steps;
  return kind === 'results' && record !== undefined && record.kind !== 'member' && field?.kind === 'member'
    ? field.name
    : undefined;
}

/** A step of a path, in the form in which the client walks it. */
export type PathPart = string | number | { readonly every: true };

/** A value to compare with. All but `text` were written without quotes. */
export type ResolvedValue =
  | { readonly kind: 'text'; readonly text: string }
  /** In its digits, as a double may not hold it. */
  | { readonly kind: 'number'; readonly digits: `${number}` }
  | { readonly kind: 'boolean'; readonly boolean: boolean }
  | { readonly kind: 'null' };

/** An expectation that can be compared with a response. */
export interface ResolvedExpectation {
  readonly ok: true;
  /** The expectation as written, with its variables replaced. */
  readonly shown: string;
  readonly subject: SubjectKind;
  readonly path: readonly PathPart[];
  readonly operator: ExpectationOperatorName;
  readonly negated: boolean;
  /** Undefined for `exists`. */
  readonly value: ResolvedValue | undefined;
}

/** An expectation that can't be compared: it is not finished, or a variable has no value. */
export interface UnresolvedExpectation {
  readonly ok: false;
  readonly message: string;
  /** The environment variable that could not be read, where that is why. */
  readonly environment?: string;
}

export function resolveExpectation(
  expectation: Expectation,
  source: string,
  symbols: FileSymbols,
  context: EvaluationContext,
): ResolvedExpectation | UnresolvedExpectation {
  const { subject, operator, value, negation } = expectation;
  const meaning = operator?.meaning ?? '==';
  if (subject?.kind === undefined || (value === undefined) !== (meaning === 'exists'))
    return { ok: false, message: 'This expectation is not finished: correct what is underlined in it.' };
  const written = textOf(source, expectation);
  const resolved = value === undefined ? undefined : substitute(value, symbols, context);
  if (resolved?.ok === false) {
    const { message, reason, name } = resolved;
    return reason === 'env' ? { ok: false, message, environment: name } : { ok: false, message };
  }
  const whole = value === undefined ? undefined : shownValue(value, source, symbols, context);
  return {
    ok: true,
    shown:
      value === undefined || whole?.ok !== true
        ? written
        : source.slice(expectation.offset, value.offset) +
          whole.text +
          source.slice(endOf(value), endOf(expectation)),
    subject: subject.kind,
    path: subject.steps.map(partOf),
    operator: meaning,
    negated: negation !== undefined,
    value: value === undefined || resolved === undefined ? undefined : valueOf(value, resolved.text),
  };
}

const shownValue = (
  value: ExpectedValue,
  source: string,
  symbols: FileSymbols,
  context: EvaluationContext,
): Evaluation =>
  substitute({ ...value, text: textOf(source, value) }, symbols, context, (text) =>
    value.form === 'quoted' ? text.replaceAll("'", "''") : text,
  );

function partOf(step: PathStep): PathPart {
  switch (step.kind) {
    case 'member':
      return step.name.text;
    case 'index':
      return step.index;
    case 'every':
      return { every: true };
  }
}

const isNumber = (text: string): text is `${number}` => /^[+-]?(?:\d+(?:\.\d+)?|\.\d+)$/.test(text);

/** A variable without quotes has the value that its text would have if it were written there. */
function valueOf({ form }: ExpectedValue, text: string): ResolvedValue {
  if (form === 'quoted' || form === 'text') return { kind: 'text', text };
  const bare = text.trim();
  if (isNumber(bare)) return { kind: 'number', digits: bare };
  if (/^(?:true|false)$/i.test(bare)) return { kind: 'boolean', boolean: /^t/i.test(bare) };
  return /^null$/i.test(bare) ? { kind: 'null' } : { kind: 'text', text };
}
