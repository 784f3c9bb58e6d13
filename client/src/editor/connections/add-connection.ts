/** *Add Connection*: platform, site, key or password; they are tried before they are kept. */
import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import type { Connection } from '#core/connections/connection';
import { parseRoot, type Site } from '#core/connections/root';
import { showInformation } from '../workbench/messages';
import type { ConnectionParts } from './parts';
import { signIn } from './sign-in';

export async function addConnection(parts: ConnectionParts): Promise<Connection | undefined> {
  const place = await askForRoot();
  if (place === undefined) return undefined;
  const host = new URL(place.root).host;
  const name = await askForName(
    parts,
    'Add Connection (3 of 4): name',
    `${host.replace(/\.accessplanit\.com$/, '')}${place.site === 'sandbox' ? ' sandbox' : ''}`,
  );
  return name === undefined
    ? undefined
    : signInAndAdd(parts, { id: randomUUID(), name, root: place.root, site: place.site });
}

/** Asks for a name that no other connection has; `own` may keep its name. */
export async function askForName(
  { connections }: ConnectionParts,
  title: string,
  value: string,
  own?: Connection,
): Promise<string | undefined> {
  const name = await vscode.window.showInputBox({
    title,
    prompt: 'A name of your choice, shown in the status bar',
    value,
    ignoreFocusOut: true,
    validateInput: (text) => {
      if (text.trim() === '') return 'Enter a name.';
      const known = connections.named(text.trim());
      return known === undefined || known.id === own?.id
        ? undefined
        : 'Another connection already has this name.';
    },
  });
  return name?.trim();
}

/** Signs in and adds the connection; returns undefined when the user gives up. */
export async function signInAndAdd(
  parts: ConnectionParts,
  connection: Omit<Connection, 'auth'>,
): Promise<Connection | undefined> {
  const signedIn = await signIn(parts, connection);
  if (signedIn === undefined) return undefined;
  await parts.connections.add(signedIn.connection, signedIn.credentials);
  void showInformation(`Connected to ${connection.name}. Its metadata is being fetched.`);
  return signedIn.connection;
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
  // A whole root already names its site.
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
