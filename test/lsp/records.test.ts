/** Records behind IDs, over stdio: what is offered, the search that is asked for, and names beside IDs. */
import assert from 'node:assert/strict';
import type { CompletionList, InlayHint } from 'vscode-languageserver/node';
import type { NamesChange, PlatformData } from '#language';
import {
  CHANGE_KNOWN_DATA,
  METADATA_WANTED,
  type MetadataWantedParams,
  RECORDS_SEARCHED,
  RECORDS_WANTED,
  type RecordsSearchedParams,
  type RecordsWantedParams,
  SET_CONNECTIONS,
  SET_KNOWN_DATA,
  SET_METADATA,
} from '#protocol';
import { metadata } from '../language/support/metadata';
import { LspClient } from '../support/lsp';

const URI = 'file:///a.apq';
const ROOT = metadata.root;
const DATA: PlatformData = {
  fields: [],
  records: [{ module: 'User', names: [['1042', 'Carol Byrne']] }],
  naming: { Overview: 'nonsense' },
  learns: true,
};
const METADATA = JSON.stringify({
  ...metadata,
  fetchedAt: new Date().toISOString(),
  modules: [
    ...metadata.modules,
    {
      name: 'Booking',
      fields: ['ID', 'UserID', 'VenueID'].map((name) => ({
        name,
        type: 'string',
        filterable: true,
        sortable: true,
      })),
    },
  ],
});

