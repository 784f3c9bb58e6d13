/** Makes the plan of an import by reading only: what each row of a table is going to do. */
import type { ModuleInfo } from '#language';
import type { ApiClient } from '../remote/api';
import { ApiError } from '../remote/api-error';
import type { Found } from '../running/id-batches';
import { isNothing } from '../values/same-value';
import type { PlannedOutcome } from '../writing/planned-change';
import type { Conventions } from './cell-value';
import { type Mapping, shown } from './mapping';
import { OddKeys } from './odd-keys';
import { type PlanFrame, planRow, refusedRow } from './plan-row';
import type { PlannedRow } from './planned-row';
import { readRecords, type RecordReading } from './records';
import { type RowWish, wishOf } from './row-wish';
import type { TableReading } from './table';

/** What a plan is made of. */
export interface ImportSource {
  readonly table: TableReading;
  readonly mapping: Mapping;
  readonly module: ModuleInfo;
  readonly client: ApiClient;
}

/** Takes the rows of a plan as they are known, in the order of the file. */
export interface PlanSink {
  add(rows: readonly PlannedRow[]): Promise<void>;
}

export interface PlanCounts {
  readonly create: number;
  readonly update: number;
  readonly unchanged: number;
  readonly refused: number;
  /** How many fields of records will be emptied. */
  readonly cleared: number;
}

export interface PlanOptions {
  readonly signal?: AbortSignal | undefined;
  /** Called with the number of rows so far. */
  readonly onProgress?: (rows: number) => void;
  /** Gets sentences about rows that may not be meant, before anything is planned. */
  readonly onNote?: (note: string) => void;
}

/** Nothing in the file tells how it writes a date or a number, and a row depends on it. */
export class OpenConvention extends Error {
  /** `why`: a sentence about the first such cell. */
  constructor(
    readonly choice: keyof Conventions,
    readonly row: number,
    readonly why: string,
  ) {
    super(`Row ${row}: ${why}`);
  }
}

/** What the file's own choices say about dates and numbers. */
export function conventionsOf({ choices }: Pick<TableReading, 'choices'>): Conventions {
  const valueOf = (name: keyof Conventions) => choices.find((choice) => choice.name === name)?.value;
  const [order, sign] = [valueOf('dateOrder'), valueOf('decimalSign')];
  return {
    dateOrder: order === 'day' || order === 'month' ? order : undefined,
    decimalSign: sign === '.' || sign === ',' ? sign : undefined,
  };
}

/** How many rows are looked up together. */
const CHUNK = 400;
const READS_AT_A_TIME = 4;

/** Gives `sink` the plan of each row. Throws `OpenConvention`, an `ApiError`, and what the reader of the file throws. */
export async function planImport(
  source: ImportSource,
  sink: PlanSink,
  { signal, onProgress, onNote }: PlanOptions = {},
): Promise<PlanCounts> {
  const { table, mapping, client, module } = source;
  const conventions = conventionsOf(table);
  const { repeated, notes } = await lookAtKeys(source, conventions, signal);
  if (onNote !== undefined) for (const note of notes) onNote(note);
  const frame: PlanFrame = { module: module.name, mapping, traits: client.traits };
  const counter = new Counter();
  let rows = 0;
  const plan = async (chunk: readonly RowWish[]) => {
    const found = await lookUp(
      source,
      chunk.filter((wish) => sameKeyAs(wish, repeated) === undefined),
      signal,
    );
    const planned = chunk.map((wish) => plannedRow(wish, { frame, found, repeated }));
    for (const each of planned) counter.take(each);
    await sink.add(planned);
    rows += chunk.length;
    onProgress?.(rows);
  };
  let chunk: RowWish[] = [];
  for await (const row of table.rows(signal)) {
    signal?.throwIfAborted();
    chunk.push(wishOf(row, table.columns, mapping, conventions));
    if (chunk.length < CHUNK) continue;
    await plan(chunk);
    chunk = [];
  }
  if (chunk.length > 0) await plan(chunk);
  return counter.counts;
}

type Repeated = ReadonlyMap<string, readonly number[]>;

