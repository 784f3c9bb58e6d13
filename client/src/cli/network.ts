/** Proxies and certificates for the command line, chosen as curl does; VS Code has its own. */
import { readFileSync } from 'node:fs';
import type { Agent } from 'node:http';
import * as https from 'node:https';
import * as tls from 'node:tls';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { getProxyForUrl } from 'proxy-from-env';
import type { Proxy } from '#core/remote/error-kinds';
import { PROXY_REFUSED, PROXY_UNREACHABLE } from '#core/remote/http';
import { ownValue } from '#core/text/names';
import { usage } from './exit';
import { tell } from './terminal';

const agents = new Map<string, Agent>();

/**
 * Returns the agent for an address: through HTTPS_PROXY (or ALL_PROXY) unless NO_PROXY names its host; with the
 * certificates that this computer trusts besides those that Node trusts. Undefined for plain http, which is for this
 * machine only.
 */
export function agentFor(url: URL): Agent | undefined {
  if (url.protocol !== 'https:') return undefined;
  const proxy = getProxyForUrl(url.href);
  const known = agents.get(proxy);
  if (known !== undefined) return known;
  const ca = [...tls.rootCertificates, ...systemCertificates()];
  let agent: Agent;
  try {
    agent = proxy === '' ? new https.Agent({ ca, keepAlive: true }) : new TrustingProxyAgent(proxy, ca);
  } catch {
    // The text may hold a password, so it is not repeated.
    throw usage(`${proxyVariable()} is not an address. Write http://HOST:PORT.`);
  }
  agents.set(proxy, agent);
  return agent;
}

/** Returns the proxy through which an address is reached, as far as it may be shown; undefined where there is none. */
export function proxyFor(url: URL): Proxy | undefined {
  if (url.protocol !== 'https:') return undefined;
  const address = getProxyForUrl(url.href);
  if (address === '' || !URL.canParse(address)) return undefined;
  const { protocol, host } = new URL(address);
  return { address: `${protocol}//${host}`, source: proxyVariable() };
}

/** The variable that names the proxy. The library reads them in this order, the lower-case spelling first. */
const proxyVariable = (): string =>
  ['HTTPS_PROXY', 'ALL_PROXY']
    .flatMap((name) => [name.toLowerCase(), name])
    .find((name) => (ownValue(process.env, name) ?? '') !== '') ?? 'HTTPS_PROXY';

/** The library uses its options for the connection to the proxy only; this adds the certificates behind it. */
class TrustingProxyAgent extends HttpsProxyAgent<string> {
  constructor(
    proxy: string,
    private readonly ca: string[],
  ) {
    super(proxy, { ca, keepAlive: true });
  }

  override async connect(
    ...[request, options]: Parameters<HttpsProxyAgent<string>['connect']>
  ): ReturnType<HttpsProxyAgent<string>['connect']> {
    let status: number | undefined;
    request.once('proxyConnect', ({ statusCode }: { readonly statusCode: number }) => (status = statusCode));
    try {
      const socket = await super.connect(request, { ...options, ca: this.ca } as typeof options);
      if (status === undefined || status === 200) return socket;
      socket.destroy();
    } catch (error) {
      if (status !== undefined) throw error;
      throw Object.assign(new Error('The proxy can’t be reached.', { cause: error }), {
        code: PROXY_UNREACHABLE,
      });
    }
    throw Object.assign(new Error('The proxy did not connect.'), { code: `${PROXY_REFUSED}${status}` });
  }
}

const BUNDLES = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/ca-bundle.pem',
  '/etc/ssl/cert.pem',
];

/** Reads SSL_CERT_FILE, else the system's store (with Node 22.15 and later), else a usual bundle of Linux. */
function systemCertificates(): readonly string[] {
  const named = process.env['SSL_CERT_FILE'];
  const extra = process.env['NODE_EXTRA_CA_CERTS'];
  // Node tells of what is wrong with NODE_EXTRA_CA_CERTS.
  const added = [
    ...(extra === undefined ? [] : readBundle(extra)),
    ...(named === undefined ? [] : readNamed(named)),
  ];
  if (named !== undefined) return added;
  const read: unknown = Reflect.get(tls, 'getCACertificates');
  const store: unknown = typeof read === 'function' ? Reflect.apply(read, tls, ['system']) : undefined;
  if (Array.isArray(store))
    return [...added, ...store.filter((each): each is string => typeof each === 'string')];
  for (const path of BUNDLES) {
    const found = readBundle(path);
    if (found.length > 0) return [...added, ...found];
  }
  return added;
}

/** Reads SSL_CERT_FILE. Tells where it holds no certificate: then hardly any server is trusted. */
function readNamed(path: string): string[] {
  const found = path === '' ? [] : readBundle(path);
  if (found.length === 0)
    tell(
      `SSL_CERT_FILE is ${path === '' ? 'empty' : path}, where no certificate can be read, so only those of Node.js are trusted. Correct or remove it.`,
    );
  return found;
}

function readBundle(path: string): string[] {
  try {
    return (
      readFileSync(path, 'utf8').match(/-----BEGIN CERTIFICATE-----[\s\S]*?-----END CERTIFICATE-----/g) ?? []
    );
  } catch {
    return [];
  }
}
