/** Help feeds in every form we can think of, fetching them, and the cache file. */
import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import fc from 'fast-check';
import { after, before, describe, it } from 'mocha';
import { cachePath, readMetadata, writeMetadata } from '#core/metadata/cache-file';
import { fetchFields, fetchMetadata } from '#core/metadata/fetch';
import { parseFields, parseModules } from '#core/metadata/help-feed';
import { type Metadata, parseMetadata } from '#language';
import { clientFor, failure, type Reply, useFakeApi } from '../support/fake-api';

const modules = (json: unknown, expected: string, problems = 0) =>
  it(`${JSON.stringify(json)} → ${expected || 'none'}`, () => {
    const parsed = parseModules(json);
    assert.equal(parsed.items.join(' '), expected);
    assert.equal(parsed.problems.length, problems, parsed.problems.join('\n'));
  });

describe('list of modules', () => {
  modules(['User', 'Course'], 'User Course');
  modules({ results: ['User'] }, 'User');
  modules({ Modules: [{ Name: 'User' }, { name: 'Course', url: 'x' }] }, 'User Course');
  modules({ data: [{ moduleName: 'User' }] }, 'User');
  modules({ items: [{ 'Module Name': ' User ' }] }, 'User');
  modules({ modules: { User: { url: 'x' }, Course: {} } }, 'User Course');
  modules({ User: { url: 'x' }, Course: {} }, 'User Course');
  modules(['User', 'User', 'Cafe\u0301', 'Caf\u00e9'], 'User Cafe\u0301');
  modules(['User', 'user'], 'User user');
  modules(['User', 5, { x: 1 }, null, ''], 'User', 4);
  modules({ message: 'no' }, '', 1);
  modules(null, '', 1);
  modules([], '');
});

const field = (json: unknown, expected: string, problems = 0) =>
  it(`${JSON.stringify(json)} → ${expected || 'none'}`, () => {
    const parsed = parseFields(json);
    const text = parsed.items.map(
      ({ name, type, filterable, sortable }) =>
        `${name}:${type}${filterable ? '+f' : ''}${sortable ? '+s' : ''}`,
    );
    assert.equal(text.join(' '), expected);
    assert.equal(parsed.problems.length, problems, parsed.problems.join('\n'));
  });

