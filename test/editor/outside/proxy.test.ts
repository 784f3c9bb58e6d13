/** Our calls use VS Code's proxy setting, and its certificates in the same way. */
import assert from 'node:assert/strict';
import { eventually, fillInput, runCommand, statusBarItems } from '#scripts/lib/workbench';
import { CA_FILE, type ProxiedSite, startProxiedSite } from '../../support/proxy';
import { useEditor } from './setup.js';

describe('a platform behind a proxy', () => {
  let site: ProxiedSite;
  before(async () => {
    site = await startProxiedSite((path) =>
      path.endsWith('/modules')
        ? ['User']
        : [{ name: 'ID', type: 'string', sortable: true, filterable: true }],
    );
  });
  const editor = useEditor({
    files: { 'a.apq': 'GET user\n' },
    // With system certificates, Node 20 ignores those that the environment adds.
    settings: () => ({ 'http.proxy': site.proxy, 'http.systemCertificates': false }),
    env: { NODE_EXTRA_CA_CERTS: CA_FILE },
  });
  after(async () => site.stop());

  it('is reached', async () => {
    await runCommand(editor.page, 'APQ: Add Connection');
    await fillInput(editor.page, 'https://acme.accessplanit.com/accessplan');
    await fillInput(editor.page, 'Acme');
    await fillInput(editor.page, 'a-key-for-acme');
    await eventually(
      async () => (await statusBarItems(editor.page)).map(({ text, label }) => `${text}|${label}`),
      (texts) => texts.includes('Acme|APQ connection: Acme, production'),
    );
    assert.deepEqual([...new Set(site.connects)], ['acme.accessplanit.com:443']);
    assert.deepEqual(site.requests[0], {
      line: 'GET /accessplan/apihelp/v2/modules',
      authorization: 'Bearer a-key-for-acme',
    });
  });
});
