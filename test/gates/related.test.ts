/** Related records on the sample platform: what the view is told, what is fetched, and what is kept for the way back. */
import '../support/fake-vscode';
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import type * as vscode from 'vscode';
import type { Connection } from '#core/connections/connection';
import { fetchMetadata } from '#core/metadata/fetch';
import { type ApiRecord, readPage } from '#core/results/read-page';
import { ResultSpool } from '#core/results/spool';
import { idOf } from '#core/results/table';
import { ResultPanel } from '#editor/results/panel';
import { RelatedRecords } from '#editor/results/related';
import type { Metadata, WireRequest } from '#language';
import { type Platform, startPlatform } from '#platform/platform';
import { temporaryFolder } from '#scripts/lib/processes';
import type { ToView, ViewHead } from '#webview/messages';
import { clientOf } from '../support/api-client';
import { FakePanel } from '../support/fake-panel';
import { fake, resetFake } from '../support/fake-vscode';
import { HEAD } from '../webview/support/view-page';

const DATES = 'namedBy CourseDate.CourseID';

describe('related records of a result', () => {
  const folder = temporaryFolder('related');
  let platform: Platform;
  let metadata: Metadata;
  let courses: readonly ApiRecord[];
  let page: FakePanel;
  let panel: ResultPanel;
  let related: RelatedRecords;
  let queries: WireRequest[];
  before(async () => {
    platform = await startPlatform({ records: 60 });
    ({ metadata } = await fetchMetadata(clientOf(platform), {
      modules: ['Course', 'CourseDate', 'UserCourseDate', 'User'],
    }));
    courses = await all('Course');
  });
  after(async () => {
    await platform.close();
    rmSync(folder, { recursive: true, force: true });
  });
  afterEach(resetFake);

  const all = async (module: string, filter?: string): Promise<readonly ApiRecord[]> => {
    const query = [
      { name: '$top', value: '1000' },
      ...(filter === undefined ? [] : [{ name: '$filter', value: filter }]),
    ];
    return readPage((await clientOf(platform).send({ method: 'GET', module, query })).json).records;
  };
  const sent = <T extends ToView['type']>(type: T) =>
    (page.sent as ToView[]).filter((each): each is Extract<ToView, { type: T }> => each.type === type);
  const show = (
    records: readonly ApiRecord[] = courses,
    head: Partial<ViewHead> = {},
    connected = connection(),
  ) => {
    resetFake();
    page = new FakePanel('Courses');
    panel = new ResultPanel(page as unknown as vscode.WebviewPanel, { path: '/x' } as vscode.Uri);
    queries = [];
    related = new RelatedRecords({
      connections: {
        all: [connected],
        named: (name) => (name === connected.name ? connected : undefined),
        client: () => clientOf(platform),
        isProduction: () => false,
      },
      metadata: { cached: async () => Promise.resolve(metadata) },
      sample: { ready: async (each) => Promise.resolve(each) },
      output: { error: () => undefined },
      showQuery: async (_panel, _connection, wire) => {
        queries.push(wire);
        return Promise.resolve();
      },
    });
    panel.begin(
      {
        ...HEAD,
        run: 'base',
        module: 'Course',
        title: 'Courses',
        connection: 'test',
        address: `${platform.root}/api/v2/Course`,
        ...head,
      },
      new ResultSpool(folder, 'base'),
      { act: () => false },
    );
    panel.add(records);
    return page.say({ type: 'ready' });
  };
  const connection = (): Connection => clientOf(platform).connection;
  const follow = async (relation: string, record = 0) =>
    related.follow(panel, { type: 'follow', record, relation });
  const ids = (records: readonly ApiRecord[]) => records.map((each) => idOf(each));

  beforeEach(async () => show());

  it('are listed from the metadata, and nothing is sent for that', async () => {
    await related.list(panel, { type: 'relations', record: 0 });
    const [answer] = sent('relations');
    assert.ok(answer?.relations.some(({ id, module }) => id === DATES && module === 'CourseDate'));
    assert.match(answer?.note ?? '', /^The fields of \d+ modules are not known yet/);
    assert.deepEqual(sent('relationCount'), []);
  });

  const NOTES: readonly (readonly [
    what: string,
    given: () => Promise<void>,
    note: RegExp,
    relations: number,
  ])[] = [
    ['the record has no ID', async () => show([{ Label: 'x' }]), /without ID.*\$select/, 0],
    ['the record is gone', async () => show([]), /not here any more/, 0],
    [
      'the connection leads elsewhere by now',
      async () => show(courses, {}, { ...connection(), root: 'https://other.accessplanit.com/accessplan' }),
      /test is not the platform any more/,
      0,
    ],
    [
      'SQL over one platform',
      async () => show([{ CourseID: '1', ID: '2' }], { method: 'SQL', module: 'a, b', address: 'a, b' }),
      /^$/,
      1,
    ],
    [
      'SQL over several platforms',
      async () =>
        show([{ CourseID: '1' }], { method: 'SQL', module: 'a', address: 'a', connection: 'test, other' }),
      /is not the platform/,
      0,
    ],
  ];
  for (const [what, given, note, count] of NOTES)
    it(`say so where ${what}`, async () => {
      await given();
      await related.list(panel, { type: 'relations', record: 0 });
      const [answer] = sent('relations');
      assert.match(answer?.note ?? '', note);
      assert.equal(answer?.relations.length, count);
    });

  it('are counted one after the other, and no longer than somebody looks', async () => {
    await related.count(panel, { type: 'countRelations', record: 0, relations: [DATES, 'nonsense'] });
    const expected = await all('CourseDate', `CourseID eq '${idOf(courses[0]) ?? ''}'`);
    assert.deepEqual(
      sent('relationCount').map(({ relation, count }) => [relation, count]),
      [[DATES, expected.length]],
    );
    const counting = related.count(panel, {
      type: 'countRelations',
      record: 1,
      relations: [DATES, DATES, DATES],
    });
    await related.count(panel, { type: 'countRelations', record: 1, relations: [] });
    await counting;
    assert.equal(sent('relationCount').length, 1);
  });

  it('take the place of the result, which comes back as it was', async () => {
    await follow(DATES);
    const expected = await all('CourseDate', `CourseID eq '${idOf(courses[0]) ?? ''}'`);
    assert.deepEqual(ids(panel.records), ids(expected));
    const head = sent('head').at(-1)?.head;
    assert.deepEqual(head?.trail, ['Courses']);
    assert.equal(head.state, 'done');
    assert.match(head.title, /^CourseDate of /);
    assert.ok(head.readOnly !== undefined);
    assert.equal(panel.base?.run, 'base');
    await page.say({ type: 'action', id: 'showQuery' });
    assert.deepEqual(queries, [
      {
        method: 'GET',
        module: 'CourseDate',
        query: [{ name: '$filter', value: `CourseID eq '${idOf(courses[0]) ?? ''}'` }],
      },
    ]);
    const date = idOf(panel.records[0]) ?? '';
    await follow('namedBy UserCourseDate.CourseDateID');
    assert.deepEqual(
      ids(panel.records),
      ids(await all('UserCourseDate', `CourseDateID eq '${date}'`)).slice(0, 50),
    );
    assert.equal(sent('head').at(-1)?.head.trail?.length, 2);
    await page.say({ type: 'back', to: 0 });
    assert.equal(panel.head?.run, 'base');
    assert.equal(sent('head').at(-1)?.head.trail, undefined);
    assert.deepEqual(panel.records, courses);
    assert.equal(sent('reset').length > 0, true);
  });

  it('leave changes of cells and the kept result alone', async () => {
    const edits = '[{"id":"1"}]';
    await page.say({ type: 'edits', target: panel.target, json: edits });
    await follow(DATES);
    await page.say({ type: 'edits', target: 'related', json: '[]' });
    assert.equal(panel.edits, edits);
    await page.say({ type: 'back', to: 0 });
    assert.deepEqual(sent('edits').at(-1), { type: 'edits', json: edits });
  });

  it('wait for records that are still arriving', async () => {
    await show(courses, { state: 'running' });
    await follow(DATES);
    assert.equal(panel.head?.run, 'base');
    assert.match(fake.shown.at(-1)?.texts[0] ?? '', /still arriving/);
  });

  it('say which field leads nowhere', async () => {
    await related.follow(panel, { type: 'follow', record: 0, field: 'ExternalID' });
    assert.match(fake.shown.at(-1)?.texts[0] ?? '', /APQ knows no module that “ExternalID” could refer to\./);
  });

  it('show what went wrong, and lead back', async () => {
    const gone = await startPlatform({ records: 5 });
    await gone.close();
    await show(courses, { address: `${gone.root}/api/v2/Course` }, { ...connection(), root: gone.root });
    related = new RelatedRecords({
      connections: {
        all: [],
        named: () => ({ ...connection(), root: gone.root }),
        client: () => clientOf(gone),
        isProduction: () => false,
      },
      metadata: { cached: async () => Promise.resolve(metadata) },
      sample: { ready: async (each) => Promise.resolve(each) },
      output: { error: () => undefined },
      showQuery: async () => Promise.resolve(),
    });
    await follow(DATES);
    assert.equal(panel.head?.state, 'failed');
    assert.notEqual(panel.head.error, undefined);
    await page.say({ type: 'back', to: 0 });
    assert.deepEqual(panel.records, courses);
  });

  it('make room for the next run', async () => {
    await follow(DATES);
    panel.begin({ ...HEAD, run: 'next' }, new ResultSpool(folder, 'next'), { act: () => false });
    assert.equal(sent('head').at(-1)?.head.trail, undefined);
    assert.equal(panel.records.length, 0);
    panel.back(0);
    assert.equal(panel.head?.run, 'next');
  });

  it('are marked with the result behind them when a record was changed', async () => {
    await follow(DATES);
    panel.markEarlier('changed', ({ module }) => module === 'Course');
    assert.equal(panel.head?.earlier, undefined);
    await page.say({ type: 'back', to: 0 });
    assert.equal(panel.head?.earlier, 'changed');
  });
});