describe('list of fields', () => {
  field([{ name: 'A', type: 'string', sortable: true, filterable: false }], 'A:string+s');
  field(
    { fields: [{ fieldName: 'A', dataType: 'DateTime', sortable: 'true', filterable: 'False' }] },
    'A:datetime+s',
  );
  field({ Results: [{ PropertyName: 'A', DataType: 'Int32', CanSort: 0, CanFilter: 1 }] }, 'A:integer+f');
  field([{ Name: 'A', IsSortable: 'No', IsFilterable: 'Yes' }], 'A:unknown+f');
  field([{ name: 'A', type: 'bool' }], 'A:boolean+f+s');
  field(['A'], 'A:unknown+f+s');
  field({ fields: { A: { type: 'string' }, B: 'Decimal' } }, 'A:string+f+s B:decimal+f+s');
  field({ A: { type: 'string' }, B: { type: 'bool' } }, 'A:string+f+s B:boolean+f+s');
  field([{ name: 'A', type: 'string' }, { type: 'string' }, 5], 'A:string+f+s', 2);
  field([{ name: 'A', type: 'wombat' }], 'A:unknown+f+s', 1);
  field([{ name: 'A', type: 'string', sortable: 'perhaps' }], 'A:string+f+s', 1);
  field(
    [
      { name: 'A', type: 'string' },
      { name: 'a', type: 'bool' },
    ],
    'A:string+f+s',
    1,
  );
  field('nothing', '', 1);
  field({ fields: [] }, '');

  it('reads the other members of a field', () =>
    assert.deepEqual(
      parseFields([
        {
          name: 'A',
          type: 'string',
          label: 'Ay',
          description: 'The A',
          readOnly: true,
          values: ['x', 'y', 5],
        },
      ]).items,
      [
        {
          name: 'A',
          type: 'string',
          filterable: true,
          sortable: true,
          writable: false,
          values: ['x', 'y'],
          description: 'The A',
          label: 'Ay',
        },
      ],
    ));

  const TYPES = {
    string: 'String string System.String Edm.String Guid uniqueidentifier nvarchar(50) varchar text char',
    integer:
      'int Int32 System.Int32 Edm.Int64 Int16 Int32? Nullable<Int32> System.Nullable`1[System.Int32] long smallint bigint Byte',
    decimal:
      'Decimal decimal(18,2) Edm.Decimal double Single float money numeric(10,2) Nullable<Decimal> Number',
    boolean: 'bool Boolean Edm.Boolean bit Nullable<bool> boolean?',
    datetime:
      'DateTime datetime2 Edm.DateTimeOffset System.DateTime DateTime? System.Nullable`1[[System.DateTime,mscorlib]] smalldatetime',
    date: 'Date Edm.Date DateOnly',
    time: 'Time TimeSpan Edm.TimeOfDay TimeOnly',
    list: 'string[] List<String> Collection(Edm.String) System.Collections.Generic.List`1[System.String] IEnumerable<int> array System.String[]',
    unknown: 'object wombat datetimes',
  };
  for (const [type, names] of Object.entries(TYPES)) {
    for (const name of names.split(' ')) {
      it(`${name} is ${type}`, () =>
        assert.equal(parseFields([{ name: 'A', type: name }]).items[0]?.type, type));
    }
  }

  it('never throws, and every entry is a field or a problem', () => {
    const entry = fc.oneof(
      fc.jsonValue(),
      fc.record(
        { name: fc.oneof(fc.string(), fc.jsonValue()), type: fc.jsonValue(), sortable: fc.jsonValue() },
        { requiredKeys: [] },
      ),
    );
    fc.assert(
      fc.property(fc.array(entry), (entries) => {
        for (const parse of [parseFields, parseModules]) {
          const { items, problems } = parse({ results: entries });
          assert.ok(items.length <= entries.length);
          assert.ok(problems.every((problem) => problem.length < 5000));
        }
        const { items, problems } = parseFields(entries);
        assert.ok(items.length + problems.length >= entries.length);
      }),
    );
    fc.assert(
      fc.property(fc.jsonValue(), (json) => {
        parseFields(json);
        parseModules(json);
      }),
    );
  });
});

