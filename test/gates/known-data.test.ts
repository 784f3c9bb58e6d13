/** Known data in the editor, on the sample platform: what is learnt, kept, told to the server, looked up and forgotten. */
import '../support/fake-vscode';
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import type { Connection } from '#core/connections/connection';
import { CredentialVault } from '#core/connections/credentials';
import { searchRequest } from '#core/known/record-request';
import { fetchMetadata } from '#core/metadata/fetch';
import { ApiError } from '#core/remote/api-error';
import { firstRecords } from '#core/running/first-records';
import { sendRequest } from '#core/running/send';
import { Connections } from '#editor/connections/connections';
import { EditorSecretStore } from '#editor/connections/secret-store';
import { forgetValues } from '#editor/known/forget-values';
import { KnownDataHub } from '#editor/known/known-data-hub';
import { lookUpParams, lookUpValues } from '#editor/known/look-up-values';
import { Output } from '#editor/workbench/output';
import { KnownData, type Metadata, type PlatformData } from '#language';
import { type Platform, startPlatform } from '#platform/platform';
import { temporaryFolder } from '#scripts/lib/processes';
import { clientOf } from '../support/api-client';
import { changeSetting, fake, fakeContext, resetFake } from '../support/fake-vscode';
import { ToldServer } from '../support/told-server';

const FOLDER = temporaryFolder('known-data');
const SETTING = 'apq.completion.learnValues';
/** What the server knows while nothing is learnt. */
const NOTHING: PlatformData = { fields: [], records: [], naming: {}, learns: false };

