/** The sample questions and the vendor's model report, against plain loops over the records of the platform. */
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { makeWorld } from '#platform/records/index';
import type { Row } from '#platform/values';
import { apq } from '../support/apq-process';
import { ROOT } from '../support/lsp';
import { type RunningPlatform, startPlatformProcess } from '../support/platform-process';

const RECORDS = 5000;
const SEED = 17;

const world = makeWorld('accessplan', { records: RECORDS, seed: SEED, now: Date.now() });
const rows = (module: string) => world.rows(module);
const text = (row: Row | undefined, name: string): string => {
  const value = row?.[name];
  return typeof value === 'string' ? value : '';
};
const amount = (row: Row, name: string): number => (typeof row[name] === 'number' ? row[name] : 0);
const day = (offset: number) => world.calendar.day(offset);
const month = (row: Row | undefined) => text(row, 'StartDate').slice(0, 7);
/** As SQLite rounds a percentage to a tenth. */
const percent = (part: number, whole: number) => Number(((100 * part) / whole).toFixed(1));
const byId = (module: string) => new Map(rows(module).map((row) => [text(row, 'ID'), row]));

function groups<T>(all: Iterable<T>, keyOf: (each: T) => string): Map<string, T[]> {
  const found = new Map<string, T[]>();
  for (const each of all) {
    const key = keyOf(each);
    found.set(key, [...(found.get(key) ?? []), each]);
  }
  return found;
}
const sum = <T>(all: Iterable<T>, of: (each: T) => number): number => {
  let total = 0;
  for (const each of all) total += Math.round(of(each) * 100);
  return total / 100;
};

type Answer = Record<string, unknown>[];

const dates = byId('CourseDate');
const courses = byId('Course');
const companies = byId('Company');
const courseOf = (row: Row | undefined) => text(courses.get(text(row, 'CourseID')), 'Label');
const openInvoices = () => rows('Invoice').filter((row) => amount(row, 'Outstanding') > 0);
const declined = (row: Row) => text(row, 'Status') === 'Declined';

function age(due: string): string {
  if (due >= day(0)) return '0 Not yet due';
  if (due >= day(-30)) return '1 Up to 30 days';
  if (due >= day(-60)) return '2 31 to 60 days';
  return due >= day(-90) ? '3 61 to 90 days' : '4 More than 90 days';
}

