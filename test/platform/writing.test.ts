import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Client } from './support';
import { usePlatform } from './support';

/** Method, address, body, status, and the text of the errors. */
const REFUSED: readonly (readonly [string, string, unknown, number, RegExp])[] = [
  ['POST', 'coursedate', '', 400, /empty/],
  ['POST', 'coursedate', '{', 400, /not valid JSON/],
  ['POST', 'coursedate', '[]', 400, /JSON object/],
  ['POST', 'coursedate', 'null', 400, /JSON object/],
  ['POST', 'coursedate', '"x"', 400, /JSON object/],
  ['POST', 'coursedate', '{}', 400, /no fields/],
  ['POST', 'coursedate', '{"Label":"a","Label":"b"}', 400, /Label is repeated/],
  ['POST', 'coursedate', '{"Label":"a","label":"b"}', 400, /label is repeated/],
  ['POST', 'coursedate', '{"Label":"a","L\\u0061bel":"b"}', 400, /Label is repeated/],
  ['POST', 'coursedate', { Wombat: 1, Cost: 'x' }, 400, /Wombat.*Cost takes a number/],
  ['POST', 'coursedate', '{"__proto__":{"a":1}}', 400, /__proto__/],
  ['POST', 'coursedate', { ID: '1' }, 400, /ID cannot be written/],
  ['POST', 'coursedate', { SpacesLeft: 1 }, 400, /SpacesLeft cannot be written/],
  ['POST', 'coursedate', { Label: 1 }, 400, /Label takes text/],
  ['POST', 'coursedate', { Places: 1.5 }, 400, /Places takes a whole number/],
  ['POST', 'coursedate', { Places: '5' }, 400, /Places takes a whole number/],
  ['POST', 'coursedate', { Places: 3e9 }, 400, /Places takes a whole number/],
  ['POST', 'coursedate', { StartDate: '01/02/2025' }, 400, /StartDate takes a date/],
  ['POST', 'coursedate', { StartDate: 5 }, 400, /StartDate takes a date/],
  ['POST', 'course', { Advertise: 'true' }, 400, /Advertise takes true or false/],
  ['POST', 'course', { CategoryLabels: 'IT' }, 400, /CategoryLabels takes a list/],
  ['POST', 'course', { CategoryLabels: [1] }, 400, /CategoryLabels takes a list/],
  ['POST', 'user', { DateCreated: '2025-01-01' }, 400, /DateCreated cannot be written/],
  ['POST', 'user', { NotesCount: 1 }, 400, /NotesCount cannot be written/],
  ['POST', "coursedate?$filter=ID eq '1'", { Label: 'a' }, 400, /\$filter belongs to GET/],
  ['POST', 'coursedate?$top=1', { Label: 'a' }, 400, /\$top belongs to GET/],
  ['POST', 'coursedate?$upsert=', { Label: 'a' }, 400, /empty/],
  ['POST', "coursedate?$upsert=(ID eq '1')", { Label: 'a' }, 400, /parentheses/],
  ['POST', "coursedate?$upsert=CourseID eq 'FirAid'", { Label: 'a' }, 400, /More than one/],
  ['POST', "coursedate?$upsert=ID eq '2024'", { Wombat: 'a' }, 400, /Wombat/],
  ['POST', 'wombat', { Label: 'a' }, 404, /no module/],
  ['POST', 'coursedate', { Label: 'a'.repeat(5 * 1024 * 1024) }, 413, /too long/],
  ['POST', 'coursedate', Buffer.from('{"Label":"é"}', 'latin1'), 400, /not valid UTF-8/],
  ['POST', 'coursedate', { StartDate: '2025-01-01T10:00:00+15:00' }, 400, /StartDate takes a date/],
  ['POST', 'coursedate', { StartDate: '2025-01-01T10:00:00+10:60' }, 400, /StartDate takes a date/],
  ['POST', 'coursedate', { StartDate: '0001-01-01T00:00:00+01:00' }, 400, /StartDate takes a date/],
  ['POST', 'coursedate', { StartDate: '9999-12-31T23:59:59-01:00' }, 400, /StartDate takes a date/],
  ['PUT', 'coursedate/999999', { Label: 'a' }, 404, /no record/],
  ['PUT', 'coursedate/2024', '', 400, /empty/],
  ['PUT', 'coursedate/2024', { Wombat: 1 }, 400, /Wombat/],
  ['PUT', "coursedate/2024?$upsert=ID eq '1'", { Label: 'a' }, 400, /\$upsert belongs to POST/],
  ['PUT', "coursedate/2024?$filter=ID eq '1'", { Label: 'a' }, 400, /\$filter belongs to GET/],
  ['DELETE', 'coursedate/999999', undefined, 404, /no record/],
  ['DELETE', "coursedate/2024?$filter=ID eq '1'", undefined, 400, /\$filter belongs to GET/],
];

