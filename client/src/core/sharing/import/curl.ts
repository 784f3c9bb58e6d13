/** Imports cURL commands, as people keep them in wikis and browsers copy them. */
import { foreignCommandOf, readQuery } from '#language';
import { isSecretName, Secrets } from '../../remote/secret-names';
import { isReference } from '../../text/braces';
import { CHECK } from '../code/curl';
import { type GivenOption, isMethod, optionsOf } from './curl-options';
import { type ForeignRequest, type Imported, shown } from './imported';
import { isMethodHeader, meantMethod } from './method-header';
import { type Command, commandsIn } from './shell';
import { Variables } from './variables';
import { writeFile } from './write-file';

/** True when the text begins with a cURL command; a prompt, comments and settings of variables may come before it. */
export const isCurl = (text: string): boolean =>
  /^(?:\s*(?:#.*\n|[$>]\s|PS\b[^\n>]*>\s|\w+=\S*\s))*\s*(?:\S*[\\/])?curl(?:\.exe)?\s/i.test(text);

/** `told`: notes on how the text was read. Never throws. */
export function curlToApq(text: string, told: readonly string[] = []): Imported {
  const variables = new Variables();
  const secrets = new Secrets();
  const { commands, others } = commandsIn(text, (name) => variables.ask(name));
  // What a copied command ends with changes nothing of the request.
  const foreign = others.filter((other) => other !== CHECK);
  const left = foreign.map(beginningOf);
  let missing = foreign.filter((other) => foreignCommandOf(other) !== undefined).length;
  const requests = commands.flatMap((command) => {
    const read = readCommand(command, secrets);
    if (read.length === 0) {
      left.push('a cURL command without an address');
      missing++;
    }
    return read;
  });
  return writeFile(
    {
      requests,
      variables,
      secrets,
      missing,
      notes: [...told, ...(left.length === 0 ? [] : [leftOut(left)])],
    },
    'There is no cURL command with an address of the accessplanit API in this text.',
  );
}

/** The first word of a text that was not read. The rest may hold a secret, which nothing shows in any text. */
function beginningOf(text: string): string {
  const [first = '', ...rest] = text.split(/\s+/);
  const plain = /^[a-z][a-z'./-]{0,19}[:,;]?$/i.test(first) ? first : '';
  return `“${plain}${rest.length > 0 || plain === '' ? '…' : ''}”`;
}

/** Names the first few pieces that were not read. */
function leftOut(others: readonly string[]): string {
  const first = others.slice(0, 3);
  const more = others.length - first.length;
  return `Only cURL commands are imported. Left out: ${first.join(', ')}${more > 0 ? ` and ${more} more` : ''}.`;
}

function readCommand({ words, input, notes }: Command, secrets: Secrets): ForeignRequest[] {
  const requests: ForeignRequest[] = [];
  const guessed = new Set(notes);
  let transfer = new Transfer(secrets, input, guessed);
  for (const option of optionsOf(words.slice(1), (note) => guessed.add(note))) {
    if (option.meaning === 'next') {
      for (const request of transfer.requests()) requests.push(request);
      transfer = new Transfer(secrets, input, guessed);
    } else transfer.take(option);
  }
  return [...requests, ...transfer.requests()];
}

/** One request of a command line, or several that differ only in their addresses. */
class Transfer {
  readonly #addresses: string[] = [];
  readonly #data: string[] = [];
  readonly #parameters: string[] = [];
  readonly #notes = new Set<string>();
  #method: string | undefined;
  /** The method of `X-HTTP-Method-Override`, which counts where a proxy lets only GET and POST through. */
  #methodHeader: { readonly name: string; readonly value: string } | undefined;
  #implied: string | undefined;
  #inAddress = false;
  #json = '';
  #form = false;
  #literal = false;

  constructor(
    private readonly secrets: Secrets,
    private readonly input: string | undefined,
    /** Notes on the whole command. */
    private readonly guessed: ReadonlySet<string>,
  ) {}

  take({ meaning, name, value }: GivenOption): void {
    switch (meaning) {
      case 'address':
        if (value.trim() === '') return;
        if (!isMethod(value)) return void this.#addresses.push(value);
        this.#implied = value;
        return this.#tell(`“${value}” was read as the method.`);
      case 'method':
        return void (this.#method = value.trim());
      case 'query':
        return void (this.#inAddress = true);
      case 'head':
        return void (this.#implied = 'HEAD');
      case 'header':
        return this.#header(value);
      case 'sign-in':
      case 'proxy sign-in':
      case 'cookie':
        return this.#signIn(meaning, value);
      case 'json':
        this.#json += this.#file(value);
        return;
      case 'data':
        return void this.#data.push(this.#file(value));
      case 'data as written':
        return void this.#data.push(value);
      case 'data to encode':
        return void this.#data.push(this.#encoded(value));
      case 'parameter':
        return void this.#parameters.push(value.startsWith('+') ? value.slice(1) : this.#encoded(value));
      case 'form':
        this.#form = true;
        return;
      case 'file':
        this.#implied = 'PUT';
        return this.#tell('The file that the command sends was not read: write its JSON as the body.');
      case 'literal address':
        this.#literal = true;
        return;
      case 'unsupported':
        return this.#tell(`The option ${shown(name)} was left out: a request has nothing like it.`);
      case 'unknown':
        return this.#tell(`The option ${shown(name)} was left out: cURL has none that is known here.`);
      case 'next':
      case 'unrelated':
    }
  }

  requests(): ForeignRequest[] {
    const data = this.#data.filter((each) => each !== '').join('&');
    const inAddress = [...this.#parameters, ...(this.#inAddress ? [data] : [])].join('&');
    const body = this.#json !== '' ? this.#json : this.#inAddress ? '' : data;
    if (this.#json !== '' && this.#data.length > 0 && !this.#inAddress)
      this.#tell('The command has two bodies: only the JSON was kept.');
    const sends = this.#form || (!this.#inAddress && (this.#json !== '' || this.#data.length > 0));
    const addresses = this.#withoutOptions();
    if (this.#form) this.#tell('The form’s fields were left out: the API takes JSON.');
    const given = this.#method ?? this.#implied ?? (sends ? 'POST' : 'GET');
    const method = meantMethod(given, this.#methodHeader, (note) => this.#tell(note));
    return addresses.map((address) => ({
      method,
      address,
      parameters: readQuery(inAddress),
      body: body === '' ? undefined : unescaped(body),
      title: '',
      description: '',
      folders: [],
      notes: [...this.guessed, ...this.#notes, ...this.#lists(address)],
    }));
  }

  /** Beside an address, a variable alone is not another one: scripts keep options in such. */
  #withoutOptions(): readonly string[] {
    const addresses = this.#addresses.filter((each) => !isReference(each));
    if (addresses.length === 0) return this.#addresses;
    if (addresses.length < this.#addresses.length)
      this.#tell('A variable of the shell was left out: it may hold options, such as another method.');
    return addresses;
  }

  #tell(note: string): void {
    this.#notes.add(note);
  }

  /** cURL reads `[1-3]` and `{a,b}` as lists of addresses. */
  #lists(address: string): string[] {
    return this.#literal || !/\[\w+-\w+(?::\d+)?\]|\{[^{}]*\}/.test(address)
      ? []
      : [
          'Brackets and braces in the address are kept as text: cURL would send a request for each value in them.',
        ];
  }

  #signIn(meaning: 'sign-in' | 'proxy sign-in' | 'cookie', value: string): void {
    this.secrets.add(value);
    this.secrets.add(value.split(/[:=](.*)/s)[1] ?? '');
    if (meaning === 'sign-in')
      this.#tell('The sign-in of the command was left out: the connection signs in.');
    if (meaning === 'cookie') this.#tell('Cookies were left out: the connection signs in.');
  }

  #header(line: string): void {
    const [, written = '', value = ''] = /^([^:;]*)[:;]?(.*)$/s.exec(line) ?? [];
    const name = written.trim();
    if (/^(?:content-type|accept|user-agent|accept-.*|host|content-length)$/i.test(name)) return;
    if (isMethodHeader(name)) this.#methodHeader = { name, value };
    else if (isSecretName(name)) {
      this.secrets.add(value);
      this.#tell(`The header ${shown(name)} was left out: the connection signs in.`);
    } else if (name.startsWith('@')) this.#tell('Headers in a file were left out.');
    else if (!/^(?:sec-|origin|referer|priority|dnt|pragma|cache-control|upgrade)/i.test(name))
      this.#tell(`The header ${shown(name)} was left out: the connection sends what the API needs.`);
  }

  #file(value: string): string {
    if (!value.startsWith('@')) return value;
    if (value === '@-' && this.input !== undefined) return this.input;
    this.#tell(
      value === '@-'
        ? 'The body comes from another program, which did not run: write its JSON as the body.'
        : 'The body is in a file, which was not read: write its JSON as the body.',
    );
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
