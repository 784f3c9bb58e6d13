/** A client for a running platform, signed in with its key. */
import { ApiClient } from '#core/remote/api';
import { HttpTransport } from '#core/remote/http';
import { Session } from '#core/remote/session';

export function clientOf({ root, apiKey }: { readonly root: string; readonly apiKey: string }): ApiClient {
  const connection = { id: 'test', name: 'test', root, site: 'production', auth: 'apiKey' } as const;
  const transport = new HttpTransport();
  return new ApiClient(
    connection,
    new Session(connection, () => Promise.resolve({ kind: 'apiKey', apiKey }), transport),
    transport,
  );
}
