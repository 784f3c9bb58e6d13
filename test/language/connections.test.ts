/** Several platforms at once: a request with `# @connection` is completed and checked by that connection's metadata. */
import assert from 'node:assert/strict';
import { Catalog, LanguageService, type Metadata, Platforms } from '#language';
import { annotate, cursor, withoutAnnotations } from './support/language';
import { metadata, NOW } from './support/metadata';

const sandbox: Metadata = {
  ...metadata,
  root: 'https://demo.accessplanit.com/accessplansandbox',
  modules: [
    { name: 'Trial', fields: [{ name: 'TrialID', type: 'string', filterable: true, sortable: true }] },
    { name: 'Venue' },
  ],
};
const platforms = new Platforms(new Catalog(metadata), [
  { name: 'Demo', root: metadata.root, catalog: new Catalog(metadata), production: true },
  { name: 'Demo sandbox', root: sandbox.root, catalog: new Catalog(sandbox) },
  { name: 'New one', root: 'https://new.accessplanit.com/accessplan', catalog: undefined },
]);

function serviceWith(known: Platforms = platforms): LanguageService {
  const service = new LanguageService(() => ({ now: NOW }));
  service.client = 'vscode';
  service.setPlatforms(known);
  return service;
}

const check = (title: string, expected: string, known?: Platforms) =>
  it(title, () => {
    const service = serviceWith(known);
    const text = withoutAnnotations(expected);
    assert.equal(annotate(text, service.diagnose(service.parse(text))), expected);
  });

const labels = (marked: string, known?: Platforms) => {
  const service = serviceWith(known);
  const { text, offset } = cursor(marked);
  return service.complete(service.parse(text), offset).map(({ label }) => label);
};

describe('requests on several connections', () => {
  check(
    'checks each request by the metadata of its own platform',
    `GET coursedate
$select = Label
### b
# @connection demo SANDBOX
GET trial
$select = TrialID, Label
                   ^^^^^ error unknown-field: Trial has no field “Label”. Press Ctrl+Space to list the fields.
### c
# @connection Demo sandbox
GET coursedate
    ^^^^^^^^^^ error unknown-module: There is no module “coursedate” that this connection’s user can see. Press Ctrl+Space to list the modules.`,
  );
  check(
    'compares the host of an address with the request’s own platform',
    `# @connection Demo sandbox
https://demo.accessplanit.com/accessplansandbox/api/v2/trial
### b
https://demo.accessplanit.com/accessplansandbox/api/v2/coursedate
                              ^^^^^^^^^^^^^^^^^ warning other-host: This address names the site “accessplansandbox”, but requests go only to the chosen site: “accessplan”. If you mean “accessplansandbox”, choose another connection.`,
  );
  check(
    'reports a connection that does not exist',
    `# @connection Demo sandbx
              ^^^^^^^^^^^ warning unknown-connection: There is no connection “Demo sandbx”, so this request can’t run. Did you mean “Demo sandbox” or “Demo”?
GET whatever`,
  );
  check(
    'uses the one known platform for all requests where connections are unknown',
    '# @connection Acme\nGET coursedate\n$select = Label',
    new Platforms(new Catalog(metadata)),
  );

  it('completes the names of connections', () => {
    assert.deepEqual(labels('# @connection $0\nGET x'), ['Demo', 'Demo sandbox', 'New one']);
    assert.deepEqual(labels('# @connection Demo s$0\nGET x'), ['Demo', 'Demo sandbox', 'New one']);
    assert.deepEqual(labels('# @connection $0\nGET x', Platforms.none), ['No connections known']);
  });
  it('completes modules and fields from the request’s own platform', () => {
    assert.ok(labels('# @connection Demo sandbox\nGET $0').includes('Trial'));
    assert.deepEqual(labels('# @connection Demo sandbox\nGET trial\n$select = $0'), ['TrialID']);
    assert.ok(labels('# @connection New one\nGET $0').includes('No metadata yet'));
  });

  it('lists the metadata that is missing or in doubt', () => {
    const service = serviceWith();
    const text =
      '# @connection New one\nGET x\n### b\n# @connection Demo sandbox\nGET venue\n### c\nGET venue\n### d\nGET user\n$select = Nickname\n### e\nGET zebra';
    assert.deepEqual(
      service
        .wantedMetadata(service.parse(text))
        .map(
          ({ root, module, doubted }) =>
            `${root.split('/').slice(2).join('/')} ${module ?? '*'}${doubted ? '?' : ''}`,
        ),
      [
        'demo.accessplanit.com/accessplan User?',
        'demo.accessplanit.com/accessplan *?',
        'new.accessplanit.com/accessplan *',
        'demo.accessplanit.com/accessplansandbox Venue',
        'demo.accessplanit.com/accessplan Venue',
      ],
    );
  });

  it('explains a connection', () => {
    const service = serviceWith();
    const hover = service.hover(service.parse('# @connection demo\nGET user'), 16);
    assert.match(hover?.markdown ?? '', /\*\*Demo\*\* · connection, production\n\n`https:/);
  });
});
