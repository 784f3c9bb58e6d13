/** New files with a query to change: of a module, or of one that is asked for. */
import * as vscode from 'vscode';
import type { Connection } from '#core/connections/connection';
import {
  commonModulesFirst,
  describeModule,
  type ModuleInfo,
  readyQueries,
  type ReadyQuery,
} from '#language';
import type { ModuleNode } from '../connections/tree-items';
import { emptyEditor } from '../workbench/empty-file';
import { showInformation } from '../workbench/messages';
import { inNotification } from '../workbench/progress';
import { type Choice, choose } from '../workbench/questions';
import type { MetadataParts } from './parts';
import { FIRST_QUERY, snippetOf } from './query-snippet';

/** *New Query File*: asks for the module first, where any are known. */
export async function newFile(parts: MetadataParts): Promise<void> {
  const connection = parts.connections.active;
  const known = connection === undefined ? undefined : parts.metadata.of(connection);
  if (connection === undefined || known === undefined || known.modules.length === 0) {
    await insert(FIRST_QUERY);
    return;
  }
  const module = await choose(
    { title: 'New Query File', placeHolder: 'Choose what the query is about' },
    commonModulesFirst(known.modules).map((value): Choice<ModuleInfo> => {
      const description = describeModule(value.name);
      return description === undefined
        ? { label: value.name, value }
        : { label: value.name, description, value };
    }),
  );
  if (module !== undefined) await newQuery(parts, { kind: 'module', connection, module });
}

/**
 * Opens an untitled file with a query on this module that the user chooses, the empty one first. It names the connection
 * unless it is the one in use.
 */
export async function newQuery(
  parts: MetadataParts,
  { connection, module: chosen }: ModuleNode,
): Promise<void> {
  const { connections, known } = parts;
  const module = await withFields(parts, connection, chosen);
  const valuesOf = (field: string) =>
    known.valuesOf(connection, module.name, field).map(({ value }) => value);
  const other = connections.active?.id === connection.id ? undefined : connection.name;
  const [empty, ...ready] = readyQueries(module, valuesOf, other);
  if (empty === undefined) {
    void showInformation('This module has a name that a request can’t have. Choose another one.');
    return;
  }
  const query = ready.length === 0 ? empty : await chooseQuery(module.name, [empty, ...ready]);
  if (query !== undefined) await insert(snippetOf(query));
}

/** The ready queries are made of the fields, so they are fetched where they are not known. The empty query needs none. */
async function withFields(
  { metadata }: MetadataParts,
  connection: Connection,
  module: ModuleInfo,
): Promise<ModuleInfo> {
  if (module.fields !== undefined) return module;
  await inNotification(
    `APQ: fetching the fields of ${module.name}`,
    async ({ signal }) => metadata.fields(connection, module.name, signal),
    { cancellable: true },
  ).catch(() => undefined);
  return metadata.of(connection)?.modules.find(({ name }) => name === module.name) ?? module;
}

const chooseQuery = async (module: string, queries: readonly ReadyQuery[]): Promise<ReadyQuery | undefined> =>
  choose(
    { title: `New Query from ${module}`, placeHolder: 'Choose what it asks for; you can change all of it' },
    queries.map((value) => ({ label: value.title, description: value.asks, value })),
  );

async function insert(snippet: string): Promise<void> {
  const editor = await emptyEditor();
  await editor.insertSnippet(new vscode.SnippetString(snippet));
}
