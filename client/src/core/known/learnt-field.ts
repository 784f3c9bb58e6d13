/** What is known of the values of one field, and how two answers are told as one. */
import type { KnownField } from '#language';
import { limitsOfField } from './limits';
import type { Unlearnt } from './personal';

/** After so many days without being seen, a value is forgotten. */
const KEPT_DAYS = 180;
/** A newer answer with at least this part of the records takes over the counts. */
const COMPARABLE = 0.5;
const DAY_MS = 24 * 60 * 60_000;

export interface LearntValue {
  readonly value: string;
  /** In how many of the records of the answer that was counted it came; 0: it was seen in another answer. */
  readonly count: number;
  /** When it came last, ISO 8601. */
  readonly seenAt: string;
}

/** What was learnt of one field. */
export interface LearntField {
  readonly module: string;
  readonly field: string;
  /** The most frequent first. None where `refused` says why. */
  readonly values: readonly LearntValue[];
  /** In how many records they were counted. */
  readonly records: number;
  /** True where the request asked for some of the records only, whatever its condition is about, or for the first of an order by this field. */
  readonly part: boolean;
  /** When the answer came that was counted, ISO 8601. */
  readonly learntAt: string;
  /** Its values turned out to be no list, or to be about people. `many`: there are too many different ones. */
  readonly refused?: Unlearnt | 'many';
}

/** Returns what is known after another answer. Refusals of either side hold. */
export function mergeFields(before: LearntField | undefined, now: LearntField): LearntField {
  if (before === undefined || now.refused !== undefined) return now;
  if (before.refused !== undefined) return before;
  const base = takesOver(before, now) ? now : before;
  const other = base === now ? before : now;
  const values = new Map(base.values.map((each) => [each.value, each]));
  for (const { value, seenAt } of other.values) {
    const known = values.get(value);
    const latest = known === undefined || known.seenAt < seenAt ? seenAt : known.seenAt;
    values.set(value, { value, count: known?.count ?? 0, seenAt: latest });
  }
  return values.size > limitsOfField(now).different
    ? refusedField(now, 'many')
    : { ...base, values: [...values.values()].sort(byFrequency) };
}

/** The counts of all records are not replaced by those of some, nor many records by few. */
function takesOver(before: LearntField, now: LearntField): boolean {
  if (before.part !== now.part) return before.part;
  return now.records >= before.records * COMPARABLE;
}

/** A field of which nothing is kept, and why. */
export const refusedField = (
  { module, field, learntAt }: Pick<LearntField, 'module' | 'field' | 'learntAt'>,
  refused: Unlearnt | 'many',
): LearntField => ({ module, field, values: [], records: 0, part: false, learntAt, refused });

/** Returns the field without the values that are too old; undefined where nothing of it is left. */
export function withoutOld(field: LearntField, now: Date): LearntField | undefined {
  const oldest = new Date(now.getTime() - KEPT_DAYS * DAY_MS).toISOString();
  if (field.refused !== undefined) return field.learntAt < oldest ? undefined : field;
  const values = field.values.filter(({ seenAt }) => seenAt >= oldest);
  if (values.length === 0) return undefined;
  return values.length === field.values.length ? field : { ...field, values };
}

/** As the language gets it. */
export const knownFieldOf = ({
  module,
  field,
  values,
  records,
  part,
  learntAt,
}: LearntField): KnownField => ({
  ...{ module, field, ...(part ? { part } : {}) },
  values: values.map(({ value, count }) => ({ value, count })),
  records,
  learntAt,
});

export const byFrequency = (a: LearntValue, b: LearntValue): number =>
  b.count - a.count || (a.value < b.value ? -1 : Number(a.value > b.value));
