/** Refusals as messages: the reason, and what helps as a button. */
import { setTimeout as pause } from 'node:timers/promises';
import * as vscode from 'vscode';
import { fittingConnection } from '#core/connections/fitting';
import type { QueryFile } from '#core/running/query-file';
import type { Refusal } from '#core/running/refusal';
import type { Diagnostic } from '#language';
import type { Connections } from '../connections/connections';
import { showFailure, showInformation } from '../workbench/messages';
import { openDocument, rangeOf } from '../workbench/query-files';
import { showFile } from '../workbench/show-file';

/** `more` is a sentence that follows the reason. Waits for the user where a button is offered. */
export async function tellRefusal(
  refusal: Refusal,
  file: QueryFile,
  connections: Connections,
  more = '',
): Promise<void> {
  const { reason } = refusal;
  const text = more === '' ? refusal.message : `${refusal.message} ${more}`;
  switch (reason.kind) {
    case 'told':
      if (more !== '') void showInformation(more);
      return;
    case 'errors':
      await tellErrors(text, file, reason.errors);
      return;
    case 'no-connection':
    case 'unknown-connection':
      if ((await showFailure(text, 'Add Connection')) !== undefined)
        await vscode.commands.executeCommand('apq.addConnection');
      return;
    case 'read-only': {
      if ((await showFailure(text, 'Edit Connection')) !== undefined)
        await vscode.commands.executeCommand('apq.editConnection', reason.connection);
      return;
    }
    case 'changes-off':
      if ((await showFailure(text, 'Open Settings')) !== undefined)
        await vscode.commands.executeCommand('workbench.action.openSettings', 'apq.changes.level');
      return;
    case 'other-platform': {
      // A `# @connection` line decides, whatever connection is in use.
      const fitting =
        refusal.request.connection === undefined
          ? fittingConnection(reason.named, connections.all, reason.connection)
          : undefined;
      if (fitting === undefined) void showFailure(text);
      else if ((await showFailure(text, `Use ${fitting.name}`)) !== undefined)
        await connections.activate(fitting);
      return;
    }
    case 'stray-connection':
    case 'prompts':
    case 'values':
    case 'secret-environment':
    case 'no-environment':
    case 'after-failure':
    case 'not-agreed':
    case 'connection-changed':
    case 'needs':
    case 'table-changes':
      void showFailure(text);
      return;
  }
}

/** With *Fix All* where it mends something: one problem alone seldom is the last one. */
async function tellErrors(
  text: string,
  file: QueryFile,
  errors: readonly [Diagnostic, ...Diagnostic[]],
): Promise<void> {
  const fixes = (await canFixAll(file)) ? (['Fix All'] as const) : [];
  const buttons = [...fixes, 'Show Problem'] as const;
  switch (await showFailure<'Fix All' | 'Show Problem'>(text, ...buttons)) {
    case 'Fix All': {
      const document = openDocument(file);
      if (document === undefined) return;
      await showFile(document);
      await vscode.commands.executeCommand('editor.action.fixAll');
      return;
    }
    case 'Show Problem':
      await showProblem(file, errors[0]);
      return;
    case undefined:
      return;
  }
}

/** How long the message waits for the language server, which may hang; then it offers less. In milliseconds. */
const MOST_WAIT = 2000;

async function canFixAll(file: QueryFile): Promise<boolean> {
  const document = openDocument(file);
  if (document === undefined) return false;
  const actions: unknown = await Promise.race([
    vscode.commands.executeCommand(
      'vscode.executeCodeActionProvider',
      document.uri,
      new vscode.Range(0, 0, document.lineCount, 0),
      'source.fixAll',
    ),
    pause(MOST_WAIT),
  ]);
  return Array.isArray(actions) && actions.length > 0;
}

async function showProblem(
  file: QueryFile,
  span: { readonly offset: number; readonly length: number },
): Promise<void> {
  const document = openDocument(file);
  if (document === undefined) return;
  const editor = await showFile(document);
  const range = rangeOf(document, span);
  editor.selection = new vscode.Selection(range.start, range.end);
  editor.revealRange(range);
  await vscode.commands.executeCommand('editor.action.marker.next');
}
