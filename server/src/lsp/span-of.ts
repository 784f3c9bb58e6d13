/** Converts LSP's ranges to the language's offsets. */
import type { Range } from 'vscode-languageserver/node';
import type { Positions, Span } from '#language';

/** A range that a client sends the wrong way round, from its end to its start, is read as the one it covers. */
export function spanOf(lines: Positions, { start, end }: Range): Span {
  const ends = [lines.offsetAt(start), lines.offsetAt(end)];
  const offset = Math.min(...ends);
  return { offset, length: Math.max(...ends) - offset };
}

/** The span from the first start to the last end. */
export function covering(spans: readonly [Span, ...Span[]]): Span {
  const offset = Math.min(...spans.map((each) => each.offset));
  return { offset, length: Math.max(...spans.map((each) => each.offset + each.length)) - offset };
}
