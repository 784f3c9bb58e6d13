/** The platform of a command, and the credentials: from the environment or standard input, never from an argument. */
import { nextStepHere, setClient } from '#core/client';
import type { Connection } from '#core/connections/connection';
import type { Credentials } from '#core/connections/credentials';
import { isTrustedHost, parseRoot } from '#core/connections/root';
import { ApiClient } from '#core/remote/api';
import { HttpTransport } from '#core/remote/http';
import { Session } from '#core/remote/session';
import { hide } from '#core/text/mask';
import type { PlatformTraits } from '#language';
import { version } from '#package.json';
import { Exit, usage } from './exit';
import { agentFor, proxyFor } from './network';
import { inform, tell, told } from './terminal';
import { trace } from './trace';

/** The ID of the connection of `--root`. */
export const OWN_ID = 'cli';

/** `--root`, else APQ_ROOT. */
export function connectionOf({
  root = process.env['APQ_ROOT'],
}: {
  readonly root: string | undefined;
}): Connection {
  if (root === undefined) throw usage(nextStepHere('connect'));
  return connectionAt(root, OWN_ID);
}

/** `name` defaults to the host. Throws an `Exit` for an address that is not a site's root. */
export function connectionAt(address: string, id: string, name?: string): Connection {
  const parsed = parseRoot(address);
  if (!parsed.ok) throw usage(parsed.message);
  const { root, site } = parsed;
  return {
    id,
    name: name ?? new URL(root).host,
    root,
    site,
    auth: process.env['APQ_API_KEY'] === undefined ? 'password' : 'apiKey',
  };
}

/** How long a platform is tried; see `ASKING_OPTIONS`. */
export interface Patience {
  /** Seconds. */
  readonly timeout: number | undefined;
  readonly retries: number | undefined;
}

/**
 * Says where the key goes, unless that is accessplanit or this machine. `traits`: what was found out about the platform.
 */
export async function clientOf(
  connection: Connection,
  credentials: Promise<Credentials>,
  { timeout, retries }: Patience,
  traits?: PlatformTraits,
): Promise<ApiClient> {
  const known = await credentials;
  if (!isTrustedHost(connection.root))
    tell(
      `${new URL(connection.root).host} is not an accessplanit.com address: the ${known.kind === 'apiKey' ? 'key' : 'password'} is sent there.`,
    );
  const transport = new HttpTransport({
    agent: agentFor,
    proxy: proxyFor,
    userAgent: `apq/${version}`,
    ...(timeout !== undefined && { timeoutMs: timeout * 1000 }),
    ...(told() === 'verbose' && { trace }),
  });
  return new ApiClient(
    connection,
    new Session(connection, () => Promise.resolve(known), transport),
    transport,
    { traits: () => traits, retries, onPause: inform },
  );
}

/** Returns the credentials of the environment or standard input. Throws an `Exit` where there are none. */
export async function credentialsOf({
  apiKeyStdin,
}: {
  readonly apiKeyStdin: boolean;
}): Promise<Credentials> {
  const { APQ_API_KEY: apiKey, APQ_USERNAME: username, APQ_PASSWORD: password } = process.env;
  if (apiKeyStdin) {
    const key = (await readStandardInput()).trim();
    if (key === '') throw new Exit(3, 'Standard input contained no API key.');
    hide(key);
    return from('standard input', { kind: 'apiKey', apiKey: key });
  }
  if (apiKey !== undefined && apiKey !== '') return from('APQ_API_KEY', { kind: 'apiKey', apiKey });
  if (username !== undefined && password !== undefined)
    return from('APQ_USERNAME and APQ_PASSWORD', { kind: 'password', username, password });
  const missing = [
    ...(username === undefined ? ['APQ_USERNAME'] : []),
    ...(password === undefined ? ['APQ_PASSWORD'] : []),
  ];
  const half = missing.length === 1 ? ` ${missing[0] ?? ''} is missing.` : '';
  throw new Exit(3, `Not signed in.${half} ${nextStepHere('give-key')}`);
}

/** Where they are not accepted, the message says where they came from. */
function from(source: string, credentials: Credentials): Credentials {
  setClient({ kind: 'terminal', signInFrom: source });
  return credentials;
}

async function readStandardInput(): Promise<string> {
  let result = '';
  for await (const chunk of process.stdin) result += String(chunk);
  return result;
}
