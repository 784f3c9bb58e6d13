/** The history of runs: kept, limited, shared, without secrets; and entries as queries. */
import assert from 'node:assert/strict';
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { asQuery } from '#core/history/as-query';
import { History, type HistoryEntry } from '#core/history/history';
import { hide } from '#core/text/mask';
import { LanguageService, type WireRequest } from '#language';
import { skipUnless } from '../../support/skip';

const entry = (title: string, more: Partial<HistoryEntry> = {}): Omit<HistoryEntry, 'id'> => ({
  at: '2026-01-31T10:00:00.000Z',
  title,
  connection: { id: '1', name: 'Acme', root: 'https://acme.accessplanit.com/accessplan' },
  request: { method: 'GET', module: 'User', query: [{ name: '$top', value: '5' }] },
  milliseconds: 12,
  bytes: 345,
  summary: '5 records · 12 ms',
  ok: true,
  ...more,
});

describe('history', () => {
  let folder: string;
  let limit: number;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'apq-'));
    limit = 5;
  });
  afterEach(async () => rm(folder, { recursive: true }));
  const path = () => join(folder, 'deep', 'history.ndjson');
  const open = () => new History(path(), () => limit);
  const titles = async (history: History) => (await history.entries()).map(({ title }) => title).join(' ');

  it('has the latest entry first, even one of another window', async () => {
    const history = open();
    await history.add(entry('a'));
    await open().add(entry('b'));
    assert.equal(await titles(history), 'b a');
  });
  it('is a file that only the user can read, even one of an earlier version', async function () {
    skipUnless(this, process.platform !== 'win32', 'Windows has no such rights');
    const mode = async () => (await stat(path())).mode & 0o777;
    await open().add(entry('a'));
    assert.equal(await mode(), 0o600);
    await chmod(path(), 0o644);
    for (const title of 'bcdefghijklm') await open().add(entry(title));
    assert.equal(await mode(), 0o600);
  });
  it('keeps as many entries as its limit', async () => {
    const history = open();
    for (const title of 'abcdefghijklm') await history.add(entry(title));
    assert.equal(await titles(history), 'm l k j i');
    assert.ok((await readFile(path(), 'utf8')).split('\n').length <= 11);
  });
  it('writes nothing when it is switched off', async () => {
    limit = 0;
    await open().add(entry('a'));
    await assert.rejects(readFile(path()));
  });
  it('removes one entry, or all', async () => {
    const history = open();
    for (const title of 'abc') await history.add(entry(title));
    await history.remove((await history.entries())[1]?.id ?? '');
    assert.equal(await titles(history), 'c a');
    await history.clear();
    assert.equal(await titles(history), '');
  });
  it('leaves out lines that it can’t read', async () => {
    const history = open();
    await history.add(entry('a'));
    await writeFile(path(), `nonsense\n{"id":1}\n${await readFile(path(), 'utf8')}{"cut`);
    assert.equal(await titles(history), 'a');
  });
  it('masks what looks like a secret, and stays readable', async () => {
    const body = JSON.stringify({ password: 'hunter2', note: 'Bearer abcdefgh' });
    const history = open();
    await history.add(entry('a', { request: { method: 'POST', module: 'User', query: [], body } }));
    const text = await readFile(path(), 'utf8');
    assert.doesNotMatch(text, /hunter2|abcdefgh/);
    assert.equal(await titles(history), 'a');
  });
  it('masks what was typed for a secret, wherever it is', async () => {
    hide('typed-5519');
    const query = [{ name: '$filter', value: "Notes eq 'typed-5519'" }];
    await open().add(entry('a', { request: { method: 'GET', module: 'User', query } }));
    assert.doesNotMatch(await readFile(path(), 'utf8'), /5519/);
  });
  it('masks values with the name of a secret, and marks the entry', async () => {
    const history = open();
    const body = '{"Name":"Ann","Pin":1234,"New_Passcode":"abc\\"def","Note":"monkey"}';
    const query = [{ name: '$filter', value: "Email eq 'a' and AccessToken eq 'se''cret' or Monkey eq 'b'" }];
    await history.add(entry('a', { request: { method: 'PUT', module: 'User', id: '1', query, body } }));
    await history.add(entry('b'));
    const [plain, masked] = await history.entries();
    assert.equal(plain?.masked, undefined);
    assert.ok(masked?.masked === true && masked.request.method !== 'SQL');
    assert.deepEqual(JSON.parse(masked.request.body ?? ''), {
      Name: 'Ann',
      Pin: '***',
      New_Passcode: '***',
      Note: 'monkey',
    });
    assert.equal(masked.request.query[0]?.value, "Email eq 'a' and AccessToken eq '***' or Monkey eq 'b'");
  });
  for (const [written, kept] of [
    ['{"Password":["hunter2"],"Name":"Ann"}', '{"Password":"***","Name":"Ann"}'],
    ['{"Login":{"Password":{"value":"hunter2"}}}', '{"Login":{"Password":"***"}}'],
    ['{"Pass\\u0077ord":"hunter2"}', '{"Password":"***"}'],
    ['{ "Name" : "Ann", "Number": 9007199254740993 }', '{ "Name" : "Ann", "Number": 9007199254740993 }'],
  ] as const)
    it(`masks secrets however deep they are: ${written}`, async () => {
      const history = open();
      await history.add(
        entry('a', { request: { method: 'POST', module: 'User', query: [], body: written } }),
      );
      const [request] = (await history.entries()).map((each) => each.request);
      assert.equal(request?.method !== 'SQL' && request?.body, kept);
    });
  it('keeps all entries that are added at once', async () => {
    limit = 100;
    const history = open();
    await Promise.all([...'abcdefghij'].map(async (title) => history.add(entry(title))));
    assert.equal((await history.entries()).length, 10);
  });
});

