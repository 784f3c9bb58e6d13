import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import moduleList from '#platform/modules.json';
import { objects, usePlatform } from './support';

/** Every example address of the guide, as printed there. */
const GUIDE = [
  '/apihelp/v2/modules',
  '/apihelp/v2/modules/coursedate',
  '/api/v2/coursedate',
  '/api/v2/coursedate?$count=true',
  '/api/v2/coursedate?$select=label,startdate,status,spacesleft',
  "/api/v2/coursedate?$filter=CourseID eq 'FirAid'",
  "/api/v2/coursedate?$filter=CourseID ne 'FirAid'",
  "/api/v2/coursedate?$filter=StartDate lt '2025-01-01T10:00:00'",
  "/api/v2/coursedate?$filter=StartDate le '2025-01-01T10:00:00'",
  "/api/v2/coursedate?$filter=StartDate gt '2025-01-01T10:00:00'",
  "/api/v2/coursedate?$filter=StartDate ge '2025-01-01T10:00:00'",
  "/api/v2/coursedate?$filter=contains(CourseID,'FirAid')",
  "/api/v2/coursedate?$filter=startswith(CourseID,'Fir')",
  "/api/v2/coursedate?$filter=endswith(CourseID,'aid')",
  "/api/v2/coursedate?$filter=StartDate gt '2025-01-01T10:00:00' and status eq 'Available'",
  "/api/v2/coursedate?$filter=StartDate gt '2025-01-01T10:00:00' or status eq 'Available'",
  '/api/v2/coursedate?$orderby=startdate desc',
  '/api/v2/coursedate?$orderby=startdate desc,label asc',
  '/api/v2/coursedate?$top=20',
  '/api/v2/coursedate?$skip=1',
];

/** Address, status, and the text of the errors. */
const STATUSES: readonly (readonly [string, number, RegExp?])[] = [
  ['/api/v2/CourseDate?$top=1', 200],
  ['/API/V2/COURSEDATE?%24top=1', 200],
  ['/api/v2/coursedate?$orderby=StartDate ASC, Label DESC', 200],
  ['/api/v2/coursedate?$select=ID , label,id', 200],
  ['/api/v2/coursedate?$count=false&$skip=0&$top=1000', 200],
  ['/api/v2/coursedate?', 200],
  ['/api/v2/coursedate?$select=', 400, /missing in \$select/],
  ['/api/v2/coursedate?$select=ID,,Label', 400, /missing in \$select/],
  ['/api/v2/coursedate?$select=ID,Wombat', 200],
  ['/api/v2/coursedate?$select=*', 200],
  ['/api/v2/coursedate?$orderby=', 400, /missing in \$orderby/],
  ['/api/v2/coursedate?$orderby=Wombat', 400, /no field 'Wombat'/],
  ['/api/v2/coursedate?$orderby=Label down', 400, /'down' is not a direction/],
  ['/api/v2/coursedate?$orderby=Label asc desc', 400, /not a direction/],
  ['/api/v2/course?$orderby=Description', 400, /Description cannot be sorted/],
  ['/api/v2/course?$orderby=CategoryLabels', 400, /CategoryLabels cannot be sorted/],
  ['/api/v2/user?$orderby=FullAddress', 400, /FullAddress cannot be sorted/],
  ['/api/v2/coursedate?$top=0', 400, /\$top/],
  ['/api/v2/coursedate?$top=-1', 400, /\$top/],
  ['/api/v2/coursedate?$top=ten', 400, /\$top/],
  ['/api/v2/coursedate?$top=', 400, /\$top/],
  ['/api/v2/coursedate?$top=1.5', 400, /\$top/],
  ['/api/v2/coursedate?$top=1001', 400, /at most 1000/],
  ['/api/v2/coursedate?$skip=-1', 400, /page number/],
  ['/api/v2/coursedate?$skip=x', 400, /page number/],
  ['/api/v2/coursedate?$count=yes', 400, /\$count/],
  ['/api/v2/coursedate?$count=True', 400, /\$count/],
  ['/api/v2/coursedate?$top=1&$top=2', 400, /\$top is repeated/],
  ['/api/v2/coursedate?$expand=Course', 400, /\$expand is not supported/],
  ['/api/v2/coursedate?$search=aid', 400, /\$search is not supported/],
  ['/api/v2/coursedate?$apply=x', 400, /\$apply is not supported/],
  ['/api/v2/coursedate?$wombat=1', 400, /\$wombat is unknown/],
  ['/api/v2/coursedate?top=1', 400, /top is unknown/],
  ['/api/v2/coursedate?$Top=1', 400, /write \$top/],
  ["/api/v2/coursedate?$upsert=ID eq '1'", 400, /belongs to POST/],
  ['/api/v2/coursedate?$filter=%E0%A4%A', 400, /percent-encoding/],
  ['/api/v2/coursedate/2024', 404, /\$filter=ID eq '2024'/],
  ['/api/v2/wombat', 404, /no module 'wombat'/],
  ['/api/v2/wombat?$wombat=1', 404, /no module/],
  ['/api/v2/', 404, /nothing at this address/],
  ['/api/v2/coursedate/', 404],
  ['/api/v2/coursedate/1/2', 404],
  ['/api/v1/coursedate', 404],
  ['/modulesapihelp/v2/modules/coursedate', 404],
  ['/apihelp/v2/modules/wombat', 404, /no module 'wombat'/],
  ['/apihelp/v2/modules/coursedate?$top=1', 400, /no parameters/],
  ['/apihelp/v2/module', 404, /nothing at this address/],
  ['/api/v2/token/1', 404, /nothing at this address/],
  ['/api/v2/%E0%A4%A', 404, /no module/],
  ['', 404],
];

