/** The options of cURL (and of PowerShell's command of that name), and what they mean for a request. */

/** `unrelated`: how it is sent or shown, not what. `unknown` has the name in `value`. */
type Meaning =
  | 'address'
  | 'method'
  | 'header'
  | 'data'
  | 'data as written'
  | 'data to encode'
  | 'json'
  | 'parameter'
  | 'form'
  | 'sign-in'
  | 'proxy sign-in'
  | 'cookie'
  | 'file'
  | 'query'
  | 'head'
  | 'next'
  | 'literal address'
  | 'unrelated'
  | 'unsupported'
  | 'unknown';

interface Option {
  readonly meaning: Meaning;
  /** Whether a value follows. */
  readonly takes: boolean;
}

export interface GivenOption {
  readonly meaning: Meaning;
  /** As written, for messages: `--header`. */
  readonly name: string;
  readonly value: string;
}

const rows = (meaning: Meaning, takes: boolean, names: string): [string, Option][] =>
  names
    .trim()
    .split(/\s+/)
    .map((name) => [name, { meaning, takes }]);

/** By long name. */
const OPTIONS: ReadonlyMap<string, Option> = new Map([
  ...rows('address', true, 'url'),
  ...rows('method', true, 'request'),
  ...rows('header', true, 'header'),
  ...rows('data', true, 'data data-ascii data-binary'),
  ...rows('data as written', true, 'data-raw'),
  ...rows('data to encode', true, 'data-urlencode'),
  ...rows('json', true, 'json'),
  ...rows('parameter', true, 'url-query'),
  ...rows('form', true, 'form form-string'),
  ...rows('sign-in', true, 'user oauth2-bearer'),
  ...rows('proxy sign-in', true, 'proxy-user proxy-pass proxy-tlspassword proxy-header pass tlspassword'),
  ...rows('cookie', true, 'cookie'),
  ...rows('file', true, 'upload-file'),
  ...rows('query', false, 'get'),
  ...rows('head', false, 'head'),
  ...rows('next', false, 'next'),
  ...rows('literal address', false, 'globoff'),
  ...rows(
    'unsupported',
    true,
    `config request-target range time-cond variable expand-url expand-data expand-header expand-request expand-json
     etag-compare aws-sigv4 quote continue-at mail-from mail-rcpt mail-auth telnet-option netrc-file`,
  ),
  ...rows('unsupported', false, 'negotiate ntlm ntlm-wb digest anyauth netrc netrc-optional append'),
  ...rows(
    'unrelated',
    true,
    `abstract-unix-socket alt-svc cacert capath cert cert-type ciphers connect-timeout connect-to cookie-jar
     create-file-mode crlfile curves delegation dns-interface dns-ipv4-addr dns-ipv6-addr dns-servers doh-url
     dump-header ech egd-file engine etag-save expect100-timeout ftp-account ftp-alternative-to-user ftp-method
     ftp-port ftp-ssl-ccc-mode happy-eyeballs-timeout-ms help hostpubmd5 hostpubsha256 hsts interface ip-tos ipfs-gateway
     haproxy-clientip keepalive-time keepalive-cnt key key-type krb libcurl limit-rate local-port login-options
     max-filesize max-redirs max-time noproxy output output-dir parallel-max parallel-max-host pinnedpubkey preproxy
     proto proto-default proto-redir proxy proxy-cacert proxy-capath proxy-cert proxy-cert-type proxy-ciphers
     proxy-crlfile proxy-key proxy-key-type proxy-pinnedpubkey proxy-service-name proxy-tls13-ciphers
     proxy-tlsauthtype proxy-tlsuser proxy1.0 pubkey random-file rate referer resolve retry retry-delay retry-max-time
     sasl-authzid service-name signature-algorithms socks4 socks4a socks5 socks5-gssapi-service socks5-hostname
     speed-limit speed-time stderr tftp-blksize tls-max tls13-ciphers tlsauthtype tlsuser trace trace-ascii
     trace-config unix-socket user-agent vlan-priority write-out`,
  ),
  ...rows(
    'unrelated',
    false,
    `basic ca-native cert-status compressed compressed-ssh create-dirs crlf disable disable-eprt disable-epsv
     disallow-username-in-url doh-cert-status doh-insecure fail fail-early fail-with-body false-start follow
     form-escape ftp-create-dirs ftp-pasv ftp-pret ftp-skip-pasv-ip ftp-ssl-ccc ftp-ssl-control haproxy-protocol
     http0.9 http1.0 http1.1 http2 http2-prior-knowledge http3 http3-only ignore-content-length include insecure ipv4
     ipv6 junk-session-cookies list-only location location-trusted mail-rcpt-allowfails manual metalink no-alpn
     no-buffer no-clobber no-keepalive no-npn no-progress-meter no-sessionid parallel parallel-immediate path-as-is
     post301 post302 post303 progress-bar progress-meter proxy-anyauth proxy-basic proxy-ca-native proxy-digest
     proxy-http2 proxy-insecure proxy-negotiate proxy-ntlm proxy-ssl-allow-beast proxy-ssl-auto-client-cert
     proxy-tlsv1 proxytunnel raw remote-header-name remote-name remote-name-all remote-time remove-on-error
     retry-all-errors retry-connrefused sasl-ir show-error show-headers silent skip-existing socks5-basic
     socks5-gssapi socks5-gssapi-nec ssl ssl-allow-beast ssl-auto-client-cert ssl-no-revoke ssl-reqd
     ssl-revoke-best-effort sslv2 sslv3 styled-output suppress-connect-headers tcp-fastopen tcp-nodelay
     tftp-no-options tlsv1 tlsv1.0 tlsv1.1 tlsv1.2 tlsv1.3 tr-encoding trace-ids trace-time use-ascii verbose version
     xattr keepalive buffer clobber alpn npn sessionid`,
  ),
]);

