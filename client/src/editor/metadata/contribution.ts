/** Metadata: refreshing, searching, and new queries from a module. */
import * as vscode from 'vscode';
import { givenConnection } from '../connections/given-connection';
import type { FieldNode, ModuleNode } from '../connections/tree-items';
import { member, registerCommands } from '../workbench/commands';
import { copyName, findField, insertName } from './browse-metadata';
import { newFile, newQuery } from './new-query';
import type { MetadataParts } from './parts';

export function contributeMetadata(parts: MetadataParts): vscode.Disposable[] {
  const { connections, metadata } = parts;
  return [
    metadata,
    ...registerCommands({
      'apq.refreshMetadata': (value) => {
        const connection = givenConnection(connections, value) ?? connections.active;
        return connection === undefined
          ? vscode.commands.executeCommand('apq.switchConnection')
          : metadata.refresh(connection);
      },
      'apq.findField': (value) => findField(parts, givenConnection(connections, value)),
      'apq.newFile': async () => newFile(parts),
      'apq.newQueryFromModule': (value) => (isModule(value) ? newQuery(parts, value) : findField(parts)),
      'apq.insertField': (value) => (isField(value) ? insertName(value) : findField(parts)),
      'apq.copyName': (value) =>
        isField(value)
          ? copyName(value.field.name)
          : isModule(value)
            ? copyName(value.module.name)
            : undefined,
    }),
  ];
}

// The editor passes nodes of the view back.
const isModule = (value: unknown): value is ModuleNode => member(value, 'kind') === 'module';
const isField = (value: unknown): value is FieldNode => member(value, 'kind') === 'field';
