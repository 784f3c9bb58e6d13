/** The text on one line: white space that holds a line end becomes one space. */
export const withoutLineEnds = (text: string): string =>
  // Not `\s*[\r\n]+\s*`, which takes the square of a run without a line end.
  text.replace(/\s+/g, (run) => (/[\r\n]/.test(run) ? ' ' : run));

/** Zero-based line and UTF-16 character, as in LSP. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** Where the lines of a text start; `\n`, `\r\n` and `\r` end a line, as in LSP. */
export class LineIndex {
  readonly #starts: readonly number[];
  readonly #length: number;

  constructor(private readonly text: string) {
    const starts = [0];
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code === 10) starts.push(i + 1);
      else if (code === 13 && text.charCodeAt(i + 1) !== 10) starts.push(i + 1);
    }
    this.#starts = starts;
    this.#length = text.length;
  }

  get lineCount(): number {
    return this.#starts.length;
  }

  positionAt(offset: number): Position {
    const at = Math.min(Math.max(offset, 0), this.#length);
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] ?? 0) <= at) low = middle;
      else high = middle - 1;
    }
    return { line: low, character: at - (this.#starts[low] ?? 0) };
  }

  /** The nearest valid offset: a position past its line's end is the line's end. */
  offsetAt(position: Position): number {
    if (position.line < 0) return 0;
    const start = this.#starts[position.line];
    if (start === undefined) return this.#length;
    return Math.min(start + Math.max(position.character, 0), this.#endOf(position.line));
  }

  /** Where the line ends, before its line break. */
  #endOf(line: number): number {
    const next = this.#starts[line + 1];
    if (next === undefined) return this.#length;
    return this.text.startsWith('\r\n', next - 2) ? next - 2 : next - 1;
  }

  lineStart(line: number): number {
    return this.#starts[line] ?? this.#length;
  }
}
