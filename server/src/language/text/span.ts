/** A stretch of text: UTF-16 units, half open. */
export interface Span {
  readonly offset: number;
  readonly length: number;
}

export const between = (start: number, end: number): Span => ({
  offset: start,
  length: Math.max(0, end - start),
});

export const endOf = (s: Span): number => s.offset + s.length;

/** True when the offset is inside the span or at either edge: where a cursor "touches" it. */
export const touches = (s: Span, offset: number): boolean => offset >= s.offset && offset <= endOf(s);

/** True when the two share at least one position, edges included. */
export const meets = (a: Span, b: Span): boolean => a.offset <= endOf(b) && b.offset <= endOf(a);

/** The index of the first of the spans, which are in the order of the text, that starts at the offset or after it. */
export function firstFrom(spans: readonly Span[], offset: number): number {
  let [low, high] = [0, spans.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle]?.offset ?? offset) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A test whether a span meets any of `spans`, for a caller that asks for many: each answer takes the logarithm of their number. */
export function meetsAny(spans: readonly Span[]): (span: Span) => boolean {
  const sorted = [...spans].sort((a, b) => a.offset - b.offset);
  /** The furthest end of the spans up to each one. */
  const ends: number[] = [];
  for (const each of sorted) ends.push(Math.max(ends.at(-1) ?? 0, endOf(each)));
  return (span) => {
    const index = firstFrom(sorted, endOf(span) + 1);
    return index > 0 && (ends[index - 1] ?? 0) >= span.offset;
  };
}

export const textOf = (text: string, s: Span): string => text.slice(s.offset, endOf(s));

export const shift = (s: Span, by: number): Span => ({ offset: s.offset + by, length: s.length });

/** Replaces `length` units at `offset` with `text`. */
export interface TextEdit extends Span {
  readonly text: string;
}

/** The one edit that makes `after` of `before`, without what they share at their starts and ends. */
export function changeBetween(before: string, after: string): TextEdit {
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && before.charCodeAt(head) === after.charCodeAt(head)) head++;
  let tail = 0;
  while (
    tail < most - head &&
    before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)
  )
    tail++;
  return {
    offset: head,
    length: before.length - head - tail,
    text: after.slice(head, after.length - tail),
  };
}

/** True when all of `part` is in the span. */
export const covers = ({ offset, length }: Span, part: Span): boolean =>
  part.offset >= offset && endOf(part) <= offset + length;

/** Edits of a text as edits of the text that contains it at `offset`. */
export const editsAt = (edits: readonly TextEdit[], offset: number): TextEdit[] =>
  edits.map((edit) => ({ ...edit, ...shift(edit, offset) }));

/** Edits that do the same, at most `most`: each of the new ones takes the place of several neighbours, with the text between them. */
export function mergeEdits(text: string, edits: readonly TextEdit[], most: number): readonly TextEdit[] {
  if (edits.length <= most) return edits;
  const sorted = [...edits].sort((a, b) => a.offset - b.offset);
  const size = Math.ceil(sorted.length / most);
  const merged: TextEdit[] = [];
  for (let from = 0; from < sorted.length; from += size) {
    const own = sorted.slice(from, from + size);
    const start = own[0]?.offset ?? 0;
    const piece = between(start, endOf(own.at(-1) ?? between(start, start)));
    merged.push({ ...piece, text: applyEdits(textOf(text, piece), editsAt(own, -start)) });
  }
  return merged;
}

/** Applies edits that don't overlap; their offsets are those of the original text. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const sorted = edits
    .map((edit, index) => ({ edit, index }))
    .sort((a, b) => a.edit.offset - b.edit.offset || a.index - b.index);
  let result = '';
  let last = 0;
  for (const { edit } of sorted) {
    result += text.slice(last, edit.offset) + edit.text;
    last = endOf(edit);
  }
  return result + text.slice(last);
}
