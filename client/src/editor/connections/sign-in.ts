/** Asking for a key, or a user name and password, until they work. */
import * as vscode from 'vscode';
import type { Connection } from '#core/connections/connection';
import type { Credentials } from '#core/connections/credentials';
import { describe } from '#core/remote/describe-error';
import { forNotification } from '#core/text/foreign-text';
import { showFailure } from '../workbench/messages';
import type { ConnectionParts } from './parts';

/** Returns credentials that work or that the user keeps anyway; undefined when the user gives up. Stores nothing. */
export async function signIn(
  parts: ConnectionParts,
  connection: Omit<Connection, 'auth'>,
): Promise<{ connection: Connection; credentials: Credentials } | undefined> {
  for (let problem: string | undefined; ;) {
    const credentials = await askForCredentials(new URL(connection.root).host, problem);
    if (credentials === undefined) return undefined;
    const candidate: Connection = { ...connection, auth: credentials.kind };
    const verdict = await tryOut(parts, candidate, credentials);
    if (verdict === 'stop') return undefined;
    if (verdict === 'keep') return { connection: candidate, credentials };
    problem = verdict;
  }
}

/** Returns undefined when the user cancels. */
async function askForCredentials(host: string, problem?: string): Promise<Credentials | undefined> {
  const choice = await vscode.window.showQuickPick(
    [
      {
        label: '$(key) API key',
        detail: 'Created by a Super Administrator: Administration, API Keys',
        way: 'apiKey' as const,
      },
      {
        label: '$(person) User name and password',
        detail: 'For a platform user with the API role',
        way: 'password' as const,
      },
    ],
    {
      title: `Sign in to ${host}`,
      ...(problem === undefined ? {} : { placeHolder: problem }),
      ignoreFocusOut: true,
    },
  );
  if (choice === undefined) return undefined;
  const ask = async (prompt: string, password: boolean) =>
    vscode.window.showInputBox({
      title: `Sign in to ${host}`,
      prompt,
      password,
      ignoreFocusOut: true,
      validateInput: (text) => (text.trim() === '' ? 'This can’t be empty.' : undefined),
    });
  if (choice.way === 'apiKey') {
    const apiKey = await ask(
      `Paste the API key. It is kept in secret storage and sent only to ${host}.`,
      true,
    );
    return apiKey === undefined ? undefined : { kind: 'apiKey', apiKey: apiKey.trim() };
  }
  const username = await ask('The platform user’s ID', false);
  const password =
    username === undefined
      ? undefined
      : await ask(`The password. It is kept in secret storage and sent only to ${host}.`, true);
  return username === undefined || password === undefined
    ? undefined
    : { kind: 'password', username: username.trim(), password };
}

/** Returns `keep`, `stop`, or a sentence about what is wrong with the credentials. */
async function tryOut(
  { connections, output }: ConnectionParts,
  connection: Connection,
  credentials: Credentials,
): Promise<string> {
  try {
    await vscode.window.withProgress(
      {
        location: vscode.ProgressLocation.Notification,
        title: forNotification(`Signing in to ${connection.name}…`),
      },
      async () =>
        connections
          .clientWith(connection, () => Promise.resolve(credentials))
          .send({ method: 'GET', endpoint: 'modules', module: '', query: [] }),
    );
    return 'keep';
  } catch (error) {
    const { sentence, details } = describe(error);
    output.error(details);
    const choice = await showFailure(sentence, 'Try Again', 'Keep Anyway');
    return choice === 'Keep Anyway' ? 'keep' : choice === 'Try Again' ? sentence : 'stop';
  }
}
