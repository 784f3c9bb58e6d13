/** Unusual answers: huge, with thousands of members, or with members of changing types. */
import type { Alteration } from './control';
import { isObject } from './values';

type Json = Readonly<Record<string, unknown>>;

const recordsOf = (body: unknown): readonly Json[] => {
  const results = isObject(body) ? body['results'] : undefined;
  return Array.isArray(results) ? results.filter(isObject) : [];
};

/** Returns the body with its records altered, or unchanged if it has none. */
export function alter(body: unknown, alteration: Exclude<Alteration, { kind: 'big' }>): unknown {
  if (!isObject(body) || !Array.isArray(body['results'])) return body;
  const change =
    alteration.kind === 'wide'
      ? (record: Json) => widen(record, alteration.members)
      : (record: Json, index: number) => retype(record, index);
  return { ...body, results: recordsOf(body).map(change) };
}

/** Custom fields are named `CF_…` (O). */
function widen(record: Json, members: number): Json {
  const wide: Record<string, unknown> = { ...record };
  for (let n = Object.keys(record).length; n < members; n++) wide[`CF_Field${n}`] = `Value ${n}`;
  return wide;
}

/** Gives the members of a record a text, number, array, object or no value in turn; the ID stays the same. */
function retype(record: Json, index: number): Json {
  const forms: readonly ((value: unknown) => unknown)[] = [
    (value) => value,
    (value) => (Array.isArray(value) ? value.join() : [value]),
    () => null,
    (value) => ({ value }),
    (value) => String(value).length,
    () => true,
  ];
  return Object.fromEntries(
    Object.entries(record).map(([name, value], member) => [
      name,
      name === 'ID' ? value : forms[(index + member) % forms.length]?.(value),
    ]),
  );
}

/** Yields the body in parts, with copies of its records (with their own IDs) up to `megabytes`. */
export function* inflate(body: unknown, megabytes: number): Generator<string> {
  const records = recordsOf(body);
  const rest = Object.entries(isObject(body) ? body : {}).filter(([name]) => name !== 'results');
  const limit = megabytes * 1024 * 1024;
  yield '{"results":[';
  let size = 0;
  for (let number = 0; size < limit; number++) {
    const record = records[number % Math.max(1, records.length)] ?? {};
    const copy =
      number < records.length ? record : { ...record, ID: `copy-${number}`, Filler: 'x'.repeat(10_000) };
    const text = `${number === 0 ? '' : ','}${JSON.stringify(copy)}`;
    size += text.length;
    yield text;
  }
  yield `]${rest.map(([name, value]) => `,${JSON.stringify(name)}:${JSON.stringify(value)}`).join('')}}`;
}
