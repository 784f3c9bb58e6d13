/**
 * A preview is never wrong: what a user sees last before a change is sent is what happens, field by field, whatever is
 * written and whoever else writes meanwhile. Against the sample platform, over HTTP.
 */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fetchMetadata } from '#core/metadata/fetch';
import type { ApiClient } from '#core/remote/api';
import { ApiError } from '#core/remote/api-error';
import { type ApiRecord, readPage } from '#core/results/read-page';
import { idOf } from '#core/results/table';
import { isNothing, sameValue } from '#core/values/same-value';
import { writeJson } from '#core/values/write-json';
import { askFor } from '#core/writing/consent';
import { deedOf } from '#core/writing/deed';
import { foresee, foreseeAll } from '#core/writing/foresee';
import type { FieldChange, PlannedChange } from '#core/writing/planned-change';
import type { FieldInfo, WireRequest } from '#language';
import { type Field, findModule } from '#platform/catalog';
import { type Platform, startPlatform } from '#platform/platform';
import { clientOf } from '../support/api-client';
import { property } from './support/property';

// IDs of the last one are made of two.
const MODULES = ['Venue', 'CourseDate', 'User', 'User', 'Company', 'UserCourseDate'];

/** A value for a field: its own, its own in another spelling, another one, none, or one of another type. */
type Kind = 'own' | 'respelt' | 'other' | 'none' | 'wrong';

interface Deed {
  readonly module: string;
  /** Which record, by number; beyond those that there are, an ID that does not exist. */
  readonly record: number;
  readonly how: 'put' | 'post' | 'upsert' | 'delete';
  readonly fields: readonly (readonly [field: number, kind: Kind, value: number])[];
  /** Which condition an upsert has. */
  readonly condition: 'id' | 'id in other case' | 'two' | 'text' | 'many' | 'nobody';
  /** What somebody else does to the record between the preview and the consent. */
  readonly meanwhile: 'nothing' | 'touches' | 'changes another field' | 'deletes';
}

const often = <T>(usual: T, ...others: readonly T[]) => fc.constantFrom(usual, usual, usual, ...others);

const deeds: fc.Arbitrary<Deed> = fc.record({
  module: fc.constantFrom(...MODULES),
  record: fc.nat(60),
  how: fc.constantFrom('put', 'put', 'post', 'upsert', 'upsert', 'delete'),
  fields: fc.array(
    fc.tuple(fc.nat(1000), often<Kind>('other', 'own', 'own', 'respelt', 'none', 'wrong'), fc.nat(1000)),
    {
      minLength: 1,
      maxLength: 4,
    },
  ),
  condition: fc.constantFrom('id', 'id in other case', 'two', 'text', 'many', 'nobody'),
  meanwhile: often<Deed['meanwhile']>('nothing', 'touches', 'changes another field', 'deletes'),
});

const OTHER: Readonly<Record<Field['kind'], readonly string[]>> = {
  string: ['""', '"York"', '" york "', '"O\'Neill"', '"007"', '"1.50"', '"Müller\\n"', '"2026-01-01"'],
  integer: ['0', '7', '-1', '7.0', '2147483647'],
  decimal: ['0', '12.5', '12.50', '-0.01', '1e2'],
  boolean: ['true', 'false'],
  datetime: ['"2026-03-29T01:30:00"', '"2026-03-29"', '"2026-03-29T01:30"', '"2026-03-29T00:00:00"'],
  list: ['[]', '["a"]', '["a","b; c"]'],
};
const WRONG: Readonly<Record<Field['kind'], readonly string[]>> = {
  string: ['5', 'true', '["a"]'],
  integer: ['1.5', '"7"', 'true', '"x"'],
  decimal: ['"12.5"', 'false', '[]'],
  boolean: ['"true"', '1', '"yes"'],
  datetime: ['"29/03/2026"', '"2026-02-30"', '20260329', '"tomorrow"'],
  list: ['[1]', '5', '[["a"]]'],
};

/** A value of a record in another way of writing it, as JSON. */
function respelt({ kind }: Field, value: unknown): string {
  const json = writeJson(value);
  if (kind === 'integer' && typeof value === 'number') return `${json}.0`;
  if (kind === 'decimal' && typeof value === 'number') return json.includes('.') ? `${json}0` : `${json}.00`;
  if (kind === 'datetime' && typeof value === 'string')
    return writeJson(value.replace(/T00:00:00$/, '').replace(/(T\d\d:\d\d):00$/, '$1'));
  return kind === 'list' && typeof value === 'string' && value !== '' ? writeJson([value]) : json;
}

/** A platform, and what a user of it knows. */
class World {
  readonly client: ApiClient;
  readonly fields = new Map<string, readonly FieldInfo[]>();
  #others = 0;
  readonly #records = new Map<string, ReadonlyMap<string, ApiRecord>>();

