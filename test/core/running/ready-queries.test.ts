/** The ready queries of all modules of the sample platform: they have no problem, and the platform answers them. */
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'mocha';
import { fetchMetadata } from '#core/metadata/fetch';
import { LanguageService, type Metadata, type ModuleInfo, readyQueries } from '#language';
import { type Platform, startPlatform } from '#platform/platform';
import { clientFor } from '../support/fake-api';

const NOW = new Date(2026, 10, 26, 9, 30);

describe('ready queries', () => {
  let platform: Platform;
  let metadata: Metadata;
  let service: LanguageService;
  before(async () => {
    platform = await startPlatform({ records: 60 });
    metadata = (await fetchMetadata(client(), { concurrency: 8 })).metadata;
    service = new LanguageService(() => ({ now: NOW }));
    service.setMetadata(metadata);
  });
  after(() => platform.close());
  const client = () =>
    clientFor(platform.root, { credentials: { kind: 'apiKey', apiKey: platform.apiKey } }).client;
  const module = (name: string): ModuleInfo => {
    const found = metadata.modules.find((each) => each.name === name);
    assert.ok(found);
    return found;
  };
  it('of every module have no problem, and are answered with 200', async () => {
    let count = 0;
    for (const each of metadata.modules) {
      const ready = readyQueries(each);
      assert.ok(ready.length >= 1, each.name);
      assert.equal(new Set(ready.map(({ title }) => title)).size, ready.length, each.name);
      for (const { text, asks } of ready) {
        const document = service.parse(text);
        const problems = service.diagnose(document).map(({ message }) => message);
        assert.deepEqual(problems, [], text);
        assert.equal(service.format(document).length, 0, `as it is formatted: ${text}`);
        assert.ok(asks.length <= 60, asks);
        const [request] = service.requests(document);
        assert.ok(request);
        const given = new Map(['status', 'type', 'course', 'company', 'person'].map((name) => [name, 'x']));
        const built = service.build(document, request, { now: NOW, given });
        assert.ok(built.ok, text);
        assert.equal((await client().send(built.request)).status, 200, text);
        count++;
      }
    }
    assert.ok(count > 400, String(count));
  });

  for (const [name, titles] of [
    ['CourseDate', 'upcoming, with free places, by status, by type, of one company, without a venue'],
    [
      'Invoice',
      'overdue, unpaid, created lately, by status, of one company, without a purchase order number',
    ],
    ['User', 'changed lately, created lately, by status, of one company, without an e-mail address'],
    ['UserCourseDate', 'upcoming, by status, of one course, of one company, of one person'],
    ['CourseTemplate', 'changed lately, created lately, by status, of one course, without a description'],
  ] as const)
    it(`of ${name}: ${titles}`, () => {
      const ready = readyQueries(module(name));
      assert.equal(ready[0]?.title, name);
      const found = ready.slice(1).map(({ title }) => title.replace(`${name}: `, ''));
      assert.equal(found.join(', '), titles);
    });

  for (const [title, select, orderby] of [
    ['Course', 'ID, Label, CourseType, Cost, CurrencyCode, DurationAsString', undefined],
    ['Course: by type', 'ID, Label, CourseType, Cost, CurrencyCode, DurationAsString', 'Label'],
    [
      'CourseDate: by type',
      'ID, Label, StartDate, Status, CompanyName, VenueLabel, CourseType',
      'StartDate desc',
    ],
    ['User: by status', 'ID, Forenames, Surname, Status, MainCompanyName, Town, Email', 'Surname'],
    [
      'User: changed lately',
      'ID, Forenames, Surname, Status, MainCompanyName, Town, DateUpdated',
      'DateUpdated desc',
    ],
    ['Invoice: overdue', 'ID, Reference, DateDue, Status, CompanyName, Amount, Outstanding', 'DateDue'],
    [
      'Invoice: unpaid',
      'ID, Reference, DateDue, Status, CompanyName, Amount, Outstanding',
      'Outstanding desc',
    ],
    ['InvoiceItem: without a reference', 'ID, Reference, DynamicLabel, Amount, InvoiceID', undefined],
    [
      'CourseDateBooking: by status',
      'ID, BookingUserName, BookingStatus, Cost, DateCreated',
      'DateCreated desc',
    ],
    ['Communication', 'ID, Subject, MappedIDType, MappedID, CommunicationTypeID', undefined],
    [
      'UserCourseDate: of one course',
      'ID, UserFullName, CourseOrAliasName, StartDate, Status, CompanyName',
      'StartDate desc',
    ],
    [
      'UserCourseDateELearning: by status',
      'ID, CourseName, CompletionStatus, SuccessStatus, UserID',
      'DateStamp desc',
    ],
    ['Task: by status', 'ID, Label, DateDue, Status, Description', 'DateDue desc'],
    ['Venue: without an e-mail address', 'ID, Label, Status, Town, Capacity, Email, Phone', 'Label'],
  ] as const)
    it(`show what tells most: ${title}`, () => {
      const ready = readyQueries(module(title.replace(/:.*/, ''))).find((each) => each.title === title);
      const clause = (name: string) => new RegExp(`^\\$${name} *= (.*)$`, 'm').exec(ready?.text ?? '')?.[1];
      assert.deepEqual([clause('select'), clause('orderby')], [select, orderby]);
    });

  it('are written as the formatter writes them', () => {
    const [empty, upcoming] = readyQueries(module('CourseDate'), () => [], 'Test site');
    assert.equal(
      empty?.text,
      '### CourseDate\n# @connection Test site\nGET CourseDate\n$select = ID, Label, StartDate, Status, CompanyName, VenueLabel, SpacesLeft\n',
    );
    assert.equal(
      upcoming?.text,
      "### CourseDate: upcoming\n# @connection Test site\nGET CourseDate\n$select  = ID, Label, StartDate, Status, CompanyName, VenueLabel, SpacesLeft\n$filter  = StartDate ge '{{$today}}'\n$orderby = StartDate\n",
    );
  });
  it('offer the values that are known, the first written', () => {
    const byStatus = readyQueries(module('CourseDate'), (field) =>
      field === 'Status' ? ["O'Brien", 'Full', '{{x}}', ' '] : [],
    ).find(({ title }) => title.endsWith('by status'));
    assert.ok(byStatus?.value);
    const { offset, length, choices } = byStatus.value;
    assert.deepEqual(choices, ["O''Brien", 'Full']);
    assert.equal(byStatus.text.slice(offset - 1, offset + length + 1), "'O''Brien'");
    assert.deepEqual(service.diagnose(service.parse(byStatus.text)), []);
  });
  it('ask for a value that is not known when they run', () => {
    const byStatus = readyQueries(module('CourseDate')).find(({ title }) => title.endsWith('by status'));
    assert.match(byStatus?.text ?? '', /\n@status = \?Which status\?\nGET CourseDate\n/);
  });
  for (const [what, given, titles] of [
    ['without fields', { name: 'Course' }, 'Course'],
    ['whose name can’t be written', { name: 'a {b}' }, ''],
    [
      'whose fields can’t be filtered by',
      {
        name: 'Course',
        fields: [{ name: 'Status', type: 'string', filterable: false, sortable: true }],
      },
      'Course',
    ],
  ] as const)
    it(`of a module ${what}: ${titles || 'none'}`, () => {
      assert.equal(
        readyQueries(given)
          .map(({ title }) => title)
          .join(' '),
        titles,
      );
    });
});
