/** What `apq import` prints of a plan. */
import type { Journal } from '#core/bulk/journal';
import { describeTally, type RowState, tallyOf } from '#core/bulk/planned-row';
import { harmless, harmlessJson } from '#core/text/foreign-text';
import { recordIn } from '#core/writing/deed';
import type { PlannedChange } from '#core/writing/planned-change';
import { fieldInWords } from '#core/writing/short-value';
import { print, printLine } from './terminal';

/** How many reasons of rows that are refused are named in a text, and rows of each. */
const MOST_REASONS = 20;
const NAMED_ROWS = 5;

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
  for (const line of await fieldLines(journal)) await printLine(line);
  for (const line of await exampleLines(journal)) await printLine(line);
  for (const line of await refusedLines(journal)) await printLine(line);
}

/** Each reason once, with its rows. */
async function refusedLines(journal: Journal): Promise<string[]> {
  const byReason = new Map<string, number[]>();
  let more = 0;
  for (let index = 0; index < journal.size; index++) {
    const { row, state } = journal.stateAt(index);
    if (state !== 'refused' && state !== 'unforeseen') continue;
    const reason = await reasonAt(journal, index);
    const same = byReason.get(reason);
    if (same !== undefined) same.push(row);
    else if (byReason.size < MOST_REASONS) byReason.set(reason, [row]);
    else more++;
  }
  const lines = [...byReason].map(([reason, rows]) => `  ${rowsInWords(rows)}: ${reason}`);
  return more === 0 ? lines : [...lines, `  … and ${more.toLocaleString('en-GB')} more.`];
}

/** `Row 2`, `Rows 2, 3`, `Rows 2, 3, 4, 5, 6 and 294 more`. */
function rowsInWords(rows: readonly number[]): string {
  const more = rows.length - NAMED_ROWS;
  const named = rows.slice(0, NAMED_ROWS).join(', ');
  return `${rows.length === 1 ? 'Row' : 'Rows'} ${named}${more > 0 ? ` and ${more.toLocaleString('en-GB')} more` : ''}`;
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

/** So many rows of each kind are shown as they will be sent. */
const EXAMPLES = 3;
const MOST_FIELDS = 12;

async function exampleLines(journal: Journal): Promise<string[]> {
  const lines: Record<'create' | 'update', string[]> = { create: [], update: [] };
  for (let index = 0; index < journal.size; index++) {
    const { row, state } = journal.stateAt(index);
    if ((state !== 'create' && state !== 'update') || lines[state].length >= EXAMPLES) continue;
    const { change } = (await journal.rowAt(index)).planned;
    const deed = change.outcome === 'update' ? `changes ${recordIn(change)}` : 'creates';
    lines[state].push(harmless(`  Row ${row} ${deed}: ${valuesOf(change)}`));
  }
  return [...lines.create, ...lines.update];
}

function valuesOf({ outcome, fields }: PlannedChange): string {
  const sent = fields.filter(({ changes }) => changes);
  const shown = sent
    .slice(0, MOST_FIELDS)
    .map(({ name, before, after }) =>
      fieldInWords(name, after, outcome === 'update' ? { value: before } : undefined),
    );
  const more = sent.length - MOST_FIELDS;
  return [...shown, ...(more > 0 ? [`${more} more`] : [])].join(', ');
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
    yield `Row ${row}: ${(await journal.rowAt(index)).message ?? ''}`;
  }
}

export const describeCounts = (journal: Journal): string => describeTally(tallyOf(journal.counts));
