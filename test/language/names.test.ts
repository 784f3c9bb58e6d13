/** Names of modules and fields: which are the same, and which are never offered. */
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { applyEdits, Catalog, type FieldInfo, type Metadata, pathOf } from '#language';
import { completions, serviceWith } from './support/language';

const field = (name: string): FieldInfo => ({ name, type: 'string', filterable: true, sortable: true });
/** Names of fields: two that no filter can name, a word of the language, and an ordinary one. */
const STRANGE = ['CF_Dietary needs', 'CF_q(x)', 'and', 'CF_Dietary'];
const known: Metadata = {
  version: 1,
  root: 'https://demo.accessplanit.com/accessplan',
  fetchedAt: '2026-01-30T09:00:00Z',
  modules: [
    { name: 'Course', fields: [field('ID'), ...STRANGE.map(field)] },
    { name: 'course', fields: [field('ID'), field('Cafe\u0301')] },
    { name: 'My Module', fields: [field('ID')] },
    { name: 'Twins', fields: [field('ID'), field('Id'), field('Label')] },
  ],
};

const sent = (text: string) => {
  const service = serviceWith(known);
  const document = service.parse(text);
  const [request] = service.requests(document);
  assert.ok(request);
  const built = service.build(document, request);
  assert.ok(built.ok);
  return decodeURIComponent(pathOf(built.request));
};

describe('names', () => {
  it('finds the module of exactly the same case first', () => {
    const catalog = new Catalog(known);
    assert.deepEqual(
      ['Course', 'course', 'COURSE'].map((name) => catalog.module(name)?.name),
      ['Course', 'course', 'Course'],
    );
    assert.equal(sent('GET course\n'), '/api/v2/course');
    assert.equal(sent('GET Course\n'), '/api/v2/Course');
    assert.equal([...catalog.modules].length, 4);
  });

  it('takes composed and decomposed accents for one name, and sends the metadata’s spelling', () => {
    assert.equal(sent('GET course\n$select = CAF\u00c9\n'), '/api/v2/course?$select=Cafe\u0301');
    const service = serviceWith(known);
    const document = service.parse("GET course\n$filter = Caf\u00e9 eq 'x'\n");
    assert.deepEqual(
      service.diagnose(document).filter(({ severity }) => severity === 'error'),
      [],
    );
  });

  it('takes fields that differ in case only for two, wherever names are compared', () => {
    const text =
      'GET Twins\n$select = ID, Id, label, Label\n$orderby = Id, ID\n\n###\nPOST Twins\n{ "ID": "1", "Id": "2" }\n';
    const service = serviceWith(known);
    assert.deepEqual(
      service
        .diagnose(service.parse(text))
        .map(({ code, offset, length }) => [code, text.slice(offset, offset + length)]),
      [['duplicate-field', 'Label']],
    );
    assert.equal(sent('GET Twins\n$select = Id, ID\n'), '/api/v2/Twins?$select=Id,ID');
    assert.deepEqual(
      completions('GET Twins\n$select = ID, $0', known).map(({ label }) => label),
      ['Label', 'Id'],
    );
  });

  it('finds variables and requests however their accents are composed', () => {
    const service = serviceWith(known);
    const text = "@caf\u00e9 = x\n\n# @name r\u00e9s\nGET Course\n$filter = ID eq '{{cafe\u0301}}'\n";
    const document = service.parse(text);
    assert.deepEqual(service.diagnose(document), []);
    const [request] = service.requests(document);
    assert.ok(request);
    const built = service.build(document, request, {
      now: new Date(),
      given: new Map([['caf\u00e9', 'y']]),
    });
    assert.equal(built.ok && decodeURIComponent(pathOf(built.request)), "/api/v2/Course?$filter=ID eq 'y'");
    const renamed = service.rename(document, text.indexOf('{{') + 3, 'bar');
    assert.ok(renamed.ok);
    assert.equal(
      applyEdits(text, renamed.edits),
      text.replace('@caf\u00e9', '@bar').replace('cafe\u0301', 'bar'),
    );
  });

  for (const marked of [
    'GET Course\n$select = $0',
    'GET Course\n$orderby = $0',
    'GET Course\n$filter = $0',
    '# @expect results[0].$0\nGET Course\n',
  ])
    it(`offers only readable names in ${JSON.stringify(marked)}`, () => {
      const labels = completions(marked, known)
        .filter(({ kind }) => kind === 'field')
        .map(({ label }) => label);
      assert.ok(labels.includes('CF_Dietary'), labels.join());
      assert.deepEqual(
        labels.filter((label) => /[ (]/.test(label) || (label === 'and' && !marked.includes('@expect'))),
        [],
      );
    });

  it('offers every field as a key of a body', () => {
    const labels = completions('POST Course\n{ "$0" }', known).map(({ label }) => label);
    assert.ok(labels.includes('CF_Dietary needs'), labels.join());
  });

  it('offers no module that a request line can’t name', () => {
    assert.deepEqual(
      completions('GET $0', known)
        .filter(({ kind }) => kind === 'module')
        .map(({ label }) => label),
      ['Course', 'course', 'Twins'],
    );
  });

  it('never fixes a name with one that can’t be read', () => {
    const service = serviceWith(known);
    const document = service.parse(
      "GET Course\n$filter = CF_Dietary_needs eq 'x' or CF_qx eq 'y' or an eq 'z'\n",
    );
    const titles = service
      .diagnose(document)
      .filter(({ code }) => code === 'unknown-field')
      .flatMap(({ fixes }) => fixes.map(({ edits }) => edits[0]?.text));
    assert.deepEqual(
      titles.filter((each) => each !== undefined && /[ (]|^and$/.test(each)),
      [],
    );
  });
});
