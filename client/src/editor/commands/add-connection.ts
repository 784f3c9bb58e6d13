/** *Add Connection*: platform, site, key or password; tried out before it is kept. */
import * as vscode from 'vscode';
import { randomUUID } from 'node:crypto';
import { parseRoot, type Site } from '../../core/connections/root';
import type { Connection } from '../../core/connections/connection';
import type { Credentials } from '../../core/connections/credentials';
import { describe } from '../../core/remote/errors';
import type { Services } from '../services';

export async function addConnection(services: Services): Promise<Connection | undefined> {
  const place = await askForRoot();
  if (place === undefined) return undefined;
  const host = new URL(place.root).host;
  const name = await vscode.window.showInputBox({
    title: 'Add Connection (3 of 4): name',
    prompt: 'How the connection is called in the status bar',
    value: `${host.replace(/\.accessplanit\.com$/, '')}${place.site === 'sandbox' ? ' sandbox' : ''}`,
    ignoreFocusOut: true,
    validateInput: (text) =>
      text.trim() === ''
        ? 'Write a name.'
        : services.connections.all.some((each) => each.name === text.trim())
          ? 'There is a connection with this name already.'
          : undefined,
  });
  if (name === undefined) return undefined;
  const connection = { id: randomUUID(), name: name.trim(), root: place.root, site: place.site };
  for (let problem: string | undefined; ;) {
    const credentials = await askForCredentials(host, problem);
    if (credentials === undefined) return undefined;
    const candidate: Connection = { ...connection, auth: credentials.kind };
    const verdict = await tryOut(services, candidate, credentials);
    if (verdict === 'keep') {
      await services.connections.add(candidate, credentials);
      void vscode.window.showInformationMessage(
        `Connected to ${candidate.name}. Its metadata is being fetched.`,
      );
      return candidate;
    }
    if (verdict === 'stop') return undefined;
    problem = verdict;
  }
}

async function askForRoot(): Promise<{ root: string; site: Site } | undefined> {
  const input = await vscode.window.showInputBox({
    title: 'Add Connection (1 of 4): platform',
    prompt: 'The name of your platform, or any of its addresses',
    placeHolder: 'acme, or https://acme.accessplanit.com/accessplan',
    ignoreFocusOut: true,
    validateInput: (text) => {
      if (text.trim() === '') return undefined;
      const parsed = parseRoot(text);
      return parsed.ok ? undefined : parsed.message;
    },
  });
  if (input === undefined || input.trim() === '') return undefined;
  const whole = parseRoot(input);
  // A whole root says its site already.
  if (whole.ok && /^https?:\/\/[^/]+\/[^/]/i.test(input.trim())) return whole;
  const site = await vscode.window.showQuickPick(
    [
      {
        label: 'Production',
        description: 'accessplan',
        detail: 'The real records. Changes ask for confirmation.',
        site: 'production' as const,
      },
      {
        label: 'Sandbox',
        description: 'accessplansandbox',
        detail: 'A copy for trying things out.',
        site: 'sandbox' as const,
      },
    ],
    { title: 'Add Connection (2 of 4): site', ignoreFocusOut: true },
  );
  if (site === undefined) return undefined;
  const parsed = parseRoot(input, site.site);
  return parsed.ok ? parsed : undefined;
}

/** Undefined when the user cancels. */
export async function askForCredentials(host: string, problem?: string): Promise<Credentials | undefined> {
  const choice = await vscode.window.showQuickPick(
    [
      {
        label: '$(key) API key',
        detail: 'Created by a Super Administrator: Administration, API Keys',
        way: 'apiKey' as const,
      },
      {
        label: '$(person) User name and password',
        detail: 'Of a platform user with the API role',
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
      `Paste the API key. It is kept in the secret storage, and goes to ${host} only.`,
      true,
    );
    return apiKey === undefined ? undefined : { kind: 'apiKey', apiKey: apiKey.trim() };
  }
  const username = await ask('The platform user’s ID', false);
  const password =
    username === undefined
      ? undefined
      : await ask(`The password. It is kept in the secret storage, and goes to ${host} only.`, true);
  return username === undefined || password === undefined
    ? undefined
    : { kind: 'password', username: username.trim(), password };
}

/** `keep`, `stop`, or the sentence that says what is wrong with the credentials. */
async function tryOut(
  { connections, output }: Services,
  connection: Connection,
  credentials: Credentials,
): Promise<string> {
  try {
    await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title: `Signing in to ${connection.name}…` },
      async () =>
        connections
          .clientWith(connection, () => Promise.resolve(credentials))
          .send({ method: 'GET', endpoint: 'modules', module: '', query: [] }),
    );
    return 'keep';
  } catch (error) {
    const { sentence, details } = describe(error);
    output.error(details);
    const choice = await vscode.window.showErrorMessage(sentence, 'Try Again', 'Keep Anyway');
    return choice === 'Keep Anyway' ? 'keep' : choice === 'Try Again' ? sentence : 'stop';
  }
}
