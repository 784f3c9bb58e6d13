/**
 * What completion is worth: at 200 places in filters where a text or an ID is to be written, after one run of each
 * module, a value that its records hold is among the first five at four of five. Fields that hold people are among them.
 */
import '../support/fake-vscode';
import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import fc from 'fast-check';
import { after, before, describe, it } from 'mocha';
import type { Connection } from '#core/connections/connection';
import { fetchMetadata } from '#core/metadata/fetch';
import { idOf } from '#core/results/table';
import { sendRequest } from '#core/running/send';
import { Connections } from '#editor/connections/connections';
import { KnownDataHub } from '#editor/known/known-data-hub';
import { Output } from '#editor/workbench/output';
import { Catalog, type FieldInfo, KnownData, LanguageService, type Metadata, Platforms } from '#language';
import { type Platform, startPlatform } from '#platform/platform';
import { temporaryFolder } from '#scripts/lib/processes';
import { clientOf } from '../support/api-client';
import { fakeContext, resetFake } from '../support/fake-vscode';
import { ToldServer } from '../support/told-server';

const FOLDER = temporaryFolder('known-places');
const PLACES = 200;
const LEAST = 160;

const keyOf = (module: string, field: string) => `${module}.${field}`.toLowerCase();

interface Place {
  readonly module: string;
  readonly field: FieldInfo;
}

describe('values where they are to be written', () => {
  let platform: Platform;
  let metadata: Metadata;
  let service: LanguageService;
  /** What the records hold, by module and field. */
  const held = new Map<string, Set<string>>();

  before(async function () {
    this.timeout(60_000);
    resetFake();
    platform = await startPlatform({ records: 300 });
    ({ metadata } = await fetchMetadata(clientOf(platform)));
    const connection: Connection = {
      ...{ id: 'places', name: 'Places', root: platform.root, site: 'production', auth: 'apiKey' },
    };
    const connections = new Connections(fakeContext(), new Output());
    const server = new ToldServer();
    const hub = new KnownDataHub(FOLDER, {
      ...{ connections, output: new Output(), metadata: { of: () => metadata } },
      server,
    });
    await connections.add(connection, { kind: 'apiKey', apiKey: platform.apiKey });
    await hub.start();
    const client = connections.client(connection);
    for (const { name: module } of metadata.modules) {
      const answer = await sendRequest(client, { method: 'GET', module, query: [] }, { pages: 1 }).catch(
        () => undefined,
      );
      for (const record of answer?.records ?? []) {
        for (const [field, value] of Object.entries(record))
          if (typeof value === 'number' || (typeof value === 'string' && value.trim() !== ''))
            add(module, field, String(value));
        const id = idOf(record);
        if (id !== undefined) add(module, 'ID', id);
      }
    }
    await hub.values.flush();
    await hub.settled();
    hub.dispose();
    service = new LanguageService();
    service.client = 'vscode';
    const known = server.of('Places');
    assert.ok(known);
    service.setPlatforms(new Platforms(new Catalog(metadata, new KnownData(known, 'Places'))));
  });
  after(async () => {
    rmSync(FOLDER, { recursive: true, force: true });
    await platform.close();
  });

  const add = (module: string, field: string, value: string) => {
    const key = keyOf(module, field);
    held.set(key, (held.get(key) ?? new Set()).add(value));
  };

  const firstFive = (module: string, field: FieldInfo): string[] => {
    const text = `GET ${module}\n$filter = ${field.name} eq '`;
    return service
      .complete(service.parse(`${text}'`), text.length)
      .slice(0, 5)
      .map(({ insert }) => insert.replace(/^'|'$/g, '').replaceAll("''", "'"));
  };

  /** Where a text or an ID is written: fields of texts, and of numbers that are IDs. */
  const placesOf = (fits: (field: FieldInfo) => boolean): Place[] =>
    metadata.modules.flatMap(({ name: module, fields = [] }) =>
      fields
        .filter(({ filterable, type, name }) => filterable && (type === 'string' || isId(type, name)))
        .filter((field) => fits(field) && held.has(keyOf(module, field.name)))
        .map((field): Place => ({ module, field })),
    );
  const isId = (type: FieldInfo['type'], name: string) => type === 'integer' && name.endsWith('ID');
  const withoutUse = (places: readonly Place[]): string[] =>
    places
      .filter(({ module, field }) => {
        const own = held.get(keyOf(module, field.name));
        return !firstFive(module, field).some((value) => own?.has(value) === true);
      })
      .map(({ module, field }) => `${module}.${field.name}`);

  it(`has a useful one among the first five at ${LEAST} of ${PLACES} places, or more`, () => {
    const [places = []] = fc.sample(
      fc.shuffledSubarray(
        placesOf(() => true),
        { minLength: PLACES, maxLength: PLACES },
      ),
      1,
    );
    const misses = withoutUse(places);
    assert.ok(PLACES - misses.length >= LEAST, `${misses.length} without: ${misses.join(', ')}`);
  });
  it('has one at four of five IDs, of texts and of numbers', () => {
    const places = placesOf(({ name }) => name.endsWith('ID'));
    assert.ok(places.some(({ field }) => field.type === 'integer'));
    const misses = withoutUse(places);
    assert.ok(
      misses.length * 5 <= places.length,
      `${misses.length} of ${places.length}: ${misses.join(', ')}`,
    );
  });
});