  constructor(platform: Platform) {
    this.client = clientOf(platform);
  }

  async learn(): Promise<void> {
    const { metadata } = await fetchMetadata(this.client, { modules: MODULES });
    for (const { name, fields } of metadata.modules) this.fields.set(name, fields ?? []);
  }

  known(module: string): readonly FieldInfo[] {
    return this.fields.get(module) ?? [];
  }

  /** All records of a module as they are, by ID; read again after each write. */
  async records(module: string): Promise<ReadonlyMap<string, ApiRecord>> {
    const kept = this.#records.get(module);
    if (kept !== undefined) return kept;
    const select = this.known(module).map(({ name }) => name);
    const query = [
      { name: '$select', value: select.join(',') },
      { name: '$top', value: '1000' },
    ];
    const { records } = readPage((await this.client.send({ method: 'GET', module, query })).json);
    const read = new Map(records.map((record) => [idOf(record) ?? '', record]));
    this.#records.set(module, read);
    return read;
  }

  /** Returns the status. */
  async send(wire: WireRequest): Promise<number> {
    this.#records.delete(wire.module);
    try {
      return (await this.client.send(wire)).status;
    } catch (error) {
      if (error instanceof ApiError && error.status !== undefined) return error.status;
      throw error;
    }
  }

  /** The request of a deed, on the records as they are. */
  requestOf(deed: Deed, records: ReadonlyMap<string, ApiRecord>): WireRequest {
    const { module, how, condition } = deed;
    const ids = [...records.keys()];
    const id = ids[deed.record] ?? '99999';
    const record = records.get(id) ?? {};
    if (how === 'delete') return { method: 'DELETE', module, id, query: [] };
    const body = this.#body(deed, record);
    if (how === 'put') return { method: 'PUT', module, id, query: [], body };
    if (how === 'post') return { method: 'POST', module, query: [], body };
    const quoted = (text: unknown) => `'${String(text).replaceAll("'", "''")}'`;
    const text = ['Label', 'Town', 'Email', 'Surname'].find((name) => typeof record[name] === 'string');
    const filter = {
      id: `ID eq ${quoted(id)}`,
      'id in other case': `id eq ${quoted(id.toUpperCase())}`,
      two: `ID eq ${quoted(id)} or ID eq ${quoted(ids[(deed.record * 7) % 40] ?? '1')}`,
      text:
        text === undefined
          ? `ID eq ${quoted(id)}`
          : `${text} eq ${quoted(String(record[text]).toUpperCase())}`,
      many: "Status ne ''",
      nobody: `ID eq 'nobody'`,
    }[condition];
    return { method: 'POST', module, query: [{ name: '$upsert', value: filter }], body };
  }

  #body({ module, fields }: Deed, record: ApiRecord): string {
    const writable = (findModule(module)?.fields ?? []).filter((field) => field.writable);
    const members = new Map<string, string>();
    for (const [place, kind, value] of fields) {
      const field = writable[place % writable.length];
      if (field === undefined) continue;
      const own = record[field.name] ?? null;
      const [other, wrong] = [OTHER[field.kind], WRONG[field.kind]];
      members.set(
        field.name,
        {
          own: writeJson(own),
          respelt: respelt(field, own),
          other: other[value % other.length] ?? 'null',
          none: 'null',
          wrong: wrong[value % wrong.length] ?? 'null',
        }[kind],
      );
    }
    return `{${[...members].map(([name, json]) => `${writeJson(name)}:${json}`).join(',')}}`;
  }

  /** What somebody else does meanwhile to the record that a change meets. */
  async meanwhile({ meanwhile, module }: Deed, change: PlannedChange): Promise<void> {
    if (!('id' in change) || meanwhile === 'nothing') return;
    const { id, fields } = change;
    if (meanwhile === 'deletes') {
      await this.send({ method: 'DELETE', module, id, query: [] });
      return;
    }
    const named = new Set(fields.map(({ name }) => name));
    const field = (findModule(module)?.fields ?? []).find(
      ({ writable, kind, name }) =>
        writable && kind === 'string' && name !== 'Status' && named.has(name) === (meanwhile === 'touches'),
    );
    if (field === undefined) return;
    const body = writeJson({ [field.name]: `by somebody else, ${++this.#others} times` });
    await this.send({ method: 'PUT', module, id, query: [], body });
  }
}

/** A: what the platform works out or keeps by itself. */
const isOwn = (module: string, name: string): boolean => findModule(module)?.field(name)?.writable !== true;

/** The names of the fields in which two states of a record differ, but for what the platform keeps by itself. */
const changedIn = (module: string, before: ApiRecord, after: ApiRecord): string[] =>
  Object.keys(after).filter(
    (name) => !isOwn(module, name) && writeJson(before[name] ?? null) !== writeJson(after[name] ?? null),
  );

