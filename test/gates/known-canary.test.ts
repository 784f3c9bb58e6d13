/**
 * A canary: one person, in every module of the sample platform and in every field where a platform may hold people. All
 * queries run as the editor runs them, and nothing of that person is found in what was learnt, told or logged.
 */
import '../support/fake-vscode';
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { after, afterEach, before, beforeEach, describe, it } from 'mocha';
import type { Connection } from '#core/connections/connection';
import { lookUp, refusalOf } from '#core/known/look-up';
import { searchRequest } from '#core/known/record-request';
import { fetchMetadata } from '#core/metadata/fetch';
import type { ApiClient } from '#core/remote/api';
import { ApiError } from '#core/remote/api-error';
import { idOf } from '#core/results/table';
import { firstRecords } from '#core/running/first-records';
import { readByValues } from '#core/running/id-batches';
import { sendRequest } from '#core/running/send';
import { Connections } from '#editor/connections/connections';
import { KnownDataHub } from '#editor/known/known-data-hub';
import { Output } from '#editor/workbench/output';
import type { Metadata, ModuleInfo } from '#language';
import { type Platform, startPlatform } from '#platform/platform';
import { temporaryFolder } from '#scripts/lib/processes';
import { clientOf } from '../support/api-client';
import { fake, fakeContext, resetFake } from '../support/fake-vscode';
import { ToldServer } from '../support/told-server';

const FOLDER = temporaryFolder('known-canary');

const CANARY = {
  given: 'Canaria',
  family: 'Birdsong',
  name: 'Canaria Birdsong',
  email: 'canaria.birdsong@yellow.example',
  telephone: '01632 960 983',
  born: '1979-04-13',
  address: '13 Nightingale Mews',
  postcode: 'YO17 9QX',
  number: 'QQ 12 34 56 C',
  account: 'GB82 WEST 1234 5698 7654 32',
  note: 'Canaria sings at dawn; please keep the cat in another room.',
};
type Kind = keyof typeof CANARY;
/** What would give her away. */
const TRACES = [
  'Canaria',
  'Birdsong',
  'yellow.example',
  '960 983',
  '1979-04-13',
  'Nightingale',
  '9QX',
  '12 34 56',
  'WEST 1234',
  'sings at dawn',
];
/** Whom anybody knows for a person by one word, among the names of things. */
const WELL_KNOWN = ['Wanjiru', 'Team Wanjiru', 'Wanjiru’s list', 'Otieno', 'A. Otieno'];
/** What would give her away as a whole value: her initials, her year, her number. */
const WHOLE = ['CB', 'C.B.', 'CBX', 'CB1', '2500', '1979', '9950', '2004'];
/** Names of fields by which alone it is known what they hold. */
const OPENERS = ['Keysafe', 'GateNo', 'DoorEntry', 'Combination', 'Last4', 'AccNo', 'Age'].map(
  (each) => `CF_${each}`,
);
const HEALTH = ['Disab', 'Vaccinated', 'Marital', 'LD', 'Adjustments', 'Grievance', 'Blood'].map(
  (each) => `CF_${each}`,
);
/** What would, in a field whose name says nothing: how to get in, her car, her health; her maiden name. */
const SIGNS = ['4821', 'C9876X', 'YB79 DWN', '13 04 1979', 'ADHD', 'HIV', 'PTAK'];

/** Which fields hold people, by this test’s own reading of the names: not the lists of the code. */
const HOLDS: readonly (readonly [RegExp, Kind])[] = [
  [/^(forenames|middlenames)$/i, 'given'],
  [/^surname$/i, 'family'],
  [/email/i, 'email'],
  [/phone|mobile|fax/i, 'telephone'],
  [/^dob$/i, 'born'],
  [/postcode/i, 'postcode'],
  [/address/i, 'address'],
  [/^ninumber$/i, 'number'],
  [/notes$|body|subject|summary|description|overview|directions|text$/i, 'note'],
  [/full_?name|username|usersnames|agentname|byname|updatedby|managername|specialneednames/i, 'name'],
];