describe('sample platform: reading', () => {
  const client = usePlatform();

  for (const path of GUIDE) {
    it(`answers the guide's ${path}`, async () => {
      for (const root of [client().platform.root, client().sandbox]) {
        const reply = await client().ask(root + path);
        assert.equal(reply.status, 200, reply.text);
        assert.equal(reply.headers.get('content-type'), 'application/json; charset=utf-8');
      }
    });
  }

  for (const [path, status, why] of STATUSES) {
    it(`${status} ${path}`, async () => {
      const reply = await client().ask(path);
      assert.equal(reply.status, status, reply.text);
      assert.equal(reply.headers.get('content-type'), 'application/json; charset=utf-8');
      if (status !== 200) assert.notEqual(reply.errors, '');
      if (why) assert.match(reply.errors, why);
    });
  }

  for (const method of ['PATCH', 'OPTIONS', 'PUT', 'DELETE']) {
    it(`answers 405 to ${method} without an ID`, async () => {
      const reply = await client().data('coursedate', { method });
      assert.equal(reply.status, 405);
      assert.equal(reply.headers.get('allow'), 'GET, POST');
    });
  }

  it('answers 405 to other methods elsewhere', async () => {
    assert.equal((await client().data('coursedate/2024', { method: 'POST', body: {} })).status, 405);
    assert.equal((await client().data('coursedate', { method: 'HEAD' })).status, 405);
    assert.equal((await client().ask('/apihelp/v2/modules', { method: 'POST', body: {} })).status, 405);
  });

  it('returns 50 records with the pre-defined fields', async () => {
    const { results, json } = await client().data('coursedate');
    assert.equal(results.length, 50);
    assert.deepEqual(Object.keys(json), ['results']);
    const names = 'ID Label CourseID StartDate EndDate Status VenueLabel Places SpacesLeft';
    for (const row of results) assert.equal(Object.keys(row).join(' '), names);
  });

  for (const [select, members] of [
    ['Wombat,ID', ['ID']],
    ['ID,Wombat,Label', ['ID', 'Label']],
    ['Wombat', ['ID', 'Label', 'CourseID', 'StartDate']],
  ] as const) {
    it(`answers $select=${select}, as an unknown name is ignored`, async () => {
      const { results } = await client().data(`coursedate?$top=1&$select=${select}`);
      assert.deepEqual(Object.keys(results[0] ?? {}).slice(0, 4), members);
    });
  }

  it('keeps the order of $select and answers with canonical names', async () => {
    const { results } = await client().data('coursedate?$select=spacesleft,LABEL,startDate,label&$top=1');
    assert.deepEqual(Object.keys(results[0] ?? {}), ['SpacesLeft', 'Label', 'StartDate']);
  });

  it('adds page index, page total and total at the end for $count', async () => {
    const { json, results } = await client().data('coursedate?$count=true&$skip=3&$top=60');
    assert.deepEqual(Object.keys(json), ['results', 'pageIndex', 'pageTotal', 'total']);
    assert.deepEqual([json['pageIndex'], json['pageTotal'], json['total']], [3, 20, 200]);
    assert.equal(results.length, 20);
    const beyond = await client().data('coursedate?$count=true&$skip=9');
    assert.deepEqual([beyond.json['pageIndex'], beyond.json['pageTotal'], beyond.json['total']], [9, 0, 200]);
  });

  it('reads $skip as a page number: all pages together hold every record once', async () => {
    for (const extra of ['', '&$orderby=Status', '&$orderby=VenueTown desc,Cost']) {
      const seen: unknown[] = [];
      for (let page = 0; page < 3; page++) {
        const { results } = await client().data(`coursedate?$select=ID&$top=80&$skip=${page}${extra}`);
        seen.push(...results.map((row) => row['ID']));
      }
      assert.equal(seen.length, 200);
      assert.equal(new Set(seen).size, 200);
    }
  });

  it('sorts numbers as numbers, dates as dates, and absent values first', async () => {
    const column = async (order: string, name: string) =>
      (await client().data(`coursedate?$orderby=${order}&$top=1000`)).results.map((row) => row[name]);
    const places = await column('Places desc', 'Places');
    assert.deepEqual(
      places,
      [...places].sort((a, b) => Number(b) - Number(a)),
    );
    const dates = await column('startdate', 'StartDate');
    assert.deepEqual(dates, [...dates].sort());
    const venues = await column('VenueLabel', 'VenueLabel');
    const firstText = venues.findIndex((venue) => venue !== null);
    assert.ok(venues.slice(firstText).every((venue) => venue !== null));
  });

  it('lists every module in the help feed, and each answers', async () => {
    const { results } = await client().ask('/apihelp/v2/modules');
    assert.deepEqual(
      results.map((row) => row['name']),
      moduleList,
    );
    for (const { name, url } of results) {
      const feed = await client().ask(String(url));
      assert.equal(feed.json['module'], name);
      const fields = objects(feed.json['fields']);
      assert.ok(fields.length >= 6);
      const select = fields.map((field) => String(field['fieldName'])).join(',');
      const data = await client().data(`${String(name)}?$top=5&$select=${select}`);
      assert.equal(data.status, 200, data.text);
      assert.ok(data.results.length > 0, `${String(name)} has no records`);
      for (const row of data.results) assert.equal(Object.keys(row).length, fields.length);
    }
  });

  it('sorts and filters by just the fields that the help feed names', async () => {
    const values: Readonly<Record<string, string>> = { Boolean: 'true', DateTime: '2025-01-01' };
    for (const module of ['CourseDate', 'Course', 'User', 'Invoice', 'Company', 'Task']) {
      const feed = await client().ask(`/apihelp/v2/modules/${module.toLowerCase()}`);
      for (const { fieldName, dataType, sortable, filterable } of objects(feed.json['fields'])) {
        const sorted = await client().data(`${module}?$top=1&$orderby=${String(fieldName)}`);
        assert.equal(sorted.status === 200, sortable, sorted.text);
        const value = values[String(dataType)] ?? '1';
        const found = await client().data(`${module}?$top=1&$filter=${String(fieldName)} eq '${value}'`);
        assert.equal(found.status === 200, filterable, found.text);
      }
    }
  });
});
