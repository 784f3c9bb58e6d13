/** Records behind IDs on the sample platform: when it is searched for them, and names beside the IDs of a result. */
import '../support/fake-vscode';
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import type * as vscode from 'vscode';
import type { Connection } from '#core/connections/connection';
import { KnownNames } from '#core/known/known-names';
import { fetchMetadata } from '#core/metadata/fetch';
import type { ApiClient } from '#core/remote/api';
import type { ApiRecord } from '#core/results/read-page';
import { ResultSpool } from '#core/results/spool';
import { Connections } from '#editor/connections/connections';
import { type RecordSearchParts, searchRecords } from '#editor/known/record-search';
import { ResultPanel } from '#editor/results/panel';
import { showNames } from '#editor/results/show-names';
import { OpenList } from '#editor/workbench/open-list';
import { Output } from '#editor/workbench/output';
import type { Metadata, WireRequest } from '#language';
import { type Platform, startPlatform } from '#platform/platform';
import type { RecordsSearchedParams, RecordsWantedParams } from '#protocol';
import { temporaryFolder } from '#scripts/lib/processes';
import type { ToView } from '#webview/messages';
import { clientOf } from '../support/api-client';
import { FakePanel } from '../support/fake-panel';
import { fake, fakeContext, resetFake } from '../support/fake-vscode';
import { HEAD } from '../webview/support/view-page';

