/** A unified diff, as `diff -u` writes it and `patch -p0` reads it. */
import { writeJson } from '#core/values/write-json';
import { applyEdits, type TextEdit } from '#language';

/** Unchanged lines around a change. */
const CONTEXT = 3;

/** Old lines, the first of them counted from 0, and the new ones in their place. All lines have their ends. */
interface Change {
  readonly start: number;
  readonly before: readonly string[];
  readonly after: readonly string[];
}

/** Edits that touch the same lines, from `start` to `end` (excluded). */
interface Group {
  readonly start: number;
  end: number;
  readonly edits: TextEdit[];
}

/**
 * Returns the diff between a text and what the edits make of it; '' where nothing changes. The edits, in the order of
 * the text, say where: nothing is searched for, however long the text is.
 */
export function unifiedDiff(name: string, text: string, edits: readonly TextEdit[]): string {
  const lines = linesOf(text);
  const starts = [0];
  for (const line of lines) starts.push((starts.at(-1) ?? 0) + line.length);
  let moved = 0;
  const hunks = hunksOf(groupsOf(starts, edits).map((group) => changeOf(text, lines, starts, group)));
  const texts = hunks.map((hunk) => {
    const shown = hunkText(lines, hunk, moved);
    for (const { before, after } of hunk) moved += after.length - before.length;
    return shown;
  });
  return texts.length === 0 ? '' : `--- ${named(name)}\n+++ ${named(name)}\n${texts.join('')}`;
}

/** As `git diff` writes names: one with a space ends at a tab, one with a control or a quote is quoted. */
function named(name: string): string {
  if (/[\p{Cc}"\\]/u.test(name)) return writeJson(name);
  return name.includes(' ') ? `${name}\t` : name;
}

/** Only a line feed ends a line, as in every tool that reads a diff. */
const linesOf = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

/** `starts`: where each line starts, then where the text ends. */
function groupsOf(starts: readonly number[], edits: readonly TextEdit[]): Group[] {
  const groups: Group[] = [];
  let line = 0;
  const lineAt = (offset: number): number => {
    while (line < starts.length - 2 && (starts[line + 1] ?? 0) <= offset) line++;
    return line;
  };
  for (const edit of edits) {
    const start = lineAt(edit.offset);
    // With the line behind a line end that the edit takes away, which may be joined.
    const end = lineAt(edit.offset + edit.length) + 1;
    const last = groups.at(-1);
    if (last === undefined || start >= last.end) groups.push({ start, end, edits: [edit] });
    else {
      last.end = end;
      last.edits.push(edit);
    }
  }
  return groups;
}

function changeOf(
  text: string,
  lines: readonly string[],
  starts: readonly number[],
  { start, end, edits }: Group,
): Change {
  const [from = 0, to] = [starts[start], starts[end]];
  const here = edits.map((edit) => ({ ...edit, offset: edit.offset - from }));
  const [before, after] = [lines.slice(start, end), linesOf(applyEdits(text.slice(from, to), here))];
  let head = 0;
  while (head < before.length && before[head] === after[head]) head++;
  let tail = 0;
  const most = Math.min(before.length, after.length) - head;
  while (tail < most && before.at(-1 - tail) === after.at(-1 - tail)) tail++;
  return {
    start: start + head,
    before: before.slice(head, before.length - tail),
    after: after.slice(head, after.length - tail),
  };
}

/** Changes whose context would overlap stand together. */
function hunksOf(changes: readonly Change[]): Change[][] {
  const hunks: Change[][] = [];
  for (const change of changes) {
    if (change.before.length + change.after.length === 0) continue;
    const last = hunks.at(-1)?.at(-1);
    if (last !== undefined && change.start - last.start - last.before.length <= 2 * CONTEXT)
      hunks.at(-1)?.push(change);
    else hunks.push([change]);
  }
  return hunks;
}

/** `moved`: how many lines the hunks before it added. */
function hunkText(lines: readonly string[], hunk: readonly Change[], moved: number): string {
  const start = Math.max(0, (hunk[0]?.start ?? 0) - CONTEXT);
  const shown: string[] = [];
  let [at, removed, added] = [start, 0, 0];
  const show = (mark: string, more: readonly string[]) => {
    for (const line of more)
      shown.push(line.endsWith('\n') ? `${mark}${line}` : `${mark}${line}\n\\ No newline at end of file\n`);
  };
  for (const change of hunk) {
    show(' ', lines.slice(at, change.start));
    show('-', change.before);
    show('+', change.after);
    at = change.start + change.before.length;
    removed += change.before.length;
    added += change.after.length;
  }
  const end = Math.min(lines.length, at + CONTEXT);
  show(' ', lines.slice(at, end));
  const [old, now] = [end - start, end - start - removed + added];
  return `@@ -${range(start, old)} +${range(start + moved, now)} @@\n${shown.join('')}`;
}

/** Of no line, the number is that of the line before. */
const range = (start: number, length: number): string => `${length === 0 ? start : start + 1},${length}`;