/** The answers by name. What decides the order of each stands behind it. */
const QUESTIONS: Readonly<Record<string, () => Answer>> = {
  owed: () =>
    [
      ...groups(
        openInvoices().filter((row) => text(row, 'DateDue') < day(0)),
        (row) => text(row, 'TargetID'),
      ),
    ]
      .map(([id, invoices]) => ({
        id,
        Company: text(companies.get(id), 'Label'),
        Town: text(companies.get(id), 'Town'),
        Invoices: invoices.length,
        Owed: sum(invoices, (row) => amount(row, 'Outstanding')),
      }))
      .sort((a, b) => b.Owed - a.Owed || (a.id < b.id ? -1 : 1))
      .slice(0, 25)
      .map(({ Company, Town, Invoices, Owed }) => ({ Company, Town, Invoices, Owed })),
  ages: () =>
    [...groups(openInvoices(), (row) => age(text(row, 'DateDue')))].map(([Age, invoices]) => ({
      Age,
      Invoices: invoices.length,
      Owed: sum(invoices, (row) => amount(row, 'Outstanding')),
    })),
  attendance: () =>
    [
      ...groups(
        rows('UserCourseDate').filter((row) =>
          ['Completed', 'Passed', 'Failed'].includes(text(row, 'Status')),
        ),
        (row) => `${text(dates.get(text(row, 'CourseDateID')), 'CourseID')} ${month(row)}`,
      ).values(),
    ].map((all) => ({
      Course: courseOf(dates.get(text(all[0], 'CourseDateID'))),
      Month: month(all[0]),
      Attended: all.length,
    })),
  twice: () =>
    [
      ...groups(
        rows('CourseDateBooking').filter(
          (row) =>
            text(row, 'BookingStatus') !== 'Cancelled' &&
            text(dates.get(text(row, 'CourseDateID')), 'StartDate') >= day(0),
        ),
        (row) => `${text(row, 'UserID')} ${text(dates.get(text(row, 'CourseDateID')), 'CourseID')}`,
      ).values(),
    ]
      .filter((all) => all.length > 1)
      .map((all) => ({
        Person: text(all[0], 'BookingUserName'),
        Course: courseOf(dates.get(text(all[0], 'CourseDateID'))),
        Bookings: all.length,
        First: all.map((row) => text(dates.get(text(row, 'CourseDateID')), 'StartDate')).sort()[0],
      })),
  untrained: () => {
    const trained = new Set(
      rows('TrainerConfirmation').flatMap((row) => (declined(row) ? [] : [text(row, 'CourseDateID')])),
    );
    return rows('CourseDate')
      .filter(
        (row) =>
          text(row, 'StartDate') >= day(0) &&
          text(row, 'Status') !== 'Cancelled' &&
          !trained.has(text(row, 'ID')),
      )
      .map((row) => ({
        ID: text(row, 'ID'),
        Course: text(row, 'Label'),
        Start: text(row, 'StartDate'),
        Booked: amount(row, 'Places') - amount(row, 'SpacesLeft'),
      }));
  },
  full: () =>
    [
      ...groups(
        rows('CourseDate').filter((row) => text(row, 'Status') !== 'Cancelled'),
        (row) => text(row, 'CourseID'),
      ),
    ].map(([id, all]) => {
      const places = sum(all, (row) => amount(row, 'Places'));
      return {
        Course: text(courses.get(id), 'Label'),
        Dates: all.length,
        Places: places,
        'Full %': percent(places - sum(all, (row) => amount(row, 'SpacesLeft')), places),
      };
    }),
  months: () => {
    const all = rows('CourseDate').filter((row) => text(row, 'Status') !== 'Cancelled');
    const costs = (module: string, counts: (row: Row) => boolean = () => true) => {
      const found = groups(rows(module).filter(counts), (row) => text(row, 'CourseDateID'));
      return (date: Row) => sum(found.get(text(date, 'ID')) ?? [], (row) => amount(row, 'Cost'));
    };
    const [income, trainers, resources] = [
      costs('CourseDateBooking'),
      costs('TrainerConfirmation', (row) => !declined(row)),
      costs('ResourceRequirementCourseDate'),
    ];
    return [...groups(all, month)].map(([Month, some]) => ({
      Month,
      Income: sum(some, income),
      Expenses: sum(some, (row) => trainers(row) + resources(row) + amount(row, 'VenueCost')),
    }));
  },
  stopped: () =>
    [...groups(rows('CourseDateBooking'), (row) => text(row, 'CompanyID'))]
      .map(([id, all]) => ({
        Company: text(companies.get(id), 'Label'),
        Town: text(companies.get(id), 'Town'),
        Bookings: all.length,
        Latest:
          all
            .map((row) => text(row, 'DateCreated'))
            .sort()
            .at(-1) ?? '',
      }))
      .filter(({ Latest, Company }) => Company !== '' && Latest < day(-180)),
  passed: () =>
    [
      ...groups(
        rows('UserCourseDate').filter((row) => ['Passed', 'Failed'].includes(text(row, 'Status'))),
        (row) => text(dates.get(text(row, 'CourseDateID')), 'CourseID'),
      ),
    ].map(([id, all]) => {
      const passed = all.filter((row) => text(row, 'Status') === 'Passed').length;
      return {
        Course: text(courses.get(id), 'Label'),
        Taken: all.length,
        Passed: passed,
        'Passed %': percent(passed, all.length),
      };
    }),
  clashes: () => {
    const found: Answer = [];
    const willing = rows('TrainerConfirmation').filter(
      (row) => !declined(row) && text(dates.get(text(row, 'CourseDateID')), 'Status') !== 'Cancelled',
    );
    for (const all of groups(willing, (row) => text(row, 'UserID')).values())
      for (const one of all)
        for (const other of all) {
          const [a, b] = [dates.get(text(one, 'CourseDateID')), dates.get(text(other, 'CourseDateID'))];
          if (text(b, 'ID') <= text(a, 'ID')) continue;
          if (text(a, 'StartDate') >= text(b, 'EndDate') || text(b, 'StartDate') >= text(a, 'EndDate'))
            continue;
          found.push({
            Trainer: text(one, 'UserFullName'),
            Course: text(a, 'Label'),
            Start: text(a, 'StartDate'),
            'Other course': text(b, 'Label'),
            'Other start': text(b, 'StartDate'),
          });
        }
    return found;
  },
};

const sorted = (answer: readonly unknown[]): string[] => answer.map((row) => JSON.stringify(row)).sort();

describe('the sample questions', function () {
  this.timeout(240_000);
  let platform: RunningPlatform;
  let answers: ReadonlyMap<string, Answer>;
  before(async () => {
    platform = await startPlatformProcess('--records', String(RECORDS), '--seed', String(SEED));
    const { code, out, err } = await apq(
      ['run', join(ROOT, 'samples/questions.apq'), '--request', 'all', '--format', 'json'],
      { env: { APQ_API_KEY: platform.apiKey, APQ_ROOT: platform.root, TZ: 'UTC' } },
    );
    assert.equal(code, 0, err);
    const results = JSON.parse(out) as { request: string; results: Answer }[];
    answers = new Map(results.map(({ request, results: answer }) => [request, answer]));
  });
  after(async () => platform.stop());

  it('are ten', () => assert.equal(Object.keys(QUESTIONS).length, 10));

  for (const [name, question] of Object.entries(QUESTIONS))
    it(`${name}: the same as plain loops`, () => {
      const expected = question();
      assert.ok(expected.length > 0, 'nothing to compare');
      assert.deepEqual(sorted(answers.get(name) ?? []), sorted(expected));
    });
});
