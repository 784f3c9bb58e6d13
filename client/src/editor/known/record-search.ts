/** Searches the platform for records while somebody types a name where an ID belongs, and opens the list again with what came. */
import * as vscode from 'vscode';
import type { Connection } from '#core/connections/connection';
import { MOST_FOUND, namesIn, type RecordSearch, searchRequest } from '#core/known/record-request';
import { type FoundRecords, RecordSearcher, restAfter } from '#core/known/record-search';
import { isCancelled } from '#core/remote/api-error';
import { describe } from '#core/remote/describe-error';
import { ONCE } from '#core/remote/retry';
import { readPage } from '#core/results/read-page';
import { nameKey } from '#core/text/names';
import { type RecordSearchOutcome, searchLastsMs } from '#language';
import { CLIENT_COMMANDS, type RecordsWantedParams } from '#protocol';
import type { Connections } from '../connections/connections';
import type { EditorMetadata } from '../metadata/editor-metadata';
import type { SamplePlatform } from '../sample/sample-platform';
import type { LanguageServer } from '../workbench/language-server';
import { setting } from '../workbench/settings';
import type { KnownDataHub } from './known-data-hub';

export interface RecordSearchParts {
  readonly connections: Pick<
    Connections,
    'named' | 'client' | 'isSignedOut' | 'isSample' | 'onDidChange' | 'onDidChangeUsers'
  >;
  readonly metadata: Pick<EditorMetadata, 'of'>;
  readonly sample: Pick<SamplePlatform, 'running'>;
  readonly server: Pick<LanguageServer, 'onRecordsWanted' | 'tellSearched' | 'list'>;
  readonly hub: Pick<KnownDataHub, 'stay' | 'rememberNames' | 'onDidForget'>;
}

/** Where somebody types, and on which connection. */
type Place = Pick<RecordsWantedParams, 'uri' | 'position'> & { readonly connection: Connection };

/** Starts to follow what the server asks for. */
export function searchRecords(parts: RecordSearchParts): vscode.Disposable {
  const { list } = parts.server;
  const searcher = new RecordSearcher<Place>({
    find: async (search, { connection }, signal) => {
      const stay = parts.hub.stay(connection);
      const found = await findRecords(search, connection, parts, signal);
      if (found !== undefined && found.names.length > 0)
        await parts.hub.rememberNames(connection, stay, search.module, found.names);
      return found;
    },
    tell: (search, { outcome }, place) => void tell(search, outcome, place, parts),
    lastsMs: searchLastsMs,
    clock: {
      now: Date.now,
      after: (milliseconds, work) => {
        const timer = setTimeout(work, milliseconds);
        return () => clearTimeout(timer);
      },
    },
  });
  const forget = () => {
    searcher.forget();
    list.unwatch();
  };
  /** Returns whether it is asked for. */
  const want = (search: RecordSearch, { uri, position }: Pick<Place, 'uri' | 'position'>): boolean => {
    const connection = parts.connections.named(search.connection);
    // The file that is being written could come from someone else: nothing of it is sent where no request may run.
    if (connection === undefined || !vscode.workspace.isTrusted || !setting('completion.learnValues'))
      return false;
    if (position !== null) list.watch();
    searcher.want(search, { uri, position, connection });
    return true;
  };
  /** Whoever waits for a search gets an answer, even if it is that nobody is signed in any more. */
  const beginAgain = () => {
    const waiting = searcher.forget();
    if (waiting === undefined || !want(waiting.search, waiting.place)) list.unwatch();
  };
  return vscode.Disposable.from(
    parts.server.onRecordsWanted(({ uri, position, ...search }) => void want(search, { uri, position })),
    // Another user may be signed in.
    parts.connections.onDidChange(beginAgain),
    parts.connections.onDidChangeUsers(beginAgain),
    parts.hub.onDidForget(beginAgain),
    { dispose: forget },
  );
}

const failed = (problem: string): FoundRecords => ({ names: [], outcome: { whole: false, problem } });

/** Never throws, asks once, and never lets a prompt appear: the user is typing. */
async function findRecords(
  search: RecordSearch,
  connection: Connection,
  { connections, metadata, sample }: RecordSearchParts,
  signal: AbortSignal,
): Promise<FoundRecords | undefined> {
  if (connections.isSample(connection) && !sample.running)
    return failed('the sample platform is not running');
  if (connections.isSignedOut(connection)) return failed(`${connection.name} is signed out`);
  const client = connections.client(connection);
  const fields = metadata
    .of(connection)
    ?.modules.find(({ name }) => nameKey(name) === nameKey(search.module))?.fields;
  const isSortable = (label: string) => fields?.find(({ name }) => name === label)?.sortable === true;
  const request = searchRequest(search, client.traits, isSortable);
  if (request === undefined) return failed('the text can’t be written in a filter of this platform');
  try {
    const response = await client.send(request, { signal, policy: ONCE });
    const { records } = readPage(response.json, client.traits.countNames);
    return {
      names: namesIn(records, search.labels),
      outcome: { whole: records.length < MOST_FOUND && searchedWhole(search) },
    };
  } catch (error) {
    if (isCancelled(error)) return undefined;
    const rest = restAfter(error);
    return { ...failed(describe(error).sentence), ...(rest === undefined ? {} : { rest }) };
  }
}

/** A search for a part of what was typed says nothing of longer texts. */
const searchedWhole = ({ labels, text }: RecordSearch) => labels.length === 1 && !text.includes("'");

async function tell(
  { connection, module, text }: RecordSearch,
  outcome: RecordSearchOutcome,
  { uri, position }: Place,
  { server }: RecordSearchParts,
): Promise<void> {
  await server.tellSearched({ connection, module, text, ...outcome });
  const { isOpen } = server.list;
  server.list.unwatch();
  // A list that was closed stays closed.
  if (!isOpen || !isStillThere(uri, position)) return;
  // VS Code does not ask again while the list is open.
  await vscode.commands.executeCommand('hideSuggestWidget');
  await vscode.commands.executeCommand(CLIENT_COMMANDS.suggest);
}

/** Whether the cursor is where it was, or further on in the same value. */
function isStillThere(uri: string, position: RecordsWantedParams['position']): boolean {
  if (position === null) return false;
  const { line, character } = position;
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined || vscode.Uri.parse(uri).toString() !== editor.document.uri.toString())
    return false;
  const { active, isEmpty } = editor.selection;
  if (!isEmpty || active.line !== line || active.character < character) return false;
  const typed = editor.document.getText(new vscode.Range(line, character, line, active.character));
  return !/['"/\s{}]/.test(typed.trimEnd());
}
