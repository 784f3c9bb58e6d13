/** *Look Up Values…*: asks the platform for the values of one field, on request only. */
import * as vscode from 'vscode';
import type { Connection } from '#core/connections/connection';
import { type LookedUp, lookUp, refusalOf, type Wanted } from '#core/known/look-up';
import { describeWait } from '#core/remote/allowance';
import { isCancelled } from '#core/remote/api-error';
import { describeRetry } from '#core/remote/retry';
import { ByName, Catalog, type FieldInfo, fieldSummary, type ModuleInfo } from '#language';
import { CLIENT_COMMANDS, type LookUpValuesParams } from '#protocol';
import { member } from '../workbench/commands';
import { showError } from '../workbench/errors';
import { showInformation } from '../workbench/messages';
import { inNotification } from '../workbench/progress';
import { choose } from '../workbench/questions';
import { setting } from '../workbench/settings';
import { isUntrusted } from '../workbench/trust';
import type { KnownCommandParts } from './parts';

/** What the list of values passes; undefined when the command came from elsewhere. */
export function lookUpParams(value: unknown): LookUpValuesParams | undefined {
  const [connection, module, field] = ['connection', 'module', 'field'].map((name) => member(value, name));
  return typeof connection === 'string' && typeof module === 'string' && typeof field === 'string'
    ? { connection, module, field }
    : undefined;
}

/** Without `given`, asks for module and field. */
export async function lookUpValues(parts: KnownCommandParts, given?: LookUpValuesParams): Promise<void> {
  const place = caret();
  if (!(await mayLearn()) || isUntrusted('this file')) return;
  const connection = await connectionFor(parts, given?.connection);
  if (connection === undefined) return;
  try {
    const module = await moduleFor(parts, connection, given?.module);
    const field = module === undefined ? undefined : await fieldFor(module, given?.field);
    if (module === undefined || field === undefined) return;
    const wanted = {
      ...{ module: module.name, field: field.name, fields: module.fields ?? [] },
      people: parts.hub.peopleOf(connection),
    };
    const found = await ask(parts, connection, wanted);
    void showInformation(found.sentence);
    if (found.learnt !== undefined && found.learnt.refused === undefined) await reopen(place);
  } catch (error) {
    if (!isCancelled(error))
      showError(error, parts.output, () => void lookUpValues(parts, given), connection);
  }
}

async function mayLearn(): Promise<boolean> {
  if (setting('completion.learnValues')) return true;
  const choice = await showInformation(
    'Learning values is switched off in the settings, so none are looked up.',
    'Open Settings',
  );
  if (choice !== undefined)
    await vscode.commands.executeCommand('workbench.action.openSettings', 'apq.completion.learnValues');
  return false;
}

/** The connection whose values are shown; else the one in use. */
async function connectionFor(
  { connections }: KnownCommandParts,
  name: string | undefined,
): Promise<Connection | undefined> {
  const found = connections.of({ connection: name });
  if (found !== undefined) return found;
  const choice = await showInformation('No connection is in use: choose one first.', 'Switch Connection');
  if (choice !== undefined) await vscode.commands.executeCommand('apq.switchConnection');
  return undefined;
}

/** Throws `ApiError`. */
async function moduleFor(
  { metadata }: KnownCommandParts,
  connection: Connection,
  name: string | undefined,
): Promise<ModuleInfo | undefined> {
  await metadata.modules(connection);
  const find = (module: string) => {
    const known = metadata.of(connection);
    return known === undefined ? undefined : new Catalog(known).module(module)?.info;
  };
  const modules = metadata.of(connection)?.modules ?? [];
  const chosen =
    name ??
    (await choose(
      { title: 'Look Up Values', placeHolder: 'The module whose field it is' },
      modules.map((each) => ({ label: each.name, value: each.name })),
    ));
  const found = chosen === undefined ? undefined : find(chosen);
  if (found === undefined || found.fields !== undefined) return found;
  await metadata.fields(connection, found.name);
  return find(found.name);
}

async function fieldFor(module: ModuleInfo, name: string | undefined): Promise<FieldInfo | undefined> {
  const fields = module.fields ?? [];
  const wantedOf = (field: FieldInfo): Wanted => ({ module: module.name, field: field.name, fields });
  if (name === undefined)
    return choose(
      { title: `Look Up Values of ${module.name}`, placeHolder: 'A field that may hold a list of values' },
      fields
        .filter((each) => refusalOf(wantedOf(each)) === undefined)
        .map((each) => ({ label: each.name, description: fieldSummary(each), value: each })),
    );
  const field = new ByName(fields).get(name);
  const refusal = field === undefined ? `${module.name} has no field ${name}.` : refusalOf(wantedOf(field));
  if (refusal === undefined) return field;
  void showInformation(refusal);
  return undefined;
}

/** Throws `ApiError`, also when the user cancels: then nothing is kept. */
async function ask(
  { hub, connections, sample }: KnownCommandParts,
  connection: Connection,
  wanted: Wanted,
): Promise<LookedUp> {
  return inNotification(
    `APQ: looking up values of ${wanted.field} in ${connection.name}`,
    async ({ signal, report }) => {
      const ready = await sample.ready(connection);
      const stay = hub.stay(ready);
      const found = await lookUp(connections.client(ready), wanted, {
        signal,
        concurrency: setting('fetch.concurrency'),
        onPage: (records) => report(`${records.toLocaleString('en-GB')} records`),
        onRetry: (retry) => report(describeRetry(retry)),
        onWait: (milliseconds) => report(describeWait(milliseconds)),
      });
      if (found.learnt !== undefined && !signal.aborted) await hub.keepLookedUp(ready, stay, found.learnt);
      return found;
    },
    { cancellable: true },
  );
}

/** Where the user is, to come back to. */
interface Caret {
  readonly editor: vscode.TextEditor;
  readonly version: number;
  readonly position: vscode.Position;
}

function caret(): Caret | undefined {
  const editor = vscode.window.activeTextEditor;
  return editor?.document.languageId === 'apq'
    ? { editor, version: editor.document.version, position: editor.selection.active }
    : undefined;
}

/** Opens the list again, unless the user has gone on meanwhile. */
async function reopen(place: Caret | undefined): Promise<void> {
  const now = caret();
  if (place === undefined || now === undefined || place.editor !== now.editor) return;
  if (place.version === now.version && place.position.isEqual(now.position))
    await vscode.commands.executeCommand(CLIENT_COMMANDS.suggest);
}
