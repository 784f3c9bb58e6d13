/** *Edit Connection*: name, address, and whether changes are allowed. A new address needs a new key. */
import * as vscode from 'vscode';
import type { Connection } from '#core/connections/connection';
import { parseRoot } from '#core/connections/root';
import { forLabel } from '#core/text/foreign-text';
import { showInformation } from '../workbench/messages';
import { askForName } from './add-connection';
import { chooseConnection } from './choose-connection';
import type { ConnectionParts } from './parts';
import { signIn } from './sign-in';

export async function editConnection(parts: ConnectionParts, given?: Connection): Promise<void> {
  const connection = given ?? (await chooseConnection(parts, 'Edit Connection'));
  if (connection === undefined) return;
  const what = await vscode.window.showQuickPick(
    [
      { label: '$(edit) Name', description: forLabel(connection.name), change: rename },
      { label: '$(link) Address', description: connection.root, change: move },
      {
        label: '$(key) Key or password',
        description: connection.auth === 'apiKey' ? 'API key' : 'user name and password',
        change: changeCredentials,
      },
      {
        label: connection.readOnly === true ? '$(unlock) Allow Changes' : '$(lock) Make Read-Only',
        description:
          connection.readOnly === true
            ? 'POST, PUT and DELETE ask for confirmation, as usual'
            : 'POST, PUT and DELETE are refused on this connection',
        change: toggleReadOnly,
      },
    ],
    { title: forLabel(`Edit Connection: ${connection.name}`), placeHolder: 'What to change' },
  );
  await what?.change(parts, connection);
}

/** Returns its present state, since another window may have changed it meanwhile; undefined when it was removed. */
const current = ({ connections }: ConnectionParts, { id }: Connection): Connection | undefined =>
  connections.all.find((each) => each.id === id);

async function rename(parts: ConnectionParts, connection: Connection): Promise<void> {
  const name = await askForName(parts, `Edit Connection: ${connection.name}`, connection.name, connection);
  const now = current(parts, connection);
  if (name !== undefined && now !== undefined) await parts.connections.update({ ...now, name });
}

async function move(parts: ConnectionParts, connection: Connection): Promise<void> {
  const input = await vscode.window.showInputBox({
    title: forLabel(`Edit Connection: ${connection.name}`),
    prompt:
      'The site’s address. You are asked for its key next: a key is sent only to the address for which it was entered.',
    value: connection.root,
    ignoreFocusOut: true,
    validateInput: (text) => {
      const parsed = parseRoot(text);
      return parsed.ok ? undefined : parsed.message;
    },
  });
  const parsed = input === undefined ? undefined : parseRoot(input);
  if (parsed?.ok !== true || parsed.root === connection.root) return;
  await renew(parts, { ...connection, root: parsed.root, site: parsed.site });
}

/** *Change Key or Password*. */
export async function changeCredentials(parts: ConnectionParts, connection: Connection): Promise<void> {
  if (await renew(parts, connection)) void showInformation(`${connection.name} has new credentials.`);
}

async function renew(parts: ConnectionParts, connection: Connection): Promise<boolean> {
  const signedIn = await signIn(parts, connection);
  const now = current(parts, connection);
  if (signedIn === undefined || now === undefined) return false;
  const { root, site, auth } = signedIn.connection;
  await parts.connections.update({ ...now, root, site, auth }, signedIn.credentials);
  return true;
}

async function toggleReadOnly(parts: ConnectionParts, connection: Connection): Promise<void> {
  const now = current(parts, connection);
  if (now === undefined) return;
  const { readOnly = false, ...rest } = now;
  // The change that the menu named, even if another window has changed the connection meanwhile.
  const wanted = connection.readOnly !== true;
  if (readOnly !== wanted) await parts.connections.update(wanted ? { ...rest, readOnly: true } : rest);
}
