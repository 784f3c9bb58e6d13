/**
 * SQL over answers, from `npm run bench`: loading 200,000 records of 20 fields into the engine, and a join with a group over
 * them, beside the same with plain maps in JavaScript, as ratios, with memory. Names are ASCII, then with accents, which the
 * engine's own comparison does not know.
 */
import { join } from 'node:path';
import { SqlEngine } from '#engine/sql-engine';
import type { SqlCell, SqlColumn, TableContent } from '#engine/types';

const INVOICES = 200_000;
const COMPANIES = 20_000;
const TOWNS = ['Leeds', 'York', 'Hull', 'Bath', 'Derby', 'Ely', 'Truro', 'Wells', 'Ripon', 'Durham'];
const JOIN =
  'select c.Town, count(*), sum(i.Outstanding) from invoices i join companies c on c.Label = i.CompanyName group by c.Town';

const FIELDS: readonly SqlColumn[] = [
  { name: 'ID', type: 'string' },
  { name: 'CompanyName', type: 'string' },
  { name: 'Outstanding', type: 'decimal' },
  { name: 'DateDue', type: 'datetime' },
  { name: 'Paid', type: 'boolean' },
  ...Array.from({ length: 15 }, (_, index) => ({
    name: `Field${index}`,
    type: index % 3 === 0 ? ('integer' as const) : ('string' as const),
  })),
];

const invoice = (ending: string) => (_: unknown, row: number) => [
  String(row),
  `Company ${row % COMPANIES}${ending}`,
  ((row * 7919) % 100_003) / 100,
  `2025-0${1 + (row % 9)}-11T00:00:00`,
  row % 2 === 0,
  ...FIELDS.slice(5).map(({ type }, at) =>
    type === 'integer' ? row * at : `Value ${(row * 31 + at) % 5000}`,
  ),
];

type Rows = readonly (readonly SqlCell[])[];

const key = (cell: SqlCell | undefined): string => (typeof cell === 'string' ? cell.toLowerCase() : '');

/** The processor time of this program so far, in milliseconds: what else a machine does counts for nothing. */
const now = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

/** The same as the statement, by maps; loading them is reading each record into an object. */
function byMaps(invoices: Rows, companies: Rows): { load: number; question: number } {
  const began = now();
  const records = invoices.map((row) =>
    Object.fromEntries(row.map((cell, at) => [FIELDS[at]?.name ?? '', cell])),
  );
  const loaded = now();
  const towns = new Map(companies.map(([label, town]) => [key(label), town]));
  const groups = new Map<unknown, { count: number; sum: number }>();
  for (const { CompanyName, Outstanding } of records) {
    const town = towns.get(key(CompanyName));
    if (town === undefined) continue;
    const group = groups.get(town) ?? { count: 0, sum: 0 };
    groups.set(town, { count: group.count + 1, sum: group.sum + Number(Outstanding) });
  }
  return { load: loaded - began, question: now() - loaded };
}

async function measure(title: string, ending: string): Promise<void> {
  const invoices = Array.from({ length: INVOICES }, invoice(ending));
  const companies = Array.from({ length: COMPANIES }, (_, row) => [
    `COMPANY ${row}${ending.toUpperCase()}`,
    TOWNS[row % TOWNS.length] ?? '',
  ]);
  const plain = byMaps(invoices, companies);
  const tables: TableContent[] = [
    { name: 'invoices', columns: FIELDS, rows: invoices, key: 'i' },
    {
      name: 'companies',
      columns: [
        { name: 'Label', type: 'string' },
        { name: 'Town', type: 'string' },
      ],
      rows: companies,
      key: 'c',
    },
  ];
  const engine = new SqlEngine({ program: join(import.meta.dirname, '../../dist/sql-worker.js') });
  const ask = async (statement: string) => {
    const began = now();
    await engine.run({ statement, values: [], tables });
    return now() - began;
  };
  await engine.check([], 'select 1');
  const before = process.memoryUsage().rss;
  const load = await ask('select 1');
  const memory = process.memoryUsage().rss - before;
  const question = await ask(JOIN);
  await engine.dispose();
  const ratio = (own: number, other: number) =>
    `${(own / other).toFixed(1)} times plain maps (${own.toFixed(0)} ms)`;
  console.log(
    `SQL, ${title}: loading ${INVOICES.toLocaleString('en-GB')} × ${FIELDS.length}: ${ratio(load, plain.load)}, ${(memory / 1e6).toFixed(0)} MB more`,
  );
  console.log(`SQL, ${title}: a join with a group over them: ${ratio(question, plain.question)}`);
}

async function main(): Promise<void> {
  await measure('ASCII', '');
  await measure('accents', ' é');
}

void main();
