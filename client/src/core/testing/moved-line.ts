/** An edit that may move a line. */
export interface LineChange {
  readonly startLine: number;
  readonly startCharacter: number;
  readonly endLine: number;
  /** The place in `endLine` where the replaced text ends. */
  readonly endCharacter: number;
  readonly text: string;
}

/** Returns the line’s new number; undefined when the edit touched the line itself. */
export function movedLine(
  line: number,
  { startLine, startCharacter, endLine, endCharacter, text }: LineChange,
): number | undefined {
  const added = text.split('\n').length - 1 - (endLine - startLine);
  if (line > endLine) return line + added;
  // Whole lines that are added or removed right above don't touch the line.
  const whole = text === '' ? startCharacter === 0 : text.endsWith('\n');
  if (line === endLine && endCharacter === 0 && whole) return line + added;
  return line < startLine ? line : undefined;
}
