import type { Span, TextEdit } from '../text/span';
import type { DiagnosticCode } from './codes';

/** The offset of an edit at the start of the file, wherever its block is. */
export const FILE_START = -1;

/** A way to correct a problem. Offsets are relative to the block. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly TextEdit[];
  /** True for the fix that a user would most likely choose; *fix all* applies it. */
  readonly preferred?: boolean;
}

/** A problem that the parser alone can see. Offsets are relative to the block. */
export interface SyntaxProblem extends Span {
  readonly code: DiagnosticCode;
  readonly message: string;
  readonly fixes?: readonly Fix[];
}
