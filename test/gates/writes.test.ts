/** What is written on a platform over HTTP, by the guards of the editor: nothing but what the user agreed to. */
import '../support/fake-vscode';
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import type { ChangeLevel } from '#core/connections/change-level';
import type { Connection } from '#core/connections/connection';
import { type RunPort, runRequests } from '#core/running/pipeline';
import { readQueryFile } from '#core/running/query-file';
import { Refusal } from '#core/running/refusal';
import { Responses } from '#core/running/responses';
import { sendRequest } from '#core/running/send';
import { Connections } from '#editor/connections/connections';
import { Agreements } from '#editor/running/agreements';
import { confirmWrite } from '#editor/running/confirm-write';
import { foreseen } from '#editor/running/foreseen';
import { type RequestParts, Requests } from '#editor/running/requests';
import { Output } from '#editor/workbench/output';
import { LanguageService } from '#language';
import { type Platform, startPlatform } from '#platform/platform';
import { NO_LOG, NO_QUERY } from '../core/support/runs';
import { ChangesTwin } from '../support/changes-twin';
import { fake, fakeContext, resetFake } from '../support/fake-vscode';

const FILE = `### Change
PUT venue/1
{ "Capacity": 77 }
### Again
PUT venue/2
{ "Capacity": 77 }
### New
POST venue
{ "Label": "New" }
### Remove
DELETE venue/3
`;

describe('the guards of the editor, on a platform', () => {
  let platform: Platform;
  before(async () => (platform = await startPlatform({ records: 30 })));
  after(async () => platform.close());
  beforeEach(async () => {
    resetFake();
    for (const id of ['1', '2']) await capacity(id, 10);
  });
  afterEach(resetFake);

  /** A window with one connection, in which all requests of the file are run. */
  class Window {
    readonly twin = new ChangesTwin();
    readonly #agreements = new Agreements();
    readonly connections = new Connections(fakeContext(), new Output());
    /** `PUT venue/1`, and why a request was not sent. */
    readonly log: string[] = [];

    async connect(level: ChangeLevel): Promise<Connection> {
      const { root, apiKey } = platform;
      const connection: Connection = {
        id: 'a',
        name: 'Mine',
        root,
        site: 'sandbox',
        auth: 'apiKey',
        changes: level,
      };
      await this.connections.add(connection, { kind: 'apiKey', apiKey });
      return connection;
    }

    async runAll(connection: Connection): Promise<void> {
      const file = readQueryFile('a.apq', FILE);
      const { connections, twin } = this;
      const parts = { connections, changes: twin, agreements: this.#agreements };
      const port: RunPort = {
        connection: async () => Promise.resolve(connection),
        language: async () => Promise.resolve(new LanguageService()),
        responses: new Responses(),
        connectionOf: () => connection,
        levelOf: (each) => connections.levelOf(each),
        answer: () => undefined,
        foresee: async (prepared) => foreseen(connections, prepared),
        writes: NO_LOG,
        query: NO_QUERY,
        confirm: async (prepared, _step, change) => {
          assert.ok(change);
          const agreed = await confirmWrite(
            prepared,
            change,
            async () => foreseen(connections, prepared),
            parts,
          );
          if (agreed === undefined) throw new Refusal(prepared.request, { kind: 'told' });
          return agreed;
        },
        send: async ({ wire }) => {
          this.log.push(`${wire.method} ${wire.module}${wire.id === undefined ? '' : `/${wire.id}`}`);
          return sendRequest(connections.client(connection), wire);
        },
        report: async (_step, outcome) => {
          if (outcome instanceof Refusal) this.log.push(outcome.reason.kind);
          return Promise.resolve(!(outcome instanceof Refusal) && outcome.kind === 'answered');
        },
      };
      await runRequests(file, file.requests, port);
    }
  }

  const capacity = async (id: string, value?: number) => {
    const headers = { Authorization: `Bearer ${platform.apiKey}` };
    const address = `${platform.root}/api/v2/venue`;
    if (value !== undefined)
      await fetch(`${address}/${id}`, { method: 'PUT', headers, body: JSON.stringify({ Capacity: value }) });
    const response = await fetch(`${address}?$filter=ID eq '${id}'`, { headers });
    return ((await response.json()) as { results: { Capacity: number }[] }).results[0]?.Capacity;
  };

  it('write nothing on a read-only connection, and ask for nothing', async () => {
    const window = new Window();
    await window.runAll(await window.connect('readOnly'));
    assert.deepEqual([window.log, window.twin.views.length], [['read-only'], 0]);
  });

  it('write nothing where a setting of the workspace makes the window read-only', async () => {
    fake.settings.set('apq.changes.level', { workspaceValue: 'readOnly' });
    const window = new Window();
    await window.runAll(await window.connect('askOnce'));
    assert.deepEqual([window.log, window.twin.views.length], [['changes-off'], 0]);
  });

  for (const level of ['askEachTime', 'askOnce'] as const)
    it(`write nothing of all requests where the user agrees to none: ${level}`, async () => {
      const window = new Window();
      await window.runAll(await window.connect(level));
      assert.deepEqual([window.log, window.twin.views.length], [['told'], 1]);
    });

  it('write each change that the user agrees to, and none after one that he does not', async () => {
    const window = new Window();
    window.twin.answers.push(true, true, false);
    await window.runAll(await window.connect('askEachTime'));
    assert.deepEqual([window.log, window.twin.views.length], [['PUT venue/1', 'PUT venue/2', 'told'], 3]);
  });

  it('ask once per file, and for each deletion', async () => {
    const window = new Window();
    window.twin.answers.push(true, false);
    await window.runAll(await window.connect('askOnce'));
    assert.deepEqual(window.log, ['PUT venue/1', 'PUT venue/2', 'POST venue', 'told']);
    assert.deepEqual(
      window.twin.views.map(({ now }) => now.deed),
      ['Change 1 Field', 'Delete for Good'],
    );
  });

  it('keep the connection with which a run began, and refuse it where it leads elsewhere', async () => {
    const window = new Window();
    const { connections } = window;
    const begun = await window.connect('askOnce');
    const sample = { ready: async (each: Connection) => Promise.resolve(each) };
    const requests = new Requests({ connections, sample } as unknown as RequestParts);
    const port = requests.port();
    const [request] = readQueryFile('a.apq', FILE).requests;
    assert.ok(request);
    const other = { ...begun, id: 'b', name: 'Other' };
    await connections.add(other, { kind: 'apiKey', apiKey: platform.apiKey });
    assert.deepEqual([port.connectionOf(request), await port.connection(request)], [begun, begun]);
    assert.deepEqual(await requests.port().connection(request), other);
    await connections.update({ ...begun, root: 'http://localhost:1/accessplan' });
    await assert.rejects(port.connection(request), /Mine was removed, or leads to another platform by now/);
  });

  it('do not overwrite what was changed between the preview and the consent', async () => {
    const window = new Window();
    window.twin.answers.push(async () => {
      await capacity('1', 55);
      return true;
    });
    await window.runAll(await window.connect('askEachTime'));
    assert.deepEqual(window.log, ['told']);
    assert.equal(await capacity('1'), 55);
    assert.equal(
      window.twin.views[0]?.shown.at(-1)?.why,
      'Somebody changed it meanwhile: Capacity was “10” and is “55”.',
    );
  });
});
