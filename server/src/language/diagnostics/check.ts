/** The interface of every check. A check reads the model and reports; it never throws and doesn't depend on other checks. */
import type { EvaluationContext } from '../analysis/evaluate';
import { substitute } from '../analysis/evaluate';
import { isIdField, meantField } from '../analysis/meant-field';
import type { RequestModel } from '../analysis/request-model';
import type { FileSymbols } from '../analysis/symbols';
import type { CatalogModule, FieldInfo } from '../catalog/catalog';
import { clauseSpan } from '../syntax/clause-span';
import { CODES, type DiagnosticCode, type Severity } from '../syntax/codes';
import type { BlockTree, Clause, Value, Word } from '../syntax/nodes';
import type { Fix } from '../syntax/problems';
import { isWritableField } from '../syntax/writable-names';
import { nameKey } from '../text/names';
import { isSure, type NameSource, nearest } from '../text/nearest';
import type { Span } from '../text/span';
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
  /** A request that a fix would write, with its sure fixes made; undefined within such a request. */
  readonly corrected: ((text: string) => Steps<Corrected>) | undefined;
}

/** A request after its sure fixes, and the errors that they leave. */
export interface Corrected {
  readonly text: string;
  readonly left: readonly Diagnostic[];
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
export const nearestFixes = (
  context: Pick<CheckContext, 'model'>,
  where: Word,
  names: NameSource,
  suits?: (name: string) => boolean,
  isOffered: (name: string) => boolean = () => true,
): { fixes: Fix[]; hint: string } => {
  const found = nearest(where.text, names, { isOffered });
  return offered(where, found, isSureGuess(context, where.text, found), suits);
};

/** A fix for each of the names, of which the first may be sure, and the end of the message. */
function offered(
  where: Word,
  found: readonly string[],
  sure: boolean,
  suits: (name: string) => boolean = () => true,
): { fixes: Fix[]; hint: string } {
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
  const own = field === undefined ? ownField(module, word.text) : undefined;
  if (own !== undefined && isWritable(own.name)) {
    context.report('unknown-field', word, `A field has no module before it. Write ${own.name}.`, {
      fixes: [replace(word, own.name)],
    });
    return own;
  }
  if (field === undefined) {
    const suitsField = (name: string) => {
      const near = module.field(name);
      return near !== undefined && suits(near);
    };
    const { names, isSure } = likelyFields(context, module, word.text, (near) => isWritable(near.name));
    const { fixes, hint } = offered(word, names, isSure, suitsField);
    context.report('unknown-field', word, `${module.name} has no field “${word.text}”.${hint}`, {
      fixes,
      next: hint === '' ? 'list-fields' : undefined,
    });
  }
  return field;
}

/** More names than a message has room for. */
const MOST_NAMES = 3;

/** The fields that a word may mean, the likeliest first: what people call so, then names that look like it. */
function likelyFields(
  context: Pick<CheckContext, 'model'>,
  module: CatalogModule,
  text: string,
  fits: (field: FieldInfo) => boolean,
): { readonly names: readonly string[]; readonly isSure: boolean } {
  const isOffered = (name: string) => {
    const field = module.field(name);
    return field !== undefined && fits(field);
  };
  const near = nearest(text, module.fieldNames, { isOffered });
  const meant = meantField(text, module, fits);
  // A slip of one letter is that, whatever else has the word in it.
  if (meant === undefined || isSureGuess(context, text, near)) {
    // “Course” is no slip of CourseID.
    const isSure = isSureGuess(context, text, near) && (!isIdField(near[0] ?? '') || /ids?$/i.test(text));
    return { names: near, isSure };
  }
  const others = near.filter((name) => name !== meant.field.name);
  const names = [meant.field.name, ...others].slice(0, MOST_NAMES);
  return { names, isSure: meant.isSure && context.model.method === 'GET' };
}

/** `CourseDate.Label`, `CourseDate/Label`: the field of the module itself. */
function ownField(module: CatalogModule, text: string): FieldInfo | undefined {
  const at = module.name.length;
  const isOwn = nameKey(text.slice(0, at)) === nameKey(module.name) && /[./]/.test(text.charAt(at));
  return isOwn ? module.field(text.slice(at + 1)) : undefined;
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

/** A fix that removes a clause. */
export const clauseRemoval = (tree: BlockTree, clause: Clause, title: string): Fix =>
  removal(clauseSpan(tree, clause), title);
