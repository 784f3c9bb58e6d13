/** Whatever a change did to a record, the file that takes it back restores it: on the sample platform, as a user runs it. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { asQuery } from '#core/history/as-query';
import { fetchMetadata } from '#core/metadata/fetch';
import { type ApiRecord, readPage } from '#core/results/read-page';
import { type RunPort, runRequests } from '#core/running/pipeline';
import { readQueryFile } from '#core/running/query-file';
import { Refusal } from '#core/running/refusal';
import { answersFrom, Responses } from '#core/running/responses';
import { sendRequest } from '#core/running/send';
import { ChangeLog } from '#core/writing/change-log';
import { foresee } from '#core/writing/foresee';
import { takeBack, undoText } from '#core/writing/undo-file';
import { type FieldInfo, isSecretName, LanguageService, type WireRequest } from '#language';
import { findModule } from '#platform/catalog';
import { type Platform, startPlatform } from '#platform/platform';
import { NO_QUERY } from '../core/support/runs';
import { clientOf } from '../support/api-client';
import { property } from './support/property';

const MODULES = ['Venue', 'CourseDate', 'User'];

/** What is done to a record of a module. */
interface Deed {
  readonly module: string;
  readonly record: number;
  readonly how: 'put' | 'upsert' | 'delete' | 'create';
  /** Which of the fields that can be written get which value, by number. */
  readonly values: readonly (readonly [field: number, value: number])[];
}

const deeds = fc.record({
  module: fc.constantFrom(...MODULES),
  record: fc.nat(1000),
  how: fc.constantFrom('put', 'put', 'upsert', 'delete', 'create'),
  values: fc.array(fc.tuple(fc.nat(1000), fc.nat(1000)), { minLength: 1, maxLength: 4 }),
}) satisfies fc.Arbitrary<Deed>;

const TEXTS = [
  '',
  'York',
  '{{x}} {{$env HOME}}',
  '### a\nDELETE user/1001',
  'O\'Neill "&" 50%',
  null,
  '007',
  ' x ',
];
const VALUES: Readonly<Partial<Record<FieldInfo['type'], readonly unknown[]>>> = {
  integer: [0, 7, null, -1],
  decimal: [0, 12.5, null],
  boolean: [true, false, null],
  datetime: ['2026-03-29T01:30:00', null],
  date: ['2026-03-29', null],
  list: [[], ['a', 'b; c'], null],
};

function pick<T>(list: readonly T[], at: number): T {
  const found = list[at % list.length];
  assert.ok(found !== undefined, 'an empty list');
  return found;
}

describe('taking changes back', () => {
  let platform: Platform;
  let folder: string;
  const language = new LanguageService();
  const fields = new Map<string, readonly FieldInfo[]>();
  before(async () => {
    platform = await startPlatform({ records: 60 });
    folder = mkdtempSync(join(tmpdir(), 'apq-undo-'));
    const { metadata } = await fetchMetadata(clientOf(platform), { modules: MODULES });
    language.setMetadata(metadata);
    for (const { name, fields: known = [] } of metadata.modules) fields.set(name, known);
  });
  after(async () => {
    await platform.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const fieldsOf = (module: string) => fields.get(module) ?? [];
  /** As the platform has it, which does not tell. What has the name of a secret is not kept. */
  const writable = (module: string) => {
    const can = findModule(module);
    return fieldsOf(module).filter(({ name }) => can?.field(name)?.writable === true && !isSecretName(name));
  };

  async function read(module: string, filter?: string): Promise<readonly ApiRecord[]> {
    const select = fieldsOf(module).map(({ name }) => name);
    const query = [
      { name: '$select', value: select.join(',') },
      ...(filter === undefined ? [] : [{ name: '$filter', value: filter }]),
    ];
    return readPage((await clientOf(platform).send({ method: 'GET', module, query })).json).records;
  }
  const ofId = async (module: string, id: unknown) => (await read(module, `ID eq '${String(id)}'`))[0];

  /** Runs all requests of a text as a user does. Returns the ID of a new record. */
  async function run(text: string, log: ChangeLog): Promise<string | undefined> {
    const client = clientOf(platform);
    const { connection } = client;
    const responses = new Responses();
    let created: string | undefined;
    const port: RunPort = {
      connection: async () => Promise.resolve(connection),
      connectionOf: () => connection,
      language: async () => Promise.resolve(language),
      answer: answersFrom(responses, () => connection),
      responses,
      query: NO_QUERY,
      foresee: async ({ wire }) => foresee(client, wire, fieldsOf(wire.module)),
      writes: { log, source: 'editor', run: 'run' },
      confirm: async (_prepared, _step, change) => Promise.resolve(change),
      send: async ({ wire }) => {
        const result = await sendRequest(client, wire);
        created = result.createdId ?? created;
        return result;
      },
      report: async (_step, outcome) => {
        if (outcome instanceof Refusal) throw outcome;
        if (outcome.kind === 'failed') throw outcome.error;
        return Promise.resolve(true);
      },
    };
    const file = readQueryFile('a.apq', text);
    await runRequests(file, file.requests, port);
    return created;
  }

  function wireOf({ module, how, values }: Deed, id: string): WireRequest {
    const known = writable(module).filter(({ name }) => name !== 'Status');
    const body = Object.fromEntries(
      values.map(([at, value]) => {
        const { name, type } = pick(known, at);
        return [name, pick(VALUES[type] ?? TEXTS, value)];
      }),
    );
    const json = JSON.stringify(body);
    if (how === 'put') return { method: 'PUT', module, id, query: [], body: json };
    if (how === 'delete') return { method: 'DELETE', module, id, query: [] };
    const query = how === 'upsert' ? [{ name: '$upsert', value: `ID eq '${id}'` }] : [];
    return { method: 'POST', module, query, body: json };
  }

  property('restores all that can be written', 60, deeds, async (deed) => {
    const { module } = deed;
    const before = pick(await read(module), deed.record);
    const id = String(before['ID']);
    const log = new ChangeLog({ folder, keep: () => 1000, tell: assert.fail });
    const known = (await log.entries()).length;
    const made = await run(asQuery(wireOf(deed, id), 'Change', platform.root), log);
    const entries = (await log.entries()).slice(0, -known || undefined);
    assert.equal(entries.length, 1);
    if (entries[0]?.planned === 'unchanged') return;

    const taken = takeBack(entries, await log.kept(entries), fieldsOf);
    const now = async (_module: string, of: string) => ofId(module, of);
    const text = await undoText(taken, { fields: fieldsOf, now }, undefined);
    assert.doesNotMatch(text, /Changed since/);
    const restored = await run(text, log);

    if (deed.how === 'create') {
      const left = await ofId(module, made);
      assert.ok(left === undefined || left['Status'] === 'Deleted', text);
      return;
    }
    const after = (await ofId(module, id)) ?? (await ofId(module, restored)) ?? assert.fail(text);
    for (const { name } of writable(module)) assert.deepEqual(after[name], before[name], `${name}\n${text}`);
  });
});
