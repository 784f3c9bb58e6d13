/** The review of a grid's changes, on the sample platform: what is sent, and only after consent. */
import '../support/fake-vscode';
import assert from 'node:assert/strict';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import { type Connection, withLevel } from '#core/connections/connection';
import { fetchMetadata } from '#core/metadata/fetch';
import type { ApiRecord } from '#core/results/read-page';
import { readPage } from '#core/results/read-page';
import { writeJson } from '#core/values/write-json';
import { stateOf } from '#core/writing/change-source';
import type { NewWrite } from '#core/writing/write-log';
import { Connections } from '#editor/connections/connections';
import type { GridEdit, WrittenCells } from '#editor/results/grid-edits';
import { GridReviews, type ReviewedPanel } from '#editor/results/review-edits';
import { Output } from '#editor/workbench/output';
import type { FieldType, Metadata } from '#language';
import { type Platform, startPlatform } from '#platform/platform';
import { clientOf } from '../support/api-client';
import { ChangesTwin } from '../support/changes-twin';
import { fake, fakeContext, resetFake } from '../support/fake-vscode';
import { HEAD } from '../webview/support/view-page';

const TYPES: Readonly<Record<string, FieldType>> = { Capacity: 'integer', Town: 'string' };
const edit = (id: string, column: string, value: unknown, before: unknown, problem?: string): GridEdit => ({
  ...{ id, column, type: TYPES[column] ?? 'string', value, before },
  ...(problem === undefined ? {} : { problem }),
});

