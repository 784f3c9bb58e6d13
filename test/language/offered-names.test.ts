/** Which spellings are the same name, and which names are offered. */
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Catalog, type FieldInfo, type Metadata, Platforms } from '#language';
import { isWritableField, isWritableModule } from '#language/syntax/writable-names';
import { ByName, nameKey } from '#language/text/names';
import { at, completions, serviceWith } from './support/language';
import { NOW } from './support/metadata';

const field = (name: string): FieldInfo => ({ name, type: 'string', filterable: true, sortable: true });
const known: Metadata = {
  version: 1,
  root: 'https://platformname.accessplanit.com/accessplan',
  fetchedAt: NOW.toISOString(),
  modules: [
    { name: 'course', fields: ['ID', 'Lower'].map(field) },
    { name: 'Course', fields: ['ID', 'Upper'].map(field) },
    { name: 'Caf\u00e9', fields: ['ID', 'Re\u0301sume\u0301'].map(field) },
    {
      name: 'Odd',
      fields: ['ID', 'Label', 'CF_Dietary', 'CF_Dietary needs', 'CF_q(x)', 'and', 'CF_q#x', 'CF_Größe'].map(
        field,
      ),
    },
    { name: 'Odd name', fields: [field('ID')] },
    { name: 'Od/d', fields: [field('ID')] },
  ],
};

const ACUTE = ['Caf\u00e9', 'cafe\u0301', 'CAF\u00c9', 'CAFE\u0301'];

describe('names', () => {
  it('are found in their exact case first, then in any case', () => {
    const catalog = new Catalog(known);
    assert.equal(catalog.module('course')?.name, 'course');
    assert.equal(catalog.module('Course')?.name, 'Course');
    assert.equal(catalog.module('COURSE')?.name, 'course', 'the first in the list');
    assert.deepEqual(
      [...catalog.modules].map(({ name }) => name),
      known.modules.map(({ name }) => name),
    );
    const service = serviceWith(known);
    const document = service.parse('GET Course?$select=upper\n###\nGET course?$select=lower\n');
    assert.deepEqual(
      service.requests(document).map((request) => {
        const built = service.build(document, request);
        return built.ok ? [built.request.module, built.request.query[0]?.value] : built.problems;
      }),
      [
        ['Course', 'Upper'],
        ['course', 'Lower'],
      ],
    );
  });

  it('are the same with composed and decomposed accents', () => {
    const catalog = new Catalog(known);
    for (const spelling of ACUTE) {
      assert.equal(catalog.module(spelling)?.name, 'Caf\u00e9');
      assert.ok(catalog.module(spelling)?.field('r\u00e9sum\u00e9'));
      assert.equal(nameKey(spelling), nameKey('Caf\u00e9'));
    }
    const connection = { name: 'Caf\u00e9', root: '', catalog: undefined };
    assert.equal(new Platforms(undefined, [connection]).connection(' CAFE\u0301 '), connection);
    const { service, document } = at('$0GET CAFE\u0301?$select=R\u00c9SUM\u00c9\n', known);
    assert.deepEqual(service.diagnose(document), []);
  });

  it('are duplicates however their accents are written', () => {
    const { service, document } = at('$0GET caf\u00e9?$select=R\u00e9sum\u00e9,Re\u0301sume\u0301\n', known);
    assert.deepEqual(
      service.diagnose(document).map(({ code }) => code),
      ['duplicate-field'],
    );
  });

  it('lead to their own item in any index', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.constantFrom('a', 'A', 'é', 'É', 'b', '__proto__', 'constructor')),
        (names) => {
          const index = new ByName(names.map((name) => ({ name })));
          for (const name of names) assert.equal(index.get(name)?.name, name);
          assert.equal(index.get('toString'), undefined);
        },
      ),
    );
  });
});

