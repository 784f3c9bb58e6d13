/**
 * Whether a change is still what was shown, by a second read right before it is sent. The API has no lock: a moment
 * remains in which somebody else's change is overwritten.
 */
import type { ApiRecord } from '../results/read-page';
import { memberNamed, nameKey } from '../text/names';
import { sameValue } from '../values/same-value';
import { writeJson } from '../values/write-json';
import { recordIn } from './deed';
import type { FieldChange, PlannedChange } from './planned-change';
import { shortValue } from './short-value';

/** What the second read found. */
export type SecondLook =
  /** `note`: what else of the record was changed meanwhile, in a sentence. */
  | { readonly kind: 'holds'; readonly note?: string }
  /** It has to be shown and agreed to once more. `why`: a sentence. */
  | { readonly kind: 'differs'; readonly why: string };

/** What a reader of a preview should know about its limits. */
export const NO_LOCK =
  'Before it is sent, the record is read once more. The API has no lock, so in that moment a change by somebody else can still be overwritten.';

/** `shown`: what the user agreed to. `now`: the same change, foreseen again. */
export function secondLook(shown: PlannedChange, now: PlannedChange): SecondLook {
  if (now.outcome === 'refused' && shown.outcome !== 'refused') return differs(now.reason);
  if (now.outcome === 'unforeseen')
    return shown.outcome === 'unforeseen' ? { kind: 'holds' } : differs(now.reason);
  if (shown.outcome === 'unforeseen') return differs('What it changes can be read by now.');
  const [before, after] = [recordOf(shown), recordOf(now)];
  if (before === undefined || after === undefined)
    return before === after ? { kind: 'holds' } : differs(after === undefined ? GONE : created(now));
  if (before.id !== after.id) return differs(created(now));
  if (shown.outcome === 'delete' || now.outcome === 'delete') return ofDeletion(before, after);
  const touched = now.fields.filter((field) => !isAsShown(field, shown));
  if (touched.length > 0)
    return differs(
      `Somebody changed it meanwhile: ${touched.map((field) => told(field, shown)).join('; ')}.`,
    );
  const names = new Set(now.fields.map(({ name }) => nameKey(name)));
  const others = differences(before.record, after.record).filter((name) => !names.has(nameKey(name)));
  return others.length === 0
    ? { kind: 'holds' }
    : {
        kind: 'holds',
        note: `Somebody changed ${listed(others)} of this record meanwhile; what is sent leaves ${others.length === 1 ? 'it' : 'them'} alone.`,
      };
}

const differs = (why: string): SecondLook => ({ kind: 'differs', why });

type OfRecord = Extract<PlannedChange, { readonly id: string }>;

const recordOf = (change: PlannedChange): OfRecord | undefined => ('id' in change ? change : undefined);

const GONE = 'The record is gone by now, so this would create one.';

const created = (now: PlannedChange): string =>
  'id' in now ? `Another record is met by now: ${recordIn(now)}.` : GONE;

/** Of a record that goes, everything counts. */
function ofDeletion(before: OfRecord, after: OfRecord): SecondLook {
  const names = differences(before.record, after.record);
  return names.length === 0 ? { kind: 'holds' } : differs(`Somebody changed ${listed(names)} meanwhile.`);
}

function isAsShown({ name, type, before }: FieldChange, shown: PlannedChange): boolean {
  const old = shown.fields.find((each) => each.name === name);
  return old !== undefined && sameValue(type, old.before, before);
}

function told({ name, before }: FieldChange, shown: PlannedChange): string {
  const old = shown.fields.find((each) => each.name === name)?.before;
  return `${name} was ${shortValue(name, old)} and is ${shortValue(name, before)}`;
}

/** The names of members that differ, those that only one of the two has included. */
function differences(before: ApiRecord, after: ApiRecord): string[] {
  const names = new Map([...Object.keys(before), ...Object.keys(after)].map((name) => [nameKey(name), name]));
  return [...names.values()].filter(
    (name) => writeJson(memberNamed(before, name)?.value) !== writeJson(memberNamed(after, name)?.value),
  );
}

/** So many names are told. */
const NAMED = 5;

function listed(names: readonly string[]): string {
  const more = names.length - NAMED;
  return `${names.slice(0, NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