/** Puts her into the records of a module; `index` counts them. */
type Plant = (module: string, record: Record<string, unknown>, index: number) => void;

const byName: Plant = (_, record, index) => {
  if (index % 3 !== 0) return;
  for (const field of Object.keys(record)) {
    const kind = HOLDS.find(([pattern]) => pattern.test(field))?.[1];
    if (kind !== undefined) record[field] = CANARY[kind];
  }
};

const KINDS = ['email', 'telephone', 'born', 'postcode', 'note', 'number', 'account'] as const;

/** Into every text of a few records, whatever the field is for: each field gets something else of hers. */
const anywhere: Plant = (module, record, index) => {
  if (index % 20 !== 1) return;
  for (const [field, value] of Object.entries(record))
    if (typeof value === 'string' && field !== 'ID')
      record[field] = CANARY[KINDS[(field.length + module.length) % KINDS.length] ?? 'note'];
};

/** As the name of whoever it is about, in fields whose names say nothing. */
const asLabel: Plant = (module, record, index) => {
  const isPerson = /^(user|login|manageruser|delegate)/i.test(module);
  for (const field of Object.keys(record))
    if (
      /^(TargetLabel|DynamicLabel|Reference|ExternalID)$/.test(field) ||
      (isPerson && /^(label|name|title_)$/i.test(field))
    )
      record[field] = index % 2 === 0 ? CANARY.name : `${CANARY.name} – First aid`;
};

/** In fields of things, under a name that anybody would know for one. */
const amongThings: Plant = (_, record, index) => {
  if (index % 4 === 3) return;
  for (const [field, value] of Object.entries(record))
    if (
      typeof value === 'string' &&
      /(?:labels?|names?|alias|title|team|group|source|region|town|type|status)$/i.test(field)
    )
      record[field] = ['Jane Birdsong', 'Call Jane Birdsong', 'ring 01632 960 983'][index % 4];
};

/** The same under a name that is in no list; and by her surname, or by either of her names. */
const amongThingsAs =
  (...names: readonly string[]): Plant =>
  (module, record, index) => {
    byName(module, record, index);
    amongThings(module, record, index);
    for (const [field, value] of Object.entries(record))
      if (typeof value === 'string' && /Jane Birdsong|01632/.test(value))
        record[field] = names[index % names.length];
  };

/** The same values, repeated in all fields whose names say nothing. */
const repeated =
  (...values: readonly string[]): Plant =>
  (_, record, index) => {
    const value = values[index % values.length] ?? '';
    if (index % 3 === 0)
      Object.assign(record, { Notes1: value, Custom3: value, Ref: value, CF_Extra: value });
    else Object.assign(record, { Notes1: 'Late', Custom3: 'Early', Ref: 'A1', CF_Extra: 'None' });
    for (const field of Object.keys(record))
      if (/^(TargetLabel|DynamicLabel|Reference|ExternalID)$/.test(field)) record[field] = value;
  };

/** All of it at once. */
const everywhere: Plant = (module, record, index) => {
  repeated(...SIGNS, ...WHOLE)(module, record, index);
  amongThings(module, record, index);
  byName(module, record, index);
  underOddNames(module, record, index);
};

/** What opens her door and what is known of her health, in words that only the name of the field tells from any. */
const underOddNames: Plant = (_, record, index) => {
  const [digits, word] = index % 2 === 0 ? ['200', 'Yes please'] : ['350', 'No thank'];
  for (const name of OPENERS) record[name] = digits;
  for (const name of HEALTH) record[name] = word;
};