/** Finds the rows of each key that several rows have. Looks at the whole file before anything is asked. */
async function lookAtKeys(
  { table, mapping }: ImportSource,
  conventions: Conventions,
  signal: AbortSignal | undefined,
): Promise<{ readonly repeated: Repeated; readonly notes: readonly string[] }> {
  const first = new Map<string, number>();
  const repeated = new Map<string, number[]>();
  const odd = new OddKeys();
  for await (const row of table.rows(signal)) {
    signal?.throwIfAborted();
    const {
      key,
      normalKey: normal,
      needs,
      wishes,
      problems,
    } = wishOf(row, table.columns, mapping, conventions);
    for (const need of needs)
      throw new OpenConvention(
        need,
        row.row,
        wishes.find((wish) => wish.problem)?.problem ?? problems[0] ?? '',
      );
    if (key === undefined || normal === undefined) continue;
    odd.add(row.row, key);
    const before = first.get(normal);
    if (before === undefined) first.set(normal, row.row);
    else {
      const rows = repeated.get(normal);
      if (rows === undefined) repeated.set(normal, [before, row.row]);
      else rows.push(row.row);
    }
  }
  return { repeated, notes: mapping.key ? odd.notes(shown(table.columns, mapping.key.column)) : [] };
}

const sameKeyAs = ({ normalKey }: RowWish, repeated: Repeated): readonly number[] | undefined =>
  normalKey === undefined ? undefined : repeated.get(normalKey);

async function lookUp(
  source: ImportSource,
  wishes: readonly RowWish[],
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, Found>> {
  const keys = wishes.flatMap(({ key }) => (key === undefined ? [] : [key]));
  if (keys.length === 0) return new Map();
  return readRecords(readingOf(source), keys, { signal, concurrency: READS_AT_A_TIME });
}

/** How the records of an import are found. */
const readingOf = ({ client, module, mapping }: Omit<ImportSource, 'table'>): RecordReading => ({
  client,
  module,
  field: mapping.key?.field.name ?? 'ID',
  written: mapping.fields.map(({ field }) => field.name),
  whole: false,
});

interface Known {
  readonly frame: PlanFrame;
  readonly found: ReadonlyMap<string, Found>;
  readonly repeated: Repeated;
}

function plannedRow(wish: RowWish, { frame, found, repeated }: Known): PlannedRow {
  const { row, key } = wish;
  const field = frame.mapping.key?.field.name;
  if (field === undefined) return { row, change: planRow(wish, [], frame) };
  if (key === undefined) return { row, change: refusedRow(wish, frame) };
  const same = sameKeyAs(wish, repeated);
  if (same !== undefined) return { row, change: refusedRow(wish, frame, repetition(same, wish, frame)) };
  const records = found.get(key) ?? [];
  if (records instanceof ApiError) return { row, change: refusedRow(wish, frame, records.reading) };
  return { row, change: planRow(wish, records, frame), key: { field, value: key } };
}

const MOST_SHOWN = 5;

function repetition(rows: readonly number[], { row, key = '' }: RowWish, { mapping }: PlanFrame): string {
  const field = mapping.key?.field;
  const others = rows.filter((each) => each !== row);
  const shown = others.slice(0, MOST_SHOWN).join(', ');
  const more = others.length > MOST_SHOWN ? ` and ${others.length - MOST_SHOWN} more` : '';
  const comparison =
    field?.type === 'string' ? ', which the platform compares without regard to case and outer spaces' : '';
  return `Row ${row} and row ${shown}${more} have the same ${field?.name ?? 'ID'} (“${key}”)${comparison}. Keep one of them.`;
}

class Counter {
  readonly #counts = new Map<PlannedOutcome, number>();
  #cleared = 0;

  take({ change }: PlannedRow): void {
    this.#counts.set(change.outcome, (this.#counts.get(change.outcome) ?? 0) + 1);
    if (change.outcome === 'update')
      for (const { after, changes } of change.fields) if (changes && isNothing(after)) this.#cleared++;
  }

  get counts(): PlanCounts {
    const count = (outcome: PlannedOutcome) => this.#counts.get(outcome) ?? 0;
    return {
      create: count('create'),
      update: count('update'),
      unchanged: count('unchanged'),
      refused: count('refused') + count('unforeseen'),
      cleared: this.#cleared,
    };
  }
}
