/** Imports Postman collections, format 2.0 and 2.1, and environments. Each part is read separately: a broken one spoils no other. */
import * as v from 'valibot';
import { decodeParameters } from '#language';
import { isSecretName, Secrets } from '../../remote/secret-names';
import { type Folder, type ForeignRequest, type Imported, type Parameter, shown } from './imported';
import { isMethodHeader, meantMethod } from './method-header';
import { Variables } from './variables';
import { writeFile, writeVariables } from './write-file';

const text = v.fallback(v.string(), '');
const flag = v.fallback(v.boolean(), false);
const list = v.fallback(v.array(v.unknown()), []);
/** A value as Postman shows it; numbers and booleans may be written without quotes. */
const value = v.fallback(
  v.pipe(
    v.union([v.string(), v.number(), v.boolean()]),
    v.transform((each) => String(each)),
  ),
  '',
);
const described = v.fallback(
  v.union([
    v.string(),
    v.pipe(
      v.object({ content: v.string() }),
      v.transform(({ content }) => content),
    ),
  ]),
  '',
);
const pair = v.object({
  key: text,
  id: text,
  name: text,
  value,
  type: text,
  disabled: flag,
  enabled: v.fallback(v.boolean(), true),
});
const environment = v.object({ values: v.array(v.unknown()), item: v.optional(v.undefined()) });
const collection = v.object({
  info: v.object({ name: text, schema: text, description: described }),
  item: v.array(v.unknown()),
  variable: list,
  auth: v.optional(v.unknown()),
  event: list,
});
const item = v.object({
  name: text,
  description: described,
  item: v.fallback(v.optional(v.array(v.unknown())), undefined),
  request: v.optional(v.unknown()),
  auth: v.optional(v.unknown()),
  event: list,
  variable: list,
  response: list,
});
const request = v.object({
  method: v.fallback(v.string(), 'GET'),
  url: v.optional(v.unknown()),
  description: described,
  header: v.optional(v.unknown()),
  body: v.optional(v.unknown()),
  auth: v.optional(v.unknown()),
});
const url = v.object({
  raw: text,
  host: v.fallback(v.union([v.string(), v.array(v.string())]), ''),
  path: v.fallback(v.union([v.string(), v.array(v.unknown())]), ''),
  query: v.fallback(v.optional(v.array(v.unknown())), undefined),
  variable: list,
});
const body = v.object({ mode: text, raw: text, disabled: flag });

/** Real collections don't nest folders this deep. */
const MAX_DEPTH = 50;

/** Never throws. */
export function postmanToApq(json: string): Imported {
  const fail = (message: string): Imported => ({ ok: false, message });
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch {
    return fail('The file is not JSON, so it is not a Postman collection.');
  }
  // Postman's API returns it in a wrapper.
  const wrapped = v.safeParse(v.object({ collection: v.record(v.string(), v.unknown()) }), parsed);
  const values = v.safeParse(environment, parsed);
  if (values.success) return environmentToApq(values.output.values);
  const read = v.safeParse(collection, wrapped.success ? wrapped.output.collection : parsed);
  if (!read.success)
    return fail('The file is not a Postman collection: export it as “Collection v2.1” and try again.');
  const reader = new Reader(read.output.info.description);
  reader.learn(read.output.variable);
  if (present(read.output.auth)) reader.signIn();
  if (read.output.event.length > 0) reader.scripts();
  reader.items(read.output.item, []);
  return writeFile(reader, 'The collection has no request of the accessplanit API.');
}

/** Variables without requests. */
function environmentToApq(values: readonly unknown[]): Imported {
  const reader = new Reader('');
  reader.learn(values);
  for (const { key } of pairs(values)) reader.variables.inClause(reader.variables.ask(key));
  return writeVariables(reader, 'The environment has no variables.');
}

const present = (each: unknown) => each !== undefined && each !== null;

class Reader {
  readonly requests: ForeignRequest[] = [];
  readonly secrets = new Secrets();
  readonly notes = new Set<string>();
  /** How many requests could not be read. */
  missing = 0;
  readonly #known = new Map<string, string | undefined>();
  readonly variables = new Variables(this.#known);

  constructor(readonly description: string) {}

  /** Remembers values of variables. */
  learn(variables: readonly unknown[]): void {
    for (const { key, id, value: content, type, disabled, enabled } of pairs(variables)) {
      const name = (key === '' ? id : key).trim();
      if (name === '' || disabled || !enabled) continue;
      const secret = type === 'secret' || isSecretName(name);
      if (secret) this.secrets.add(content);
      const kept = secret ? undefined : content;
      if (this.#known.has(name) && this.#known.get(name) !== kept)
        this.notes.add(`The variable ${shown(name)} has several values: the first one was kept.`);
      else this.#known.set(name, kept);
    }
  }

  signIn(): void {
    this.notes.add('The sign-in of the collection was left out: the connection signs in.');
  }

  scripts(): void {
    this.notes.add('Scripts were left out.');
  }

  items(items: readonly unknown[], folders: readonly Folder[]): void {
    for (const each of items) {
      const read = v.safeParse(item, each);
      if (!read.success) {
        this.#refuse('An entry of the collection that is neither a folder nor a request was left out.');
        continue;
      }
      const { name, description, item: inner, auth, event, variable, response } = read.output;
      if (present(auth)) this.signIn();
      if (event.length > 0) this.scripts();
      if (response.length > 0) this.notes.add('Saved examples were left out.');
      if (inner === undefined) this.#request(read.output, folders);
      else if (folders.length < MAX_DEPTH) {
        this.learn(variable);
        const before = this.requests.length;
        this.items(inner, [...folders, { name, description: this.variables.mark(description) }]);
        if (this.requests.length === before)
          this.notes.add(`The folder “${shown(name)}” was left out: it has no request.`);
      } else this.#refuse('Folders that nest too deep were left out.');
    }
  }

  #refuse(note: string): void {
    this.missing++;
    this.notes.add(note);
  }

  #request(
    { name, description, request: given }: v.InferOutput<typeof item>,
    folders: readonly Folder[],
  ): void {
    // A request may be no more than its address.
    const read = v.safeParse(request, typeof given === 'string' ? { url: given } : given);
    if (!present(given) || !read.success) {
      this.#refuse(`The request “${shown(name)}” was left out: it could not be read.`);
      return;
    }
    const { method, url: place, description: own, header, auth, body: sent } = read.output;
    if (present(auth)) this.signIn();
    const notes = new Set<string>();
    const tell = (note: string) => void notes.add(note);
    const methodHeader = this.#headers(header, tell);
    this.requests.push({
      method: meantMethod(method, methodHeader, tell),
      ...this.#address(place, tell),
      body: this.#body(sent, tell),
      title: this.variables.mark(name),
      description: this.variables.mark(own === '' ? description : own),
      folders,
      notes: [...notes],
    });
  }

