/** What `apq import` prints of a plan. */
import type { Journal } from '#core/bulk/journal';
import { describeTally, type RowState, tallyOf } from '#core/bulk/planned-row';
import { harmlessJson } from '#core/text/foreign-text';
import { print, printLine } from './terminal';

/** How many rows that are refused are named in a text. */
const MOST_REFUSED = 20;

/** As a plan calls it: what can't be foreseen is not sent. */
const PLANNED: Readonly<Partial<Record<RowState, string>>> = { unforeseen: 'refused' };

export interface PrintedCounts {
  readonly create: number;
  readonly update: number;
  readonly unchanged: number;
  readonly refused: number;
}

/** `{"create":N,…,"rows":[…]}`, row by row. */
export async function printPlanAsJson(journal: Journal): Promise<void> {
  await print(`${harmlessJson(countsOf(journal)).replace(/\s*\}$/, '')},\n  "rows": [`);
  for (let index = 0; index < journal.size; index++) {
    const { row, state } = journal.stateAt(index);
    const reason = state === 'refused' || state === 'unforeseen' ? await reasonAt(journal, index) : undefined;
    const entry = { row, outcome: PLANNED[state] ?? state, ...(reason !== undefined && { reason }) };
    await print(`${index === 0 ? '' : ','}\n    ${harmlessJson(entry).replace(/\n\s*/g, ' ')}`);
  }
  await print(`${journal.size === 0 ? '' : '\n  '}]\n}\n`);
}

/** `Plan for people.csv: create 12, change 40, leave 3 as they are, refuse 2.` */
export function planLine(journal: Journal, title: string): string {
  const { create, update, unchanged, refused } = countsOf(journal);
  const number = (count: number) => count.toLocaleString('en-GB');
  const cleared = journal.planCleared ?? 0;
  const emptied =
    cleared === 0 ? '' : ` (which empties ${number(cleared)} ${cleared === 1 ? 'field' : 'fields'})`;
  return `${title}: create ${number(create)}, change ${number(update)}${emptied}, leave ${number(unchanged)} as ${unchanged === 1 ? 'it is' : 'they are'}, refuse ${number(refused)}.`;
}

export async function printPlan(journal: Journal, title: string): Promise<void> {
  await printLine(planLine(journal, title));
  const { refused } = countsOf(journal);
  for (const line of await fieldLines(journal)) await printLine(line);
  let shown = 0;
  for (let index = 0; index < journal.size && shown <= MOST_REFUSED; index++) {
    const { row, state } = journal.stateAt(index);
    if (state !== 'refused' && state !== 'unforeseen') continue;
    if (++shown > MOST_REFUSED)
      await printLine(`  … and ${(refused - MOST_REFUSED).toLocaleString('en-GB')} more.`);
    else await printLine(`  Row ${row}: ${await reasonAt(journal, index)}`);
  }
}

/** How often each field changes. */
async function fieldLines(journal: Journal): Promise<string[]> {
  const counts = new Map<string, number>();
  for (let index = 0; index < journal.size; index++) {
    if (journal.stateAt(index).state !== 'update') continue;
    const { change } = (await journal.rowAt(index)).planned;
    for (const { name, changes } of change.fields) if (changes) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  const fields = [...counts].map(([name, count]) => `${name} in ${count.toLocaleString('en-GB')}`);
  return fields.length === 0 ? [] : [`  Changes ${fields.join(', ')}.`];
}

async function reasonAt(journal: Journal, index: number): Promise<string> {
  const { change } = (await journal.rowAt(index)).planned;
  return 'reason' in change ? change.reason : '';
}

export function countsOf({ counts }: Journal): PrintedCounts {
  const { create, update, unchanged, refused, unforeseen } = counts;
  return { create, update, unchanged, refused: refused + unforeseen };
}

/** Row by row, those of unknown outcome. */
export async function* unknownRows(journal: Journal): AsyncGenerator<string> {
  for (let index = 0; index < journal.size; index++) {
    const { row, state } = journal.stateAt(index);
    if (state !== 'unknown' && state !== 'sending') continue;
    yield `Row ${row}: ${(await journal.rowAt(index)).message ?? 'It was sent, and its answer was lost.'}`;
  }
}

export const describeCounts = (journal: Journal): string => describeTally(tallyOf(journal.counts));
