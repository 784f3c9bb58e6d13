/** Turns what a user types or pastes into the root of a site (contract: "Addresses"). */
import { nameKey } from '../text/names';

export type Site = 'production' | 'sandbox' | 'other';
export type ParsedRoot =
  | { readonly ok: true; readonly root: string; readonly site: Site }
  | { readonly ok: false; readonly message: string };

const SITES: Readonly<Record<Exclude<Site, 'other'>, string>> = {
  production: 'accessplan',
  sandbox: 'accessplansandbox',
};

/** The end of every host of accessplanit. */
const ACCESSPLANIT = '.accessplanit.com';
const EXAMPLE = 'for example acme or https://acme.accessplanit.com/accessplan';

/** True for this machine, the only one for which plain http is allowed. */
export const isLoopback = (host: string): boolean => /^(localhost|127(?:\.\d{1,3}){3}|\[::1\])$/i.test(host);

/**
 * True where a key may be sent without a further question: accessplanit's own hosts, and this machine. A customer's own
 * domain may be right, too, but the user has to agree to it.
 */
export function isTrustedHost(root: string): boolean {
  const { hostname } = new URL(root);
  return isLoopback(hostname) || hostname.endsWith(ACCESSPLANIT);
}

/** Returns the name of the platform, or the host where it is not accessplanit's. */
export function platformOf(root: string): string {
  const { host } = new URL(root);
  return host.endsWith(ACCESSPLANIT) ? host.slice(0, -ACCESSPLANIT.length) : host;
}

/** True for two spellings of one root. */
export const isSameRoot = (one: string, other: string): boolean => nameKey(one) === nameKey(other);

/** True for an address that names its site, so that nobody has to be asked for it. */
export function namesSite(input: string): boolean {
  const [production, sandbox] = [parseRoot(input, 'production'), parseRoot(input, 'sandbox')];
  return production.ok && sandbox.ok && production.root === sandbox.root;
}

/**
 * `input` is a platform's name (`acme`), a host, a site's root or any address of the API. `site` is used where the
 * input names none.
 */
export function parseRoot(input: string, site: Exclude<Site, 'other'> = 'production'): ParsedRoot {
  const text = input.trim();
  if (text === '') return fail('Write the name of your platform, or paste its address.');
  if (PLATFORM.test(text) && !/^localhost$/i.test(text))
    return { ok: true, root: `https://${text.toLowerCase()}${ACCESSPLANIT}/${SITES[site]}`, site };
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    // Text that can't be read may hold a password, so it is not repeated.
    const shown = text.includes('@') ? 'This' : `“${text.slice(0, 80)}”`;
    return fail(`${shown} is neither a platform’s name nor an address; write ${EXAMPLE}.${nearName(text)}`);
  }
  if (url.username !== '' || url.password !== '')
    return fail('Leave the user name and password out of the address: they are asked for next.');
  if (url.protocol === 'http:' && !isLoopback(url.hostname))
    return fail('The address must start with https://: a key must not travel unprotected.');
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    return fail('The address must start with https://.');
  if (!url.hostname.includes('.') && !isLoopback(url.hostname))
    return fail(`“${url.hostname}” is not a complete host name; write ${EXAMPLE}.${nearName(text)}`);
  const path = url.pathname.replace(/\/(?:api|apihelp|modulesapihelp)(?:\/.*)?$/i, '').replace(/\/+$/, '');
  const written = path === '' ? SITES[site] : path.slice(1);
  // One spelling for one site: credentials and the metadata cache belong to the root as text.
  const segment = Object.values(SITES).find((name) => name === written.toLowerCase()) ?? written;
  if (segment.includes('/'))
    return fail(`The address has more parts than a site’s root. Write ${url.origin}/accessplan.`);
  return { ok: true, root: `${url.origin}/${segment}`, site: siteOf(segment) };
}

/** A platform's name: a label of a host. */
const PLATFORM = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i;

/** Asks for the name that a company's name with spaces or other signs comes close to; '' where there is none. */
function nearName(text: string): string {
  const name = text
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}|[\s_.,&'’()]/gu, '');
  return PLATFORM.test(name) ? ` Do you mean ${name}?` : '';
}

const siteOf = (segment: string): Site =>
  segment.toLowerCase() === SITES.production
    ? 'production'
    : segment.toLowerCase() === SITES.sandbox
      ? 'sandbox'
      : 'other';

const fail = (message: string): ParsedRoot => ({ ok: false, message });