  #address(
    given: unknown,
    tell: (note: string) => void,
  ): { address: string; parameters: readonly Parameter[] } {
    if (typeof given === 'string') return { address: this.#withVariables(given, []), parameters: [] };
    const read = v.safeParse(url, given);
    if (!read.success) return { address: '', parameters: [] };
    const { raw, host, path, query, variable } = read.output;
    const joined = (parts: string | readonly unknown[], by: string) =>
      typeof parts === 'string' ? parts : parts.filter((part) => typeof part === 'string').join(by);
    const whole = raw !== '' ? raw : [joined(host, '.'), joined(path, '/')].join('/');
    if (query === undefined) return { address: this.#withVariables(whole, variable), parameters: [] };
    // The list shows which parameters are switched off; the raw text lacks those.
    const parameters = pairs(query);
    for (const { key, value: content, disabled } of parameters)
      if (disabled)
        tell(
          `The parameter ${shown(isSecretName(key) ? key : `${key}=${content}`)} was left out: it is switched off.`,
        );
    return {
      address: this.#withVariables(whole.replace(/\?.*/s, ''), variable),
      parameters: decodeParameters(
        parameters
          .filter(({ disabled }) => !disabled)
          .map(({ key, value: content }) => ({
            name: this.variables.mark(key),
            value: this.variables.mark(content),
          })),
      ),
    };
  }

  /** Replaces `/:id` in the path with its value, or with a variable that is asked for; and marks all variables. */
  #withVariables(address: string, given: readonly unknown[]): string {
    const values = new Map(
      pairs(given).map(({ key, id, value: content }) => [key === '' ? id : key, content] as const),
    );
    const [path = '', query = ''] = this.variables.expandStart(address).split(/(?=\?)(.*)/s);
    const resolved = path.replace(/\/:([\w-]+)(?=\/|$)/g, (_, name: string) => {
      const found = values.get(name) ?? '';
      if (found === '' || isSecretName(name)) return `/{{${name}}}`;
      return `/${found.includes('{{') ? found : encodeURIComponent(found.replace(/\p{Cs}/gu, ''))}`;
    });
    return this.variables.mark(resolved + query);
  }

  /** Returns the header that names the method. */
  #headers(given: unknown, tell: (note: string) => void) {
    let methodHeader: { readonly name: string; readonly value: string } | undefined;
    const headers =
      typeof given === 'string'
        ? given.split(/\r?\n/).map((line) => {
            const [key = '', ...rest] = line.split(':');
            return { key: key.trim(), value: rest.join(':').trim(), disabled: /^\s*\/\//.test(line) };
          })
        : pairs(Array.isArray(given) ? given : []);
    for (const { key, value: content, disabled } of headers) {
      if (!disabled && isMethodHeader(key)) {
        methodHeader = { name: key, value: content };
      } else if (isSecretName(key)) {
        this.secrets.add(content);
        this.notes.add(`The header ${shown(key)} was left out: the connection signs in.`);
      } else if (!disabled && key !== '' && !/^(?:content-type|accept|user-agent|cache-control)$/i.test(key))
        tell(`The header ${shown(key)} was left out: the connection sends what the API needs.`);
    }
    return methodHeader;
  }

  #body(given: unknown, tell: (note: string) => void): string | undefined {
    const read = v.safeParse(body, given);
    if (!read.success) return undefined;
    const { mode, raw, disabled } = read.output;
    if (disabled) {
      if (raw !== '') tell('The body was left out: it is switched off.');
      return undefined;
    }
    if (mode === 'raw' || (mode === '' && raw !== '')) return this.variables.mark(raw);
    if (mode !== '' && mode !== 'none') tell(`The body (${shown(mode)}) was left out: the API takes JSON.`);
    return undefined;
  }
}

const pairs = (given: readonly unknown[]): v.InferOutput<typeof pair>[] =>
  given.flatMap((each) => {
    const read = v.safeParse(pair, each);
    return read.success ? [read.output] : [];
  });