describe('fetching metadata', () => {
  const api = useFakeApi();
  const FIELDS: Reply = { body: [{ name: 'ID', type: 'string' }] };
  const answering = (names: unknown, fields: Readonly<Record<string, Reply>> = {}) => {
    api.seen.length = 0;
    api.answer = ({ url }) => {
      const name = /modules\/(.+)$/.exec(url)?.[1];
      return name === undefined ? { body: names } : (fields[name] ?? FIELDS);
    };
  };
  const asked = () =>
    api.seen
      .map(({ url }) => url.split('/modules')[1] ?? '')
      .sort()
      .join(' ')
      .trim();
  const shown = ({ modules: list }: Metadata) =>
    list
      .map(
        ({ name, fields }) =>
          `${name}${fields === undefined ? '' : `(${fields.map((each) => each.name).join(',')})`}`,
      )
      .join(' ');
  const previous: Metadata = {
    version: 1,
    root: 'x',
    fetchedAt: 'then',
    modules: [
      {
        name: 'A',
        fetchedAt: 'then',
        fields: [{ name: 'Old', type: 'string', filterable: true, sortable: true }],
      },
      { name: 'Gone' },
    ],
  };

  for (const [title, option, metadata, urls] of [
    ['all modules', 'all', 'A(ID) B(ID)', '/A /B'],
    ['no module', 'none', 'A B', ''],
    ['some modules, in any case', ['b'], 'A B(ID)', '/B'],
  ] as const) {
    it(`fetches the fields of ${title}`, async () => {
      answering(['A', 'B']);
      const progress: string[] = [];
      const result = await fetchMetadata(clientFor(api.root).client, {
        modules: option,
        onProgress: (done, of) => progress.push(`${done}/${of}`),
      });
      assert.equal(shown(result.metadata), metadata);
      assert.equal(asked(), urls);
      assert.deepEqual(result.problems, []);
      assert.equal(progress.length, urls === '' ? 0 : urls.split(' ').length);
      assert.equal(result.metadata.root, api.root);
      assert.deepEqual(parseMetadata(JSON.stringify(result.metadata)), {
        ok: true,
        skipped: 0,
        metadata: result.metadata,
      });
    });
  }

  for (const [what, reply, names] of [
    ['arrive', { body: [{ name: 'Cost', type: 'decimal' }] }, 'Cost'],
    ['are refused', { status: 403, body: { errors: ['No.'] } }, ''],
    ['fail', { status: 500 }, ''],
    ['are not understood', { body: 'none' }, ''],
  ] as const)
    it(`fields of one module that ${what}, with one request`, async () => {
      api.replies(reply);
      const fields = await fetchFields(clientFor(api.root).client, 'Course', new AbortController().signal);
      assert.equal(fields.map(({ name }) => name).join(), names);
      assert.equal(api.seen.length, 1);
    });
  it('reports a module that does not exist', async () => {
    answering(['A']);
    const { problems } = await fetchMetadata(clientFor(api.root).client, { modules: ['Wombat'] });
    assert.match(problems.join(), /Wombat/);
  });

  it('keeps the fields of modules that are not asked for, and drops modules that are gone', async () => {
    answering(['A', 'B']);
    assert.equal(
      shown((await fetchMetadata(clientFor(api.root).client, { modules: ['B'], previous })).metadata),
      'A(Old) B(ID)',
    );
  });

  for (const [title, reply] of [
    ['fails', { status: 500 }],
    ['does not exist', { status: 404 }],
    ['has an unknown form', { body: { wombat: 1 } }],
  ] satisfies [string, Reply][]) {
    it(`keeps the fields of a module whose feed ${title}, and fetches the others`, async () => {
      answering(['A', 'B'], { A: reply });
      const { metadata, problems, stoppedBy } = await fetchMetadata(clientFor(api.root).client, { previous });
      assert.equal(shown(metadata), 'A(Old) B(ID)');
      assert.match(problems.join(), /^A: /);
      assert.equal(stoppedBy, undefined);
    });
  }

  it('tells errors beside a list', async () => {
    answering(
      { modules: ['A'], errors: ['Not B.'] },
      { A: { body: { fields: ['ID'], errors: ['Not x.'] } } },
    );
    const { metadata, problems } = await fetchMetadata(clientFor(api.root).client);
    assert.equal(shown(metadata), 'A(ID)');
    assert.match(problems.join(), /some may be missing: Not B\.,.*A: .*some may be missing: Not x\./);
  });

  it('ends with an error when the list has an unknown form', async () => {
    answering({ wombat: 1 });
    assert.equal(
      (await failure(fetchMetadata(clientFor(api.root).client, { previous }))).kind,
      'not-understood',
    );
  });

  it('ends with an error when the list is empty, so that no file has every module unknown', async () => {
    for (const list of [[], { modules: [] }]) {
      answering(list);
      const { kind } = await failure(fetchMetadata(clientFor(api.root).client, { previous }));
      assert.equal(kind, 'no-modules');
    }
  });

  it('stops when it is signed out, and returns what arrived', async () => {
    answering(['A', 'B', 'C', 'D'], { B: { status: 401 } });
    const { metadata, stoppedBy } = await fetchMetadata(clientFor(api.root).client, { concurrency: 1 });
    assert.equal(shown(metadata), 'A(ID) B C D');
    assert.equal(stoppedBy?.kind, 'signed-out');
    assert.equal(asked(), '/A /B');
  });

  it('stops after too many failures in a row', async () => {
    const names = Array.from({ length: 30 }, (_, index) => `M${index}`);
    answering(names, Object.fromEntries(names.map((name) => [name, { status: 500 }])));
    const { stoppedBy } = await fetchMetadata(clientFor(api.root).client, { concurrency: 1 });
    assert.equal(stoppedBy?.kind, 'server');
    assert.equal(api.seen.length, 1 + 8 * 3);
  });

  it('stops when it is cancelled', async () => {
    answering(['A', 'B', 'C'], { B: { fault: 'hang' } });
    const abort = new AbortController();
    const work = fetchMetadata(clientFor(api.root).client, {
      concurrency: 1,
      signal: abort.signal,
      onProgress: () => setTimeout(() => abort.abort(), 20),
    });
    const { metadata, stoppedBy } = await work;
    assert.deepEqual([shown(metadata), stoppedBy?.kind], ['A(ID) B C', 'cancelled']);
  });

  it('throws the failure of the list', async () => {
    api.replies({ status: 401 });
    assert.equal((await failure(fetchMetadata(clientFor(api.root).client))).kind, 'signed-out');
  });
});