describe('records behind IDs, over stdio', () => {
  let client: LspClient;
  let wanted: RecordsWantedParams[];
  let metadataWanted: MetadataWantedParams[];
  let refreshed: number;

  const start = async (options: object) => {
    client = await LspClient.start(options, undefined, undefined, {
      workspace: { inlayHint: { refreshSupport: true } },
    });
    [wanted, metadataWanted, refreshed] = [[], [], 0];
    client.connection.onNotification(RECORDS_WANTED, (each: RecordsWantedParams) => void wanted.push(each));
    client.connection.onNotification(
      METADATA_WANTED,
      (each: MetadataWantedParams) => void metadataWanted.push(each),
    );
    client.connection.onRequest('workspace/inlayHint/refresh', () => {
      refreshed++;
      return null;
    });
    await client.connection.sendNotification(SET_CONNECTIONS, {
      active: 'Demo',
      connections: ['Demo', 'Clerk'].map((name) => ({ name, root: ROOT, production: false })),
    });
    await client.connection.sendNotification(SET_METADATA, { root: ROOT, text: METADATA });
    await know(DATA);
  };
  afterEach(async () => client.stop());

  const know = (data: PlatformData | null, connection = 'Demo') =>
    client.connection.sendNotification(SET_KNOWN_DATA, { connection, root: ROOT, data });
  const change = (records: readonly NamesChange[], connection = 'Demo') =>
    client.connection.sendNotification(CHANGE_KNOWN_DATA, {
      ...{ connection, root: ROOT, change: { fields: [], gone: [], records } },
    });

  /** The list at `$0`, as the label, the text after taking it, and whether the editor is to ask again. */
  async function listAt(marked: string): Promise<CompletionList> {
    const before = marked.slice(0, marked.indexOf('$0'));
    await client.open(URI, marked.replace('$0', ''));
    const lines = before.split('\n');
    const list: CompletionList | null = await client.connection.sendRequest('textDocument/completion', {
      textDocument: { uri: URI },
      position: { line: lines.length - 1, character: lines.at(-1)?.length ?? 0 },
    });
    assert.ok(list);
    return list;
  }
  const labels = ({ items }: CompletionList) => items.map(({ label }) => label);

  it('offers a person by name, asks for a search with two letters, and never waits for it', async () => {
    await start({ commands: true });
    const list = await listAt("GET booking\n$filter = UserID eq 'ca$0'");
    assert.deepEqual(labels(list), ['Carol Byrne', 'Searching User for “ca”…']);
    assert.equal(list.isIncomplete, true);
    assert.deepEqual(list.items[0]?.textEdit, {
      range: { start: { line: 1, character: 21 }, end: { line: 1, character: 23 } },
      newText: '1042',
    });
    assert.deepEqual(wanted, [
      {
        connection: 'Demo',
        module: 'User',
        labels: ['Forenames', 'Surname'],
        text: 'ca',
        uri: URI,
        position: { line: 1, character: 23 },
      },
    ]);
  });

  it('asks nothing for a text that was searched, and says what came of it', async () => {
    await start({ commands: true });
    const searched: RecordsSearchedParams = { connection: 'Demo', module: 'User', text: 'xy', whole: true };
    await client.connection.sendNotification(RECORDS_SEARCHED, searched);
    const list = await listAt("GET booking\n$filter = UserID eq 'xyz$0'");
    assert.deepEqual(labels(list), ['No User has “xyz” in its name']);
    assert.equal(list.isIncomplete, true);
    assert.deepEqual(wanted, []);
    await know(null);
    await know(DATA);
    assert.deepEqual(labels(await listAt("GET booking\n$filter = UserID eq 'xyz$0'")), [
      'Searching User for “xyz”…',
    ]);
    assert.equal(wanted.length, 1);
    // Names end with their user: the next one may see other records.
    await client.connection.sendNotification(RECORDS_SEARCHED, searched);
    await know({ ...DATA, records: [] });
    assert.deepEqual(labels(await listAt("GET booking\n$filter = UserID eq 'xyz$0'")), [
      'Searching User for “xyz”…',
    ]);
  });

  it('offers the name with a quote in it, and writes the ID in quotes', async () => {
    await start({ commands: true });
    await know({ ...DATA, records: [{ module: 'User', names: [["O'1", "Rory O'Brien"]] }] });
    const { items } = await listAt("GET booking\n$filter = UserID eq 'O''B$0'");
    assert.deepEqual([items[0]?.label, items[0]?.textEdit?.newText], ["Rory O'Brien", "O''1"]);
    assert.equal(wanted[0]?.text, "O'B");
  });

  it('asks for the metadata of a module whose label field is not known yet', async () => {
    await start({ commands: true });
    await listAt("GET booking\n$filter = VenueID eq 'ca$0'");
    assert.deepEqual(wanted, []);
    assert.deepEqual(metadataWanted, [{ root: ROOT, module: 'Venue', doubted: false }]);
  });

  it('sends a whole list everywhere else', async () => {
    await start({ commands: true });
    for (const marked of ['GET $0', "GET coursedate\n$filter = Status eq '$0'", 'GET user\n$filter = $0'])
      assert.equal((await listAt(marked)).isIncomplete, false, marked);
  });

  it('asks nothing of a client without our commands, or one that does not learn', async () => {
    await start({});
    const list = await listAt("GET booking\n$filter = UserID eq 'ca$0'");
    assert.deepEqual(labels(list), ['Carol Byrne']);
    await client.stop();
    await start({ commands: true });
    await know({ ...DATA, learns: false });
    assert.deepEqual(labels(await listAt("GET booking\n$filter = UserID eq 'ca$0'")), ['Carol Byrne']);
    assert.deepEqual(wanted, []);
  });

  it('shows the name behind a known ID, and lets the editor ask anew when names arrive', async () => {
    await start({ commands: true });
    await client.open(URI, "GET booking\n$filter = UserID eq '1042'\n");
    const hints: InlayHint[] = await client.connection.sendRequest('textDocument/inlayHint', {
      textDocument: { uri: URI },
      range: { start: { line: 0, character: 0 }, end: { line: 2, character: 0 } },
    });
    assert.deepEqual(
      hints.map(({ label, position }) => [label, position]),
      [['Carol Byrne', { line: 1, character: 26 }]],
    );
    assert.match(await client.hover(URI, { line: 1, character: 23 }), /Carol Byrne/);
    assert.ok(refreshed > 0, 'the editor is told');
  });

  it('takes what changed, in the order in which it comes, and nothing before it was told all', async () => {
    await start({ commands: true });
    const offered = async (connection: string) =>
      labels(await listAt(`# @connection ${connection}\nGET booking\n$filter = UserID eq '$0'`)).slice(0, -1);
    await change([{ module: 'User', names: [['1', 'Nobody’s']], gone: [] }], 'Clerk');
    assert.deepEqual(await offered('Clerk'), []);
    await change([{ module: 'user', names: [['1043', 'Rosa Vega']], gone: [] }]);
    assert.deepEqual(await offered('Demo'), ['Carol Byrne', 'Rosa Vega']);
    await change([{ module: 'User', names: [['1043', 'Rosa V.']], gone: ['1042'] }]);
    await change([{ module: 'User', names: [['1044', 'Ana Cruz']], gone: ['1043'] }]);
    assert.deepEqual(await offered('Demo'), ['Ana Cruz']);
    await know(DATA);
    assert.deepEqual(await offered('Demo'), ['Carol Byrne']);
    assert.deepEqual(await offered('Clerk'), []);
  });

  it('searches, looks up and knows on the connection that a request names, else on the one in use', async () => {
    await start({ commands: true });
    await know({ ...DATA, records: [{ module: 'User', names: [['7', 'Carl Clerk']] }] }, 'Clerk');
    const lists = {
      '': ['Carol Byrne', 'Demo'],
      '# @connection clerk\n': ['Carl Clerk', 'Clerk'],
      '# @connection Demo\n': ['Carol Byrne', 'Demo'],
    };
    for (const [directive, [name, connection]] of Object.entries(lists)) {
      const list = await listAt(`${directive}GET booking\n$filter = UserID eq 'ca$0'`);
      assert.deepEqual([labels(list)[0], wanted.at(-1)?.connection], [name, connection]);
      const { items } = await listAt(`${directive}GET coursedate\n$filter = VenueTown eq '$0'`);
      const command = items.find((each) => each.command !== undefined)?.command;
      assert.deepEqual(command?.arguments, [{ connection, module: 'CourseDate', field: 'VenueTown' }]);
    }
  });

  it('logs once what is wrong with the setting', async () => {
    await start({ commands: true });
    await know(DATA);
    await listAt("GET booking\n$filter = UserID eq '$0'");
    assert.equal(client.log.filter((line) => line.includes('apq.completion.recordNames')).length, 1);
  });
});
