import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { findModule, moduleNames } from '#platform/catalog';
import { makeWorld, SITES } from '#platform/records/index';
import { sizesFor } from '#platform/records/world';
import type { Row } from '#platform/values';

const now = Date.parse('2025-06-15T12:34:56Z');
const world = makeWorld('accessplan', { records: 200, seed: 1, now });
const rows = (module: string): readonly Row[] => world.rows(module);
const column = (module: string, name: string): Set<unknown> => new Set(rows(module).map((row) => row[name]));
const sum = (list: readonly Row[], name: string): number =>
  Math.round(list.reduce((total, row) => total + Number(row[name]), 0) * 100) / 100;

describe('sample platform: records', () => {
  it('are the same for the same seed, in any order of requests', () => {
    const again = makeWorld('accessplan', { records: 200, seed: 1, now: now + 3_600_000 });
    for (const module of [...moduleNames].reverse())
      assert.deepEqual(again.rows(module), rows(module), module);
  });

  it('differ for another seed and on the other site', () => {
    const other = makeWorld('accessplan', { records: 200, seed: 2, now });
    const sandbox = makeWorld('accessplansandbox', { records: 200, seed: 1, now });
    assert.notDeepEqual(other.rows('User'), rows('User'));
    assert.ok(sandbox.rows('User').length < rows('User').length);
    assert.notDeepEqual(sandbox.rows('User'), rows('User').slice(0, sandbox.rows('User').length));
  });

  it('are in proportion', () => {
    assert.deepEqual([sizesFor(5000).courseDates, sizesFor(5000).users], [5000, 20_000]);
    assert.deepEqual([rows('CourseDate').length, rows('User').length], [200, 800]);
  });

  for (const records of [1, 2, 3, 7, 50]) {
    it(`include the examples on both sites with ${records} records`, () => {
      for (const site of SITES) {
        const small = makeWorld(site, { records, seed: 3, now });
        const has = (module: string, name: string, value: string) =>
          small.rows(module).filter((row) => row[name] === value).length;
        assert.equal(has('CourseDate', 'ID', '2024'), 1);
        assert.equal(has('Course', 'ID', 'FirAid'), 1);
        assert.ok(has('CourseDate', 'CourseID', 'FirAid') > 0);
        assert.equal(has('User', 'Email', 'john.smith@my_company.com'), 1);
        for (const module of moduleNames) assert.ok(small.rows(module).length > 0, module);
      }
    });
  }

  it('have the values that public clients show', () => {
    const large = makeWorld('accessplan', { records: 5000, seed: 1, now });
    for (const module of ['Course', 'CourseDate']) {
      const types = new Set(large.rows(module).map((row) => row['CourseType']));
      assert.deepEqual([...types].sort(), ['Class', 'ELearning', 'Web'], module);
    }
    for (const row of rows('CourseTemplate')) assert.ok(row['Name'], JSON.stringify(row));
  });

  it('have exactly their fields, of the right kinds, and unique IDs', () => {
    for (const name of moduleNames) {
      const module = findModule(name);
      assert.ok(module);
      const expected = module.fields.map((field) => field.name).sort();
      for (const row of rows(name)) {
        assert.deepEqual(Object.keys(row).sort(), expected, name);
        for (const { name: field, kind, variant } of module.fields) {
          const value = row[field];
          if (value === null || value === '' || (Array.isArray(value) && value.length === 0)) continue;
          const isTime = (text: string) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/.test(text);
          const fits = {
            list: variant ? typeof value === 'string' : Array.isArray(value),
            datetime: typeof value === 'string' && isTime(value),
            integer: Number.isInteger(value),
            decimal: typeof value === 'number',
            string: typeof value === 'string',
            boolean: typeof value === 'boolean',
          };
          assert.ok(fits[kind], `${name}.${field}: ${JSON.stringify(value)}`);
        }
      }
      assert.equal(column(name, 'ID').size, rows(name).length, name);
    }
  });

  it('refer to existing records', () => {
    const refers = (module: string, name: string, target: string, to = 'ID') => {
      const known = column(target, to);
      for (const row of rows(module))
        assert.ok(row[name] === null || known.has(row[name]), `${module}.${name}`);
    };
    refers('CourseDate', 'CourseID', 'Course');
    refers('CourseDate', 'VenueLabel', 'Venue', 'Label');
    refers('CourseDate', 'CompanyName', 'Company', 'Label');
    refers('User', 'MainCompanyID', 'Company');
    refers('Invoice', 'TargetID', 'Company');
    refers('InvoiceItem', 'InvoiceID', 'Invoice');
    refers('InvoiceItem', 'SourceID', 'CourseDate');
    refers('CourseDateBooking', 'UserID', 'User');
    refers('UserCourseDateELearning', 'UserID', 'User');
    refers('UserCourseDateWeb', 'ID', 'UserCourseDate');
    const [users, dates] = [column('User', 'ID'), column('CourseDate', 'ID')];
    for (const row of rows('UserCourseDate')) {
      const [user, date] = String(row['ID']).split('~');
      assert.ok(users.has(user) && dates.has(date));
    }
  });

  it('have invoices that add up', () => {
    for (const invoice of rows('Invoice')) {
      const items = rows('InvoiceItem').filter((item) => item['InvoiceID'] === invoice['ID']);
      assert.equal(sum(items, 'Amount'), invoice['Amount']);
      if (invoice['Status'] === 'Cancelled') continue;
      assert.equal(
        sum([invoice], 'AmountPaid') + Number(invoice['Outstanding']) - Number(invoice['Amount']) < 0.005,
        true,
      );
    }
  });

  it('have course dates around today that agree with their status', () => {
    const today = '2025-06-15T00:00:00';
    for (const row of rows('CourseDate')) {
      const [start, end, status] = [String(row['StartDate']), String(row['EndDate']), row['Status']];
      assert.ok(start >= '2024-09-15' && start < '2026-03-20' && end > start);
      if (status === 'Completed') assert.ok(start < today);
      if (status === 'Available') assert.ok(end >= today && Number(row['SpacesLeft']) > 0);
      if (status === 'Full') assert.equal(row['SpacesLeft'], 0);
      assert.ok(Number(row['SpacesLeft']) <= Number(row['Places']));
    }
    const aid = rows('CourseDate').filter((row) => row['CourseID'] === 'FirAid');
    assert.ok(aid.some((row) => String(row['StartDate']) < today));
    assert.ok(aid.some((row) => String(row['StartDate']) > today));
    const statuses = [...column('CourseDate', 'Status')].sort();
    assert.deepEqual(statuses, ['Available', 'Cancelled', 'Completed', 'Full', 'Provisional']);
  });

  it('have members that change their JSON type from record to record', () => {
    const types = (module: string, name: string) =>
      [...new Set(rows(module).map((row) => (Array.isArray(row[name]) ? 'array' : typeof row[name])))].sort();
    assert.deepEqual(types('User', 'Title'), ['array', 'string']);
    assert.deepEqual(types('User', 'Country'), ['array', 'string']);
    assert.deepEqual(types('Course', 'CertificateNumber'), ['number', 'string']);
    assert.deepEqual(types('Invoice', 'InvoiceCountry'), ['array', 'string']);
  });

  it('have texts with special characters', () => {
    const all = JSON.stringify([rows('User'), rows('Company'), rows('Course')]);
    for (const part of ["O'Neill", ' & ', 'ü', 'Ł', 'Fylde, Wyre', '\\"'])
      assert.ok(all.includes(part), part);
  });
});