describe('metadata cache file', () => {
  let folder = '';
  before(async () => (folder = await mkdtemp(join(tmpdir(), 'apq-metadata-'))));
  after(() => rm(folder, { recursive: true, force: true }));
  const metadata: Metadata = {
    version: 1,
    root: 'https://acme.accessplanit.com/accessplan',
    fetchedAt: 'now',
    modules: [{ name: 'A' }],
  };

  for (const [root, name] of [
    ['https://acme.accessplanit.com/accessplan', 'acme.accessplanit.com-accessplan.json'],
    ['https://ACME.accessplanit.com/accessplan', 'acme.accessplanit.com-accessplan.json'],
    ['http://127.0.0.1:80/accessplan', '127.0.0.1-80-accessplan.json'],
  ] as const) {
    it(`${root} → ${name}`, () => assert.equal(basename(cachePath(folder, root)), name));
  }

  it('can be written several times at once, and leaves no other file', async () => {
    const path = cachePath(join(folder, 'new'), metadata.root);
    await Promise.all([1, 2, 3].map(() => writeMetadata(path, metadata)));
    assert.deepEqual(await readMetadata(path), { ok: true, skipped: 0, metadata });
    assert.deepEqual(await readdir(join(folder, 'new')), [basename(path)]);
  });

  it('is undefined when it does not exist', async () =>
    assert.equal(await readMetadata(join(folder, 'none.json')), undefined));
  it('is unreadable when it is a folder', async () => {
    const read = await readMetadata(folder);
    assert.ok(read?.ok === false && read.reason === 'unreadable');
  });

  for (const [text, reason] of [
    ['', 'unreadable'],
    ['{', 'unreadable'],
    ['[]', 'unreadable'],
    ['{"version":2}', 'newer'],
  ] as const) {
    it(`is ${reason} and left alone with ${JSON.stringify(text)} in it`, async () => {
      const path = join(folder, 'bad.json');
      await writeFile(path, text);
      const read = await readMetadata(path);
      assert.ok(read?.ok === false && read.reason === reason && read.message.length > 20);
      assert.equal(await readFile(path, 'utf8'), text);
    });
  }

  it('is read with a byte order mark', () => assert.ok(parseMetadata('\ufeff{"version":1,"modules":[]}').ok));

  it('never makes parseMetadata throw', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => void parseMetadata(text)));
    fc.assert(
      fc.property(fc.jsonValue(), (list) =>
        assert.ok(parseMetadata(JSON.stringify({ version: 1, modules: [list] })).ok),
      ),
    );
  });
});