/** A field is as it was promised; the platform has its own ways of writing that there is no value. */
function assertField({ name, type, after }: FieldChange, record: ApiRecord): void {
  const is = record[name];
  assert.ok(sameValue(type, is, after) || (isNothing(is) && isNothing(after)), `${name}: ${writeJson(is)}`);
}

/** What happened is what was promised. */
function assertPromise(
  module: string,
  change: PlannedChange,
  status: number,
  [before, after]: readonly [ReadonlyMap<string, ApiRecord>, ReadonlyMap<string, ApiRecord>],
): void {
  const [gone, made] = [
    [...before.keys()].filter((id) => !after.has(id)),
    [...after.keys()].filter((id) => !before.has(id)),
  ];
  const changed = [...after].flatMap(([id, record]) => {
    const old = before.get(id);
    const names = old === undefined ? [] : changedIn(module, old, record);
    return names.length === 0 ? [] : [{ id, names }];
  });
  const happened = { status, gone, made: made.length, changed };
  const nothing = { gone: [], made: 0, changed: [] };
  switch (change.outcome) {
    case 'unforeseen':
      assert.fail(change.reason);
      return;
    case 'refused':
      assert.ok(status === 400 || status === 404, `${change.reason} But it was done: ${status}`);
      assert.deepEqual(happened, { ...nothing, status });
      return;
    case 'create': {
      assert.deepEqual(happened, { ...nothing, status: 201, made: 1 });
      const record = after.get(made[0] ?? '') ?? {};
      for (const field of change.fields) assertField(field, record);
      return;
    }
    case 'delete':
      assert.deepEqual(
        happened,
        change.step === 'remove'
          ? { ...nothing, status: 200, gone: [change.id] }
          : { ...nothing, status: 200, changed: [{ id: change.id, names: ['Status'] }] },
      );
      assert.equal(after.get(change.id)?.['Status'] ?? 'Deleted', 'Deleted');
      return;
    case 'update':
    case 'unchanged': {
      const [old = {}, record = {}] = [before.get(change.id), after.get(change.id)];
      assert.deepEqual([status, gone, made], [200, [], []]);
      assert.ok(changed.every(({ id }) => id === change.id));
      const promised = change.fields.filter(({ changes }) => changes).map(({ name }) => name);
      for (const field of change.fields) {
        assertField(field, record);
        assert.equal(writeJson(field.before), writeJson(old[field.name]), `${field.name} was another before`);
        // The same value in another spelling is the same.
        if (!field.changes) assert.ok(sameValue(field.type, old[field.name], record[field.name]), field.name);
      }
      const others = changedIn(module, old, record).filter(
        (name) => !change.fields.some((field) => field.name === name),
      );
      assert.deepEqual(others, []);
      assert.equal(change.outcome === 'update', promised.length > 0);
    }
  }
}

describe('a preview', () => {
  let platform: Platform;
  let world: World;
  before(async () => {
    platform = await startPlatform({ records: 40 });
    world = new World(platform);
    await world.learn();
  });
  after(async () => platform.close());

  property('is never wrong', 1000, deeds, async (deed) => {
    const { module } = deed;
    const wire = world.requestOf(deed, await world.records(module));
    const look = async () => foresee(world.client, wire, world.known(module));
    const first = await look();
    const shown: PlannedChange[] = [];
    const agreed = await askFor(first, {
      foresee: look,
      ask: async (change) => {
        shown.push(change);
        if (shown.length === 1) await world.meanwhile(deed, change);
        return deedOf(change, { name: '', production: false }) !== undefined;
      },
    });
    const seen = shown.at(-1);
    assert.ok(seen);
    assert.equal(agreed === undefined, seen.outcome === 'refused');
    const before = await world.records(module);
    const status = await world.send(wire);
    assertPromise(module, seen, status, [before, await world.records(module)]);
  });

  property(
    'of many is the preview of each',
    30,
    fc.tuple(fc.constantFrom(...MODULES), fc.array(deeds, { minLength: 1, maxLength: 30 })),
    async ([module, several]) => {
      const records = await world.records(module);
      const wires = several.map((deed) => world.requestOf({ ...deed, module }, records));
      const together = await foreseeAll(world.client, wires, world.known(module));
      for (const [index, wire] of wires.entries()) {
        const alone = await foresee(world.client, wire, world.known(module));
        assert.deepEqual(comparable(together[index]), comparable(alone));
      }
    },
  );
});

/** Of many records, not all fields may be read. */
const comparable = (change: PlannedChange | undefined) =>
  change === undefined
    ? undefined
    : { outcome: change.outcome, fields: change.fields, id: 'id' in change ? change.id : undefined };