describe('a request that was sent, as a query', () => {
  const back = (wire: WireRequest) => {
    const text = asQuery(wire, 'Again ### x', 'https://acme.accessplanit.com/accessplan', 'Acme');
    const service = new LanguageService(() => ({ now: new Date(0) }));
    const document = service.parse(text);
    const [request, another] = service.requests(document);
    assert.ok(request !== undefined && another === undefined, text);
    assert.equal(request.connection, 'Acme');
    const built = service.build(document, request);
    assert.ok(built.ok, text);
    return built.request;
  };
  const same = (wire: WireRequest) =>
    it(`${wire.method} ${wire.module} ${wire.query.map(({ value }) => value).join()}`, () => {
      const { body, ...rest } = back(wire);
      const { body: sent, ...expected } = wire;
      assert.deepEqual(rest, { endpoint: 'data', ...expected });
      assert.deepEqual(
        body === undefined ? undefined : JSON.parse(body),
        sent === undefined ? undefined : JSON.parse(sent),
      );
    });
  same({ method: 'GET', module: 'User', query: [] });
  same({
    method: 'GET',
    module: 'CourseDate',
    query: [
      { name: '$select', value: 'ID,Label' },
      { name: '$filter', value: "Label eq 'O''Neill & 50%' and ID ne 'a#b'" },
      { name: '$orderby', value: 'ID desc' },
      { name: '$top', value: '5' },
    ],
  });
  same({ method: 'GET', module: 'User', query: [{ name: '$filter', value: "Label eq 'a  b\tc '" }] });
  same({ method: 'GET', module: 'User', query: [{ name: '$filter', value: "Label eq '{{x}}'" }] });
  same({ method: 'PUT', module: 'User', id: '{{x}}', query: [], body: '{"Label":"{{x}} {{$now}}"}' });
  same({ method: 'PUT', module: 'CourseDate', id: 'a~b c', query: [], body: '{"Label":"x\\ny"}' });
  same({
    method: 'POST',
    module: 'User',
    query: [{ name: '$upsert', value: "Email eq 'a@b'" }],
    body: '{"A":1}',
  });
  same({ method: 'DELETE', module: 'CourseDate', id: '2024', query: [] });
  it('has no request or variable from within a value', () => {
    const value = "x'\n### y\nDELETE course/1\n{{$env HOME}}";
    const text = asQuery(
      {
        method: 'GET',
        module: 'Course',
        query: [{ name: '$filter', value: `ID eq '${value.replaceAll("'", "''")}'` }],
      },
      value,
      '',
      undefined,
      [value],
    );
    const service = new LanguageService();
    const document = service.parse(text);
    const requests = service.requests(document);
    assert.equal(requests.length, 1, text);
    const built = service.build(document, requests[0] ?? assert.fail(), {
      now: new Date(0),
      env: () => assert.fail('reads the environment'),
    });
    assert.equal(
      built.ok && built.request.query[0]?.value,
      "ID eq 'x'' ### y DELETE course/1 {{$env HOME}}'",
      text,
    );
  });
});
