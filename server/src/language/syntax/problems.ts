import type { Span, TextEdit } from '../text/span';
import type { NextStep } from '../vocabulary/next-steps';
import type { ParameterName } from '../vocabulary/parameters';
import type { DiagnosticCode } from './codes';

/** The offset of an edit at the start of the file, wherever its block is. */
export const FILE_START = -1;

/** A way to correct a problem. Offsets are relative to the block. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly TextEdit[];
  /** Edits of another request, with offsets of its tree. Such a fix is never `preferred`. */
  readonly elsewhere?: { readonly tree: object; readonly edits: readonly TextEdit[] };
  /** True for the fix that a user would most likely choose; *fix all* applies it. */
  readonly preferred?: boolean;
  /** The parameter that it adds to the request, where it may be one too many, or one that the method does not take. */
  readonly adds?: ParameterName;
}

/** A problem that the parser alone can see. Offsets are relative to the block. */
export interface SyntaxProblem extends Span {
  readonly code: DiagnosticCode;
  readonly message: string;
  /** A parameter whose number means something else from platform to platform: what to write is added to the message. */
  readonly advises?: '$skip';
  readonly fixes?: readonly Fix[];
  /** What the user can do next: it follows the message. */
  readonly next?: NextStep;
}
