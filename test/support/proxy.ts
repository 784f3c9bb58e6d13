/** An HTTPS site and its proxy, on loopback. The proxy leads every CONNECT to the site, and keeps its host. */
import { readFileSync } from 'node:fs';
import { createServer as createProxy, type Server } from 'node:http';
import { createServer as createSite } from 'node:https';
import { connect } from 'node:net';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';

/** The authority of the site's certificate, which is for acme.accessplanit.com. Made for these tests only. */
export const CA_FILE = join(import.meta.dirname, 'tls/ca.pem');
const pem = (name: string) => readFileSync(join(import.meta.dirname, 'tls', name));

export interface ProxiedSite {
  readonly proxy: string;
  /** `host:port` of each CONNECT. */
  readonly connects: string[];
  /** `METHOD path` of each request that reached the site, and its Authorization. */
  readonly requests: { readonly line: string; readonly authorization: string | undefined }[];
  readonly stop: () => Promise<void>;
}

/** `jsonOf` returns the site's JSON for a path. */
export async function startProxiedSite(jsonOf: (path: string) => unknown): Promise<ProxiedSite> {
  const connects: string[] = [];
  const sockets = new Set<Duplex>();
  const requests: { line: string; authorization: string | undefined }[] = [];
  const site = createSite({ key: pem('server.key'), cert: pem('server.pem') }, (request, response) => {
    requests.push({
      line: `${request.method ?? ''} ${request.url ?? ''}`,
      authorization: request.headers.authorization,
    });
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify(jsonOf(request.url ?? '')));
  });
  const sitePort = await listen(site);
  const proxy = createProxy();
  proxy.on('connect', (request, socket) => {
    connects.push(request.url ?? '');
    sockets.add(socket);
    const through = connect(sitePort, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
      through.pipe(socket);
      socket.pipe(through);
    });
    through.on('error', () => socket.destroy());
    socket.on('error', () => through.destroy());
  });
  const proxyPort = await listen(proxy);
  return {
    proxy: `http://127.0.0.1:${proxyPort}`,
    connects,
    requests,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      for (const server of [proxy, site]) {
        server.closeAllConnections();
        await new Promise((resolve) => server.close(resolve));
      }
    },
  };
}

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}
