/** Lists of completion over stdio: as small as the client allows, and the same to its user. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ClientCapabilities, CompletionItem, CompletionList } from 'vscode-languageserver/node';
import { metadata } from '../language/support/metadata';
import { LspClient } from '../support/lsp';
import { VSCODE_COMPLETION } from '../support/vscode-capabilities';

const URI = 'file:///completion.apq';
const TYPES = ['string', 'integer', 'decimal', 'boolean', 'datetime', 'date'];
const WORDS = [
  'Start',
  'Venue',
  'Course',
  'Customer',
  'Places',
  'Invoice',
  'Order',
  'Trainer',
  'Price',
  'Web',
];
const ENDS = [
  'Date',
  'Town',
  'Label',
  'ID',
  'Count',
  'Status',
  'Total',
  'Name',
  'Notes',
  'Code',
  'Type',
  'Left',
  'Paid',
  'Sent',
  'Days',
];
const LONG = {
  name: 'Long',
  fields: WORDS.flatMap((word) => ENDS.map((end) => word + end)).map((name, index) => ({
    name,
    type: TYPES[index % TYPES.length],
    filterable: true,
    sortable: true,
  })),
};

type Completion = NonNullable<ClientCapabilities['textDocument']>['completion'];

describe('completion over stdio', () => {
  let folder: string;
  let file: string;
  const clients: LspClient[] = [];
  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'apq-'));
    file = join(folder, 'metadata.json');
    const modules = [...metadata.modules, LONG];
    writeFileSync(file, JSON.stringify({ ...metadata, modules, fetchedAt: new Date().toISOString() }));
  });
  after(async () => {
    for (const client of clients) await client.stop();
    rmSync(folder, { recursive: true });
  });

  /** A client with these abilities, and a list of it where the cursor is, `$0`. */
  async function listAt(marked: string, completion: Completion | undefined, commands = false) {
    const client = await LspClient.start({ metadataFile: file, commands }, undefined, undefined, {
      textDocument: completion === undefined ? {} : { completion },
    });
    clients.push(client);
    return { client, list: await again(client, marked) };
  }

  async function again({ connection }: LspClient, marked: string): Promise<CompletionList> {
    const before = marked.slice(0, marked.indexOf('$0'));
    const lines = before.split('\n');
    await connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri: URI, languageId: 'apq', version: 1, text: marked.replace('$0', '') },
    });
    return connection.sendRequest('textDocument/completion', {
      textDocument: { uri: URI },
      position: { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 },
    });
  }

  const resolve = async (
    { connection }: LspClient,
    { items, itemDefaults }: CompletionList,
    label: string,
  ) => {
    const item = items.find((each) => each.label === label);
    assert.ok(item, label);
    const data: unknown = itemDefaults?.data;
    return connection.sendRequest<CompletionItem>('completionItem/resolve', { data, ...item });
  };

  const text = ({ documentation }: CompletionItem) =>
    typeof documentation === 'object' ? documentation.value : documentation;

  for (const [place, marked] of [
    ['in a filter', 'GET long\n$filter = $0'],
    ['in $select', 'GET long\n$select = $0'],
  ] as const)
    it(`lists 150 fields ${place} in less than 15 kB`, async () => {
      const { list } = await listAt(marked, VSCODE_COMPLETION, true);
      assert.equal(list.items.filter(({ kind }) => kind === 5).length, 150);
      assert.ok(
        Buffer.byteLength(JSON.stringify(list)) < 15_000,
        `${Buffer.byteLength(JSON.stringify(list))}`,
      );
    });

  const UPCOMING = 'CourseDate: upcoming';
  const BY_STATUS = 'CourseDate: by status';
  for (const [marked, before] of [
    ['$0', ''],
    ['cour$0', ''],
    ['GET cour$0', 'GET '],
    ['### Mine\nget Cour$0\n', 'get '],
  ] as const)
    it(`writes a whole query at ${JSON.stringify(marked)}, explained when it is shown`, async () => {
      const { client, list } = await listAt(marked, VSCODE_COMPLETION, true);
      const item = list.items.find(({ label }) => label === UPCOMING);
      assert.ok(item);
      assert.equal(item.documentation, undefined);
      assert.equal(item.filterText, `${before}${UPCOMING}`);
      const written = item.textEdit?.newText ?? item.textEditText ?? '';
      assert.ok(
        written.startsWith(marked.startsWith('###') ? 'GET CourseDate\n' : `### ${UPCOMING}\n`),
        written,
      );
      assert.match(text(await resolve(client, list, UPCOMING)) ?? '', /^```apq\n### CourseDate: upcoming\n/);
      const sorted = [...list.items].sort((a, b) =>
        (a.sortText ?? a.label) < (b.sortText ?? b.label) ? -1 : 1,
      );
      const place = (kind: number) => sorted.findIndex((each) => each.kind === kind);
      assert.ok(place(7) < sorted.findIndex(({ label }) => label === UPCOMING), 'behind the modules');
    });
  it('offers at most 15 ready queries at once, in less than 6 kB', async () => {
    const { list } = await listAt('$0', VSCODE_COMPLETION, true);
    const ready = list.items.filter(({ label }) => /^\w+: /.test(label));
    assert.ok(ready.length <= 15 && ready.length > 5, String(ready.length));
    assert.ok(Buffer.byteLength(JSON.stringify(ready)) < 6000, `${Buffer.byteLength(JSON.stringify(ready))}`);
  });
  it('writes the first of the known values for clients without snippets', async () => {
    const { list } = await listAt('$0', undefined);
    const item = list.items.find(({ label }) => label === BY_STATUS);
    assert.match(item?.textEdit?.newText ?? '', /\$filter {2}= Status eq 'Available'\n/);
  });

  const FILTER = 'GET coursedate\n$filter = $0';

  it('sends documentation, ranges and texts with each item to clients that know nothing else', async () => {
    const { list } = await listAt(FILTER, undefined);
    assert.equal(list.itemDefaults, undefined);
    const start = list.items.find(({ label }) => label === 'StartDate');
    assert.ok(start);
    assert.match(text(start) ?? '', /StartDate/);
    assert.equal(start.textEdit?.newText, 'StartDate ');
    assert.deepEqual([start.data, start.textEditText, start.command], [undefined, undefined, undefined]);
    const contains = list.items.find(({ label }) => label === 'contains');
    assert.equal(contains?.textEdit?.newText, "contains(,'')");
    assert.equal(contains.filterText, 'contains');
  });

  it('explains an item when it is shown, after edits too, to clients that ask', async () => {
    const { client, list } = await listAt(FILTER, VSCODE_COMPLETION);
    assert.ok(list.items.every(({ documentation }) => documentation === undefined));
    await client.change(
      URI,
      { start: { line: 0, character: 0 }, end: { line: 1, character: 0 } },
      'GET user\n',
    );
    assert.match(text(await resolve(client, list, 'StartDate')) ?? '', /date and time · field of CourseDate/);
    assert.match(text(await resolve(client, list, 'contains')) ?? '', /contains the text/);
  });

  it('returns an item that it does not know as it is', async () => {
    const { client, list } = await listAt(FILTER, VSCODE_COMPLETION);
    const ask = async (item: object) =>
      client.connection.sendRequest<CompletionItem>('completionItem/resolve', item);
    for (const data of [undefined, null, 7, 'x', {}, { list: 'x' }, { list: 99 }])
      assert.deepEqual(await ask({ label: 'StartDate', kind: 5, data }), {
        label: 'StartDate',
        kind: 5,
        ...(data === undefined ? {} : { data }),
      });
    for (let more = 0; more < 4; more++) await again(client, FILTER);
    assert.equal(text(await resolve(client, list, 'StartDate')), undefined, 'the list is forgotten');
  });

  it('resolves nothing for clients without defaults in another way', async () => {
    const { client, list } = await listAt(FILTER, {
      completionItem: { resolveSupport: { properties: ['documentation'] } },
    });
    assert.equal(list.itemDefaults, undefined);
    assert.match(text(await resolve(client, list, 'StartDate')) ?? '', /StartDate/);
  });

  it('tells once what most items have in common', async () => {
    const { list } = await listAt(FILTER, VSCODE_COMPLETION, true);
    const data: unknown = list.itemDefaults?.data;
    assert.deepEqual(data, { list: 1, again: true });
    assert.deepEqual(list.itemDefaults?.editRange, {
      start: { line: 1, character: 10 },
      end: { line: 1, character: 10 },
    });
    const start = list.items.find(({ label }) => label === 'StartDate');
    assert.deepEqual([start?.textEdit, start?.textEditText], [undefined, 'StartDate ']);
    assert.equal(start?.command, undefined);
  });

  it('opens the list again by a command where the client knows no data of a list', async () => {
    const { list } = await listAt(FILTER, undefined, true);
    assert.equal(list.items[0]?.command?.command, 'editor.action.triggerSuggest');
  });

  it('shows what an operator means on every line, where the client can', async () => {
    const marked = 'GET coursedate\n$filter = Cost $0';
    const less = async (completion: Completion | undefined) =>
      (await listAt(marked, completion)).list.items.find(({ label }) => label === 'lt');
    const shown = await less(VSCODE_COMPLETION);
    assert.deepEqual([shown?.labelDetails, shown?.detail], [{ description: 'is less than  <' }, undefined]);
    const plain = await less(undefined);
    assert.deepEqual([plain?.labelDetails, plain?.detail], [undefined, 'is less than  <']);
  });

  it('offers values that the client learnt, and to look up others by its command', async () => {
    const client = await LspClient.start({ commands: true }, undefined, undefined, {
      textDocument: { completion: VSCODE_COMPLETION },
    });
    clients.push(client);
    const { root } = metadata;
    const { connection } = client;
    await connection.sendNotification('apq/setConnections', {
      connections: [{ name: 'Demo', root, production: false }],
      active: 'Demo',
    });
    await connection.sendNotification('apq/setMetadata', { root, text: JSON.stringify(metadata) });
    const field = {
      module: 'CourseDate',
      field: 'VenueTown',
      values: [{ value: 'York', count: 9 }],
      records: 20,
      learntAt: new Date().toISOString(),
    };
    const data = { fields: [field], records: [], naming: {}, learns: true };
    await connection.sendNotification('apq/setKnownData', { connection: 'Demo', root, data });
    const place = "GET coursedate\n$filter = VenueTown eq '$0'";
    const { items } = await again(client, place);
    assert.deepEqual(
      items.map(({ label, labelDetails, command }) => [label, labelDetails?.description, command?.command]),
      [
        ['York', 'in 9 of 20 records, learnt today', undefined],
        ['Look up values…', undefined, 'apq.lookUpValues'],
      ],
    );
    assert.deepEqual(items[1]?.command?.arguments, [
      { connection: 'Demo', module: 'CourseDate', field: 'VenueTown' },
    ]);
    await connection.sendNotification('apq/setKnownData', { connection: 'Demo', root, data: null });
    assert.deepEqual((await again(client, place)).items, [], 'what was learnt is forgotten');
  });

  it('keeps its order by sortText where a client sorts by that, or else by the label', async () => {
    for (const marked of [FILTER, 'GET long\n$filter = $0', "GET coursedate\n$filter = Status eq 'x' $0"]) {
      const { items } = (await listAt(marked, VSCODE_COMPLETION)).list;
      const keys = items.map(({ sortText, label }) => sortText ?? label);
      assert.deepEqual(keys, keys.toSorted(), marked);
      const low = keys.map((key) => key.toLowerCase());
      assert.deepEqual(low, low.toSorted(), marked);
    }
  });
});
