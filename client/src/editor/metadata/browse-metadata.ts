/** The commands on modules and fields in the view of connections: a new query, inserting and copying names, finding a field. */
import * as vscode from 'vscode';
import type { Connection } from '#core/connections/connection';
import { forLabel } from '#core/text/foreign-text';
import type { FieldInfo, ModuleInfo } from '#language';
import type { FieldNode, ModuleNode } from '../connections/connections-view';
import { showInformation } from '../workbench/messages';
import { type Choice, choose } from '../workbench/questions';
import type { MetadataParts } from './parts';

/** How many fields are selected in a new query, at most. */
const MAX_FIELDS = 6;

/** Opens an untitled file with a request on this module, which names the connection unless it is the one in use. */
export async function newQuery(
  { connections }: MetadataParts,
  { connection, module }: ModuleNode,
): Promise<void> {
  const editor = await vscode.window.showTextDocument(
    await vscode.workspace.openTextDocument({ language: 'apq', content: '' }),
  );
  const escape = (text: string) => text.replace(/[\\$}]/g, '\\$&');
  const fields = likelyFields(module.fields ?? []);
  const lines = [
    `### \${1:${escape(module.name)}}`,
    ...(connections.active?.id === connection.id ? [] : [`# @connection ${escape(connection.name)}`]),
    `GET ${escape(module.name)}`,
    ...(fields.length === 0 ? [] : [`\\$select = ${fields.map(escape).join(', ')}`]),
    '\\$top    = ${2:50}',
    '$0',
  ];
  await editor.insertSnippet(new vscode.SnippetString(lines.join('\n')));
}

/** Puts the fields that tell records apart before the platform's own book-keeping. */
function likelyFields(fields: readonly FieldInfo[]): string[] {
  const rank = ({ name }: FieldInfo) =>
    /^ID$/i.test(name)
      ? 0
      : /^(label|name|title|surname|forenames|email|status|startdate)$/i.test(name)
        ? 1
        : 2;
  return [...fields]
    .sort((a, b) => rank(a) - rank(b))
    .slice(0, MAX_FIELDS)
    .map(({ name }) => name);
}

/** Inserts the name into the editor that was used last. */
export async function insertName({ field }: FieldNode): Promise<void> {
  const editor = vscode.window.activeTextEditor ?? vscode.window.visibleTextEditors[0];
  if (editor === undefined) {
    await copyName(field.name);
    return;
  }
  const shown = await vscode.window.showTextDocument(editor.document, editor.viewColumn);
  const insert = () =>
    shown.edit((edit) => {
      for (const selection of shown.selections) edit.replace(selection, field.name);
    });
  // VS Code silently refuses an edit when the text has changed in between.
  if (!(await insert())) await insert();
}

export async function copyName(name: string): Promise<void> {
  await vscode.env.clipboard.writeText(name);
  vscode.window.setStatusBarMessage(`$(check) ${forLabel(name)} copied`, 4000);
}

interface Found {
  readonly module: ModuleInfo;
  readonly field?: FieldInfo;
}

/** Lets the user search all modules and fields of a connection by any part of a name. */
export async function findField(parts: MetadataParts, given?: Connection): Promise<void> {
  const connection = given ?? parts.connections.active;
  const known = connection === undefined ? undefined : parts.metadata.of(connection);
  if (connection === undefined || known === undefined) {
    const choice = await showInformation('There is no metadata to search yet.', 'Refresh Metadata');
    if (choice !== undefined) await vscode.commands.executeCommand('apq.refreshMetadata');
    return;
  }
  const choices = known.modules.flatMap((module): Choice<Found>[] => [
    { icon: 'symbol-class', label: module.name, description: 'module', value: { module } },
    ...(module.fields ?? []).map((field) => ({
      label: field.name,
      description: `${module.name} · ${field.type}`,
      value: { module, field },
    })),
  ]);
  const missing = known.modules.filter(({ fields }) => fields === undefined).length;
  const placeHolder =
    missing === 0
      ? 'A field or a module'
      : `A field or a module (the fields of ${missing} modules are still to come)`;
  const choice = await choose({ title: `Find in ${connection.name}`, placeHolder }, choices);
  if (choice === undefined) return;
  const { module, field } = choice;
  if (field === undefined) await newQuery(parts, { kind: 'module', connection, module });
  else await insertName({ kind: 'field', connection, module, field });
}
