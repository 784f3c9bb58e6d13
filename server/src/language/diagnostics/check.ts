/** The interface of every check. A check reads the model and reports; it never throws and doesn't depend on other checks. */
import type { EvaluationContext } from '../analysis/evaluate';
import { substitute } from '../analysis/evaluate';
import type { RequestModel } from '../analysis/request-model';
import type { FileSymbols } from '../analysis/symbols';
import type { FieldInfo } from '../catalog/catalog';
import { CODES, type DiagnosticCode, type Severity } from '../syntax/codes';
import { trimEnd } from '../syntax/lines';
import type { BlockTree, Clause, Value, Word } from '../syntax/nodes';
import type { Fix } from '../syntax/problems';
import { isWritableField } from '../syntax/writable-names';
import { isSure, type NameSource, nearest } from '../text/nearest';
import { between, endOf, type Span } from '../text/span';
import type { Steps } from '../text/steps';
import { type NextStep, nextStep } from '../vocabulary/next-steps';

/** Offsets are relative to the block. */
export interface Diagnostic extends Span {
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  readonly message: string;
  readonly fixes: readonly Fix[];
}

export interface CheckContext {
  readonly model: RequestModel;
  readonly symbols: FileSymbols;
  readonly evaluation: EvaluationContext;
  /** How many pages are fetched; undefined where the request does not say. */
  readonly pages: number | 'all' | undefined;
  readonly report: (code: DiagnosticCode, where: Span, message: string, options?: ReportOptions) => void;
}

interface ReportOptions {
  readonly fixes?: readonly Fix[];
  /** What the user can do next, and what that is about: it follows the message. */
  readonly next?: NextStep | undefined;
  readonly about?: string;
  readonly severity?: Severity;
}

export type Check = (context: CheckContext) => void;

/** One that may take long for a long request. */
export type LongCheck = (context: CheckContext) => Steps<void>;

/** Returns a `report` that appends to `into`, with what to do next as it is said to such a client. */
export function collector(
  into: Diagnostic[],
  { client }: Pick<EvaluationContext, 'client'>,
): CheckContext['report'] {
  return (code, where, reading, { fixes = [], severity = CODES[code], next, about } = {}) => {
    const message = next === undefined ? reading : `${reading} ${nextStep(client, next, about)}`;
    into.push({ code, severity, message, fixes, offset: where.offset, length: where.length });
  };
}

export const replace = (
  where: Span,
  text: string,
  title = `Replace with “${text}”`,
  preferred = true,
): Fix => ({
  title,
  preferred,
  edits: [{ offset: where.offset, length: where.length, text }],
});

/**
 * True when the first of the names that are near the word is what was meant. In a change, no guess is sure: a wrong one
 * would change or delete another record, or another value of it.
 */
export const isSureGuess = (
  { model }: Pick<CheckContext, 'model'>,
  word: string,
  found: readonly string[],
): boolean => model.method === 'GET' && isSure(word, found);

/**
 * A fix for each near name that suits its place, and a hint for the message, which names those that are offered. The first is preferred when it is a
 * sure guess.
 */
export function nearestFixes(
  context: Pick<CheckContext, 'model'>,
  where: Word,
  names: NameSource,
  suits: (name: string) => boolean = () => true,
  isOffered: (name: string) => boolean = () => true,
): { fixes: Fix[]; hint: string } {
  const found = nearest(where.text, names, { isOffered });
  const sure = isSureGuess(context, where.text, found);
  const hint = found.length === 0 ? '' : ` Did you mean ${found.map((name) => `“${name}”`).join(' or ')}?`;
  return {
    fixes: found.flatMap((name, index) =>
      suits(name) ? [replace(where, name, undefined, index === 0 && sure)] : [],
    ),
    hint,
  };
}

/**
 * Reports a field that is not in the module's metadata. Returns the field, or undefined where it is unknown
 * (a variable, no metadata) or does not exist. Names that are not writable in its place are not offered, nor are fields
 * that don't suit it.
 */
export function checkField(
  context: CheckContext,
  word: Word,
  isWritable: (name: string) => boolean = isWritableField,
  suits: (field: FieldInfo) => boolean = () => true,
): FieldInfo | undefined {
  const { module } = context.model;
  if (module?.fields === undefined || word.references.length > 0 || word.text === '') return undefined;
  const field = module.field(word.text);
  if (field === undefined) {
    const suitsField = (name: string) => {
      const near = module.field(name);
      return near !== undefined && suits(near);
    };
    const { fixes, hint } = nearestFixes(context, word, module.fieldNames, suitsField, isWritable);
    context.report('unknown-field', word, `${module.name} has no field “${word.text}”.${hint}`, {
      fixes,
      next: hint === '' ? 'list-fields' : undefined,
    });
  }
  return field;
}

/** The text of a value with its variables replaced; undefined where a variable has no value before the request runs. */
export function staticText(
  context: CheckContext,
  value: Pick<Value, 'text' | 'references'>,
): string | undefined {
  if (value.references.length === 0) return value.text;
  const evaluated = substitute(value, context.symbols, context.evaluation);
  return evaluated.ok ? evaluated.text : undefined;
}

/** A fix that removes the span: whole lines for an item, only the part itself in an address. */
export const removal = (where: Span, title: string): Fix => ({
  title,
  preferred: true,
  edits: [{ offset: where.offset, length: where.length, text: '' }],
});

/**
 * A fix that removes a clause. The `?` before the first parameter of an address is kept for the next parameter; no blanks
 * are left at the end of the line.
 */
export function clauseRemoval(tree: BlockTree, clause: Clause, title: string): Fix {
  const query = tree.request?.target.query ?? [];
  const next = query[0] === clause ? query[1] : undefined;
  if (next?.marker !== undefined && clause.marker !== undefined)
    return removal(between(endOf(clause.marker), endOf(next.marker)), title);
  const isLast = clause.origin === 'address' && /^[ \t]*(?:[\r\n]|$)/.test(tree.text.slice(endOf(clause)));
  return removal(isLast ? between(trimEnd(tree.text, 0, clause.offset), endOf(clause)) : clause, title);
}
