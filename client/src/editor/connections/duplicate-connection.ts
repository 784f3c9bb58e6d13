/** *Duplicate Connection*: the same platform's other site, or another user of the same site. It asks for a key, since a key belongs to one site and user. */
import { randomUUID } from 'node:crypto';
import type { Connection } from '#core/connections/connection';
import { parseRoot, type Site } from '#core/connections/root';
import { freeName } from '#core/connections/sharing';
import { choose } from '../workbench/questions';
import { addAsked } from './add-connection';
import { chooseConnection } from './choose-connection';
import { askForConnection, newDraft } from './connection-steps';
import type { ConnectionParts } from './parts';

export async function duplicateConnection(parts: ConnectionParts, given?: Connection): Promise<void> {
  const connection = given ?? (await chooseConnection(parts, 'Duplicate Connection'));
  if (connection === undefined) return;
  const target = await chooseSite(connection);
  if (target === undefined) return;
  const stem = connection.name.replace(/ sandbox$/i, '');
  const suggestion =
    target.root === connection.root
      ? connection.name
      : `${stem}${target.site === 'sandbox' ? ' sandbox' : ''}`;
  const asked = await askForConnection(parts, {
    title: 'Duplicate Connection',
    trail: ['name'],
    connection: {
      id: randomUUID(),
      ...(connection.changes === undefined ? {} : { changes: connection.changes }),
    },
    draft: newDraft(target.root, freeName(suggestion, parts.connections.all)),
  });
  if (asked !== undefined) await addAsked(parts, asked);
}

async function chooseSite({ root, site }: Connection): Promise<{ root: string; site: Site } | undefined> {
  const here = { root, site };
  if (site === 'other') return here;
  const other = site === 'production' ? 'sandbox' : 'production';
  const parsed = parseRoot(new URL(root).origin, other);
  if (!parsed.ok) return here;
  return choose({ title: 'Duplicate Connection', placeHolder: 'For which site?' }, [
    {
      label: `The ${other} site`,
      description: parsed.root,
      value: { root: parsed.root, site: parsed.site },
    },
    { label: 'The same site, another user', description: root, value: here },
  ]);
}