describe('records behind IDs in the editor', () => {
  let platform: Platform;
  let metadata: Metadata;
  let client: ApiClient;
  let connection: Connection;
  let sent: WireRequest[];
  let names: KnownNames;
  const folder = temporaryFolder('record-names');
  before(async () => {
    platform = await startPlatform({ records: 60 });
    client = clientOf(platform);
    ({ connection } = client);
    ({ metadata } = await fetchMetadata(client, { modules: ['User', 'CourseDateBooking', 'Course'] }));
    const send = client.send.bind(client);
    client.send = async (request, options) => {
      sent.push(request);
      return send(request, options);
    };
  });
  after(async () => {
    await platform.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });
  beforeEach(() => {
    resetFake();
    sent = [];
    names = new KnownNames();
  });
  afterEach(resetFake);

  const known = {
    namesOf: ({ id }: Connection, module: string) => names.of(id, module),
    stay: () => ({
      within: async (work: () => void) => {
        work();
        return Promise.resolve(true);
      },
    }),
    rememberNames: async (
      { id }: Connection,
      _: unknown,
      module: string,
      entries: Iterable<readonly [id: string, name: string]>,
    ) => Promise.resolve(names.add(id, module, entries)),
  };

  describe('a search', () => {
    /** What the server is told, once it is told something. */
    const searching = (more: Partial<RecordSearchParts['connections']> = {}) => {
      let want: (params: RecordsWantedParams) => void = () => undefined;
      let told: (params: RecordsSearchedParams) => void = () => undefined;
      const nextSearched = async () =>
        new Promise<RecordsSearchedParams>((resolve) => {
          told = resolve;
        });
      const searched = nextSearched();
      let forget = (): void => undefined;
      const stand = { dispose: () => undefined };
      const started = searchRecords({
        connections: {
          named: () => connection,
          client: () => client,
          isSignedOut: () => false,
          isSample: () => false,
          onDidChange: () => stand,
          onDidChangeUsers: () => stand,
          ...more,
        },
        metadata: { of: () => metadata },
        sample: { running: true },
        server: {
          onRecordsWanted: (listener) => {
            want = (params) => void listener(params);
            return stand;
          },
          tellSearched: async (params) => Promise.resolve(told(params)),
          list: new OpenList(),
        },
        hub: {
          ...known,
          onDidForget: (listener) => {
            forget = () => void listener();
            return stand;
          },
        },
      });
      const search = (text: string) =>
        want({
          ...{ connection: 'test', module: 'User', labels: ['Fullname'], text },
          ...{ uri: 'file:///a.apq', position: { line: 0, character: 0 } },
        });
      return { search, searched, nextSearched, started, forget: () => forget() };
    };

    it('finds records by a part of their name, and tells the server after it knows them', async () => {
      const { search, searched, started } = searching();
      search('smi');
      search('integration');
      const { module, text, whole } = await searched;
      assert.deepEqual({ module, text, whole }, { module: 'User', text: 'integration', whole: true });
      assert.equal(names.of(connection.id, 'User').get('1001'), 'API Integration');
      assert.deepEqual(
        sent.map(({ query }) => query.find(({ name }) => name === '$filter')?.value),
        ["contains(Fullname,'integration')"],
      );
      assert.deepEqual(fake.shown, []);
      started.dispose();
    });

    it('is made anew once what it found is forgotten, and not before', async () => {
      const { search, searched, nextSearched, started, forget } = searching();
      search('integration');
      await searched;
      names.forget(connection.id);
      const again = nextSearched();
      search('integration');
      await again;
      assert.deepEqual([sent.length, names.of(connection.id, 'User').size], [1, 0]);
      forget();
      const anew = nextSearched();
      search('integration');
      await anew;
      assert.deepEqual([sent.length, names.of(connection.id, 'User').size], [2, 1]);
      started.dispose();
    });

    it('is not made on a connection that is signed out, and says so', async () => {
      const { search, searched, started } = searching({ isSignedOut: () => true });
      search('smith');
      const { problem, whole } = await searched;
      assert.deepEqual([problem, whole], ['test is signed out', false]);
      assert.deepEqual(sent, []);
      assert.deepEqual(fake.shown, []);
      started.dispose();
    });

    it('is not made in a workspace that is not trusted', async () => {
      fake.trusted = false;
      const { search, searched, started } = searching();
      search('smith');
      fake.trusted = true;
      search('integration');
      await searched;
      assert.equal(sent.length, 1);
      started.dispose();
    });

    it('says why it failed, once, and shows no message', async () => {
      const broken = { ...connection, root: 'http://127.0.0.1:9/accessplan' };
      const { search, searched, started } = searching({
        client: () => clientOf({ root: broken.root, apiKey: 'x' }),
      });
      search('smith');
      const { problem } = await searched;
      assert.match(problem ?? '', /127\.0\.0\.1/);
      assert.deepEqual(fake.shown, []);
      started.dispose();
    });

    for (const [what, status, headers] of [
      ['that refuses the key', 401, {}],
      ['that asks for a pause', 429, { 'retry-after': '60' }],
      ['that is down', 503, {}],
    ] as const)
      it(`asks a platform ${what} once, whatever else is typed, and says so in the list only`, async () => {
        let asked = 0;
        const server = createServer((_, response) => {
          asked++;
          response.writeHead(status, { 'content-type': 'application/json', ...headers });
          response.end('{"errors": ["no"]}');
        });
        await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
        const { port } = server.address() as AddressInfo;
        const own: Connection = {
          ...connection,
          root: `http://127.0.0.1:${port}/accessplan`,
          auth: 'apiKey',
        };
        const connections = new Connections(fakeContext(), new Output());
        await connections.add(own, { kind: 'apiKey', apiKey: 'wrong' });
        const { search, searched, nextSearched, started } = searching({
          named: () => own,
          client: () => connections.client(own),
          isSignedOut: () => connections.isSignedOut(own),
          onDidChange: connections.onDidChange,
          onDidChangeUsers: connections.onDidChangeUsers,
        });
        search('smi');
        const problems = [(await searched).problem];
        for (const text of ['smit', 'smith']) {
          const next = nextSearched();
          search(text);
          problems.push((await next).problem);
        }
        assert.equal(asked, 1);
        assert.ok(problems.every((each) => each !== undefined && each !== ''));
        assert.deepEqual(
          fake.shown.filter(({ kind }) => kind !== 'output'),
          [],
        );
        started.dispose();
        connections.dispose();
        await new Promise((resolve) => server.close(resolve));
      });

    it('is not made while nothing is learnt', async () => {
      fake.settings.set('apq.completion.learnValues', { globalValue: false, defaultValue: false });
      const { search, searched, started } = searching();
      search('smith');
      fake.settings.clear();
      search('integration');
      await searched;
      assert.equal(sent.length, 1);
      started.dispose();
    });
  });

  describe('names beside IDs', () => {
    const show = (records: readonly ApiRecord[], module = 'CourseDateBooking') => {
      const page = new FakePanel('Bookings');
      const panel = new ResultPanel(page as unknown as vscode.WebviewPanel, { path: '/x' } as vscode.Uri);
      const address = `${platform.root}/api/v2/${module}`;
      panel.begin({ ...HEAD, module, connection: 'test', address }, new ResultSpool(folder, 'names'), {
        act: () => false,
      });
      panel.add(records);
      void page.say({ type: 'ready' });
      const ask = async (...columns: string[]) =>
        showNames(
          panel,
          { type: 'names', columns },
          {
            connections: { all: [connection], named: () => connection, client: () => client },
            metadata: { cached: async () => Promise.resolve(metadata) },
            sample: { ready: async (each) => Promise.resolve(each) },
            known,
            output: { error: () => undefined },
          },
        );
      const told = () => (page.sent as ToView[]).flatMap((each) => (each.type === 'names' ? [each] : []));
      return { ask, told };
    };

    it('come at once where they are known; the others are fetched together, once', async () => {
      names.add(connection.id, 'User', [['7', 'Known Name']]);
      const { ask, told } = show([{ UserID: '7' }, { UserID: 1001 }, { UserID: '1002' }, { UserID: '' }, {}]);
      await ask('UserID');
      const [first, last] = told();
      assert.deepEqual(first?.names, [['7', 'Known Name']]);
      assert.deepEqual(last?.names?.slice(0, 2), [
        ['7', 'Known Name'],
        ['1001', 'API Integration'],
      ]);
      assert.deepEqual(
        sent.map(({ query }) => query.map(({ value }) => value)),
        [['ID,Fullname', "ID eq '1001' or ID eq '1002'"]],
      );
      await ask('UserID');
      assert.equal(sent.length, 1);
      assert.equal(told().at(-1)?.names?.length, 3);
    });

    it('are those of each ID where a cell holds several', async () => {
      const { ask, told } = show([
        { UserIDs: ['1001', 1002] },
        { UserIDs: [] },
        { UserIDs: '1003; 1001' },
        { UserIDs: null },
      ]);
      await ask('UserIDs');
      const names = [...new Map(told().at(-1)?.names)];
      assert.deepEqual(
        names.map(([id]) => id),
        ['1001', '1002', '1003'],
      );
      assert.deepEqual(names[0], ['1001', 'API Integration']);
      assert.equal(sent.length, 1);
    });

    it('are none where nothing tells what a column names, which is said', async () => {
      const { ask, told } = show([{ ThingID: '7', VenueID: '1' }]);
      await ask('ThingID', 'VenueID');
      assert.deepEqual(
        told().map(({ column, names: found }) => [column, found]),
        [
          ['ThingID', undefined],
          ['VenueID', undefined],
        ],
      );
      assert.match(
        fake.shown[0]?.texts[0] ?? '',
        /which records “ThingID” names.*apq\.completion\.recordNames/,
      );
      assert.match(fake.shown[1]?.texts[0] ?? '', /The fields of Venue have not been fetched yet/);
      assert.deepEqual(sent, []);
    });
  });
});
