/** Where a line is after an edit. */
export interface LineChange {
  readonly startLine: number;
  readonly startCharacter: number;
  readonly endLine: number;
  /** Where in its last line the edit ends. */
  readonly endCharacter: number;
  readonly text: string;
}

/** The line’s new number; undefined when the edit touched the line itself. */
export function movedLine(
  line: number,
  { startLine, startCharacter, endLine, endCharacter, text }: LineChange,
): number | undefined {
  const added = text.split('\n').length - 1 - (endLine - startLine);
  if (line > endLine) return line + added;
  // Whole lines that come or go right above leave the line as it is.
  const whole = text === '' ? startCharacter === 0 : text.endsWith('\n');
  if (line === endLine && endCharacter === 0 && whole) return line + added;
  return line < startLine ? line : undefined;
}