describe('names that are offered', () => {
  it('are those that the grammar can read', () => {
    for (const name of ['ID', 'CF_Größe', 'CF_a-b', 'r\u00e9sum\u00e9', 'constructor', '__proto__', 'desc'])
      assert.ok(isWritableField(name), name);
    for (const name of [
      'CF_Dietary needs',
      'CF_q(x)',
      'and',
      'OR',
      'a,b',
      "O'Neill",
      'a=b',
      '{{x}}',
      'a#b',
      '',
    ])
      assert.ok(!isWritableField(name), name);
    for (const name of ['course', 'Größe', 'and']) assert.ok(isWritableModule(name), name);
    for (const name of ['', 'Odd name', 'Od/d', 'a?b', '{{x}}x y', '/x', 'a%41', 'api/v2'])
      assert.ok(!isWritableModule(name), name);
  });

  for (const marked of [
    'GET odd\n$filter = $0',
    'GET odd\n$filter = contains($0',
    'GET odd\n$select = $0',
    'GET odd\n$orderby = $0',
    'GET odd?$select=$0',
    '# @expect results[0].$0\nGET odd',
  ])
    it(`are readable in completion: ${JSON.stringify(marked)}`, () => {
      const labels = completions(marked, known).map(({ label }) => label);
      assert.ok(labels.includes('CF_Größe') && labels.includes('Label'), labels.join());
      for (const name of ['CF_Dietary needs', 'CF_q(x)', 'CF_q#x']) assert.ok(!labels.includes(name), name);
    });

  it('don’t include a field called “and” or a module of two words', () => {
    assert.ok(
      completions('GET odd\n$filter = $0', known).every(
        ({ kind, label }) => kind !== 'field' || label !== 'and',
      ),
    );
    const modules = completions('GET $0', known).map(({ label }) => label);
    assert.ok(modules.includes('Odd') && modules.includes('course') && modules.includes('Course'));
    assert.ok(!modules.includes('Odd name') && !modules.includes('Od/d'));
  });

  it('include any field in a JSON body, where names are in quotes', () => {
    const labels = completions('POST odd\n{ $0 }', known).map(({ label }) => label);
    assert.ok(labels.includes('CF_Dietary needs') && labels.includes('CF_q(x)'));
  });

  for (const text of [
    "GET odd\n$filter = CF_Dietary_need eq 'x'\n",
    "GET odd\n$filter = CF_q eq 'x'\n",
    "GET odd\n$filter = amd eq 'x'\n",
    'GET odd\n$select = CF_Dietary_needs\n',
    'GET odd_name\n',
  ])
    it(`are readable in fixes: ${JSON.stringify(text)}`, () => {
      const service = serviceWith(known);
      const document = service.parse(text);
      for (const { title } of service.fixes(document, { offset: 0, length: text.length }))
        assert.doesNotMatch(title, /CF_Dietary needs|CF_q[(#]|“and”|Odd name|Od\/d/);
    });

  it('don’t get into a query from the results view when unreadable', () => {
    const service = serviceWith(known);
    const document = service.parse('GET odd\n');
    const [request] = service.requests(document);
    assert.ok(request);
    const written = service.writeBack(request, {
      orderby: [{ field: 'CF_Dietary needs', descending: false }],
    });
    assert.ok(!written.ok && written.message.includes('CF_Dietary needs'));
  });
});

describe('completion in the query of an address', () => {
  it('encodes a plus so that it is read as one', () => {
    const plus: Metadata = {
      ...known,
      modules: [{ name: 'tag', fields: [field('ID'), { ...field('Language'), values: ['C++', '50%25'] }] }],
    };
    const inserts = (marked: string) =>
      completions(marked, plus)
        .filter(({ kind }) => kind === 'value')
        .map(({ insert }) => insert);
    assert.deepEqual(inserts("GET tag?$filter=Language eq '$0"), ['C%2B%2B', '50%2525']);
    assert.deepEqual(inserts("GET tag\n$filter = Language eq '$0"), ['C++', '50%25']);
  });
});
