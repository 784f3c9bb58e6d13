/** A write as the log of changes has it: a line before it is sent, and one when it has ended. */
import * as v from 'valibot';
import { requestSchema } from '../history/kept-request';
import type { ApiRecord } from '../results/read-page';
import { isRecord } from '../values/kind-of';
import type { WriteOutcome } from './write-log';

const SOURCES = ['editor', 'grid', 'import', 'undo', 'command line'] as const;
const OUTCOMES = ['create', 'update', 'unchanged', 'delete', 'refused', 'unforeseen'] as const;

/** The name of a file in the folder of kept records, and of no other. */
const KEPT_FILE = /^\d{8}T\d{9}Z-[\da-f-]{36}\.ndjson$/;

const begun = v.object({
  id: v.string(),
  /** ISO 8601. */
  at: v.string(),
  source: v.picklist(SOURCES),
  /** Its own, where it belongs to no others. */
  run: v.string(),
  title: v.exactOptional(v.string()),
  connection: v.object({ name: v.string(), root: v.string() }),
  request: requestSchema,
  /** What it was to do, as far as that could be foreseen. */
  planned: v.picklist(OUTCOMES),
  /** The file with the old record. */
  kept: v.exactOptional(v.pipe(v.string(), v.regex(KEPT_FILE))),
  /** A part of the request was left out as a secret. */
  masked: v.exactOptional(v.literal(true)),
});

const ended = v.object({
  id: v.string(),
  outcome: v.picklist(['done', 'refused', 'unknown']),
  status: v.exactOptional(v.number()),
  /** The ID of the record, where the answer has it. */
  record: v.exactOptional(v.string()),
  milliseconds: v.exactOptional(v.number()),
  message: v.exactOptional(v.string()),
});

export type BegunLine = v.InferOutput<typeof begun>;
export type EndedLine = v.InferOutput<typeof ended>;

/** What is known of a write. */
export interface ChangeEntry extends Readonly<BegunLine> {
  readonly outcome: WriteOutcome;
}

/** Adds a line to what is known. A write of which no end was noted may have been done, or not. */
export function takeLine(entries: Map<string, ChangeEntry>, value: unknown): void {
  const start = v.safeParse(begun, value);
  if (start.success) {
    entries.set(start.output.id, { ...start.output, outcome: NO_END });
    return;
  }
  const end = v.safeParse(ended, value);
  const entry = end.success ? entries.get(end.output.id) : undefined;
  if (end.success && entry !== undefined) entries.set(entry.id, { ...entry, outcome: outcomeOf(end.output) });
}

const NO_END: WriteOutcome = {
  kind: 'unknown',
  message: 'No answer was noted: it is still under way, or APQ was closed before the answer came.',
};

function outcomeOf({ outcome, status, record, milliseconds = 0, message = '' }: EndedLine): WriteOutcome {
  if (outcome === 'done')
    return {
      kind: 'done',
      status: status ?? 200,
      milliseconds,
      ...(record === undefined ? {} : { id: record }),
    };
  if (outcome === 'unknown') return { kind: 'unknown', message };
  return { kind: 'refused', message, ...(status === undefined ? {} : { status }) };
}

/** The line of an outcome. */
export function endOf(id: string, outcome: WriteOutcome): EndedLine {
  const { kind } = outcome;
  if (kind !== 'done')
    return {
      id,
      outcome: kind,
      ...(kind === 'refused' && outcome.status !== undefined ? { status: outcome.status } : {}),
      message: outcome.message,
    };
  return {
    id,
    outcome: kind,
    status: outcome.status,
    ...(outcome.id === undefined ? {} : { record: outcome.id }),
    milliseconds: outcome.milliseconds,
  };
}

/** The record as it was before a write. */
export interface KeptRecord {
  /** The ID of the write. */
  readonly id: string;
  /** Without the values of secrets. */
  readonly record: ApiRecord;
  /** The record's own ID. */
  readonly of: string;
  /** The fields that the write changes, as the record spells them. */
  readonly fields: readonly string[];
  /** The fields whose values were left out as secrets. */
  readonly masked: readonly string[];
  /** Of a deletion. */
  readonly step?: 'mark' | 'remove';
}

const kept = v.object({
  id: v.string(),
  record: v.custom<ApiRecord>(isRecord),
  of: v.string(),
  fields: v.array(v.string()),
  masked: v.array(v.string()),
  step: v.exactOptional(v.picklist(['mark', 'remove'])),
});

/** Reads a line of kept records; undefined where it is none. */
export function keptRecordOf(value: unknown): KeptRecord | undefined {
  const parsed = v.safeParse(kept, value);
  return parsed.success ? parsed.output : undefined;
}
