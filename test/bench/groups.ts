/**
 * The *Group* tab, from `npm run bench`: a million records by town and month with three figures, in Node, beside a plain loop
 * over the same records with maps, as a ratio. The loop knows which values are numbers and dates; the tab finds it out.
 */
import { describeColumn } from '#webview/data/columns';
import { group } from '#webview/data/group';
import { EMPTY_SPEC, type GroupSpec } from '#webview/data/group-spec';
import { Slices } from '#webview/data/slices';

const RECORDS = 1_000_000;
const RUNS = 3;
const NAMES = ['Town', 'Started', 'Fee', 'Due', 'Person'] as const;

type Row = Readonly<Record<(typeof NAMES)[number], string | number>>;

const twoDigits = (number: number) => String(number).padStart(2, '0');

const recordOf = (row: number): Row => ({
  Town: `Town ${row % 200}`,
  Started: `2025-${twoDigits(1 + (row % 12))}-${twoDigits(1 + (row % 28))}T${twoDigits(row % 24)}:${twoDigits(row % 60)}:00`,
  Fee: ((row * 7919) % 100_003) / 100,
  Due: `2025-${twoDigits(1 + (row % 12))}-${twoDigits(1 + ((row * 31) % 28))}`,
  Person: `Person ${(row * 31) % 5000}`,
});

const SPEC: GroupSpec = {
  ...EMPTY_SPEC,
  rows: [{ column: 'Town' }],
  columns: [{ column: 'Started', by: 'month' }],
  measures: [
    { figure: 'sum', column: 'Fee' },
    { figure: 'most', column: 'Due' },
    { figure: 'distinct', column: 'Person' },
  ],
};

/** The same figures, of the inner groups only. */
function byLoop(records: readonly Row[]): number {
  const groups = new Map<string, { fee: number; due: string | number; people: Set<string | number> }>();
  for (const { Town, Started, Fee, Due, Person } of records) {
    const key = `${String(Town).toLowerCase()} ${String(Started).slice(0, 7)}`;
    let found = groups.get(key);
    if (found === undefined) groups.set(key, (found = { fee: 0, due: '', people: new Set() }));
    found.fee += Number(Fee);
    if (Due > found.due) found.due = Due;
    found.people.add(Person);
  }
  return groups.size;
}

/** The least of some runs: others share the processor. */
async function fastest(run: () => unknown): Promise<number> {
  const times: number[] = [];
  for (let at = 0; at < RUNS; at++) {
    const began = performance.now();
    await run();
    times.push(performance.now() - began);
  }
  return Math.min(...times);
}

async function main(): Promise<void> {
  const records = Array.from({ length: RECORDS }, (_, row) => recordOf(row));
  const columns = NAMES.map((name) => describeColumn(name, records, undefined));
  const rows = Uint32Array.from(records.keys());
  const own = await fastest(async () => group({ rows, records, columns }, SPEC, new Slices()));
  const loop = await fastest(() => byLoop(records));
  console.log(
    `Groups: ${RECORDS.toLocaleString('en-GB')} records by town and month, three figures: ${(own / loop).toFixed(1)} times a plain loop (${own.toFixed(0)} ms)`,
  );
}

void main();
