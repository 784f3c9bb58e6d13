/** What a write is going to do, as lines of text. */
import { sentenceOf } from './deed';
import type { FieldChange, PlannedChange } from './planned-change';
import { shortValue } from './short-value';

/** A sentence, then a line for each field: `Town: “Bury” → “Leeds”`. Foreign text in it is not harmless yet. */
export function changeLines(change: PlannedChange): string[] {
  return [sentenceOf(change), ...change.fields.map((field) => `  ${lineOf(field, change)}`)];
}

function lineOf({ name, before, after, changes }: FieldChange, { outcome }: PlannedChange): string {
  const value = shortValue(name, after);
  if (outcome === 'create' || before === undefined) return `${name}: ${value}`;
  return changes ? `${name}: ${shortValue(name, before)} → ${value}` : `${name}: ${value} (unchanged)`;
}
