/** Tests of requests in the editor: in a trusted workspace only, and no change but the one that the user agreed to. */
import '../support/fake-vscode';
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import type { Connection } from '#core/connections/connection';
import { readQueryFile } from '#core/running/query-file';
import { Refusal } from '#core/running/refusal';
import { Responses } from '#core/running/responses';
import { Connections, SAMPLE_ID } from '#editor/connections/connections';
import { TestExplorer, type TestParts } from '#editor/testing/test-explorer';
import { type Agreed, runTest, type TestRunParts } from '#editor/testing/test-runs';
import { Output } from '#editor/workbench/output';
import { LanguageService } from '#language';
import { FakeApi } from '../core/support/fake-api';
import { CONNECTION, NO_LOG } from '../core/support/runs';
import { TestEngine } from '../engine/support/engine';
import { fake, fakeContext, resetFake } from '../support/fake-vscode';

describe('a test of a request', () => {
  beforeEach(resetFake);
  afterEach(resetFake);

  it('runs in a trusted workspace only', async () => {
    let started = false;
    const parts = {
      started: async () => {
        started = true;
        return Promise.reject(new Error('far enough'));
      },
    };
    const explorer = new TestExplorer(parts as unknown as TestParts);
    const [request, token] = [{}, {}] as unknown as Parameters<TestExplorer['run']>;
    fake.trusted = false;
    await explorer.run(request, token);
    assert.ok(!started);
    assert.match(fake.shown[0]?.texts[0] ?? '', /only in a trusted workspace: these files could/);
    fake.trusted = true;
    await assert.rejects(explorer.run(request, token), /far enough/);
  });

  it('of a statement that the engine refuses fetches no table', async () => {
    const api = new FakeApi();
    await api.start();
    after(async () => api.stop());
    const connections = new Connections(fakeContext(), new Output());
    const connection: Connection = { ...CONNECTION, root: api.root };
    await connections.add(connection, { kind: 'apiKey', apiKey: 'k' });
    const test = new TestEngine();
    after(() => test.engine.dispose());
    const language = new LanguageService();
    const parts = {
      connections,
      metadata: { language: async () => Promise.resolve(language) },
      sample: { ready: async (each: Connection) => Promise.resolve(each) },
      changeLog: { writesOf: () => NO_LOG },
      engine: test.engine,
    };
    const file = readQueryFile(
      'file:///a.apq',
      '### People\n# @name people\nGET user\n$select = ID\n\n### Wrong\nSQL\nselect ID from people group by\n',
    );
    const [, request] = file.requests;
    assert.ok(request);
    const ran = runTest(parts as unknown as TestRunParts, file, request, {
      signal: new AbortController().signal,
      responses: new Responses(),
      active: connection,
      agreed: () => undefined,
      changes: new Set(),
      batch: () => ({ failed: undefined }),
      tell: () => undefined,
    });
    await assert.rejects(ran, (error) => error instanceof Refusal && error.reason.kind === 'errors');
    assert.deepEqual(api.seen, []);
  });

  describe('that changes records', () => {
    const TEXT = '### Change\n# @expect status 200\nDELETE user/7\n';
    const api = new FakeApi();
    before(async () => api.start());
    after(async () => api.stop());

    /** Runs the test, and returns what became of it. `agreed` is what the user saw. */
    async function outcome(
      agreed: { readonly text?: string; readonly connection?: Partial<Connection> | 'none' } | undefined,
      change: Partial<Connection> = {},
      meanwhile: Partial<Connection> | 'removed' = {},
    ) {
      api.replies({ body: {} });
      const connection: Connection = { ...CONNECTION, root: api.root, ...change };
      const connections = new Connections(fakeContext(), new Output());
      await connections.add(connection, { kind: 'apiKey', apiKey: 'k' });
      if (meanwhile === 'removed') await connections.remove(connection);
      else await connections.update({ ...connection, ...meanwhile });
      const parts = {
        connections,
        metadata: { language: async () => Promise.resolve(new LanguageService()) },
        sample: { ready: async (each: Connection) => Promise.resolve(each) },
        changeLog: { writesOf: () => NO_LOG },
      };
      const file = readQueryFile('file:///a.apq', TEXT);
      const [request] = file.requests;
      assert.ok(request);
      const seen: Agreed | undefined = agreed && {
        index: 0,
        text: agreed.text ?? TEXT,
        connection: agreed.connection === 'none' ? undefined : { ...connection, ...agreed.connection },
      };
      const ran = await runTest(parts as unknown as TestRunParts, file, request, {
        signal: new AbortController().signal,
        responses: new Responses(),
        active: connection,
        agreed: () => seen,
        changes: new Set(),
        batch: () => ({ failed: undefined }),
        tell: () => undefined,
      }).then(
        ({ kind }) => kind,
        (error: unknown) => (error instanceof Refusal ? error.reason.kind : String(error)),
      );
      return [ran, api.seen.map(({ method }) => method).join(' ')];
    }
    const ELSEWHERE = { root: 'https://other.accessplanit.com/accessplan' };

    for (const [title, agreed, expected, change] of [
      ['is sent where the user agreed to it', {}, ['answered', 'GET DELETE']],
      ['is not sent where the user was not asked', undefined, ['not-agreed', '']],
      ['is not sent where its file has another text by now', { text: `${TEXT}\n` }, ['not-agreed', '']],
      ['is not sent where no connection was seen', { connection: 'none' }, ['not-agreed', '']],
      ['is not sent on another connection', { connection: { id: 'other' } }, ['not-agreed', '']],
      [
        'is not sent where the connection goes elsewhere by now',
        { connection: ELSEWHERE },
        ['not-agreed', ''],
      ],
      [
        'is sent where the sample platform has started again',
        { connection: ELSEWHERE },
        ['answered', 'GET DELETE'],
        { id: SAMPLE_ID },
      ],
      ['is not sent where the connection is read-only', {}, ['read-only', ''], { changes: 'readOnly' }],
    ] as const)
      it(title, async () => assert.deepEqual(await outcome(agreed, change), expected));

    for (const [title, meanwhile, expected] of [
      ['is read-only', { changes: 'readOnly' }, ['read-only', '']],
      ['leads elsewhere', ELSEWHERE, ['connection-changed', '']],
      ['was removed', 'removed', ['connection-changed', '']],
      ['has another name', { name: 'Other' }, ['answered', 'GET DELETE']],
    ] as const)
      it(`that the user agreed to meets a connection that ${title} since the run began`, async () =>
        assert.deepEqual(await outcome({}, {}, meanwhile), expected));
  });
});