describe('the review of a grid’s changes', () => {
  let platform: Platform;
  let metadata: Metadata;
  let connection: Connection;
  let changes: ChangesTwin;
  let written: WrittenCells[];
  let noted: NewWrite[];
  before(async () => {
    platform = await startPlatform({ records: 60 });
    ({ metadata } = await fetchMetadata(clientOf(platform), { modules: ['Venue'] }));
  });
  after(() => platform.close());
  beforeEach(() => {
    resetFake();
    ({ connection } = clientOf(platform));
    changes = new ChangesTwin();
    written = [];
    noted = [];
  });
  afterEach(resetFake);

  const venue = async (id: string): Promise<ApiRecord | undefined> => {
    const query = [{ name: '$filter', value: `ID eq '${id}'` }];
    return readPage((await clientOf(platform).send({ method: 'GET', module: 'Venue', query })).json)
      .records[0];
  };
  const put = async (id: string, body: object) =>
    clientOf(platform).send({ method: 'PUT', module: 'Venue', id, query: [], body: JSON.stringify(body) });

  const panel: ReviewedPanel = {
    prepared: undefined,
    title: 'Venues',
    get head() {
      return {
        ...HEAD,
        module: 'Venue',
        connection: connection.name,
        address: `${platform.root}/api/v2/Venue?$top=5`,
      };
    },
    showWritten: (cells) => void written.push(cells),
  };
  const review = async (
    edits: readonly GridEdit[],
    level?: 'readOnly',
    client = () => clientOf(platform),
    begun: (write: NewWrite) => Promise<void> = async () => Promise.resolve(),
  ) => {
    const now = level === undefined ? connection : withLevel(connection, level);
    const reviews = new GridReviews({
      connections: {
        all: [now],
        named: (name) => (name === now.name ? now : undefined),
        levelOf: () => level ?? 'askEachTime',
        isProduction: () => true,
        client,
      },
      metadata: { of: () => metadata },
      changes,
      changeLog: {
        log: {
          begin: async (write) => {
            noted.push(write);
            await begun(write);
            return Promise.resolve({ id: '1', end: async () => Promise.resolve() });
          },
        },
      },
    });
    await reviews.review(panel, writeJson(edits));
  };
  const texts = () => fake.shown.flatMap((each) => each.texts).join('\n');
  const shown = async () => {
    const { source } = changes.views[0] ?? assert.fail('nothing was shown');
    return (await source.slice({ states: 'all', text: '' }, 0, 100)).changes;
  };

  it('shows one plan of all records, and sends nothing without consent', async () => {
    const [a, b] = [await venue('3'), await venue('4')];
    await review([
      edit('3', 'Capacity', 21, a?.['Capacity']),
      edit('3', 'Town', 'Kendal', a?.['Town']),
      edit('4', 'Capacity', 99, b?.['Capacity']),
    ]);
    const [view] = changes.views;
    assert.equal(view?.now.sentence, 'This changes 3 fields of 2 records of Venue.');
    assert.equal(view.now.deed, 'Change 2 on test');
    assert.deepEqual(
      (await shown()).map(({ change }) => [
        change.request.id,
        change.fields.map(({ name, before, after }) => `${name}: ${String(before)} → ${String(after)}`),
      ]),
      [
        ['3', [`Capacity: ${String(a?.['Capacity'])} → 21`, `Town: ${String(a?.['Town'])} → Kendal`]],
        ['4', [`Capacity: ${String(b?.['Capacity'])} → 99`]],
      ],
    );
    assert.deepEqual([await venue('3'), await venue('4')], [a, b]);
    assert.deepEqual([written, noted], [[], []]);
    assert.ok(view.closed);
  });

  it('sends the changed fields only, notes each write, and tells the grid what its records are now', async () => {
    const [a, b] = [await venue('5'), await venue('6')];
    changes.answers.push(true);
    await review([
      edit('5', 'Capacity', 51, a?.['Capacity']),
      edit('6', 'Town', 'Leeds', b?.['Town']),
      edit('999999', 'Town', 'Nowhere', 'York'),
    ]);
    assert.deepEqual(await venue('5'), { ...a, Capacity: 51, ...changedAt(await venue('5')) });
    assert.equal((await venue('6'))?.['Town'], 'Leeds');
    assert.deepEqual(
      noted.map(({ change, source }) => [change.request.body, source]),
      [
        ['{"Capacity":51}', 'grid'],
        ['{"Town":"Leeds"}', 'grid'],
      ],
    );
    const [cells] = written;
    assert.deepEqual(
      cells?.records.map((record) => [record['ID'], record['Capacity'], record['Town']]),
      [
        ['5', 51, a?.['Town']],
        ['6', b?.['Capacity'], 'Leeds'],
      ],
    );
    assert.deepEqual(
      cells.outcomes.map(({ id, failure }) => [id, failure === undefined]),
      [
        ['5', true],
        ['6', true],
        ['999999', false],
      ],
    );
    assert.match(changes.views[0]?.report?.sentence ?? '', /^2 changed, 1 refused\.$/);
    assert.equal((await shown()).filter((each) => stateOf(each) !== 'done').length, 1);
  });

  it('leaves a record alone that somebody changed between review and consent', async () => {
    const record = await venue('1');
    changes.answers.push(async () => {
      await put('1', { Capacity: 70 });
      return true;
    });
    await review([edit('1', 'Capacity', 71, record?.['Capacity'])]);
    assert.equal((await venue('1'))?.['Capacity'], 70);
    assert.match(written[0]?.outcomes[0]?.failure ?? '', /changed meanwhile by someone else/);
    assert.deepEqual(noted, []);
  });

  it('says that a record was changed since the grid was filled, and ends what is so already', async () => {
    const record = await venue('2');
    await put('2', { Capacity: 80 });
    await put('4', { Town: 'York' });
    changes.answers.push(true);
    await review([edit('2', 'Capacity', 81, record?.['Capacity']), edit('4', 'Town', 'York', 'Leeds')]);
    assert.match(changes.views[0]?.now.notes?.join() ?? '', /2 records were changed by somebody else/);
    assert.equal((await venue('2'))?.['Capacity'], 81);
    assert.equal(noted.length, 1);
    assert.deepEqual(
      written[0]?.outcomes.map(({ id, failure }) => [id, failure]),
      [
        ['2', undefined],
        ['4', undefined],
      ],
    );
  });

  it('refuses what a field can’t hold, by name, before anything is read', async () => {
    await review([edit('3', 'Capacity', 'many', 20, '“many” is not a whole number.')]);
    assert.match(texts(), /Capacity of 3: “many” is not a whole number\./);
    assert.equal(changes.views.length, 0);
  });

  it('stops where its connection becomes read-only, with the rest unsent', async () => {
    const connections = new Connections(fakeContext(), new Output());
    await connections.add(connection, { kind: 'apiKey', apiKey: platform.apiKey });
    const before = await Promise.all(['1', '2', '3'].map(async (id) => venue(id)));
    changes.answers.push(true);
    await review(
      before.map((record) => edit(String(record?.['ID']), 'Town', 'Hexham', record?.['Town'])),
      undefined,
      () => connections.client(connection),
      async ({ change }) => {
        if (change.request.id === '1') return;
        // Several are sent at a time: the others wait until the first is done.
        while ((await venue('1'))?.['Town'] !== 'Hexham');
        await connections.update(withLevel(connection, 'readOnly'));
      },
    );
    const towns = await Promise.all(['1', '2', '3'].map(async (id) => (await venue(id))?.['Town']));
    assert.deepEqual(towns, ['Hexham', before[1]?.['Town'], before[2]?.['Town']]);
    assert.deepEqual(
      written[0]?.outcomes.map(({ id }) => id),
      ['1'],
    );
    assert.match((changes.views[0]?.report?.notes ?? []).join(' '), /read-only, so the change was not sent/);
  });

  it('shows and sends nothing on a read-only connection, or on another platform', async () => {
    const record = await venue('3');
    await review([edit('3', 'Capacity', 1, 20)], 'readOnly');
    assert.match(texts(), /test is read-only here/);
    connection = { ...connection, root: 'http://127.0.0.1:1/accessplan' };
    await review([edit('3', 'Capacity', 1, 20)]);
    assert.match(texts(), /not the platform any more/);
    assert.equal(changes.views.length, 0);
    assert.deepEqual(await venue('3'), record);
  });

  it('takes nothing that is no change of a cell', async () => {
    for (const json of ['{}', '[{"id":"3"}]', '[{"id":"","column":"Town","type":"string","value":"x"}]'])
      await assert.rejects(new GridReviews({ ...UNUSED, changes }).review(panel, json));
    assert.equal(changes.views.length, 0);
  });
});

/** Fields that the platform sets with each write. */
const changedAt = (record: ApiRecord | undefined): ApiRecord =>
  Object.fromEntries(Object.entries(record ?? {}).filter(([name]) => /Changed|Modified|Updated/.test(name)));

const UNUSED: Omit<ConstructorParameters<typeof GridReviews>[0], 'changes'> = {
  connections: {
    all: [],
    named: () => undefined,
    levelOf: () => 'readOnly',
    isProduction: () => true,
    client: () => assert.fail('a client is asked for'),
  },
  metadata: { of: () => undefined },
  changeLog: { log: { begin: () => assert.fail('a write is noted') } },
};