describe('known data of a platform', () => {
  let platform: Platform;
  let metadata: Metadata;
  let window: Window;
  before(async () => {
    platform = await startPlatform({ records: 200 });
    ({ metadata } = await fetchMetadata(clientOf(platform)));
  });
  after(async () => {
    await platform.close();
    rmSync(FOLDER, { recursive: true, force: true });
  });
  beforeEach(async () => {
    resetFake();
    window = new Window();
    await window.connect();
  });
  afterEach(() => {
    window.hub.dispose();
    resetFake();
    rmSync(FOLDER, { recursive: true, force: true });
  });

  const connection = (id = 'one', name = 'Acme'): Connection => ({
    ...{ id, name, root: platform.root, site: 'production', auth: 'apiKey' },
  });

  /** One window of the editor, with a server that keeps what it is told. */
  class Window {
    readonly context = fakeContext();
    readonly connections = new Connections(this.context, new Output());
    readonly server = new ToldServer();
    readonly told = this.server.told;
    readonly metadata = {
      of: () => metadata,
      modules: async () => Promise.resolve(),
      fields: async () => Promise.resolve(),
    };
    readonly hub = new KnownDataHub(FOLDER, {
      connections: this.connections,
      metadata: this.metadata,
      output: new Output(),
      server: this.server,
    });
    readonly parts = {
      ...{ connections: this.connections, metadata: this.metadata, hub: this.hub, output: new Output() },
      sample: { ready: async (each: Connection) => Promise.resolve(each) },
    } as unknown as Parameters<typeof lookUpValues>[0];

    async connect(apiKey = platform.apiKey): Promise<void> {
      await this.connections.add(connection(), { kind: 'apiKey', apiKey });
      await this.hub.start();
    }

    async run(
      module: string,
      query: Readonly<Record<string, string>> = {},
      pages: number | 'all' = 'all',
    ): Promise<void> {
      const parameters = Object.entries({ $top: '50', ...query }).map(([name, value]) => ({ name, value }));
      const [active] = this.connections.all;
      assert.ok(active);
      await sendRequest(
        this.connections.client(active),
        { method: 'GET', module, query: parameters },
        { pages },
      );
      await this.settle();
    }

    async remember(names: readonly (readonly [id: string, name: string])[]): Promise<void> {
      await this.hub.rememberNames(connection(), this.hub.stay(connection()), 'Course', names);
    }

    /** What was learnt is written and told. */
    async settle(): Promise<void> {
      await this.hub.values.flush();
    }

    get known(): KnownData {
      // The server forgets a connection that is gone by itself.
      const data = this.connections.all.length === 0 ? null : (this.told.at(-1) ?? null);
      return data === null ? KnownData.none : new KnownData(data);
    }

    values(field: string): readonly string[] {
      const [module = '', name = ''] = field.split('.');
      return this.known.field(module, name)?.values.map(({ value }) => value) ?? [];
    }
  }

  const files = () => (existsSync(FOLDER) ? readdirSync(FOLDER) : []);
  const said = () =>
    fake.shown.filter(({ kind }) => kind !== 'output' && kind !== 'progress').map(({ texts }) => texts[0]);

  it('learns from an answer, keeps it, and tells the server', async () => {
    await window.run('CourseDate', { $select: 'ID,Status,VenueTown,Cost,StartDate' });
    assert.deepEqual([...window.values('coursedate.status')].sort(), [
      'Available',
      'Cancelled',
      'Completed',
      'Full',
      'Provisional',
    ]);
    assert.ok(window.values('CourseDate.VenueTown').includes('Lancaster'));
    assert.deepEqual(window.values('CourseDate.Cost'), []);
    assert.deepEqual([window.known.learns, window.known.field('CourseDate', 'Status')?.records], [true, 200]);
    assert.deepEqual(
      window.hub.valuesOf(connection(), 'CourseDate', 'Status').map(({ value }) => value),
      window.values('CourseDate.Status'),
    );
    assert.equal(files().length, 1);
    assert.match(files().join(), /^[0-9a-f]{64}\.json$/);
  });

  it('knows it again in the next window', async () => {
    await window.run('CourseDate');
    const expected = window.values('CourseDate.Status');
    const next = new Window();
    Object.assign(next.context, { secrets: window.context.secrets });
    const again = new Connections(window.context, new Output());
    const hub = new KnownDataHub(FOLDER, {
      ...{ connections: again, metadata: window.metadata, output: new Output() },
      server: next.server,
    });
    await hub.start();
    const known = new KnownData(next.server.of('Acme') ?? NOTHING).field('CourseDate', 'Status');
    assert.deepEqual(
      known?.values.map(({ value }) => value),
      expected,
    );
    hub.dispose();
  });

  it('shows a second user nothing that the first one saw', async () => {
    await window.run('CourseDate');
    assert.notDeepEqual(window.values('CourseDate.Status'), []);
    const before = files();
    await window.connect('another-key-of-another-user');
    assert.deepEqual([...(window.told.at(-1)?.fields ?? [])], []);
    // Nobody can reach it any more.
    assert.deepEqual(
      files().filter((each) => before.includes(each)),
      [],
    );
    await window.connect();
    assert.deepEqual([...(window.told.at(-1)?.fields ?? [])], []);
  });

  it('shows values of one connection on no other to the same site', async () => {
    await window.run('CourseDate');
    await window.connections.add(connection('two', 'Other user'), { kind: 'apiKey', apiKey: 'other-key' });
    await window.hub.start();
    for (const active of [connection('two', 'Other user'), connection()]) {
      await window.connections.activate(active);
      await window.hub.start();
      const [own, others] = ['Acme', 'Other user'].map((name) => window.server.of(name)?.fields);
      assert.notDeepEqual(own, []);
      assert.deepEqual(others, []);
    }
  });

  it('tells it all again where the connection had another name for a moment', async () => {
    const { connections, server, hub } = window;
    connections.onDidChange(() => server.setConnections(connections.all));
    await window.remember([['7', 'First Aid']]);
    for (const name of ['Other', 'Acme']) await connections.update({ ...connection(), name });
    await hub.settled();
    assert.deepEqual(server.of('Acme')?.records, [{ module: 'Course', names: [['7', 'First Aid']] }]);
  });

  for (const [what, change] of [
    ['is removed', async () => window.connections.remove(connection())],
    [
      'has another address',
      async () => window.connections.update({ ...connection(), root: `${platform.root}sandbox` }),
    ],
    [
      'is signed out',
      async () => window.connections.keepSignedOut(connection(), { kind: 'apiKey', apiKey: '' }),
    ],
  ] as const)
    it(`deletes the file when the connection ${what}`, async () => {
      await window.run('CourseDate');
      await window.remember([['1042', 'First Aid at Work']]);
      await change();
      await window.hub.start();
      assert.deepEqual(files(), []);
      assert.deepEqual(
        [window.values('CourseDate.Status'), window.hub.namesOf(connection(), 'Course').size],
        [[], 0],
      );
    });

  it('with the setting off: 20 queries, and nothing is stored, told or asked', async () => {
    changeSetting(SETTING, false);
    await window.hub.settled();
    const before = window.told.length;
    for (let index = 0; index < 20; index++) await window.run('CourseDate', {}, 1);
    await window.hub.start();
    assert.deepEqual([files(), window.told.slice(before)], [[], []]);
    assert.deepEqual(window.told.at(-1), NOTHING);
    assert.deepEqual(window.hub.valuesOf(connection(), 'CourseDate', 'Status'), []);
    await lookUpValues(window.parts, { connection: 'Acme', module: 'CourseDate', field: 'Status' });
    assert.deepEqual(said(), ['Learning values is switched off in the settings, so none are looked up.']);
    assert.equal(fake.shown.filter(({ kind }) => kind === 'progress').length, 0);
  });

  it('stops using what is stored while the setting is off, and uses it again', async () => {
    await window.run('CourseDate');
    changeSetting(SETTING, false);
    await window.hub.settled();
    // Names of records are only in memory, and another matter.
    assert.deepEqual({ ...window.told.at(-1), records: [] }, NOTHING);
    changeSetting(SETTING, true);
    await window.hub.settled();
    assert.notDeepEqual(window.values('CourseDate.Status'), []);
  });

  it('tells names of records with the values, and keeps them off the disk', async () => {
    await window.run('CourseDate', {}, 1);
    await window.remember([['1042', 'Canaria Birdsong']]);
    assert.equal(window.known.nameOf('course', '1042'), 'Canaria Birdsong');
    assert.notDeepEqual(window.values('CourseDate.Status'), []);
    for (const each of files()) assert.doesNotMatch(readFileSync(join(FOLDER, each), 'utf8'), /Birdsong/);
  });

  for (const [when, change] of [
    ['somebody else signed in', async () => window.connect('another-key-of-another-user')],
    [
      'somebody else signed in in another window',
      async () => {
        const vault = new CredentialVault(new EditorSecretStore(window.context.secrets));
        await vault.write(connection(), { kind: 'apiKey', apiKey: 'another-key-of-another-user' });
        await window.hub.settled();
      },
    ],
    ['they were forgotten', async () => window.hub.forget(connection())],
  ] as const)
    it(`takes no names from an answer that ends after ${when}`, async () => {
      await window.remember([['1042', 'Asked before']]);
      const client = window.connections.client(connection());
      const learning = client.learning({ method: 'GET', module: 'Course', query: [] });
      const stay = window.hub.stay(connection());
      learning?.take([{ ID: '1043', Label: 'Late Name' }]);
      await change();
      learning?.end();
      await window.hub.rememberNames(connection(), stay, 'Course', [['1044', 'Later Name']]);
      await window.settle();
      assert.deepEqual(
        [[...window.hub.namesOf(connection(), 'Course')], [...(window.told.at(-1)?.records ?? [])]],
        [[], []],
      );
    });

  it('knows what another window learnt and forgot, when it is looked at again', async () => {
    const server = new ToldServer();
    const { told } = server;
    const other = new KnownDataHub(FOLDER, {
      ...{ connections: new Connections(window.context, new Output()), metadata: window.metadata },
      ...{ output: new Output(), server },
    });
    await other.start();
    await window.run('CourseDate');
    await other.values.reload();
    assert.deepEqual(told.at(-1)?.fields, window.told.at(-1)?.fields);
    await other.rememberNames(connection(), other.stay(connection()), 'Course', [['1', 'First Aid']]);
    await other.values.reload();
    assert.equal(other.namesOf(connection(), 'Course').size, 1);
    let forgot = 0;
    other.onDidForget(() => forgot++);
    await window.hub.forget();
    await other.values.reload();
    await other.settled();
    const { fields, records } = told.at(-1) ?? {};
    const { size } = other.namesOf(connection(), 'Course');
    assert.deepEqual([fields, records, size, forgot], [[], [], 0, 1]);
    other.dispose();
  });

  describe('looking up', () => {
    const look = async (field: string, module = 'CourseDate') =>
      lookUpValues(window.parts, { connection: 'Acme', module, field });

    it('says what it learnt', async () => {
      await look('VenueTown');
      assert.match(said().join(), /^\d+ values of VenueTown from 200 records\.$/);
      assert.ok(window.values('CourseDate.VenueTown').includes('Lancaster'));
    });

    it('asks for just that field, and never for more than five pages', async () => {
      const client = window.connections.client(connection());
      const selected: (string | undefined)[] = [];
      const send = client.send.bind(client);
      client.send = async (request, options) => {
        selected.push(request.query.find(({ name }) => name === '$select')?.value);
        return send(request, options);
      };
      await look('Status');
      const asked = fake.shown.filter(({ kind }) => kind === 'output').flatMap(({ texts }) => texts);
      const gets = asked.filter((each) => each.startsWith('GET CourseDate '));
      assert.ok(gets.length > 0 && gets.length <= 5, gets.join('\n'));
      for (const each of gets) assert.match(each, / → 200 \(\d+ ms, \d+ bytes\), \d+ records$/);
      assert.deepEqual([...new Set(selected)], ['ID,Status']);
    });

    it('refuses before asking where values may be about people, or are no list', async () => {
      await look('Surname', 'User');
      await look('Notes', 'Company');
      await look('StartDate');
      assert.deepEqual(said(), [
        'Surname is not looked up: its values may be about people, and those are never kept.',
        'Notes is not looked up: it holds free text, which is no list to choose from.',
        'StartDate is not looked up: its values are dates, amounts, IDs or the like, and no list to choose from.',
      ]);
      assert.equal(fake.shown.filter(({ kind }) => kind === 'progress').length, 0);
    });

    it('says why it learnt none', async () => {
      await look('Reference', 'Invoice');
      assert.match(
        said().join(),
        /^No values of Reference were learnt from \d+ records: there are more than 20 different ones, so it is a text to search for\.$/,
      );
    });

    it('says what failed, with buttons, and keeps nothing', async () => {
      await window.connect('wrong-key');
      fake.shown.length = 0;
      await look('Status');
      const failure = fake.shown.find(({ kind }) => kind === 'error');
      assert.ok(failure?.buttons?.includes('Change Key or Password'), JSON.stringify(failure));
      assert.deepEqual(files(), []);
    });

    it('keeps nothing when it is cancelled', async () => {
      fake.cancels = true;
      await look('Status');
      await window.settle();
      assert.deepEqual([files(), said()], [[], []]);
    });

    it('asks for module and field from the palette, and offers only what may be learnt', async () => {
      fake.answers = ['Company', 'Status'];
      await lookUpValues(window.parts, lookUpParams(undefined));
      const [, fields] = fake.shown.filter(({ kind, texts }) => kind === 'list' && texts.length > 1);
      assert.ok(fields?.texts.includes('Town') === true && !fields.texts.includes('Email'));
      assert.match(said().at(-1) ?? '', /values? of Status from \d+ records/);
    });
  });

  it('writes into no log what somebody typed to find a record or while building, nor the names that came', async () => {
    const client = window.connections.client(connection());
    const logged = () => fake.shown.filter(({ kind }) => kind === 'output').flatMap(({ texts }) => texts);
    for (const filter of ["Surname eq 'canaria'", "Surname is 'canaria'"]) {
      const before = logged().length;
      const wire = { method: 'GET', module: 'User', query: [{ name: '$filter', value: filter }] } as const;
      const failure = await firstRecords(client, wire, 10, {}).catch((error: unknown) => error);
      assert.equal(failure instanceof ApiError, filter.includes(' is '));
      if (failure instanceof ApiError) assert.doesNotMatch(JSON.stringify(failure.facts.details), /canaria/i);
      assert.ok(logged().length > before);
    }
    const names = ['Forenames', 'Surname'];
    for (const labels of [names, ['NoSuchField']]) {
      const request = searchRequest(
        { connection: 'Acme', module: 'User', labels, text: 'canaria' },
        {},
        () => true,
      );
      assert.ok(request);
      const failure = await client.send(request).catch((error: unknown) => error);
      if (failure instanceof ApiError) assert.doesNotMatch(JSON.stringify(failure.facts.details), /canaria/i);
    }
    assert.match(
      logged().join('\n'),
      /^GET User \(what was looked for is not logged\) → 200 .*, 0 records$/m,
    );
    assert.doesNotMatch(logged().join('\n'), /canaria/i);
  });

  it('tells names of answers that come one after another together', async () => {
    await window.hub.settled();
    const before = window.told.length;
    const client = window.connections.client(connection());
    for (let index = 0; index < 10; index++) {
      const learning = client.learning({ method: 'GET', module: 'Course', query: [] });
      learning?.take([{ ID: `9${index}`, Label: `Course ${index}` }]);
      learning?.end();
    }
    await new Promise<void>((resolve) => {
      const heard = window.hub.onDidChange(() => {
        heard.dispose();
        resolve();
      });
    });
    await window.hub.settled();
    assert.equal(window.told.length, before + 1);
    assert.equal(window.hub.namesOf(connection(), 'Course').size, 10);
  });

  for (const [choice, sentence] of [
    ['$(check) Acme', 'The values and names of records that were learnt from Acme were forgotten.'],
    ['$(trash) All Connections', 'All learnt values and names of records were forgotten.'],
  ] as const)
    it(`forgets values and names that were learnt, here and in the server: ${choice}`, async () => {
      const names = [['1042', 'First Aid at Work']] as const;
      await window.run('CourseDate');
      await window.run('User');
      await window.remember(names);
      assert.notDeepEqual(window.values('CourseDate.Status'), []);
      assert.ok(!window.hub.peopleOf(connection()).isEmpty);
      let forgot = 0;
      window.hub.onDidForget(() => forgot++);
      fake.answers = [choice];
      await forgetValues(window.parts);
      assert.equal(said().at(-1), sentence);
      const { fields, records } = window.told.at(-1) ?? {};
      const { size } = window.hub.namesOf(connection(), 'Course');
      assert.deepEqual([files(), fields, records, size, forgot], [[], [], [], 0, 1]);
      assert.ok(window.hub.peopleOf(connection()).isEmpty);
      // What is asked for anew is known again.
      await window.remember(names);
      assert.deepEqual([...window.hub.namesOf(connection(), 'Course')], names);
      await window.run('CourseDate');
      assert.notDeepEqual(window.values('CourseDate.Status'), []);
    });
});
