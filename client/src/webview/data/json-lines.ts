/** Records as lines of folded JSON, for any number of records. */
import type { ApiRecord } from '#core/results/read-page';
import { memberOf } from '#core/results/table';
import { hasMembers } from '#core/values/kind-of';
import { previewJson, writeJson } from '#core/values/write-json';
import { Unfolded } from './unfolded';

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
  readonly #unfolded = new Unfolded();

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
    return this.#unfolded.count(rows);
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
    return this.#unfolded.lineOf(row);
  }

  at(line: number): JsonLine {
    const { row, within } = this.#unfolded.at(line);
    return this.#open.has(row) ? (this.#linesOf(row)[within] ?? this.#closed(row)) : this.#closed(row);
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
    this.#unfolded.set(new Map([...this.#open.keys()].map((row) => [row, this.#linesOf(row).length])));
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
