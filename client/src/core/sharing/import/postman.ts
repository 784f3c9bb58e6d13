/** Imports Postman collections, format 2.0 and 2.1. Each part is read separately: a broken one spoils no other. */
import * as v from 'valibot';
import { decodeParameters } from '#language';
import { isSecretName, Secrets } from '../../remote/secret-names';
import { oneLine } from '../../text/foreign-text';
import type { ForeignRequest, Imported, Parameter } from './imported';
import { Variables } from './variables';
import { writeFile } from './write-file';

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
const pair = v.object({ key: text, id: text, name: text, value, type: text, disabled: flag });
const collection = v.object({
  info: v.object({ name: text, schema: text, description: v.optional(v.unknown()) }),
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
  const read = v.safeParse(collection, wrapped.success ? wrapped.output.collection : parsed);
  if (!read.success)
    return fail('The file is not a Postman collection: export it as “Collection v2.1” and try again.');
  const reader = new Reader(read.output.variable);
  if (present(read.output.auth)) reader.signIn();
  if (read.output.event.length > 0) reader.scripts();
  reader.items(read.output.item, '', 0);
  return writeFile(reader, 'The collection has no request of the accessplanit API.');
}

const present = (each: unknown) => each !== undefined && each !== null;

class Reader {
  readonly requests: ForeignRequest[] = [];
  readonly secrets = new Secrets();
  readonly notes = new Set<string>();
  readonly variables: Variables;

  constructor(variables: readonly unknown[]) {
    const known = new Map<string, string | undefined>();
    for (const { key, id, value: content, type, disabled } of pairs(variables)) {
      const name = key === '' ? id : key;
      if (name === '' || disabled) continue;
      const secret = type === 'secret' || isSecretName(name);
      if (secret) this.secrets.add(content);
      known.set(name.trim(), secret ? undefined : content);
    }
    this.variables = new Variables(known);
  }

  signIn(): void {
    this.notes.add('The sign-in of the collection was left out: the connection signs in.');
  }

  scripts(): void {
    this.notes.add('Scripts were left out.');
  }

  items(items: readonly unknown[], folder: string, depth: number): void {
    for (const each of items) {
      const read = v.safeParse(item, each);
      if (!read.success) continue;
      const { name, item: inner, auth, event } = read.output;
      if (present(auth)) this.signIn();
      if (event.length > 0) this.scripts();
      if (inner !== undefined) {
        if (depth < MAX_DEPTH)
          this.items(inner, [folder, oneLine(name)].filter((part) => part !== '').join(' / '), depth + 1);
        else this.notes.add('Folders that nest too deep were left out.');
      } else this.#request(read.output, folder);
    }
  }

  #request({ name, description, request: given }: v.InferOutput<typeof item>, folder: string): void {
    if (!present(given)) return;
    // A request may be no more than its address.
    const read = v.safeParse(request, typeof given === 'string' ? { url: given } : given);
    if (!read.success) return;
    const { method, url: place, description: own, header, auth, body: sent } = read.output;
    if (present(auth)) this.signIn();
    this.#headers(header);
    this.requests.push({
      method,
      ...this.#address(place),
      body: this.#body(sent, name),
      title: name,
      description: own === '' ? description : own,
      folder,
    });
  }

  #address(given: unknown): { address: string; parameters: readonly Parameter[] } {
    if (typeof given === 'string') return { address: given, parameters: [] };
    const read = v.safeParse(url, given);
    if (!read.success) return { address: '', parameters: [] };
    const { raw, host, path, query, variable } = read.output;
    const joined = (parts: string | readonly unknown[], by: string) =>
      typeof parts === 'string' ? parts : parts.filter((part) => typeof part === 'string').join(by);
    const whole = raw !== '' ? raw : [joined(host, '.'), joined(path, '/')].join('/');
    // The list shows which parameters are switched off; the raw text lacks those.
    const address = query === undefined ? whole : (whole.split('?', 1)[0] ?? '');
    return {
      address: this.#withVariables(address, variable),
      parameters: decodeParameters(
        pairs(query ?? [])
          .filter(({ disabled }) => !disabled)
          .map(({ key, value: content }) => ({ name: key, value: content })),
      ),
    };
  }

  /** Replaces `/:id` in the path with its value, or with a variable that is asked for. */
  #withVariables(address: string, given: readonly unknown[]): string {
    const values = new Map(
      pairs(given).map(({ key, id, value: content }) => [key === '' ? id : key, content] as const),
    );
    const [path = '', ...query] = address.split('?');
    const resolved = path.replace(/\/:([\w-]+)(?=\/|$)/g, (_, name: string) => {
      const found = values.get(name) ?? '';
      if (found === '' || isSecretName(name)) return `/{{${name}}}`;
      return `/${found.includes('{{') ? found : encodeURIComponent(found.replace(/\p{Cs}/gu, ''))}`;
    });
    return [resolved, ...query].join('?');
  }

  #headers(given: unknown): void {
    const headers =
      typeof given === 'string'
        ? given.split(/\r?\n/).map((line) => {
            const [key = '', ...rest] = line.split(':');
            return { key: key.trim(), value: rest.join(':').trim(), disabled: /^\s*\/\//.test(line) };
          })
        : pairs(Array.isArray(given) ? given : []);
    for (const { key, value: content, disabled } of headers) {
      if (isSecretName(key)) {
        this.secrets.add(content);
        this.notes.add(`The header ${oneLine(key)} was left out: the connection signs in.`);
      } else if (!disabled && key !== '' && !/^(?:content-type|accept|user-agent|cache-control)$/i.test(key))
        this.notes.add(`The header ${oneLine(key)} was left out: the connection sends what the API needs.`);
    }
  }

  #body(given: unknown, name: string): string | undefined {
    const read = v.safeParse(body, given);
    if (!read.success || read.output.disabled) return undefined;
    const { mode, raw } = read.output;
    if (mode === 'raw' || (mode === '' && raw !== '')) return raw;
    if (mode !== '' && mode !== 'none')
      this.notes.add(`The body of “${oneLine(name)}” (${oneLine(mode)}) was left out: the API takes JSON.`);
    return undefined;
  }
}

const pairs = (given: readonly unknown[]): v.InferOutput<typeof pair>[] =>
  given.flatMap((each) => {
    const read = v.safeParse(pair, each);
    return read.success ? [read.output] : [];
  });
