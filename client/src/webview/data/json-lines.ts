/** Records as lines of folded JSON, for any number of records. */
import type { ApiRecord } from '#core/results/read-page';
import { memberOf } from '#core/results/table';
import { hasMembers } from '#core/values/kind-of';
import { previewJson, writeJson } from '#core/values/write-json';

export interface JsonLine {
  /** The row of the view that the line belongs to. */
  readonly row: number;
  readonly depth: number;
  /** The member or index; undefined for the record itself and for closing brackets. */
  readonly key?: string;
  readonly value?: unknown;
  readonly text: string;
  /** Identifies a part that can be folded, within its record. */
  readonly path?: string;
  readonly open?: boolean;
}

const PREVIEW = 160;

/** Each record is one line until it is opened. */
export class JsonLines {
  /** The folded parts of opened records. */
  readonly #open = new Map<number, Set<string>>();
  readonly #cache = new Map<number, readonly JsonLine[]>();
  /** Opened rows in order, and the number of lines that the rows up to each one add. */
  #rows: number[] = [];
  #added: number[] = [];

  constructor(
    private readonly recordAt: (row: number) => ApiRecord | undefined,
    private readonly columns: () => readonly string[],
  ) {}

  /** The rows show other records, or other columns. */
  clear(): void {
    this.#open.clear();
    this.#changed();
  }

  /** Makes the lines again; open parts stay open. */
  refresh(): void {
    this.#changed();
  }

  count(rows: number): number {
    return rows + (this.#added.at(-1) ?? 0);
  }

  isOpen(row: number): boolean {
    return this.#open.has(row);
  }

  toggle(row: number, path: string): void {
    const folded = this.#open.get(row);
    if (path === '') {
      if (folded === undefined) this.#open.set(row, new Set());
      else this.#open.delete(row);
    } else if (folded?.delete(path) === false) folded.add(path);
    this.#changed();
  }

  /** Returns the line on which a row begins. */
  lineOf(row: number): number {
    const before = firstAtLeast(this.#rows, row);
    return row + (before === 0 ? 0 : (this.#added[before - 1] ?? 0));
  }

  at(line: number): JsonLine {
    // Finds the last opened row that begins at or above the line.
    let [low, high] = [0, this.#rows.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#start(middle) <= line) low = middle + 1;
      else high = middle;
    }
    const before = low - 1;
    if (before < 0) return this.#closed(line);
    const row = this.#rows[before] ?? 0;
    const lines = this.#linesOf(row);
    return lines[line - this.#start(before)] ?? this.#closed(line - (this.#added[before] ?? 0));
  }

  #start(at: number): number {
    return (this.#rows[at] ?? 0) + (at === 0 ? 0 : (this.#added[at - 1] ?? 0));
  }

  #closed(row: number): JsonLine {
    return {
      row,
      depth: 0,
      value: this.recordAt(row),
      text: preview(this.#chosen(row)),
      path: '',
      open: false,
    };
  }

  #changed(): void {
    this.#cache.clear();
    this.#rows = [...this.#open.keys()].sort((a, b) => a - b);
    let sum = 0;
    this.#added = this.#rows.map((row) => (sum += this.#linesOf(row).length - 1));
  }

  #chosen(row: number): ApiRecord {
    const record = this.recordAt(row) ?? {};
    return Object.fromEntries(
      this.columns().flatMap((name) =>
        Object.hasOwn(record, name) ? [[name, memberOf(record, name)] as const] : [],
      ),
    );
  }

  #linesOf(row: number): readonly JsonLine[] {
    let lines = this.#cache.get(row);
    if (lines === undefined) {
      const made: JsonLine[] = [];
      addLines(made, row, 0, undefined, this.#chosen(row), '', this.#open.get(row) ?? new Set());
      this.#cache.set(row, (lines = made));
    }
    return lines;
  }
}

function addLines(
  lines: JsonLine[],
  row: number,
  depth: number,
  key: string | undefined,
  value: unknown,
  path: string,
  folded: ReadonlySet<string>,
): void {
  const base = { row, depth, ...(key === undefined ? {} : { key }) };
  if (!hasMembers(value)) {
    lines.push({ ...base, value, text: writeJson(value) });
    return;
  }
  const list = Array.isArray(value);
  const entries = Object.entries(value);
  const open = !folded.has(path) && entries.length > 0;
  const [begin, end] = list ? ['[', ']'] : ['{', '}'];
  lines.push({
    ...base,
    value,
    text: open ? begin : entries.length === 0 ? begin + end : preview(value),
    ...(entries.length === 0 ? {} : { path, open }),
  });
  if (!open) return;
  for (const [name, each] of entries)
    addLines(lines, row, depth + 1, name, each, `${path}/${name.replace(/\//g, '//')}`, folded);
  lines.push({ row, depth, text: end });
}

/** Returns the beginning on one line; cuts long texts first, so that a huge one costs nothing. */
function preview(value: object): string {
  const short = previewJson(value, 60);
  return short.length > PREVIEW ? `${short.slice(0, PREVIEW)}…` : short;
}

function firstAtLeast(sorted: readonly number[], wanted: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? 0) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
