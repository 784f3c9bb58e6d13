/** All commands by their ids. */
import * as vscode from 'vscode';
import type { Connection } from '#core/connections/connection';
import type { HistoryEntry } from '#core/history/history';
import type { FieldNode, ModuleNode } from '../connections/connections-view';
import type { HistoryView } from '../history/history-view';
import type { Services } from '../services';
import { addConnection } from '../connections/add-connection';
import { copyName, findField, insertName, newQuery } from '../metadata/browse-metadata';
import { copyAs } from '../sharing/copy-as';
import { duplicateConnection } from '../connections/duplicate-connection';
import { changeCredentials, editConnection } from '../connections/edit-connection';
import { importFile, pasteAsRequest } from '../sharing/import';
import { removeConnection, switchConnection } from '../connections/manage-connections';
import { newFile } from '../workbench/new-file';
import { openSamplePlatform } from '../sample/open-sample';
import { fetchToFile } from '../running/fetch-to-file';
import { clearHistory, compareEntries, openEntry, runEntry } from '../history/history-commands';
import { copyRequest, previewRequest } from '../running/preview-request';
import { runRequest, runRequests } from '../running/run-request';
import { shareConnections, takeConnections } from '../connections/share-connections';
import { testAConnection } from '../connections/test-connection';
import { showInformation } from '../workbench/messages';

export function registerCommands(services: Services, historyView: HistoryView): vscode.Disposable[] {
  const { connections, metadata, output, history } = services;

  /** The connection that a menu of the view or a button of a message passes; undefined: none was passed. */
  const given = (value: unknown): Connection | undefined => {
    const holder = member(value, 'connection') ?? value;
    const id = member(holder, 'id');
    return connections.all.find((each) => each.id === id);
  };
  const on = (use: (services: Services, connection?: Connection) => unknown) => (value?: unknown) =>
    use(services, given(value));

  const commands: Readonly<Record<string, (...args: unknown[]) => unknown>> = {
    'apq.runRequest': (uri, index) => runRequest(services, ...target(uri, index), 'run'),
    'apq.countRequest': (uri, index) => runRequest(services, ...target(uri, index), 'count'),
    'apq.fetchAll': (uri, index) => runRequest(services, ...target(uri, index), 'all'),
    'apq.fetchToFile': (uri, index) => fetchToFile(services, ...target(uri, index)),
    'apq.runSelected': () => runRequests(services, 'selected'),
    'apq.runAll': () => runRequests(services, 'all'),
    'apq.previewRequest': (uri, index) => previewRequest(services, ...target(uri, index)),
    'apq.copyRequest': (uri, index) => copyRequest(services, ...target(uri, index)),
    'apq.copyAs': (uri, index, language) =>
      copyAs(services, ...target(uri, index), typeof language === 'string' ? language : undefined),
    'apq.importFile': (uri) => importFile(services, uri instanceof vscode.Uri ? uri : undefined),
    'apq.pasteAsRequest': () => pasteAsRequest(services),
    'apq.addConnection': () => addConnection(services),
    'apq.switchConnection': () => switchConnection(services),
    'apq.useConnection': (value) => {
      const connection = given(value);
      return connection === undefined ? switchConnection(services) : connections.activate(connection);
    },
    'apq.editConnection': on(editConnection),
    'apq.testConnection': on(testAConnection),
    'apq.duplicateConnection': on(duplicateConnection),
    'apq.removeConnection': on(removeConnection),
    'apq.updateCredentials': (value) => {
      const connection = given(value) ?? connections.active;
      return connection === undefined ? addConnection(services) : changeCredentials(services, connection);
    },
    'apq.exportConnections': () => shareConnections(services),
    'apq.importConnections': () => takeConnections(services),
    'apq.refreshMetadata': (value) => {
      const connection = given(value) ?? connections.active;
      return connection === undefined ? switchConnection(services) : metadata.refresh(connection);
    },
    'apq.findField': on(findField),
    'apq.newQueryFromModule': (value) => (isModule(value) ? newQuery(services, value) : findField(services)),
    'apq.insertField': (value) => (isField(value) ? insertName(value) : findField(services)),
    'apq.copyName': (value) =>
      isField(value) ? copyName(value.field.name) : isModule(value) ? copyName(value.module.name) : undefined,
    'apq.openSamplePlatform': () => openSamplePlatform(services),
    'apq.openHistoryEntry': (value) => ofHistory(value, (entry) => openEntry(services, entry)),
    'apq.runHistoryEntry': (value) => ofHistory(value, (entry) => runEntry(services, entry)),
    // The menu passes all that are selected beside the one that was clicked.
    'apq.removeHistoryEntry': async (value, selected) => {
      for (const each of Array.isArray(selected) && selected.length > 0 ? (selected as unknown[]) : [value])
        await ofHistory(each, async (entry) => history.remove(entry.id));
    },
    'apq.compareHistoryEntries': () => {
      const [one, other] = historyView.view.selection;
      return one === undefined || other === undefined
        ? showInformation('Select two entries of the history to compare them.')
        : compareEntries(services, one, other);
    },
    'apq.clearHistory': () => clearHistory(services),
    'apq.showOutput': () => output.show(),
    'apq.newFile': newFile,
  };
  /** An entry comes back through the editor: the history's own is used. */
  const ofHistory = async (value: unknown, use: (entry: HistoryEntry) => unknown): Promise<void> => {
    const id = member(value, 'id');
    const entry = (await history.entries()).find((each) => each.id === id);
    if (entry !== undefined) await use(entry);
  };

  return Object.entries(commands).map(([id, run]) => vscode.commands.registerCommand(id, run));
}

/** The arguments of a code lens; a menu passes others, and a key none: then the cursor says which request is meant. */
const target = (uri: unknown, index: unknown): [uri: string | undefined, index: number | undefined] => [
  typeof uri === 'string' ? uri : undefined,
  typeof index === 'number' ? index : undefined,
];

function member(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null
    ? Object.entries(value).find(([key]) => key === name)?.[1]
    : undefined;
}

// Nodes of our own view come back through the editor.
const isModule = (value: unknown): value is ModuleNode => member(value, 'kind') === 'module';
const isField = (value: unknown): value is FieldNode => member(value, 'kind') === 'field';
