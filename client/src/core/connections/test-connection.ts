/** *Test Connection*: is the platform reachable, can we sign in, read the help feed and read data? */
import { parseModules } from '../metadata/help-feed';
import type { ApiClient } from '../remote/api';
import { ApiError } from '../remote/api-error';
import { describe, type DescribedError } from '../remote/describe-error';
import { rowOf } from '../remote/error-kinds';
import { readPage } from '../results/read-page';

export interface ConnectionTest {
  readonly ok: boolean;
  /** A phrase for each check that passed, in order: `signed in with an API key`. */
  readonly passed: readonly string[];
  /** What failed, and what to do about it. */
  readonly failure?: DescribedError;
}

/** Sends reads only. Never throws. */
export async function testConnection(client: ApiClient, signal?: AbortSignal): Promise<ConnectionTest> {
  const { root, auth } = client.connection;
  const host = new URL(root).host;
  const passed: string[] = [];
  const options = signal === undefined ? {} : { signal };
  try {
    const help = await client.send({ method: 'GET', endpoint: 'modules', module: '', query: [] }, options);
    passed.push(
      `${host} answers`,
      `signed in with ${auth === 'apiKey' ? 'an API key' : 'user name and password'}`,
    );
    const { items: modules, problems } = parseModules(help.json);
    passed.push(
      `help feed lists ${modules.length} ${modules.length === 1 ? 'module' : 'modules'} (${help.milliseconds} ms)`,
    );
    for (const problem of problems) passed.push(problem);
    const [first] = modules;
    if (first !== undefined) {
      const data = await client.send(
        { method: 'GET', module: first, query: [{ name: '$top', value: '1' }] },
        options,
      );
      const { records } = readPage(data.json);
      passed.push(
        `${first} can be read (${records.length === 0 ? 'no record yet' : 'one record arrived'}, ${data.milliseconds} ms)`,
      );
    }
    return { ok: true, passed };
  } catch (error) {
    if (error instanceof ApiError && passed.length === 0 && rowOf(error.kind).reached)
      passed.push(`${host} answers`);
    return { ok: false, passed, failure: describe(error) };
  }
}
