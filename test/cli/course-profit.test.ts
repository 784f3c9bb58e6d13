/** The vendor's model report, from one file to one workbook by one command, cell by cell. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readTable } from '#core/bulk/reading/read-table';
import type { Cell, TableReading } from '#core/bulk/table';
import { makeWorld } from '#platform/records/index';
import type { Row } from '#platform/values';
import { apq } from '../support/apq-process';
import { ROOT } from '../support/lsp';
import { type RunningPlatform, startPlatformProcess } from '../support/platform-process';

const RECORDS = 1000;
const SEED = 17;
const HEADINGS = [
  'Course', 'ID', 'Start', 'End', 'Trainer', 'Venue', 'Country', 'Income', 'Expenses', 'Profit',
]; // prettier-ignore

const world = makeWorld('accessplan', { records: RECORDS, seed: SEED, now: Date.now() });
const text = (row: Row | undefined, name: string): string => {
  const value = row?.[name];
  return typeof value === 'string' ? value : '';
};
const pence = (row: Row): number => Math.round(Number(row['Cost'] ?? 0) * 100);
const ofDate = (module: string, date: Row): Row[] =>
  world.rows(module).filter((row) => row['CourseDateID'] === date['ID']);
const codes = new Map([['United Kingdom', 'GB'], ['Ireland', 'IE']]); // prettier-ignore
const order = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

/** The rows of the report, as texts: dates as they are, amounts in pence. */
function expectedRows(): string[][] {
  const venues = new Map(world.rows('Venue').map((row) => [row['ID'], row]));
  return world
    .rows('CourseDate')
    .filter(
      (date) =>
        text(date, 'StartDate') >= world.calendar.day(-90) &&
        text(date, 'StartDate') < world.calendar.day(0) &&
        date['Status'] !== 'Cancelled',
    )
    .sort((a, b) => order(text(a, 'StartDate'), text(b, 'StartDate')) || order(text(a, 'ID'), text(b, 'ID')))
    .map((date) => {
      const trainers = ofDate('TrainerConfirmation', date).filter((row) => row['Status'] !== 'Declined');
      const income = ofDate('CourseDateBooking', date).reduce((sum, row) => sum + pence(row), 0);
      const expenses =
        [...trainers, ...ofDate('ResourceRequirementCourseDate', date)].reduce(
          (sum, row) => sum + pence(row),
          0,
        ) + Math.round(Number(date['VenueCost'] ?? 0) * 100);
      const names = trainers.map((row) => text(row, 'UserFullName'));
      return [
        text(date, 'Label'),
        text(date, 'ID'),
        text(date, 'StartDate'),
        text(date, 'EndDate'),
        names.sort((a, b) => order(a.toLowerCase(), b.toLowerCase())).join(', '),
        text(date, 'VenueLabel'),
        codes.get(text(venues.get(date['VenueID'] ?? ''), 'Country')) ?? '',
        ...[income, expenses, income - expenses].map(String),
      ];
    });
}

/** What a cell holds, in the same way. */
function shown(cell: Cell | undefined, heading: string): string {
  if (cell === undefined || cell.kind === 'blank') return '';
  const isAmount = ['Income', 'Expenses', 'Profit'].includes(heading);
  assert.equal(cell.kind, isAmount ? 'number' : cell.kind, heading);
  return isAmount ? String(Math.round(Number(cell.text) * 100)) : cell.text;
}

describe('the model report', function () {
  this.timeout(120_000);
  let platform: RunningPlatform;
  let folder: string;
  let reading: TableReading;
  before(async () => {
    platform = await startPlatformProcess('--records', String(RECORDS), '--seed', String(SEED));
    folder = mkdtempSync(join(tmpdir(), 'apq-profit-'));
    const file = join(folder, 'profit.xlsx');
    const { code, err } = await apq(
      ['run', join(ROOT, 'samples/course-profit.apq'), '--request', 'report', '--output', file],
      { env: { APQ_API_KEY: platform.apiKey, APQ_ROOT: platform.root, TZ: 'UTC' } },
    );
    assert.equal(code, 0, err);
    reading = await readTable(file);
  });
  after(async () => {
    await platform.stop();
    rmSync(folder, { recursive: true });
  });

  it('has headings of its own', () =>
    assert.deepEqual(
      reading.columns.map(({ name }) => name),
      HEADINGS,
    ));

  it('has the same in each cell as plain loops over the records', async () => {
    const expected = expectedRows();
    assert.ok(expected.length > 100, String(expected.length));
    const found: string[][] = [];
    for await (const { cells } of reading.rows())
      found.push(HEADINGS.map((heading, index) => shown(cells[index], heading)));
    assert.deepEqual(found, expected);
  });

  it('has dates as dates', async () => {
    for await (const { cells } of reading.rows())
      assert.deepEqual([cells[2]?.kind, cells[3]?.kind], ['date', 'date']);
  });
});
