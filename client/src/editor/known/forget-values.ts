/** *Forget Learnt Values*: forgets values and names of records that were learnt, of one connection or of all. */
import type { Connection } from '#core/connections/connection';
import { connectionChoices } from '../connections/choose-connection';
import { showInformation } from '../workbench/messages';
import { type Choice, choose } from '../workbench/questions';
import type { KnownCommandParts } from './parts';

export async function forgetValues(parts: KnownCommandParts, given?: Connection): Promise<void> {
  const chosen = given === undefined ? await whose(parts) : { connection: given };
  if (chosen === undefined) return;
  await parts.hub.forget(chosen.connection);
  void showInformation(
    chosen.connection === undefined
      ? 'All learnt values and names of records were forgotten.'
      : `The values and names of records that were learnt from ${chosen.connection.name} were forgotten.`,
  );
}

/** Without a connection: of all. */
interface Whose {
  readonly connection: Connection | undefined;
}

async function whose(parts: KnownCommandParts): Promise<Whose | undefined> {
  const all: Choice<Whose> = { icon: 'trash', label: 'All Connections', value: { connection: undefined } };
  const each = connectionChoices(parts).map(({ value, ...choice }) => ({
    ...choice,
    value: { connection: value },
  }));
  return choose({ title: 'Forget Learnt Values', placeHolder: 'Of which connection?' }, [all, ...each]);
}