/** Long names by letter. */
const LETTERS: ReadonlyMap<string, string> = new Map(
  `E cert  K config  C continue-at  b cookie  c cookie-jar  d data  D dump-header  F form  P ftp-port  H header
   h help  m max-time  o output  U proxy-user  Q quote  r range  e referer  X request  Y speed-limit  y speed-time
   t telnet-option  z time-cond  T upload-file  u user  A user-agent  w write-out  a append  q disable  f fail  G get
   g globoff  I head  0 http1.0  i include  k insecure  4 ipv4  6 ipv6  j junk-session-cookies  l list-only
   L location  M manual  n netrc  : next  N no-buffer  Z parallel  # progress-bar  x proxy  p proxytunnel
   J remote-header-name  O remote-name  R remote-time  S show-error  s silent  2 sslv2  3 sslv3  1 tlsv1
   B use-ascii  v verbose  V version`
    .trim()
    .split(/\s{2,}/)
    .map((row): [string, string] => [row.slice(0, 1), row.slice(2)]),
);

/** Windows PowerShell calls its own command `curl`, too. */
const CMDLET: ReadonlyMap<string, Option> = new Map([
  ...rows('address', true, '-uri'),
  ...rows('method', true, '-method -custommethod'),
  ...rows('data as written', true, '-body'),
  ...rows('unrelated', true, '-contenttype -outfile -useragent -timeoutsec'),
  ...rows('unrelated', false, '-usebasicparsing -usedefaultcredentials'),
  ...rows(
    'unsupported',
    true,
    '-headers -infile -credential -token -authentication -websession -sessionvariable',
  ),
]);

const DASHES = /^[\u2010-\u2015\u2212-][\u2010-\u2015\u2212-]*/;

/**
 * Yields options and addresses, in order. Word processors make one dash of two, or a dash of a hyphen: `guess` is told so.
 */
