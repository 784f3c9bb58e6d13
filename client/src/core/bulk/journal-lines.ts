/** The lines of a journal, as they are written and read. */
import * as v from 'valibot';
import { FIELD_TYPES } from '#language';
import { isRecord } from '../values/kind-of';
import { readJson } from '../values/read-json';
import { writeJson } from '../values/write-json';
import type { PlannedChange } from '../writing/planned-change';
import { FIELD_MODES } from './mapping';
import type { RowKey } from './planned-row';

const count = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const record = v.custom<Readonly<Record<string, unknown>>>(isRecord);

const request = v.object({
  method: v.picklist(['POST', 'PUT']),
  module: v.string(),
  id: v.exactOptional(v.string()),
  query: v.array(v.object({ name: v.string(), value: v.string() })),
  body: v.exactOptional(v.string()),
});

const field = v.pipe(
  v.object({
    name: v.string(),
    type: v.picklist(FIELD_TYPES),
    before: v.optional(v.unknown()),
    after: v.optional(v.unknown()),
    changes: v.boolean(),
    problem: v.exactOptional(v.string()),
  }),
  // JSON has no word for a member that a record lacks.
  v.transform(({ before, after, ...rest }) => ({ ...rest, before, after })),
);

const planned = { request, fields: v.array(field) };
const ofRecord = { ...planned, id: v.string(), record };

const change = v.variant('outcome', [
  v.object({ outcome: v.literal('create'), ...planned }),
  v.object({ outcome: v.literal('update'), ...ofRecord }),
  v.object({ outcome: v.literal('unchanged'), ...ofRecord }),
  v.object({ outcome: v.literal('refused'), ...planned, reason: v.string(), matches: v.array(record) }),
]);

/** What an import is: another one can't go on with its journal. */
const head = v.object({
  version: v.literal(1),
  /** Of the writes, in the list of changes. */
  run: v.string(),
  file: v.object({ name: v.string(), bytes: count, sha256: v.string() }),
  root: v.string(),
  module: v.string(),
  deed: v.picklist(['create', 'update', 'upsert']),
  /** The column of the key, and its field. */
  key: v.exactOptional(v.object({ column: count, field: v.string() })),
  fields: v.array(v.object({ column: count, field: v.string(), mode: v.picklist(FIELD_MODES) })),
  /** How the file was read: the value of each choice. */
  choices: v.record(v.string(), v.string()),
});
export type JournalHead = Readonly<v.InferOutput<typeof head>>;

/** A file of rows that was written beside the imported one. */
const fileNote = v.object({
  kind: v.picklist(['failed', 'done', 'unknown']),
  name: v.string(),
  sha256: v.string(),
});
export type FileNote = Readonly<v.InferOutput<typeof fileNote>>;
export type FileKind = FileNote['kind'];

const of = <const Name extends string>(line: Name) => ({ line: v.literal(line), row: count });
const message = v.string();

const line = v.variant('line', [
  v.object({ line: v.literal('apq-journal'), head }),
  v.object({
    ...of('plan'),
    change,
    key: v.exactOptional(v.object({ field: v.string(), value: v.string() })),
  }),
  /** All rows are planned: how many fields are emptied. */
  v.object({ line: v.literal('planned'), cleared: count }),
  /** `at`: milliseconds since 1970. */
  v.object({ ...of('sending'), at: count }),
  v.object({
    ...of('done'),
    deed: v.picklist(['created', 'changed', 'unchanged']),
    id: v.exactOptional(v.string()),
  }),
  v.object({ ...of('failed'), message }),
  v.object({ ...of('unknown'), at: count, message }),
  v.object(of('unsent')),
  v.object({ line: v.literal('file'), file: fileNote }),
]);
export type JournalLine = v.InferOutput<typeof line>;

/** Undefined for what is no line of a journal. */
export function readLine(text: string): JournalLine | undefined {
  try {
    const parsed = v.safeParse(line, readJson(text));
    return parsed.success ? parsed.output : undefined;
  } catch {
    return undefined;
  }
}

/** A line to write; what is planned was not read from a file. */
export type WrittenLine =
  | Exclude<JournalLine, { line: 'plan' | 'apq-journal' }>
  | { readonly line: 'apq-journal'; readonly head: JournalHead }
  | { readonly line: 'plan'; readonly row: number; readonly change: PlannedChange; readonly key?: RowKey };

/** With its line feed. */
export const writeLine = (written: WrittenLine): string => `${writeJson(written)}\n`;
