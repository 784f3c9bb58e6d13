/** Imports cURL commands, as people keep them in wikis and browsers copy them. */
import { readQuery } from '#language';
import { isSecretName, Secrets } from '../../remote/secret-names';
import type { ForeignRequest, Imported } from './imported';
import { commandsIn } from './shell';
import { Variables } from './variables';
import { writeFile } from './write-file';

const CURL = /(?:^|[\\/])curl(?:\.exe)?$/i;

/** True when the text begins with a cURL command; a prompt, comments and settings of variables may come before it. */
export const isCurl = (text: string): boolean =>
  /^(?:\s*(?:#.*\n|[$>]\s|\w+=\S*\s))*\s*(?:\S*[\\/])?curl(?:\.exe)?\s/i.test(text);

/** Never throws. */
export function curlToApq(text: string): Imported {
  const found = new Found();
  const requests = commandsIn(text).flatMap((words) => {
    const start = words.findIndex((word) => CURL.test(word));
    return start < 0 ? [] : readCommand(words.slice(start + 1), found);
  });
  return writeFile(
    { requests, variables: new Variables(), secrets: found.secrets, notes: found.notes },
    'There is no cURL command with an address of the accessplanit API in this text.',
  );
}

/** Secrets and notes that were found while reading. */
class Found {
  readonly secrets = new Secrets();
  readonly notes = new Set<string>();
}

/** The options that take a value, by their meaning; those that don't matter are skipped with their value. */
const SHORT: Readonly<Record<string, string>> = {
  X: 'request',
  H: 'header',
  d: 'data',
  F: 'form',
  u: 'user',
  b: 'cookie',
  T: 'upload-file',
  ...Object.fromEntries([...'AemoxUwKECrtyYzDPQc'].map((letter) => [letter, 'skip'])),
};
const LONG: ReadonlySet<string> = new Set([
  ...['request', 'header', 'data', 'data-raw', 'data-binary', 'data-ascii', 'data-urlencode', 'json', 'url'],
  ...['url-query', 'form', 'form-string', 'user', 'cookie', 'oauth2-bearer', 'upload-file', 'proxy-user'],
]);
const SKIPPED: ReadonlySet<string> = new Set([
  ...['user-agent', 'referer', 'cookie-jar', 'output', 'output-dir', 'max-time', 'connect-timeout', 'proxy'],
  ...['write-out', 'config', 'cert', 'cert-type', 'key', 'key-type', 'cacert', 'capath', 'retry', 'pass'],
  ...[
    'retry-delay',
    'retry-max-time',
    'resolve',
    'connect-to',
    'limit-rate',
    'range',
    'interface',
    'ciphers',
  ],
  ...['tls-max', 'max-redirs', 'dump-header', 'noproxy', 'proto', 'dns-servers', 'speed-limit', 'speed-time'],
  ...[
    'stderr',
    'trace',
    'trace-ascii',
    'keepalive-time',
    'aws-sigv4',
    'socks5',
    'socks5-hostname',
    'preproxy',
  ],
  ...[
    'unix-socket',
    'time-cond',
    'netrc-file',
    'max-filesize',
    'expect100-timeout',
    'request-target',
    'rate',
  ],
]);

/** Yields options (by their long names) and addresses, in order; `--next` begins another request. */
function* optionsOf(words: readonly string[]): Generator<readonly [name: string, value: string]> {
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? '';
    if (/^\d?>{1,2}$/.test(word)) at++;
    else if (/^\d?>/.test(word)) continue;
    else if (word.startsWith('--')) {
      const [name = '', given] = word.slice(2).split(/=(.*)/s);
      const takes = LONG.has(name) || SKIPPED.has(name);
      yield [name, takes ? (given ?? words[++at] ?? '') : ''];
    } else if (word.startsWith('-') && word.length > 1) {
      for (let letter = 1; letter < word.length; letter++) {
        const char = word[letter] ?? '';
        const name = SHORT[char];
        if (name === undefined) {
          yield [{ G: 'get', I: 'head', ':': 'next' }[char] ?? 'flag', ''];
          continue;
        }
        // The value may follow its letter without a space.
        yield [name, word.slice(letter + 1) || (words[++at] ?? '')];
        break;
      }
    } else yield ['url', word];
  }
}

function readCommand(words: readonly string[], found: Found): ForeignRequest[] {
  const requests: ForeignRequest[] = [];
  let command = new Command(found);
  for (const [name, value] of optionsOf(words)) {
    if (name === 'next') {
      requests.push(...command.requests());
      command = new Command(found);
    } else command.option(name, value);
  }
  return [...requests, ...command.requests()];
}

/** One request of a command line, or several that differ only in their addresses. */
class Command {
  readonly #addresses: string[] = [];
  readonly #data: string[] = [];
  readonly #query: string[] = [];
  #method: string | undefined;
  #get = false;
  #json = '';
  #form = false;

  constructor(private readonly found: Found) {}

  option(name: string, value: string): void {
    const { secrets, notes } = this.found;
    switch (name) {
      case 'url':
        this.#addresses.push(value);
        return;
      case 'request':
        this.#method = value;
        return;
      case 'get':
        this.#get = true;
        return;
      case 'head':
        this.#method ??= 'HEAD';
        return;
      case 'header':
        this.#header(value);
        return;
      case 'user':
      case 'proxy-user':
      case 'oauth2-bearer':
      case 'cookie':
        secrets.add(value);
        secrets.add(value.split(/[:=](.*)/s)[1] ?? '');
        notes.add(
          `${name === 'cookie' ? 'Cookies were' : 'The sign-in of the command was'} left out: the connection signs in.`,
        );
        return;
      case 'json':
        this.#json += this.#file(value);
        return;
      case 'data':
      case 'data-ascii':
      case 'data-binary':
        this.#data.push(this.#file(value));
        return;
      case 'data-raw':
        this.#data.push(value);
        return;
      case 'data-urlencode':
        this.#data.push(this.#encoded(value));
        return;
      case 'url-query':
        this.#query.push(value.startsWith('+') ? value.slice(1) : this.#encoded(value));
        return;
      case 'form':
      case 'form-string':
        this.#form = true;
        return;
      case 'upload-file':
        notes.add('The file that the command sends was left out: write its JSON as the body.');
        return;
      default:
    }
  }

  requests(): ForeignRequest[] {
    const { notes } = this.found;
    const data = this.#data.filter((each) => each !== '').join('&');
    const inAddress = [...this.#query, ...(this.#get ? [data] : [])].join('&');
    const body = this.#json !== '' ? this.#json : this.#get ? '' : data;
    const sends = this.#form || (!this.#get && (this.#json !== '' || this.#data.length > 0));
    if (this.#form) notes.add('The form’s fields were left out: the API takes JSON.');
    return this.#addresses.map((address) => ({
      method: this.#method ?? (sends ? 'POST' : 'GET'),
      address,
      parameters: readQuery(inAddress),
      body: body === '' ? undefined : unescaped(body),
      title: '',
      description: '',
      folder: '',
    }));
  }

  #header(line: string): void {
    const [, name = '', value = ''] = /^([^:;]*)[:;]?(.*)$/s.exec(line) ?? [];
    if (/^(?:content-type|accept|user-agent|accept-.*|host|content-length)$/i.test(name.trim())) return;
    if (isSecretName(name)) {
      this.found.secrets.add(value);
      this.found.notes.add(`The header ${name.trim()} was left out: the connection signs in.`);
    } else if (!/^(?:sec-|origin|referer|priority|dnt|pragma|cache-control|upgrade)/i.test(name.trim()))
      this.found.notes.add(
        `The header ${name.trim()} was left out: the connection sends what the API needs.`,
      );
  }

  #file(value: string): string {
    if (!value.startsWith('@')) return value;
    this.found.notes.add('The body is in a file, which was not read: write its JSON as the body.');
    return '';
  }

  /** Encodes `name=text`, `=text` or `text` as cURL does. */
  #encoded(value: string): string {
    const equals = value.indexOf('=');
    if (equals < 0 && value.includes('@')) return this.#file(value.slice(value.indexOf('@')));
    const [name, text] =
      equals <= 0 ? ['', value.slice(equals + 1)] : [value.slice(0, equals + 1), value.slice(equals + 1)];
    return name + encodeURIComponent(text.replace(/\p{Cs}/gu, '\ufffd'));
  }
}

/** Windows PowerShell needs `\"` even inside its own quotes. */
const unescaped = (body: string): string =>
  /^\s*\{\s*\\"/.test(body) ? body.replace(/\\(["\\])/g, '$1') : body;
