/** Two results of the same kind, side by side, by `ID`; those of SQL often have none, and go by what names their rows. */
import type { ApiRecord } from '#core/results/read-page';
import { cellText, memberOf } from '#core/results/table';
import { hasMembers, isNumber } from '#core/values/kind-of';
import { orderOf } from '#core/values/numbers';
import { writeJson } from '#core/values/write-json';
import type { Slices } from './slices';

export type Change =
  | { readonly type: 'added' | 'removed'; readonly id: string; readonly record: ApiRecord }
  | {
      readonly type: 'changed';
      readonly id: string;
      readonly column: string;
      readonly before: unknown;
      readonly after: unknown;
    };

export interface Comparison {
  /** The columns that say which record is which; none where each result is one record. */
  readonly key: readonly string[];
  readonly changes: readonly Change[];
  readonly added: number;
  readonly removed: number;
  /** Records with a changed value; cells are counted separately. */
  readonly changed: number;
  readonly cells: number;
  readonly same: number;
  /** Records that can't be compared: those without an ID, and those that repeat an earlier ID. */
  readonly withoutId: number;
  readonly repeated: number;
}

/** Compares only columns that both results have: a column that was not requested has not changed. */
export async function compareRecords(
  before: readonly ApiRecord[],
  after: readonly ApiRecord[],
  slices: Slices,
): Promise<Comparison> {
  const changes: Change[] = [];
  const key = await keyOf(before, after, slices);
  const counts = { added: 0, removed: 0, changed: 0, cells: 0, same: 0, withoutId: 0, repeated: 0 };
  const byId = async (records: readonly ApiRecord[]) => {
    const found = new Map<string, ApiRecord>();
    for (const record of records) {
      if (slices.due()) await slices.pause();
      const id = idIn(record, key);
      if (id === '' && key[0] === 'ID') counts.withoutId++;
      else if (found.has(id)) counts.repeated++;
      else found.set(id, record);
    }
    return found;
  };
  const old = await byId(before);
  const now = await byId(after);
  const shared = sharedColumns(before, after).filter((column) => !key.includes(column));
  for (const [id, record] of now) {
    if (slices.due()) await slices.pause();
    const was = old.get(id);
    if (was === undefined) {
      counts.added++;
      changes.push({ type: 'added', id, record });
      continue;
    }
    const differing = shared.filter((column) => !same(memberOf(was, column), memberOf(record, column)));
    if (differing.length === 0) counts.same++;
    else counts.changed++;
    counts.cells += differing.length;
    for (const column of differing)
      changes.push({
        type: 'changed',
        id,
        column,
        before: memberOf(was, column),
        after: memberOf(record, column),
      });
  }
  for (const [id, record] of old) {
    if (now.has(id)) continue;
    counts.removed++;
    changes.push({ type: 'removed', id, record });
  }
  return { changes, key, ...counts };
}

const idIn = (record: ApiRecord, key: readonly string[]): string =>
  key.map((column) => cellText(memberOf(record, column))).join(', ');

/**
 * `ID`, where any record has one. Else the first columns that together are different in each record, as those of groups
 * are; amounts come last, as they may be different by chance.
 */
async function keyOf(
  before: readonly ApiRecord[],
  after: readonly ApiRecord[],
  slices: Slices,
): Promise<readonly string[]> {
  const all = [before, after];
  if (all.some((records) => records.some((record) => cellText(memberOf(record, 'ID')) !== ''))) return ['ID'];
  const isAmount = (column: string) =>
    all.some((records) => records.some((record) => isNumber(memberOf(record, column))));
  // No record has no columns.
  const shared = sharedColumns(before.length > 0 ? before : after, after.length > 0 ? after : before);
  const key: string[] = [];
  const columns = [...shared.filter((each) => !isAmount(each)), ...shared.filter(isAmount)];
  while (!(await isDifferent(before, key, slices)) || !(await isDifferent(after, key, slices))) {
    const next = columns.shift();
    // There is nothing by which they could be told apart.
    if (next === undefined) return ['ID'];
    key.push(next);
  }
  return key;
}

/** Whether the columns together are different in each record. */
async function isDifferent(
  records: readonly ApiRecord[],
  key: readonly string[],
  slices: Slices,
): Promise<boolean> {
  const found = new Set<string>();
  for (const record of records) {
    if (slices.due()) await slices.pause();
    const id = idIn(record, key);
    if (found.has(id)) return false;
    found.add(id);
  }
  return true;
}

function sharedColumns(before: readonly ApiRecord[], after: readonly ApiRecord[]): string[] {
  const names = (records: readonly ApiRecord[]) => {
    const found = new Set<string>();
    for (const record of records) for (const name in record) found.add(name);
    return found;
  };
  const old = names(before);
  return [...names(after)].filter((name) => name !== 'ID' && old.has(name));
}

const same = (a: unknown, b: unknown): boolean =>
  a === b ||
  (isNumber(a) && isNumber(b) && orderOf(a, b) === 0) ||
  (hasMembers(a) && hasMembers(b) && writeJson(a) === writeJson(b));