describe('sample platform: writing', () => {
  const client = usePlatform();
  const one = async (module: string, filter: string, select = 'ID', root = client().platform.root) => {
    const path = `${root}/api/v2/${module}?$select=${select}&$filter=${encodeURIComponent(filter)}`;
    const { results, text, status } = await client().ask(path);
    assert.equal(status, 200, text);
    return results[0];
  };
  const send = (method: string, path: string, body?: unknown) =>
    client().data(path, body === undefined ? { method } : { method, body });

  for (const [method, path, body, status, why] of REFUSED) {
    const shown = (typeof body === 'string' ? body : (JSON.stringify(body) ?? '')).slice(0, 60);
    it(`${status} ${method} ${path} ${shown}`, async () => {
      const before = await totals(client());
      const reply = await send(method, path, body);
      assert.equal(reply.status, status, reply.text);
      assert.match(reply.errors, why);
      assert.deepEqual(await totals(client()), before);
    });
  }

  it('creates a record with POST, which later reads see, but not the other site', async () => {
    const body = {
      label: 'New "date" & more – 日本',
      StartDate: '2025-03-01T09:00',
      Places: 12,
      Cost: 99.5,
      CompanyName: null,
    };
    const reply = await send('POST', 'CourseDate', body);
    assert.equal(reply.status, 201, reply.text);
    assert.deepEqual(Object.keys(reply.json), ['ID']);
    const id = String(reply.json['ID']);
    const row = await one(
      'coursedate',
      `ID eq '${id}'`,
      'Label,StartDate,Places,SpacesLeft,Cost,EndDate,CompanyName',
    );
    assert.deepEqual(row, {
      Label: body.label,
      StartDate: '2025-03-01T09:00:00',
      Places: 12,
      SpacesLeft: 12,
      Cost: 99.5,
      EndDate: null,
      CompanyName: null,
    });
    assert.equal(await one('coursedate', `ID eq '${id}'`, 'ID', client().sandbox), undefined);
  });

  it('writes an offset as UTC, and no value as each field has it', async () => {
    const date = { StartDate: '2025-03-01T23:30-01:45' };
    assert.equal((await send('PUT', 'coursedate/2024', date)).status, 200);
    const { StartDate } = (await one('coursedate', "ID eq '2024'", 'StartDate')) ?? {};
    assert.equal(StartDate, '2025-03-02T01:15:00');
    assert.equal((await send('PUT', 'course/FirAid', { CategoryLabels: null })).status, 200);
    assert.deepEqual((await one('course', "ID eq 'FirAid'", 'CategoryLabels'))?.['CategoryLabels'], []);
  });

  it('changes only the given fields with PUT', async () => {
    const all = 'ID,Label,CourseID,StartDate,Status,Cost,Places';
    const before = await one('coursedate', "ID eq '2024'", all);
    const reply = await send('PUT', 'coursedate/2024', { startdate: '2025-03-01T09:00:00' });
    assert.equal(reply.status, 200, reply.text);
    assert.deepEqual(await one('coursedate', "ID eq '2024'", all), {
      ...before,
      StartDate: '2025-03-01T09:00:00',
    });
    const other = await one('coursedate', "ID eq '2024'", all, client().sandbox);
    assert.notEqual(other?.['StartDate'], '2025-03-01T09:00:00');
  });

  it('accepts an ID in any case and a composite one for PUT', async () => {
    assert.equal((await send('PUT', 'course/firaid', { Colour: '#123456' })).status, 200);
    assert.equal((await one('course', "ID eq 'FirAid'", 'Colour'))?.['Colour'], '#123456');
    const { results } = await client().data('usercoursedate?$top=1');
    const id = String(results[0]?.['ID']);
    assert.match(id, /^\d+~\d+$/);
    const path = `usercoursedate/${encodeURIComponent(id)}`;
    assert.equal((await send('PUT', path, { Status: 'Passed' })).status, 200);
    assert.equal((await one('usercoursedate', `ID eq '${id}'`, 'Status'))?.['Status'], 'Passed');
  });

  it('updates computed members after a write', async () => {
    const { json } = await send('POST', 'user', {
      Forenames: 'Zoë',
      Surname: "O'Neill",
      Email: 'z@x.example',
    });
    const id = String(json['ID']);
    const select = 'Fullname,HasEmail,Title,NotesCount,CreatedByName';
    assert.deepEqual(await one('user', `ID eq '${id}'`, select), {
      Fullname: "Zoë O'Neill",
      HasEmail: true,
      Title: [],
      NotesCount: 0,
      CreatedByName: 'API Integration',
    });
    await send('PUT', `user/${id}`, { Email: null, Title: 'Dr' });
    const changed = await one('user', `ID eq '${id}'`, select);
    assert.deepEqual([changed?.['HasEmail'], changed?.['Title']], [false, 'Dr']);
    await send('PUT', 'invoice/10001', { Amount: 100.1, AmountPaid: 0.2 });
    assert.equal((await one('invoice', "ID eq '10001'", 'Outstanding'))?.['Outstanding'], 99.9);
  });

  it('accepts what a read returned', async () => {
    const select = 'CertificateNumber,AwardedAwardIDs,UnitsRequired,Advertise,Duration,ExternalID';
    const { results } = await client().data(`course?$select=ID,${select}&$top=100`);
    for (const { ID, ...row } of results) {
      const reply = await send('PUT', `course/${String(ID)}`, row);
      assert.equal(reply.status, 200, reply.text);
    }
    assert.deepEqual((await client().data(`course?$select=ID,${select}&$top=100`)).results, results);
  });

  it('updates one match of $upsert, creates a record for none, refuses several', async () => {
    const upsert = (filter: string, body: unknown) =>
      send('POST', `user?$upsert=${encodeURIComponent(filter)}`, body);
    const smith = "Email eq 'john.smith@my_company.com'";
    const updated = await upsert(smith, { JobTitle: 'Principal' });
    assert.equal(updated.status, 200);
    assert.deepEqual(await one('user', smith, 'ID,JobTitle'), {
      ID: updated.json['ID'],
      JobTitle: 'Principal',
    });
    const fresh = "Email eq 'new@my_company.com'";
    const created = await upsert(fresh, { Email: 'new@my_company.com', Surname: 'New' });
    assert.equal(created.status, 201);
    assert.equal((await upsert(fresh, { Surname: 'Newer' })).status, 200);
    assert.deepEqual(await one('user', fresh, 'ID,Surname'), { ID: created.json['ID'], Surname: 'Newer' });
    assert.equal((await upsert("Surname ne 'x'", { Surname: 'x' })).status, 400);
  });

  it('removes a record for good with DELETE', async () => {
    const { json } = await send('POST', 'venue', { Label: 'Gone soon' });
    const path = `venue/${String(json['ID'])}`;
    assert.equal((await send('DELETE', path, 'ignored {')).status, 200);
    assert.equal((await send('DELETE', path)).status, 404);
    assert.equal((await send('PUT', path, { Label: 'x' })).status, 404);
    assert.equal(await client().total('venue', "Label eq 'Gone soon'"), 0);
  });

  it('marks a user as deleted on the first DELETE, and removes it on the second', async () => {
    const { json } = await send('POST', 'user', { Surname: 'Leaver', Status: 'Active' });
    const id = String(json['ID']);
    assert.equal((await send('DELETE', `user/${id}`)).status, 200);
    assert.equal((await one('user', `ID eq '${id}'`, 'Status'))?.['Status'], 'Deleted');
    assert.equal((await send('DELETE', `USER/${id}`)).status, 200);
    assert.equal(await one('user', `ID eq '${id}'`), undefined);
    assert.equal((await send('DELETE', `user/${id}`)).status, 404);
  });

  it('finds a record by its new text only, however it was changed', async () => {
    const ids = async (town: string) =>
      (await client().data(`venue?$select=ID&$filter=${encodeURIComponent(`Town eq '${town}'`)}`)).results
        .length;
    const found = async () => [await ids('Atown'), await ids('btown'), await ids("Atown' or Town eq 'BTOWN")];
    assert.deepEqual(await found(), [0, 0, 0]);
    const { json } = await send('POST', 'venue', { Label: 'A', Town: 'atown' });
    await send('POST', 'venue', { Label: 'B', Town: 'aTOWN' });
    assert.deepEqual(await found(), [2, 0, 2]);
    await send('PUT', `venue/${String(json['ID'])}`, { Town: 'btown' });
    assert.deepEqual(await found(), [1, 1, 2]);
    await send('DELETE', `venue/${String(json['ID'])}`);
    assert.deepEqual(await found(), [1, 0, 1]);
  });

  it('never reuses an ID', async () => {
    for (const module of ['usercoursedate', 'course', 'task']) {
      const ids = new Set<unknown>();
      for (let i = 0; i < 3; i++) {
        const body = module === 'usercoursedate' ? { Status: 'Booked' } : { Label: 'x' };
        const reply = await send('POST', module, body);
        assert.equal(reply.status, 201, reply.text);
        ids.add(reply.json['ID']);
        assert.equal(await client().total(module, `ID eq '${String(reply.json['ID'])}'`), 1);
      }
      assert.equal(ids.size, 3);
    }
  });
});

async function totals(client: Client): Promise<unknown[]> {
  const modules = ['coursedate', 'course', 'user'];
  return Promise.all(
    modules.map(async (module) => (await client.data(`${module}?$count=true&$top=1`)).json['total']),
  );
}
