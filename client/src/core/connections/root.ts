/** Turns what a user types or pastes into the root of a site (contract: "Addresses"). */

export type Site = 'production' | 'sandbox' | 'other';
export type ParsedRoot =
  | { readonly ok: true; readonly root: string; readonly site: Site }
  | { readonly ok: false; readonly message: string };

const SITES: Readonly<Record<Exclude<Site, 'other'>, string>> = {
  production: 'accessplan',
  sandbox: 'accessplansandbox',
};

/** True for this machine, the only one for which plain http is allowed. */
export const isLoopback = (host: string): boolean => /^(localhost|127(?:\.\d{1,3}){3}|\[::1\])$/i.test(host);

/**
 * `input` is a platform's name (`acme`), a host, a site's root or any address of the API. `site` is used where the
 * input names none.
 */
export function parseRoot(input: string, site: Exclude<Site, 'other'> = 'production'): ParsedRoot {
  const text = input.trim();
  if (text === '') return fail('Write the name of your platform, or paste its address.');
  if (/^[a-z0-9](?:[a-z0-9-]*[a-z0-9])?$/i.test(text) && !/^localhost$/i.test(text)) {
    return { ok: true, root: `https://${text.toLowerCase()}.accessplanit.com/${SITES[site]}`, site };
  }
  const address = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  let url: URL;
  try {
    url = new URL(address);
  } catch {
    // Text that can't be read may hold a password, so it is not repeated.
    const shown = text.includes('@') ? 'This' : `“${text.slice(0, 80)}”`;
    return fail(
      `${shown} is neither a platform’s name nor an address. Write acme, or https://acme.accessplanit.com/accessplan.`,
    );
  }
  if (url.username !== '' || url.password !== '')
    return fail('Leave the user name and password out of the address: they are asked for next.');
  if (url.protocol === 'http:' && !isLoopback(url.hostname))
    return fail('The address must start with https://: a key must not travel unprotected.');
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    return fail('The address must start with https://.');
  if (!url.hostname.includes('.') && !isLoopback(url.hostname))
    return fail(`“${url.hostname}” is not a complete host name. Write acme.accessplanit.com, or just acme.`);
  const path = url.pathname.replace(/\/(?:api|apihelp|modulesapihelp)(?:\/.*)?$/i, '').replace(/\/+$/, '');
  const written = path === '' ? SITES[site] : path.slice(1);
  // One spelling for one site: credentials and the metadata cache belong to the root as text.
  const segment = Object.values(SITES).find((name) => name === written.toLowerCase()) ?? written;
  if (segment.includes('/'))
    return fail(`The address has more parts than a site’s root. Write ${url.origin}/accessplan.`);
  return { ok: true, root: `${url.origin}/${segment}`, site: siteOf(segment) };
}

const siteOf = (segment: string): Site =>
  segment.toLowerCase() === SITES.production
    ? 'production'
    : segment.toLowerCase() === SITES.sandbox
      ? 'sandbox'
      : 'other';

const fail = (message: string): ParsedRoot => ({ ok: false, message });
