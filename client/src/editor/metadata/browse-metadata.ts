/** The commands on modules and fields in the view of connections: inserting and copying names, finding a field. */
import * as vscode from 'vscode';
import type { Connection } from '#core/connections/connection';
import { forLabel } from '#core/text/foreign-text';
import { commonModulesFirst, type FieldInfo, fieldSummary, type ModuleInfo, moduleSummary } from '#language';
import type { FieldNode } from '../connections/tree-items';
import { showInformation } from '../workbench/messages';
import { type Choice, choose } from '../workbench/questions';
import { newQuery } from './new-query';
import type { MetadataParts } from './parts';

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
  const choices = commonModulesFirst(known.modules).flatMap((module): Choice<Found>[] => [
    {
      icon: 'symbol-class',
      label: module.name,
      description: moduleSummary(module),
      value: { module },
    },
    ...(module.fields ?? []).map((field) => ({
      label: field.name,
      description: `${module.name} · ${fieldSummary(field)}`,
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