export function* optionsOf(
  words: readonly string[],
  guess: (note: string) => void,
): Generator<GivenOption, void> {
  let addressesOnly = false;
  for (let at = 0; at < words.length; at++) {
    const written = words[at] ?? '';
    if (addressesOnly || written === '--') {
      if (addressesOnly) yield { meaning: 'address', name: '', value: written };
      addressesOnly = true;
      continue;
    }
    const word = withHyphens(written);
    if (word !== written) guess('A dash at the start of an option was read as hyphens.');
    if (/^\d?(?:>{1,2}|<{1,3})$/.test(word)) at++;
    else if (/^\d?[<>]/.test(word)) continue;
    else if (!word.startsWith('-') || word === '-') yield { meaning: 'address', name: '', value: written };
    else {
      const next = words[at + 1];
      const [given, used] = CMDLET.has(word.toLowerCase())
        ? cmdletOption(word, next)
        : word.startsWith('--')
          ? longOption(word, next)
          : [];
      if (given !== undefined) {
        yield given;
        if (used === true) at++;
      } else at += yield* letters(word, next);
    }
  }
}

/** True for a word that is a method wherever it stands. */
export const isMethod = (word: string): boolean => /^(?:GET|HEAD|POST|PUT|PATCH|DELETE)$/i.test(word);

type Read = readonly [given: GivenOption, usedNext: boolean];

function cmdletOption(word: string, next: string | undefined): Read {
  const { meaning, takes } = CMDLET.get(word.toLowerCase()) ?? { meaning: 'unknown', takes: false };
  return [{ meaning, name: word, value: takes ? (next ?? '') : '' }, takes];
}

function longOption(word: string, next: string | undefined): Read {
  const [name = '', given] = word.slice(2).split(/=(.*)/s);
  const option = named(name);
  if (option === undefined) {
    // Its value is left out with it, unless that may be the address or the method.
    const takes = given === undefined && next !== undefined && !/^-|\//.test(next) && !isMethod(next);
    return [{ meaning: 'unknown', name: takes ? `--${name} ${next}` : word, value: '' }, takes];
  }
  if (!option.takes) return [{ meaning: option.meaning, name: word, value: '' }, false];
  return [{ meaning: option.meaning, name: `--${name}`, value: given ?? next ?? '' }, given === undefined];
}

/** cURL takes the beginning of a name. Where several begin so, the shortest is meant. */
function named(name: string): Option | undefined {
  const known = OPTIONS.get(name) ?? (name.startsWith('no-') ? OPTIONS.get(name.slice(3)) : undefined);
  if (known !== undefined) return known;
  const [shortest] = [...OPTIONS.keys()]
    .filter((each) => name.length > 1 && each.startsWith(name))
    .sort((a, b) => a.length - b.length);
  return OPTIONS.get(shortest ?? '');
}

/** `-sSX DELETE`, `-XDELETE`. Returns 1 where the next word was used. */
function* letters(word: string, next: string | undefined): Generator<GivenOption, number> {
  for (let at = 1; at < word.length; at++) {
    const name = `-${word[at] ?? ''}`;
    const option = OPTIONS.get(LETTERS.get(word[at] ?? '') ?? '');
    if (option === undefined) yield { meaning: 'unknown', name, value: '' };
    else if (!option.takes) yield { meaning: option.meaning, name, value: '' };
    else {
      // The value may follow its letter without a space.
      const value = word.slice(at + 1);
      yield { meaning: option.meaning, name, value: value === '' ? (next ?? '') : value };
      return value === '' ? 1 : 0;
    }
  }
  return 0;
}

function withHyphens(word: string): string {
  const [dashes = ''] = DASHES.exec(word) ?? [];
  if (dashes === '' || /^-{1,2}$/.test(dashes)) return word;
  const rest = word.slice(dashes.length);
  const name = /^[a-z][\w.-]*/i.exec(rest)?.[0] ?? '';
  return (dashes.length > 1 || OPTIONS.has(name) ? '--' : '-') + rest;
}