describe('a canary person', () => {
  let platform: Platform;
  let metadata: Metadata;
  let server: Server;
  let plant: Plant = byName;
  let planted = 0;
  before(async () => {
    platform = await startPlatform({ records: 100 });
    ({ metadata } = await fetchMetadata(clientOf(platform)));
    server = createServer((request, response) => {
      const { origin } = new URL(platform.root);
      void fetch(`${origin}${request.url ?? ''}`, {
        headers: { Authorization: request.headers.authorization ?? '' },
      }).then(async (answer) => {
        response.writeHead(answer.status, { 'content-type': 'application/json' });
        response.end(withCanary(request.url ?? '', await answer.text()));
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  after(async () => {
    await new Promise((resolve) => server.close(resolve));
    await platform.close();
  });
  beforeEach(resetFake);
  afterEach(() => {
    resetFake();
    rmSync(FOLDER, { recursive: true, force: true });
  });

  function withCanary(url: string, text: string): string {
    const module = /\/api\/v2\/(\w+)/.exec(url)?.[1] ?? '';
    const answer = JSON.parse(text) as { results?: Record<string, unknown>[] };
    const before = JSON.stringify(answer);
    answer.results?.forEach((record, index) => plant(module, record, index));
    const after = JSON.stringify(answer);
    if (after !== before) planted++;
    return after;
  }

  const everyField = ({ name: module, fields = [] }: ModuleInfo) => {
    const select = fields.map(({ name }) => name).join(',');
    return {
      method: 'GET',
      module,
      query: select === '' ? [] : [{ name: '$select', value: select }],
    } as const;
  };

  /** Asks for the records of a module. */
  type Asking = (
    client: ApiClient,
    module: ModuleInfo,
    hub: KnownDataHub,
    of: Connection,
  ) => Promise<unknown>;

  const running: Asking = async (client, module) => {
    const { query, ...request } = everyField(module);
    await sendRequest(
      client,
      { ...request, query: [{ name: '$top', value: '500' }, ...query] },
      { pages: 1 },
    );
  };

  /** The ways in which answers come, beside a run. */
  const ways: Readonly<Record<string, Asking>> = {
    'the first records of the builder': async (client, module) =>
      firstRecords(client, everyField(module), 100, {}),
    'a look-up of any field': async (client, { name: module, fields = [] }, hub, of) => {
      if (!/^(?:User|CourseDate|CourseDateBooking|Company|Venue|Note)$/.test(module)) return;
      for (const { name: field } of fields) {
        const wanted = { module, field, fields, people: hub.peopleOf(of) };
        if (refusalOf(wanted) !== undefined) continue;
        const stay = hub.stay(of);
        const { learnt, sentence } = await lookUp(client, wanted);
        assertNoTrace(sentence);
        if (learnt !== undefined) await hub.keepLookedUp(of, stay, learnt);
      }
    },
    'what an import and related records read': async (client, module) => {
      const { records } = await sendRequest(
        client,
        { method: 'GET', module: module.name, query: [] },
        { pages: 1 },
      );
      const ids = records.flatMap((record) => idOf(record) ?? []).slice(0, 60);
      const select = module.fields?.map(({ name }) => name);
      const found = await readByValues(
        client,
        { module: module.name, field: 'ID', select, unique: false },
        ids,
      );
      assert.ok(found.size > 0);
    },
    'a search by name': async (client, { name: module, fields = [] }, hub, of) => {
      const labels = fields.flatMap(({ name }) => (/^(?:label|name|fullname)$/i.test(name) ? [name] : []));
      const search = { connection: of.name, module, labels, text: 'an' };
      const request = searchRequest(search, client.traits, () => false);
      if (request === undefined) return;
      const stay = hub.stay(of);
      await client.send(request);
      await hub.rememberNames(of, stay, module, [['1', CANARY.name]]);
    },
  };

  /** `told`: all that the server was ever told; `known`: what it knows at the end. */
  async function runAll(ask = running): Promise<{
    told: string;
    known: string;
    stored: string;
    logged: string;
    fields: number;
  }> {
    const { port } = server.address() as AddressInfo;
    const root = `http://127.0.0.1:${port}/accessplan`;
    const connection: Connection = { id: 'canary', name: 'Canary', root, site: 'production', auth: 'apiKey' };
    const connections = new Connections(fakeContext(), new Output());
    const told = new ToldServer();
    const hub = new KnownDataHub(FOLDER, {
      ...{ connections, output: new Output(), metadata: { of: () => metadata } },
      server: told,
    });
    await connections.add(connection, { kind: 'apiKey', apiKey: platform.apiKey });
    await hub.start();
    const client = connections.client(connection);
    for (const module of metadata.modules)
      await ask(client, module, hub, connection).catch((error: unknown) => {
        if (!(error instanceof ApiError)) throw error;
      });
    await hub.values.flush();
    await hub.settled();
    hub.dispose();
    // Names of records may be of people: they are never on the disk, and what somebody asked for.
    const toldOf = JSON.stringify(told.told.map((data) => data?.fields));
    const fields = told.told.at(-1)?.fields.length ?? 0;
    const stored = existsSync(FOLDER)
      ? readdirSync(FOLDER)
          .map((each) => readFileSync(join(FOLDER, each), 'utf8'))
          .join('\n')
      : '';
    const logged = fake.shown.flatMap(({ texts }) => texts).join('\n');
    const known = JSON.stringify(told.told.at(-1)?.fields);
    return { told: toldOf, known, stored, logged, fields };
  }

  const assertNoTrace = (...texts: readonly string[]) => {
    for (const trace of [...TRACES, 'Wanjiru', 'Otieno', ...SIGNS, ...OPENERS, ...HEALTH].map((each) =>
      each.toLowerCase(),
    ))
      for (const text of texts) {
        const at = text.toLowerCase().indexOf(trace);
        assert.equal(at, -1, text.slice(Math.max(0, at - 300), at + 60));
      }
    for (const whole of WHOLE)
      for (const text of texts) assert.ok(!text.includes(`"value":"${whole}"`), whole);
  };

  const plants: Readonly<Record<string, Plant>> = {
    'in the fields that hold people': byName,
    'by name, where labels are about her': asLabel,
    'with what leads to her in any text': anywhere,
    'among the names of things': amongThings,
    'among them, under a name in no list': amongThingsAs(
      CANARY.name,
      `Call ${CANARY.name}`,
      `${CANARY.name} – First aid`,
    ),
    'by a surname alone, where names of fields say nothing': repeated(CANARY.family),
    'in capitals there': repeated('ZOLA PTAK', 'PTAK, Z', 'PTAK'),
    'by what opens her door, her car and her health there': repeated(...SIGNS.slice(0, -1)),
    'in fields with odd names': underOddNames,
    'by one word that anybody takes for a name, among the names of things': amongThingsAs(...WELL_KNOWN),
    'by her initials, her year and her number where names of fields say nothing': repeated(...WHOLE),
  };
  for (const [where, how] of Object.entries(plants))
    it(`leaves no trace: ${where}`, async () => {
      plant = how;
      planted = 0;
      const { told, stored, logged, fields } = await runAll();
      assert.ok(planted > 5, `planted in ${planted} answers only`);
      assert.ok(fields > (how === byName ? 40 : 0), `${fields} fields were learnt`);
      assertNoTrace(told, stored, logged);
    });

  for (const [way, ask] of Object.entries(ways))
    it(`leaves no trace, whichever way she comes: by ${way}`, async () => {
      plant = everywhere;
      planted = 0;
      const { told, stored, logged } = await runAll(ask);
      assert.ok(planted > 5, `planted in ${planted} answers only`);
      assertNoTrace(told, stored, logged);
    });

  it('leaves no trace once she was met: by either of her names alone, among the names of things', async () => {
    plant = amongThingsAs(CANARY.family, CANARY.given, `${CANARY.family}, ${CANARY.given}`);
    const { known, stored, logged, fields } = await runAll();
    assert.ok(fields > 20, `${fields} fields were learnt`);
    assertNoTrace(known, stored, logged);
  });
});
