import type { Span, TextEdit } from '../text/span';
import type { DiagnosticCode } from './codes';

/** The offset of an edit at the start of the file, wherever its block stands. */
export const FILE_START = -1;

/** What to do about a problem. Offsets are relative to the block. */
export interface Fix {
  readonly title: string;
  readonly edits: readonly TextEdit[];
  /** The one a user would take: used by *fix all*. */
  readonly preferred?: boolean;
}

/** What the parser alone can say. Offsets are relative to the block. */
export interface SyntaxProblem extends Span {
  readonly code: DiagnosticCode;
  readonly message: string;
  readonly fixes?: readonly Fix[];
}
